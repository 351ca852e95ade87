/**
 * Storage in PostgreSQL, which any number of processes share. A transaction locks what it reads until it ends: one document by
 * `get`, one collection by `find`. So what it read still holds when it writes, whichever process the others run in.
 */
import pg from 'pg'
import { Rejection } from '../rejection.ts'
import type { Collection, Found, Storage, Transaction, Write } from '../storage.ts'
import { isConflict, orUnavailable } from './failure.ts'
import { findStatement, type Statement, storable, writeStatement } from './queries.ts'
import { createSession } from './session.ts'
import { migrate, schema, tables } from './tables.ts'

/** Connections of one process, beside that of its session. */
const connections = 10
/** Milliseconds that a statement, a wait for a lock or a new connection takes at most. */
const patience = 10_000
/** How often a transaction is tried again after a deadlock. */
const most = 10

/** The address in words that hold no secret. */
const placeOf = ({ host, port, database }: pg.Client) => `PostgreSQL at ${host}:${port}, database ${database}`

const configOf = (address: string): pg.ClientConfig => ({
  connectionString: address,
  application_name: 'komoju-sandbox',
  connectionTimeoutMillis: patience,
  query_timeout: patience,
  statement_timeout: patience,
  idle_in_transaction_session_timeout: patience,
  keepAlive: true,
})

const foundOf = (rows: { total: string; id: string | null; document: string }[]): Found => {
  const matches = rows.filter(({ id }) => id !== null)
  return {
    total: Number(rows[0]!.total),
    ids: matches.map(({ id }) => id!),
    documents: matches.map(({ document }) => JSON.parse(document)),
  }
}

/**
 * Connects, and makes the tables where they are missing.
 * @param address `postgres://user:password@host:port/database`; it is in no message
 * @throws {Error} in words for the user where the database cannot be used
 */
export const createPostgresStorage = async (address: string): Promise<Storage> => {
  if (!URL.canParse(address))
    throw new Error('The address of the database is malformed. Write postgres://user:password@host:5432/database.')
  const config = configOf(address)
  const first = new pg.Client(config)
  // Without a listener, a connection that breaks ends the process.
  first.on('error', () => undefined)
  try {
    await first.connect()
    await migrate(first)
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    throw new Error(`Cannot use ${placeOf(first)}: ${message || code}. Look at --db and at the server.`)
  } finally {
    await first.end().catch(() => undefined)
  }

  const pool = new pg.Pool({ ...config, max: connections })
  // A connection that breaks while nobody uses it leaves the pool; one that breaks in use fails what it is used for.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const session = createSession(config)
  await session.open()

  const getStatement = (collection: Collection, id: string, lock = ''): Statement & { name: string } => ({
    name: `get ${collection}${lock}`,
    text: `SELECT document FROM ${schema}.${collection} WHERE id = $1${lock}`,
    values: [storable(id)],
  })
  const documentOf = ({ rows }: pg.QueryResult<{ document: string }>): unknown => rows[0] && JSON.parse(rows[0].document)

  /** Runs work in one transaction of one connection, which begins with the first read. */
  const attempt = async <T>(work: (transaction: Transaction) => T | Promise<T>): Promise<T> => {
    let client: pg.PoolClient | undefined
    let failure: Error | undefined
    const query = async (statement: Statement) => {
      try {
        if (!client) {
          client = await orUnavailable(pool.connect())
          await orUnavailable(client.query('BEGIN'))
        }
        return await orUnavailable(client.query(statement))
      } catch (error) {
        failure = error as Error
        throw error
      }
    }
    let writes: Write[] = []
    const transaction: Transaction = {
      get: async (collection, id) => {
        const found = documentOf(await query(getStatement(collection, id, ' FOR UPDATE')))
        if (found !== undefined) return found
        // What does not exist cannot be locked: its name is.
        await query({ text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', values: [`${schema} ${collection} ${storable(id)}`] })
        return documentOf(await query(getStatement(collection, id, ' FOR UPDATE')))
      },
      find: async (collection, wanted) => {
        await query({ text: `LOCK TABLE ${schema}.${collection} IN EXCLUSIVE MODE`, values: [] })
        return foundOf((await query(findStatement(collection, wanted))).rows)
      },
      put: (collection, row) => void writes.push({ collection, put: row }),
      remove: (collection, id) => void writes.push({ collection, remove: id }),
      rollBack: () => {
        writes = []
      },
    }
    try {
      const result = await work(transaction)
      // Work may have taken the failure for a response.
      if (failure) throw failure
      if (writes.length > 0) {
        const statement = writeStatement(writes)
        // Nothing was read: one statement is a transaction of its own.
        if (client) await query(statement)
        else await orUnavailable(pool.query(statement))
      }
      if (client) await query({ text: 'COMMIT', values: [] })
      client?.release()
      return result
    } catch (error) {
      const isUsable =
        !(failure instanceof Rejection) &&
        (await client?.query('ROLLBACK').then(
          () => true,
          () => false,
        ))
      client?.release(!isUsable)
      throw failure ?? error
    }
  }

  const transact: Storage['transact'] = async (work) => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(work)
      } catch (error) {
        if (!isConflict(error) || tries === most) throw error
      }
    }
  }

  /** What all processes have to agree on before they respond. Whoever asks gets what holds after it asked; many share one look. */
  const createLook = () => {
    let next: Promise<{ ahead: number; nextDeadline: number }> | undefined
    let current: Promise<unknown> = Promise.resolve()
    const look = async () => {
      const clockNow = `(SELECT document FROM ${schema}.settings WHERE id = 'clock') AS clock`
      const text = `SELECT ${clockNow}, (SELECT min(deadline) FROM ${schema}.payments) AS deadline`
      const { rows } = await orUnavailable(pool.query<{ clock: string | null; deadline: number | null }>({ name: 'look', text }))
      const { clock, deadline } = rows[0]!
      return {
        ahead: clock === null ? 0 : (JSON.parse(clock) as { ahead: number }).ahead,
        nextDeadline: deadline ?? Number.POSITIVE_INFINITY,
      }
    }
    return () => {
      next ??= current
        .catch(() => undefined)
        .then(() => {
          const result = look()
          current = result
          next = undefined
          return result
        })
      return next
    }
  }
  const look = createLook()

  return {
    get: async (collection, id) => documentOf(await orUnavailable(pool.query(getStatement(collection, id)))),
    find: async (collection, query) => foundOf((await orUnavailable(pool.query(findStatement(collection, query)))).rows),
    transact,
    clear: async () => void (await orUnavailable(pool.query(`TRUNCATE ${tables}`))),
    close: async () => {
      await session.close()
      await pool.end()
    },
    shared: { ...session, look },
  }
}
