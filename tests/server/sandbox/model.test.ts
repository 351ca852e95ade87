/** 10,000 steps in any order by one client, and again by eight at a time: the model foresees every response. FC_SEED repeats a run. */

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { createClient } from './client.ts'
import { keepsLaws } from './laws.ts'
import { expectModel, type Model, stepsOf } from './model.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)

let server: Server
let origin: string
beforeAll(async () => {
  server = await createSandboxServer()
  origin = await server.listen()
})
afterAll(() => server.close())

let merchants = 0
let steps = 0
const clock = { ahead: 0 }
const setup = () => ({
  model: { payments: [], clock } satisfies Model as Model,
  real: { api: createClient(origin, `sk_model_${++merchants}`), count: () => void steps++ },
})

test(`one client (seed ${seed})`, { timeout: 900_000 }, async () => {
  steps = 0
  await expectModel(fc.tuple(stepsOf(true, 200)), setup, { seed, numRuns: 170 })
  console.log(`one client: ${steps} steps`)
  expect(steps).toBeGreaterThanOrEqual(10_000)
})

test(`eight clients (seed ${seed})`, { timeout: 900_000 }, async () => {
  steps = 0
  await expectModel(fc.array(stepsOf(false, 200), { minLength: 8, maxLength: 8 }), setup, { seed, numRuns: 22 })
  console.log(`eight clients: ${steps} steps`)
  expect(steps).toBeGreaterThanOrEqual(10_000)
})

test('eight clients at the same payment: what was acknowledged adds up, and of two that exclude each other one wins', {
  timeout: 900_000,
}, async () => {
  const api = createClient(origin, 'sk_race')
  const konbini = { amount: 1000, tax: 0, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030, name: 'Taro' }
  const create = async (body: JsonObject) => (await api.ok('POST', '/payments', body)) as Payment
  for (let round = 0; round < 25; round++) {
    const captured = await create({ ...konbini, payment_details: card })
    const refunds = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        api.send('POST', `/payments/${captured.id}/refund`, index === 0 ? {} : { amount: 100 * index }),
      ),
    )
    for (const { status, body } of refunds) status === 200 ? keepsLaws(body as Payment) : expect(status).toBe(422)
    const { amount_refunded, refunds: kept } = (await api.ok('GET', `/payments/${captured.id}`)) as Payment
    expect(kept).toHaveLength(refunds.filter(({ status }) => status === 200).length)
    expect(amount_refunded).toBeLessThanOrEqual(1000)

    const authorized = await create({ ...konbini, payment_details: card, capture: false })
    const ends = await Promise.all(
      ['capture', 'cancel', 'capture', 'cancel', 'capture', 'cancel'].map((path) => api.send('POST', `/payments/${authorized.id}/${path}`)),
    )
    expect(ends.filter(({ status }) => status === 200)).toHaveLength(1)

    const headers = { 'X-KOMOJU-IDEMPOTENCY': `race-${round}` }
    const retries = await Promise.all(Array.from({ length: 8 }, () => api.send('POST', '/payments', konbini, { headers })))
    const first = retries.find(({ status }) => status === 200)!
    for (const { status, text } of retries) status === 200 ? expect(text).toBe(first.text) : expect(status).toBe(409)
  }
})
