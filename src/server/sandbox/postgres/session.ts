/**
 * A process among those that share a database: one connection, by which it holds names that no other process holds, and hears
 * of changes. PostgreSQL itself gives the names free when the process or the connection is gone.
 */
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Shared } from '../storage.ts'
import { unavailable } from './failure.ts'
import { schema } from './tables.ts'

/** Milliseconds between two looks whether the connection still responds, and between two tries to make one. */
const beat = 1000
/** Milliseconds in which changes are gathered into one message. */
const gathering = 20
/** A message holds 8,000 bytes, an id 25. */
const idsPerMessage = 250

/** @param config how to connect */
export const createSession = (config: pg.ClientConfig) => {
  const listeners = new Set<Parameters<Shared['listen']>[0]>()
  const closing = new AbortController()
  let client: pg.Client | undefined
  let changed = new Set<string>()
  let isGathering = false

  const lose = (lost: pg.Client) => {
    if (client !== lost) return
    client = undefined
    for (const listener of listeners) listener.lost()
    lost.end().catch(() => undefined)
  }

  const connect = async () => {
    const next = new pg.Client(config)
    next.on('error', () => lose(next))
    next.on('end', () => lose(next))
    next.on('notification', ({ payload }) => {
      const payments = payload?.split(' ').filter(Boolean) ?? []
      for (const listener of listeners) listener.changed(payments)
    })
    try {
      await next.connect()
      await next.query(`LISTEN ${schema}`)
      client = next
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
  }

  const keepUp = async () => {
    while (!closing.signal.aborted) {
      const current = client
      if (current) await current.query('SELECT').catch(() => lose(current))
      else await connect().catch(() => undefined)
      await setTimeout(beat, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
    }
  }

  /** Apart from the locks of transactions, which have no such prefix. */
  const lockOf = (name: string) => [`${schema} held: ${name}`]

  const tell = async () => {
    isGathering = false
    const ids = [...changed]
    changed = new Set()
    // Who misses a message sees the change at the next look into the database.
    for (let start = 0; start === 0 || start < ids.length; start += idsPerMessage)
      await client?.query('SELECT pg_notify($1, $2)', [schema, ids.slice(start, start + idsPerMessage).join(' ')]).catch(() => undefined)
  }

  return {
    open: async () => {
      await connect()
      void keepUp()
    },
    take: async (name: string): Promise<boolean> => {
      try {
        const { rows } = await client!.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', lockOf(name))
        return rows[0].taken
      } catch {
        throw unavailable()
      }
    },
    giveBack: async (name: string) => {
      await client?.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lockOf(name)).catch(() => undefined)
    },
    announce: (payments: string[]) => {
      for (const payment of payments) changed.add(payment)
      if (isGathering) return
      isGathering = true
      void setTimeout(gathering).then(tell)
    },
    listen: (listener: Parameters<Shared['listen']>[0]) => void listeners.add(listener),
    close: async () => {
      closing.abort()
      const last = client
      client = undefined
      await last?.end().catch(() => undefined)
    },
  }
}
