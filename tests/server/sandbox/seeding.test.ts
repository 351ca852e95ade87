/** Payments of any status, age and method in one request. */
import { afterEach, expect, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { createClient } from './client.ts'
import { keepsLaws } from './laws.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const start = async () => {
  const server = await createSandboxServer()
  open.push(server.close)
  return server.listen()
}
const seed = async (origin: string, payments: unknown) => {
  const headers = { authorization: `Basic ${btoa('sk_seeds:')}`, 'content-type': 'application/json' }
  const response = await fetch(`${origin}/sandbox/seed`, { method: 'POST', headers, body: JSON.stringify({ payments }) })
  return { status: response.status, body: (await response.json()) as { payments: Payment[]; error: { message: string; param: string } } }
}

test('each status, method and age, and each keeps the laws', async () => {
  const origin = await start()
  const seeds = [
    { method: 'konbini', status: 'authorized' },
    { method: 'credit_card', status: 'authorized' },
    { method: 'konbini', status: 'captured', hours_ago: 100 },
    { method: 'credit_card', status: 'refunded', hours_ago: 2000 },
    { method: 'bank_transfer', status: 'refunded' },
    { method: 'pay_easy', status: 'expired', hours_ago: 500 },
    { method: 'credit_card', status: 'cancelled' },
    { method: 'merpay', status: 'failed' },
    { method: 'bit_cash', status: 'captured', body: { amount: 777, external_order_num: 'SEED-1' } },
  ]
  const { status, body } = await seed(origin, seeds)
  expect({ status, statuses: body.payments?.map((payment) => payment.status) }).toEqual({
    status: 200,
    statuses: seeds.map((each) => each.status),
  })
  for (const payment of body.payments) keepsLaws(payment)
  const api = createClient(origin, 'sk_seeds')
  const list = (await api.ok('GET', '/payments?per_page=100')) as { total: number; data: Payment[] }
  expect(list.total).toBe(seeds.length)
  const times = list.data.map(({ created_at }) => created_at)
  expect(times).toEqual(times.toSorted().reverse())
  expect(await api.ok('GET', '/payments?external_order_num=SEED-1')).toMatchObject({ total: 1, data: [{ amount: 777 }] })
  const old = Date.now() - Date.parse(body.payments[3]?.created_at ?? '')
  expect(Math.round(old / 3600_000)).toBe(2000)
})

test('a server begins with seeds and examples, whose links lead to it', async () => {
  const secretKey = 'sk_begins'
  const seeds = [
    { method: 'merpay', status: 'authorized' },
    { status: 'captured', hours_ago: 5 },
  ] satisfies SandboxOptions['seeds']
  const server = await createSandboxServer({ secretKey, seeds, examples: true })
  open.push(server.close)
  const origin = await server.listen()
  const { total, data } = (await createClient(origin, secretKey).ok('GET', '/payments')) as { total: number; data: Payment[] }
  expect(total).toBe(17)
  expect(JSON.stringify(data)).toContain(`${origin}/offsite/new`)
  await expect((await createSandboxServer({ seeds: JSON.parse('[{ "status": "nonsense" }]') })).listen()).rejects.toThrow(
    'payments[0][status]',
  )
})

test.each([
  [[{ method: 'bit_cash', status: 'authorized' }], 'payments[0][status]'],
  [[{}, { status: 'nonsense' }], 'payments[1][status]'],
  [[{ method: 'nonsense' }], 'payments[0][method]'],
  [[{ hours_ago: -1 }], 'payments[0][hours_ago]'],
  ['nonsense', 'payments'],
])('%j is rejected as a whole, with the parameter', async (payments, param) => {
  const origin = await start()
  const { status, body } = await seed(origin, payments)
  expect({ status, param: body.error.param }).toEqual({ status: 422, param })
  expect(await createClient(origin, 'sk_seeds').ok('GET', '/payments')).toMatchObject({ total: 0 })
})
