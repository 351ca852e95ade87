/** What all processes on a database have to agree on before they respond. */
import type pg from 'pg'
import type { Setting } from '../collections.ts'
import type { SharedStorage } from '../storage.ts'
import { orUnavailable } from './failure.ts'
import { schema } from './tables.ts'

const statement = { name: 'read settings', text: `SELECT id, document FROM ${schema}.settings WHERE id = ANY ($1::text[])` }

type Settings = Map<string, Setting>

/** Makes the reader. Every caller gets what holds after it asked; callers at the same time share one read. */
export const createSettingsReader = (pool: pg.Pool): SharedStorage['readSettings'] => {
  let next: { ids: Set<string>; result: Promise<Settings> } | undefined
  let current: Promise<unknown> = Promise.resolve()
  const read = async (ids: Set<string>): Promise<Settings> => {
    const { rows } = await orUnavailable(pool.query<{ id: string; document: string }>({ ...statement, values: [[...ids]] }))
    return new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as Setting]))
  }
  return (wanted) => {
    if (!next) {
      const ids = new Set<string>()
      const result = current
        .catch(() => undefined)
        .then(() => {
          next = undefined
          const reading = read(ids)
          current = reading
          return reading
        })
      next = { ids, result }
    }
    for (const id of wanted) next.ids.add(id)
    return next.result
  }
}
