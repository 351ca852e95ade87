/**
 * Three processes on one database under load: 30 × `kill -9` of one of them, 5 × of the database, and as often its connections are cut.
 * Clients do what clients do: they send a request again with its key until it gets a response. Then each has happened once, and each event
 * has arrived, in order.
 */

import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import { createPostgresServer, newDatabase } from '../../../scripts/tools/postgres.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { missing } from '../../tools.ts'
import { startProcess } from '../process.ts'
import { createClient } from './client.ts'
import { keepsLaws } from './laws.ts'
import { createReceiver } from './receiver.ts'

const processCount = 3
const processKills = 30
const databaseKills = 5
const cuts = 5
const clients = 6
const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' }

/** Ends the connections of all sandboxes to a database, as an administrator does. @returns how many there were */
const cutConnections = async (db: string): Promise<number> => {
  const client = new pg.Client(db)
  await client.connect()
  const sandboxes = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'komoju-sandbox'"
  const { rowCount } = await client.query(sandboxes)
  await client.end()
  return rowCount ?? 0
}

test.skipIf(missing('postgres'))(
  `${processKills} × kill -9 of a process, ${databaseKills} × of the database, ${cuts} × its connections cut`,
  { timeout: 400_000 },
  async () => {
    const postgres = await createPostgresServer()
    onTestFinished(postgres.stop)
    const db = await newDatabase(postgres.port)
    const receiver = await createReceiver('whsec_kill')
    onTestFinished(() => void receiver.close())
    const start = () => startProcess('sandbox', '--quiet', '--db', db, '--webhook-url', receiver.url, '--webhook-secret', 'whsec_kill')
    const processes = await Promise.all(Array.from({ length: processCount }, start))
    onTestFinished(async () => void (await Promise.all(processes.map(({ end }) => end('SIGKILL')))))

    let isOver = false
    let withoutResponse = 0
    const orders: string[] = []
    /** Refund that was acknowledged, by payment. */
    const refunds = new Map<string, string>()

    /** Sends a request until it returns 200, each time to another process. */
    const sendUntilDone = async (path: string, body: JsonObject, key: string): Promise<Payment> => {
      for (let tries = 0; ; tries++) {
        const { origin } = processes[(tries + key.length + Number(key.split('-')[2])) % processCount]!
        const headers = { 'X-KOMOJU-IDEMPOTENCY': key }
        const response = await createClient(origin)
          .send('POST', path, body, { headers })
          .catch(() => undefined)
        if (response?.status === 200) return response.body as Payment
        // Lost with its process; or the database is away; or the try before is still under way.
        expect([undefined, 503, 409], response?.text).toContain(response?.status)
        withoutResponse++
        await setTimeout(20)
      }
    }
    const work = async (client: number) => {
      for (let step = 0; !isOver; step++) {
        const order = `order-${client}-${step}`
        const { id } = await sendUntilDone(
          '/payments',
          { amount: 1000, tax: 0, currency: 'JPY', external_order_num: order, payment_details: card },
          order,
        )
        orders.push(order)
        const refunded = await sendUntilDone(`/payments/${id}/refund`, { amount: 100 }, `refund-${client}-${step}`)
        refunds.set(id, refunded.refunds[0]!.id)
      }
    }
    const load = Promise.all(Array.from({ length: clients }, (_, client) => work(client)))

    for (let kill = 0; kill < processKills; kill++) {
      const victim = kill % processCount
      await processes[victim]!.end('SIGKILL')
      processes[victim] = await start()
      await setTimeout(Math.random() * 100)
      if (kill % (processKills / databaseKills) === 0) {
        await postgres.kill()
        await setTimeout(Math.random() * 300)
        await postgres.start()
        await setTimeout(500)
      }
      if (kill % (processKills / cuts) === 3) expect(await cutConnections(db)).toBeGreaterThan(processCount)
    }
    isOver = true
    await load

    const api = createClient(processes[0]!.origin)
    const kept: Payment[] = []
    for (let page = 1; ; page++) {
      const list = (await api.ok('GET', `/payments?per_page=500&page=${page}`)) as PaymentList
      kept.push(...list.data)
      if (page >= list.last_page) break
    }
    for (const payment of kept) keepsLaws(payment)
    // Each order once: nothing acknowledged is lost, nothing was done twice.
    expect(kept.map(({ external_order_num }) => external_order_num).sort()).toEqual(orders.sort())
    expect(new Map(kept.map(({ id, refunds: [first, ...more] }) => [id, more.length === 0 && first?.id]))).toEqual(refunds)

    const expected = ['payment.captured', 'payment.refund.created']
    /** Types of a payment's events as they came; a repetition right after the first is allowed. */
    const sequences = () => {
      const byPayment = new Map<string, string[]>(kept.map(({ id }) => [id, []]))
      for (const { event } of receiver.received) {
        const types = byPayment.get(event.data!.id)!
        if (types.at(-1) !== event.type) types.push(event.type)
      }
      return [...byPayment.values()]
    }
    await vi.waitFor(() => expect(sequences().filter((types) => types.length < 2)).toEqual([]), { timeout: 60_000, interval: 500 })
    for (const types of sequences()) expect(types).toEqual(expected)
    const repeated = receiver.received.length - kept.length * 2
    console.log(
      `${processKills} + ${databaseKills} kills: ${kept.length} payments, ${withoutResponse} requests sent again, ${repeated} of ${receiver.received.length} events repeated`,
    )
  },
)
