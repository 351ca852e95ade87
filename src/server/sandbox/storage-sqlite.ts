/** Storage in one SQLite file, through Node's own `node:sqlite`. What it has written survives the end of the process at any point. */

import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type { GroupTransaction } from './groups.ts'
import { openDatabase } from './sqlite/database.ts'
import { diskFailure } from './sqlite/failure.ts'
import { clearPayments, counted } from './sqlite/tables.ts'
import { type Collection, type Engine, indexes, ownerOf, type Query, type Row } from './storage.ts'

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
  for (const part of text ?? []) {
    parts.push('instr(text, ?) > 0')
    values.push(part)
  }
  return { sql: parts.length > 0 ? ` WHERE ${parts.join(' AND ')}` : '', values }
}

const orderOf = ({ order = 'oldest', range }: Pick<Query, 'order' | 'range'>) =>
  ({ newest: 'sequence DESC', oldest: 'sequence', range: range?.property ?? 'sequence' })[order]

/** Whether the tally knows how many payments match: it has their kinds, and not their times. */
const isTallied = (collection: Collection, { where = {}, range, text = [] }: Query) =>
  collection === 'payments' &&
  text.length === 0 &&
  (range?.property ?? 'created_at') === 'created_at' &&
  (range?.from ?? range?.below ?? null) === null &&
  Object.keys(where).every((property) => counted.includes(property))

/** What forgets everything, or what belongs to a merchant. */
const clearing = (merchant: string | undefined) =>
  (Object.keys(indexes) as Collection[]).flatMap((collection) => {
    const where = merchant === undefined ? '' : ` WHERE ${ownerOf(collection)} = :merchant`
    return collection === 'payments' ? clearPayments(where) : `DELETE FROM ${collection}${where}`
  })

const putSqlOf = (collection: Collection) => {
  const columns = ['id', ...indexes[collection], 'document']
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`)
  return `INSERT INTO ${collection} (${columns}) VALUES (${columns.map(() => '?')}) ON CONFLICT (id) DO UPDATE SET ${updates}`
}

/** What puts a row into each collection. */
const putSql = Object.fromEntries((Object.keys(indexes) as Collection[]).map((name) => [name, putSqlOf(name)])) as Record<
  Collection,
  string
>

export type SqliteLimits = {
  /** Pages of 4,096 bytes that the file may have. As many as the disk holds if not given. */
  maxPages?: number
}

/**
 * Opens or makes the file.
 * @throws {Error} for a file that cannot be used; the message says why: no such folder, no database, another program's, another version, damaged, in use
 */
export const createSqliteEngine = (file: string, { maxPages }: SqliteLimits = {}): Engine => {
  const { database, close, discard } = openDatabase(file)
  if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`)
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
    const values = indexes[collection].map((property) => index[property] ?? null)
    prepared(putSql[collection]).run(id, ...values, JSON.stringify(document))
  }

  const countByTally = ({ where = {} }: Query) => {
    const { sql, values } = conditionOf({ where })
    return prepared(`SELECT coalesce(sum(n), 0) AS total FROM payments_tally${sql}`).get(...values)
  }

  const orDiskFailure = (work: () => void) => {
    try {
      work()
    } catch (error) {
      throw diskFailure(error, file) ?? error
    }
  }

  const group: GroupTransaction = {
    begin: () => void prepared('BEGIN').run(),
    commit: () => orDiskFailure(() => prepared('COMMIT').run()),
    // A disk that is full has ended the transaction by itself.
    rollBack: () => database.isOpen && database.isTransaction && void prepared('ROLLBACK').run(),
  }

  return {
    get: (collection, id) => parse(prepared(`SELECT document FROM ${collection} WHERE id = ?`).get(id)),
    find: (collection, query) => {
      const { sql, values } = conditionOf(query)
      const { total } = (
        isTallied(collection, query) ? countByTally(query) : prepared(`SELECT count(*) AS total FROM ${collection}${sql}`).get(...values)
      ) as { total: number }
      const { skip = 0, take = -1 } = query
      const by = orderOf(query)
      const rows = prepared(`SELECT id, document FROM ${collection}${sql} ORDER BY ${by} LIMIT ? OFFSET ?`).all(...values, take, skip)
      return { total, ids: rows.map(({ id }) => id as string), documents: rows.map(parse) }
    },
    ids: (collection, query) => {
      const { sql, values } = conditionOf(query)
      const rows = prepared(`SELECT ${query.property ?? 'id'} AS value FROM ${collection}${sql} ORDER BY ${orderOf(query)} LIMIT ?`).all(
        ...values,
        query.take,
      )
      return rows.map(({ value }) => String(value))
    },
    merchants: (take) =>
      prepared('SELECT merchant, sum(n) AS payments FROM payments_tally GROUP BY merchant HAVING sum(n) > 0 ORDER BY payments DESC LIMIT ?')
        .all(take)
        .map(({ merchant, payments }) => ({ merchant: String(merchant), payments: Number(payments) })),
    group,
    write: (writes) =>
      orDiskFailure(() => {
        for (const change of writes)
          if ('remove' in change) prepared(`DELETE FROM ${change.collection} WHERE id = ?`).run(change.remove)
          else put(change.collection, change.put)
      }),
    clear: (merchant) =>
      orDiskFailure(() => {
        for (const sql of clearing(merchant)) prepared(sql).run(merchant !== undefined && sql.includes(':merchant') ? { merchant } : {})
      }),
    close,
    discard,
  }
}
