/** One transaction of one connection. It locks the documents that it reads by `get` and by `claim`. */

import type pg from 'pg'
import { asError } from '../../../as-error.ts'
import type { Documents } from '../collections.ts'
import { Rejection } from '../rejection.ts'
import type { Collection, Found, Maybe, Transaction, Write } from '../storage.ts'
import { clearStatement } from './clear.ts'
import { orUnavailable } from './failure.ts'
import {
  claimStatement,
  findStatement,
  getStatement,
  idsStatement,
  type Statement,
  storable,
  storedText,
  writeStatement,
} from './queries.ts'
import { schema } from './tables.ts'

type PageRow = { total: string; id: string | null; document: string }

/** What a page of rows holds. An empty page is one row without an id. */
export const foundOf = <C extends Collection>(rows: PageRow[]): Found<C> => {
  const matches = rows.filter(({ id }) => id !== null)
  return {
    total: Number(rows[0]?.total ?? 0),
    ids: matches.map(({ id }) => String(id)),
    documents: matches.map(({ document }) => JSON.parse(document) as Documents[C]),
  }
}

/** The document of a row, undefined for no row. */
export const documentOf = <C extends Collection>({ rows }: pg.QueryResult<{ document: string }>): Documents[C] | undefined =>
  rows[0] && (JSON.parse(rows[0].document) as Documents[C])

/** A connection that begins its transaction with the first statement, and remembers what failed. */
class TransactionConnection {
  readonly #pool: pg.Pool
  #client: pg.PoolClient | undefined
  failure: Error | undefined

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  get isOpen() {
    return this.#client !== undefined
  }

  async query(statement: Statement): Promise<pg.QueryResult> {
    try {
      if (!this.#client) {
        this.#client = await orUnavailable(this.#pool.connect())
        await orUnavailable(this.#client.query('BEGIN'))
      }
      return await orUnavailable(this.#client.query(statement))
    } catch (error) {
      this.failure = asError(error)
      throw error
    }
  }

  async commit() {
    if (this.#client) await this.query({ text: 'COMMIT', values: [] })
    this.#client?.release()
  }

  /** Gives the connection back, unless it does not roll back: then it leaves the pool. */
  async rollBack() {
    const isUsable =
      !(this.failure instanceof Rejection) &&
      (await this.#client?.query('ROLLBACK').then(
        () => true,
        () => false,
      ))
    this.#client?.release(!isUsable)
  }
}

const documentsOf = <C extends Collection>({ rows }: pg.QueryResult<{ document: string }>): Documents[C][] =>
  rows.map(({ document }) => JSON.parse(document) as Documents[C])

const lockStatement = (name: string): Statement => ({
  text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
  values: [`${schema} ${storable(name)}`],
})

/** What a transaction is about to change. */
type Changes = { writes: Write[]; isCleared: boolean }

const transactionOn = (connection: TransactionConnection, changes: Changes): Transaction => ({
  get: async (collection, id) => {
    const found = documentOf<typeof collection>(await connection.query(getStatement(collection, id, ' FOR UPDATE')))
    if (found !== undefined) return found
    // What does not exist cannot be locked: its name is.
    await connection.query(lockStatement(`${collection} ${storable(id)}`))
    return documentOf<typeof collection>(await connection.query(getStatement(collection, id, ' FOR UPDATE')))
  },
  find: async (collection, wanted) => foundOf<typeof collection>((await connection.query(findStatement(collection, wanted))).rows),
  ids: async (collection, wanted) => (await connection.query(idsStatement(collection, wanted))).rows.map(({ value }) => storedText(value)),
  claim: async (collection, ids) => documentsOf<typeof collection>(await connection.query(claimStatement(collection, ids))),
  lock: async (name) => void (await connection.query(lockStatement(name))),
  put: (collection, row) => void changes.writes.push({ collection, put: row }),
  remove: (collection, id) => void changes.writes.push({ collection, remove: id }),
  clear: () => void Object.assign(changes, { writes: [], isCleared: true }),
  rollBack: () => void Object.assign(changes, { writes: [], isCleared: false }),
})

/**
 * Runs work in one transaction.
 * @param write writes what a transaction made that has read nothing
 * @throws {Rejection} `service_unavailable` while the database is away
 */
export const runTransaction = async <T>(
  pool: pg.Pool,
  write: (writes: Write[]) => Promise<unknown>,
  work: (transaction: Transaction) => Maybe<T>,
): Promise<T> => {
  const connection = new TransactionConnection(pool)
  const changes: Changes = { writes: [], isCleared: false }
  try {
    const result = await work(transactionOn(connection, changes))
    // Work may have taken the failure for a response.
    if (connection.failure) throw connection.failure
    if (changes.isCleared) await connection.query(clearStatement)
    const { writes } = changes
    if (writes.length > 0) await (connection.isOpen ? connection.query(writeStatement(writes)) : write(writes))
    await connection.commit()
    return result
  } catch (error) {
    await connection.rollBack()
    throw connection.failure ?? error
  }
}
