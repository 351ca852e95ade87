/** Storage in one SQLite file, through Node's own `node:sqlite`. What it has written survives the end of the process at any point. */

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { asError } from '../../as-error.ts'
import { withoutSecrets } from '../../secrets.ts'
import { type Collection, type Engine, indexes, type Query, type Row } from './storage.ts'

/** Version of the tables. A file with another one is rejected, not guessed at. */
const version = 1

/** What a list filters by, so that its payments are counted without reading them. */
const listed = 'CREATE INDEX IF NOT EXISTS payments_listed ON payments (merchant, status, currency, created_at)'

/** Properties that tell too few rows apart for an index of the database to pay. */
const unselective = new Set<string>(['status', 'currency', 'created_at', 'text'])

const tablesOf = () =>
  Object.entries(indexes).flatMap(([collection, properties]) => [
    `CREATE TABLE ${collection} (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ${[...properties, 'document'].join(', ')})`,
    ...properties
      .filter((property) => !unselective.has(property))
      .map((property) => `CREATE INDEX ${collection}_${property} ON ${collection} (${property}) WHERE ${property} IS NOT NULL`),
  ])

const openDatabase = (file: string): DatabaseSync => {
  try {
    const database = new DatabaseSync(file)
    // The lock keeps a second sandbox out. With a write-ahead log, a commit is one append, safe from `kill -9` without waiting for the disk.
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000',
    )
    const { user_version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    if (user_version === 0) database.exec(`BEGIN; ${tablesOf().join('; ')}; PRAGMA user_version = ${version}; COMMIT`)
    else if (user_version !== version)
      throw new Error(`it was written by another version of the sandbox (tables ${user_version}, not ${version})`)
    database.exec(listed)
    return database
  } catch (error) {
    const reason = /locked/.test(asError(error).message) ? 'another sandbox has it open' : asError(error).message
    throw new Error(`Cannot use ${withoutSecrets(file)} as the database: ${reason}. Name another file with --db.`, {
      cause: error,
    })
  }
}

/** Condition of a query and the values in it. */
const conditionOf = ({ where = {}, range, text }: Query): { sql: string; values: SQLInputValue[] } => {
  const parts: string[] = []
  const values: SQLInputValue[] = []
  for (const [property, wanted] of Object.entries(where)) {
    const list = [wanted].flat()
    parts.push(`${property} IN (${list.map(() => '?').join(', ')})`)
    values.push(...list)
  }
  if (range) {
    const { property, from, below } = range
    parts.push(`${property} IS NOT NULL`)
    if (from !== undefined && from !== null) {
      parts.push(`${property} >= ?`)
      values.push(from)
    }
    if (below !== undefined && below !== null) {
      parts.push(`${property} < ?`)
      values.push(below)
    }
  }
  if (text !== undefined) {
    parts.push('instr(text, ?) > 0')
    values.push(text)
  }
  return { sql: parts.length > 0 ? ` WHERE ${parts.join(' AND ')}` : '', values }
}

/**
 * Opens or makes the file.
 * @throws {Error} for a file that cannot be used; the message says why: no such folder, no database, another version, in use
 */
export const createSqliteEngine = (file: string): Engine => {
  const database = openDatabase(file)
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  const parse = (row: Record<string, unknown> | undefined) => row && JSON.parse(row.document as string)

  const put = (collection: Collection, { id, index, document }: Row) => {
    const properties = indexes[collection]
    const columns = ['id', ...properties, 'document']
    const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`)
    const slots = columns.map(() => '?').join(', ')
    prepared(`INSERT INTO ${collection} (${columns}) VALUES (${slots}) ON CONFLICT (id) DO UPDATE SET ${updates}`).run(
      id,
      ...properties.map((property) => index[property] ?? null),
      JSON.stringify(document),
    )
  }

  return {
    get: (collection, id) => parse(prepared(`SELECT document FROM ${collection} WHERE id = ?`).get(id)),
    find: (collection, query) => {
      const { sql, values } = conditionOf(query)
      const { total } = prepared(`SELECT count(*) AS total FROM ${collection}${sql}`).get(...values) as { total: number }
      const { order = 'oldest', range, skip = 0, take = -1 } = query
      const by = { newest: 'sequence DESC', oldest: 'sequence', range: range?.property ?? 'sequence' }[order]
      const rows = prepared(`SELECT id, document FROM ${collection}${sql} ORDER BY ${by} LIMIT ? OFFSET ?`).all(...values, take, skip)
      return { total, ids: rows.map(({ id }) => id as string), documents: rows.map(parse) }
    },
    write: (writes) => {
      prepared('BEGIN').run()
      try {
        for (const change of writes)
          if ('remove' in change) prepared(`DELETE FROM ${change.collection} WHERE id = ?`).run(change.remove)
          else put(change.collection, change.put)
        prepared('COMMIT').run()
      } catch (error) {
        prepared('ROLLBACK').run()
        throw error
      }
    },
    clear: () => {
      database.exec(
        `BEGIN; ${Object.keys(indexes)
          .map((collection) => `DELETE FROM ${collection}`)
          .join('; ')}; COMMIT`,
      )
    },
    close: () => database.close(),
  }
}
