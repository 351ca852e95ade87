/** A rush of deadlines: 100,000 payments fall due at once on PostgreSQL, while another merchant's requests come at a steady rate. */
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Payment } from '../../generated/schema.d.ts'
import { schema } from '../../src/server/sandbox/postgres/tables.ts'
import { createPostgresServer, newDatabase } from '../tools/postgres.ts'
import { createPayment, fillOpen } from './tools/payments.ts'
import { startServer } from './tools/process.ts'
import { body, headers, ours } from './tools/servers.ts'
import type { Table } from './tools/table.ts'

const count = 100_000
/** Milliseconds between two requests: a hundred a second. */
const distanceMs = 10
const quietMs = 10_000
const maxMs = 600_000
const otherHeaders = { ...headers, authorization: `Basic ${btoa('sk_other:')}` }

type Times = Map<string, number[]>

/**
 * Sends requests at a steady rate, whether those before have their response or not, until a condition holds.
 * @throws {Error} for a request that fails
 */
const sendUntil = async (origin: string, id: string, isOver: () => boolean): Promise<Times> => {
  const url = `${origin}/api/v1/payments`
  const requests: [name: string, send: () => Promise<Response>][] = [
    ['getPayment', () => fetch(`${url}/${id}`, { headers: otherHeaders })],
    ['createPayment', () => fetch(url, { method: 'POST', headers: otherHeaders, body })],
    ['listPayments', () => fetch(url, { headers: otherHeaders })],
  ]
  const times: Times = new Map(requests.map(([name]) => [name, []]))
  const underWay: Promise<void>[] = []
  const begin = performance.now()
  for (let sent = 0; !isOver(); sent++) {
    const due = begin + sent * distanceMs
    await setTimeout(Math.max(due - performance.now(), 0))
    const [name, send] = requests[sent % requests.length]!
    const measure = async () => {
      const response = await send()
      await response.text()
      if (response.status !== 200) throw new Error(`${name}: ${response.status}`)
      // From when it was due: what waits behind a slow one is slow as well.
      times.get(name)!.push(performance.now() - due)
    }
    underWay.push(measure())
  }
  await Promise.all(underWay)
  return times
}

const rowsOf = (when: string, times: Times): Table['rows'] =>
  [...times].map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!.toFixed(1)
    return [`${name} ${when}`, sorted.length, at(0.5), at(0.99), at(1)]
  })

/** Waits until no payment is past its deadline. @returns seconds that it took */
const secondsToExpire = async (client: pg.Client, deadline: string): Promise<number> => {
  const begin = performance.now()
  for (;;) {
    const { rows } = await client.query(`SELECT FROM ${schema}.payments WHERE deadline <= $1 LIMIT 1`, [Date.parse(deadline)])
    const passed = performance.now() - begin
    if (rows.length === 0) return passed / 1000
    if (passed > maxMs) throw new Error(`Payments are still open after ${maxMs / 1000} s.`)
    await setTimeout(200)
  }
}

const rush = async (db: string): Promise<Table> => {
  const server = await startServer(ours('sandbox', '--db', db))
  const client = new pg.Client(db)
  await client.connect()
  try {
    const payment = await createPayment(server.origin)
    await fillOpen(client, payment, count)
    const own = await fetch(`${server.origin}/api/v1/payments`, { method: 'POST', headers: otherHeaders, body })
    const { id } = (await own.json()) as Payment
    const quietEnd = performance.now() + quietMs
    const quiet = await sendUntil(server.origin, id, () => performance.now() > quietEnd)
    let isExpired = false
    const rushed = sendUntil(server.origin, id, () => isExpired)
    const jump = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ hours: 24 * 30 }) }
    await fetch(`${server.origin}/sandbox/clock`, jump)
    const seconds = await secondsToExpire(client, payment.payment_deadline!)
    isExpired = true
    return {
      title: '100,000 payments that fall due at once on PostgreSQL',
      columns: ['request of another merchant', 'sent', 'p50 ms', 'p99 ms', 'longest ms'],
      rows: [...rowsOf('before', quiet), ...rowsOf('meanwhile', await rushed)],
      note: `A hundred requests a second, measured from when each was due. All ${count.toLocaleString('en')} payments had expired after ${seconds.toFixed(1)} s. Server, database and load share one machine.`,
    }
  } finally {
    await client.end()
    await server.stop()
  }
}

export const bench = async (): Promise<Table> => {
  const server = await createPostgresServer('-c', 'max_wal_size=4GB')
  try {
    return await rush(await newDatabase(server.port))
  } finally {
    await server.stop()
  }
}
