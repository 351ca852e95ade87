/**
 * One connection of each process that shares a database: it holds locks that no other process holds, and hears of changes.
 * PostgreSQL itself frees the locks when the process or the connection is gone.
 */
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { SharedStorage } from '../storage.ts'
import { orUnavailable, unavailable } from './failure.ts'
import { limitSession } from './session.ts'
import { schema } from './tables.ts'

/** Between two checks that the connection still responds, and between two tries to make one. */
const heartbeatIntervalMs = 1000
/** Changes within this time go into one message. */
const publishDelayMs = 20
/** A message holds 8,000 bytes, an id 25. */
const maxIdsPerMessage = 250

type Listener = Parameters<SharedStorage['subscribe']>[0]

/** Apart from the locks of transactions, which have no such prefix. */
const lockOf = (name: string) => [`${schema} held: ${name}`]

/** Each process holds this lock as one of many, so that they can be counted. */
const presence = `hashtext('${schema} in use'), 0`
const countOthers = `
  SELECT count(*)::int AS others FROM pg_locks
  WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = (hashtext('${schema} in use')::bigint & 4294967295)::oid AND objid = 0 AND objsubid = 2
    AND mode = 'ShareLock' AND granted AND pid <> pg_backend_pid()`

export class SharedConnection {
  readonly #config: pg.ClientConfig
  readonly #listeners = new Set<Listener>()
  readonly #closing = new AbortController()
  #client: pg.Client | undefined
  /** Settles once the latest statement has its result. */
  #latest: Promise<unknown> = Promise.resolve()
  #changed = new Set<string>()
  #isPublishing = false

  /** @param config how to connect */
  constructor(config: pg.ClientConfig) {
    this.#config = config
  }

  async open() {
    await this.#connect()
    void this.#keepConnected()
  }

  async tryLock(name: string): Promise<boolean> {
    if (!this.#client) throw unavailable()
    try {
      const statement = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked'
      const { rows } = await this.#query<{ locked: boolean }>(this.#client, statement, lockOf(name))
      return rows[0]?.locked === true
    } catch {
      throw unavailable()
    }
  }

  async unlock(name: string) {
    if (!this.#client) return
    await this.#query(this.#client, 'SELECT pg_advisory_unlock(hashtextextended($1, 0))', lockOf(name)).catch(() => undefined)
  }

  async otherProcesses(): Promise<number> {
    if (!this.#client) throw unavailable()
    const { rows } = await orUnavailable(this.#query<{ others: number }>(this.#client, countOthers))
    return rows[0]?.others ?? 0
  }

  publish(payments: string[]) {
    for (const payment of payments) this.#changed.add(payment)
    if (this.#isPublishing) return
    this.#isPublishing = true
    void setTimeout(publishDelayMs).then(() => this.#publishChanged())
  }

  subscribe(listener: Listener) {
    this.#listeners.add(listener)
  }

  async close() {
    this.#closing.abort()
    const last = this.#client
    this.#client = undefined
    await last?.end().catch(() => undefined)
  }

  /** Sends a statement once those before it have their results: the driver works on one at a time. */
  #query<Row extends pg.QueryResultRow>(client: pg.Client, text: string, values: string[] = []): Promise<pg.QueryResult<Row>> {
    const result = this.#latest.then(() => client.query<Row>(text, values))
    this.#latest = result.catch(() => undefined)
    return result
  }

  #lose(lost: pg.Client) {
    if (this.#client !== lost) return
    this.#client = undefined
    for (const listener of this.#listeners) listener.lost()
    lost.end().catch(() => undefined)
  }

  async #connect() {
    const next = new pg.Client(this.#config)
    next.on('error', () => this.#lose(next))
    next.on('end', () => this.#lose(next))
    next.on('notification', ({ payload }) => {
      const payments = payload?.split(' ').filter(Boolean) ?? []
      for (const listener of this.#listeners) listener.changed(payments)
    })
    try {
      await next.connect()
      await limitSession(next)
      await next.query(`LISTEN ${schema}`)
      await next.query(`SELECT pg_advisory_lock_shared(${presence})`)
      // Closed meanwhile: nobody else would end this one.
      if (this.#closing.signal.aborted) await next.end()
      else this.#client = next
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
  }

  async #keepConnected() {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const current = this.#client
      if (current) await this.#query(current, 'SELECT').catch(() => this.#lose(current))
      else await this.#connect().catch(() => undefined)
      await setTimeout(heartbeatIntervalMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  async #publishChanged() {
    this.#isPublishing = false
    const ids = [...this.#changed]
    this.#changed = new Set()
    // A process that misses a message sees the change when it next reads the database.
    for (let start = 0; start === 0 || start < ids.length; start += maxIdsPerMessage) {
      const message = ids.slice(start, start + maxIdsPerMessage).join(' ')
      if (this.#client) await this.#query(this.#client, 'SELECT pg_notify($1, $2)', [schema, message]).catch(() => undefined)
    }
  }
}
