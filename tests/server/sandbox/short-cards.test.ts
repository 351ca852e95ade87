/** Prepaid cards that hold less than the total: the payment waits for a further card. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createMockServer, createSandboxServer, type Server } from '../../../src/server/index.ts'

let servers: Server[]
let sandbox: string
let mock: string

beforeAll(async () => {
  servers = [await createSandboxServer(), await createMockServer()]
  ;[sandbox = '', mock = ''] = await Promise.all(servers.map((server) => server.listen()))
})
afterAll(() => Promise.all(servers.map((server) => server.close())))

const send = async (origin: string, method: string, path: string, body?: unknown) => {
  const headers = { Authorization: `Basic ${btoa('sk_1:')}`, 'Content-Type': 'application/json' }
  const response = await fetch(`${origin}/api/v1${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return { status: response.status, body: await response.json() }
}

const numbers = { web_money: '1111111111111111', nanaco: '2222222222222222', net_cash: '3333333333333333' }
const order = (type: keyof typeof numbers, amount = 3000) => ({
  amount,
  currency: 'JPY',
  payment_details: { type, prepaid_number: numbers[type] },
})

test.each(['web_money', 'nanaco', 'net_cash'] as const)('%s waits for a further card and is captured with it', async (type) => {
  const { body: created } = await send(sandbox, 'POST', '/payments', order(type))
  expect(created).toMatchObject({
    status: 'pending',
    captured_at: null,
    payment_details: { short_amount: 1300, prepaid_cards: [{ points: 2000 }] },
  })
  const further = { payment_details: { type, prepaid_number: '1234567890123456' } }
  const { status, body: captured } = await send(sandbox, 'PATCH', `/payments/${created.id}`, further)
  expect({ status, captured }).toMatchObject({
    status: 200,
    captured: {
      status: 'captured',
      captured_at: expect.any(String),
      payment_details: { short_amount: 0, prepaid_cards: [{ points: 2000 }, { last_four_digits: '3456', points: 1300 }] },
    },
  })
  const again = await send(sandbox, 'PATCH', `/payments/${created.id}`, further)
  expect(again).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param: 'payment_details' } } })
})

test('a second short card leaves less missing, and a card of another method is rejected', async () => {
  const { body: created } = await send(sandbox, 'POST', '/payments', order('web_money', 5000))
  const path = `/payments/${created.id}`
  const other = await send(sandbox, 'PATCH', path, { payment_details: { type: 'nanaco', prepaid_number: '1234567890123456' } })
  expect(other).toMatchObject({ status: 422, body: { error: { param: 'payment_details[type]' } } })
  const second = await send(sandbox, 'PATCH', path, { payment_details: { type: 'web_money', prepaid_number: numbers.web_money } })
  const { status, payment_details: details } = second.body as Payment
  expect({ status, details }).toMatchObject({ status: 'pending', details: { short_amount: 1500 } })
})

test.each([
  ['e111111111111112', 'invalid_number'],
  ['e111111111111113', 'used_number'],
  ['e111111111111114', 'other_error'],
])('a further card %s is declined, and the payment waits for another', async (number, code) => {
  const further = { payment_details: { type: 'web_money', prepaid_number: number } }
  for (const server of [sandbox, mock]) {
    const { body: created } = await send(server, 'POST', '/payments', order('web_money'))
    expect(await send(server, 'PATCH', `/payments/${created.id}`, further)).toMatchObject({ status: 502, body: { error: { code } } })
  }
  const { body: created } = await send(sandbox, 'POST', '/payments', order('web_money'))
  await send(sandbox, 'PATCH', `/payments/${created.id}`, further)
  expect((await send(sandbox, 'GET', `/payments/${created.id}`)).body).toEqual(created)
})

test('the mock returns the documented example of it', async () => {
  const { body: created } = await send(mock, 'POST', '/payments', order('web_money'))
  expect(created).toMatchObject({ status: 'pending', payment_details: { short_amount: 1300 } })
  const further = { payment_details: { type: 'web_money', prepaid_number: '1234567890123456' } }
  const { body } = await send(mock, 'PATCH', `/payments/${created.id}`, further)
  expect(body).toMatchObject({ id: created.id, status: 'captured', payment_details: { short_amount: 0 } })
})

test('amounts in the smallest unit are whole numbers, and so is the tax', async () => {
  const server = await createSandboxServer({ amounts: 'minor' })
  const origin = await server.listen()
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030, name: 'Taro Yamada' }
  const pay = (amount: unknown) => send(origin, 'POST', '/payments', { amount, currency: 'USD', payment_details: card })
  expect((await pay(1055)).body).toMatchObject({ amount: 1055, tax: 106, total: 1161 })
  expect(await pay('10.5')).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param: 'amount' } } })
  await server.close()
})
