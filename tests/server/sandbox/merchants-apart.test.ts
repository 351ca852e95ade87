/**
 * Merchants share a server and nothing else, on every storage: whatever they do side by side, each sees of its clock, data, faults and
 * deliveries what it would see alone. FC_SEED repeats a run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { createClient } from './client.ts'
import { createReceiver } from './receiver.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
const hourMs = 3600_000

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'create' as const }) },
  fc.record({ kind: fc.constant('clock' as const), hours: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ kind: fc.constant('faults' as const), rate: fc.constantFrom(0, 1) }),
  fc.constantFrom({ kind: 'pause' as const }, { kind: 'resume' as const }),
  fc.constant({ kind: 'reset' as const }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
/** Steps of three merchants, who take them at the same time. */
const sequences = fc.tuple(...[0, 1, 2].map(() => fc.array(step, { minLength: 2, maxLength: 10 })))

/** A merchant as it would be alone. */
class Merchant {
  ahead = 0
  isFailing = false
  isPaused = false
  payments: { id: string; deadline: number; isHeld: boolean }[] = []
  readonly #key: string
  readonly #wasDelivered: (id: string) => boolean
  readonly api: ReturnType<typeof createClient>

  constructor(origin: string, key: string, wasDelivered: (id: string) => boolean) {
    this.#key = key
    this.#wasDelivered = wasDelivered
    this.api = createClient(origin, key)
  }

  async #act(action: string, fields: Record<string, string> = {}) {
    const headers = { authorization: `Basic ${btoa(`${this.#key}:`)}` }
    const { status } = await fetch(`${this.api.origin}/sandbox/${action}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
    expect({ action, status }).toEqual({ action, status: 200 })
  }

  async take(step: Step) {
    if (step.kind === 'create') {
      const { status, body } = await this.api.send('POST', '/payments', konbini)
      expect(status).toBe(this.isFailing ? 503 : 200)
      const { id, payment_deadline } = body as Payment
      if (status === 200) this.payments.push({ id, deadline: Date.parse(String(payment_deadline)), isHeld: this.isPaused })
    } else if (step.kind === 'clock') {
      await this.#act('clock', { hours: String(step.hours) })
      this.ahead += step.hours * hourMs
    } else if (step.kind === 'faults') {
      await this.#act('faults', { error_rate: String(step.rate) })
      this.isFailing = step.rate === 1
    } else if (step.kind === 'reset') {
      await this.#act('reset')
      Object.assign(this, { ahead: 0, isFailing: false, isPaused: false, payments: [] })
    } else {
      // A delivery that has not begun would be held, too: on PostgreSQL it begins some milliseconds after the creation.
      if (step.kind === 'pause') await this.#waitForDeliveries()
      await this.#act(step.kind)
      this.isPaused = step.kind === 'pause'
      if (!this.isPaused) for (const payment of this.payments) payment.isHeld = false
    }
  }

  /** What the server shows, and what it would show to this merchant alone. */
  async compare() {
    expect((await this.api.send('GET', '/payments')).status).toBe(this.isFailing ? 503 : 200)
    await this.#act('faults', { error_rate: '0' })
    const { total, data } = (await this.api.ok('GET', '/payments?per_page=100')) as { total: number; data: Payment[] }
    const now = Date.now() + this.ahead
    expect({ total, ids: data.map(({ id }) => id), expired: data.filter(({ status }) => status === 'expired').length }).toEqual({
      total: this.payments.length,
      ids: this.payments.map(({ id }) => id).reverse(),
      expired: this.payments.filter(({ deadline }) => deadline < now).length,
    })
    await this.#waitForDeliveries()
  }

  /** Waits until everything has arrived but what is held. */
  async #waitForDeliveries() {
    const delivered = () => this.payments.filter(({ id }) => this.#wasDelivered(id))
    await vi.waitFor(() => expect(delivered()).toEqual(this.payments.filter(({ isHeld }) => !isHeld)), { timeout: 20_000, interval: 50 })
  }
}

// In the project on PostgreSQL, every sandbox without a database gets one there.
const storages = inject('postgresPort') === undefined ? ['memory', 'SQLite'] : ['PostgreSQL']

describe.each(storages)('on %s', (storage) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-merchants-'))
  let server: Server
  let receiver: Awaited<ReturnType<typeof createReceiver>>
  let origin: string
  beforeAll(async () => {
    receiver = await createReceiver('whsec_apart')
    const webhook = { webhookUrl: receiver.url, webhookSecret: 'whsec_apart' }
    server = await createSandboxServer({ ...webhook, ...(storage === 'SQLite' && { db: join(folder, 'state.sqlite') }) })
    origin = await server.listen()
  })
  afterAll(async () => {
    await server?.close()
    await receiver?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test(`each merchant sees what it would see alone (seed ${seed})`, { timeout: 300_000 }, async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(sequences, async (all) => {
        round++
        const wasDelivered = (id: string) => receiver.typesOf(id).length > 0
        const merchants = all.map((steps, index) => ({ steps, merchant: new Merchant(origin, `sk_${index}_${round}`, wasDelivered) }))
        await Promise.all(
          merchants.map(async ({ steps, merchant }) => {
            for (const each of steps) await merchant.take(each)
          }),
        )
        await Promise.all(merchants.map(({ merchant }) => merchant.compare()))
        // Those that wait would be taken up again and again.
        await fetch(`${origin}/sandbox/reset`, { method: 'POST' })
      }),
      { numRuns: 8, seed },
    )
  })
})
