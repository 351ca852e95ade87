/** What all processes on a database have to agree on before they respond. */
import type pg from 'pg'
import type { SharedStorage } from '../storage.ts'
import { orUnavailable } from './failure.ts'
import { schema } from './tables.ts'

const statement = {
  name: 'read shared',
  text: `SELECT (SELECT document FROM ${schema}.settings WHERE id = 'clock') AS clock, (SELECT min(deadline) FROM ${schema}.payments) AS deadline`,
}

/** Makes the reader. Every caller gets what holds after it asked; callers at the same time share one read. */
export const createSharedReader = (pool: pg.Pool): SharedStorage['readShared'] => {
  let next: ReturnType<SharedStorage['readShared']> | undefined
  let current: Promise<unknown> = Promise.resolve()
  const read = async () => {
    const { rows } = await orUnavailable(pool.query<{ clock: string | null; deadline: number | null }>(statement))
    const { clock = null, deadline = null } = rows[0] ?? {}
    return {
      ahead: clock === null ? 0 : (JSON.parse(clock) as { ahead: number }).ahead,
      nextDeadline: deadline ?? Number.POSITIVE_INFINITY,
    }
  }
  return () => {
    next ??= current
      .catch(() => undefined)
      .then(() => {
        const result = read()
        current = result
        next = undefined
        return result
      })
    return next
  }
}
