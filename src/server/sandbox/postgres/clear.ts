/** Forgets what the tables hold. */
import type pg from 'pg'
import { type Collection, indexes, ownerOf } from '../storage.ts'
import { orUnavailable } from './failure.ts'
import type { Statement } from './queries.ts'
import { schema, tables } from './tables.ts'

/** Rows of a merchant that are removed in one statement: the tally follows each, and no statement may take long. */
const batchSize = 2000

/** Removes everything. */
export const clearStatement: Statement = { text: `TRUNCATE ${tables}`, values: [] }

/** Removes everything, or what belongs to a merchant. */
export const clearTables = async (pool: pg.Pool, merchant: string | undefined) => {
  if (merchant === undefined) return void (await orUnavailable(pool.query(clearStatement)))
  for (const collection of Object.keys(indexes) as Collection[]) {
    const text = `DELETE FROM ${schema}.${collection} WHERE id IN (SELECT id FROM ${schema}.${collection} WHERE ${ownerOf(collection)} = $1 LIMIT ${batchSize})`
    while (((await orUnavailable(pool.query(text, [merchant]))).rowCount ?? 0) === batchSize);
  }
}
