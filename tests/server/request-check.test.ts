/** What real programs send: queries as PHP writes them, filters with typing mistakes, properties that an operation ignores. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMockServer, createSandboxServer, type Server } from '../../src/server/index.ts'

const lines: string[] = []
let mock: Server
let sandbox: Server
const origins: Record<string, string> = {}

beforeAll(async () => {
  mock = await createMockServer({ log: (line) => lines.push(line) })
  sandbox = await createSandboxServer({ log: (line) => lines.push(line) })
  origins.mock = await mock.listen()
  origins.sandbox = await sandbox.listen()
})
afterAll(() => Promise.all([mock.close(), sandbox.close()]))

type Sent = { form?: string; json?: unknown; headers?: Record<string, string> }

const send = async (server: string, method: string, path: string, { form, json, headers }: Sent = {}) => {
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  const body = form ?? (json === undefined ? undefined : JSON.stringify(json))
  const response = await fetch(`${origins[server]}/api/v1${path}`, {
    method,
    headers: { Authorization: `Basic ${btoa('sk_1:')}`, ...(body !== undefined && { 'Content-Type': type }), ...headers },
    ...(body !== undefined && { body }),
  })
  return { status: response.status, ignored: response.headers.get('x-ignored-parameters'), body: await response.json() }
}

const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 30, name: 'Taro Yamada' }
const order = { amount: 1000, currency: 'JPY', payment_details: card }
const created = async (server: string, changes = {}) => (await send(server, 'POST', '/payments', { json: { ...order, ...changes } })).body

describe.each(['mock', 'sandbox'])('%s', (server) => {
  test.each([
    ['status[0]=captured', 'status'],
    ['externalOrderNum=1', 'external_order_num'],
    ['start-time=2026-01-01', 'start_time'],
    ['curency=JPY', 'currency'],
    ['perPage=10', 'per_page'],
  ])('rejects the filter %s and names %s', async (query, name) => {
    const { status, body } = await send(server, 'GET', `/payments?${query}`)
    expect(status).toBe(422)
    expect(body.error.message).toBe(`Parameter ${query.split('=')[0]} is not known: did you mean ${name}?`)
  })

  test('names the filters where none is near, and repeats no long name', async () => {
    const { body } = await send(server, 'GET', '/payments?zzzzzz=1')
    expect(body.error.message).toMatch(/^Parameter zzzzzz is not known: known are start_time, .*, status\.$/)
    const long = await send(server, 'GET', `/payments?${'x'.repeat(500)}=1`)
    expect(long.body.error).toMatchObject({ code: 'invalid_parameter', param: '…' })
  })

  test('reads status[]=a&status[]=b as a list, and dates without a time', async () => {
    const list = await send(server, 'GET', '/payments?status[]=captured&status[]=authorized&start_time=2020-01-01&end_time=2099-12-31')
    expect(list.status).toBe(200)
    const wrong = await send(server, 'GET', '/payments?status[]=captured&status[]=paid')
    expect(wrong.body.error).toMatchObject({ code: 'invalid_parameter', param: 'status' })
    expect((await send(server, 'GET', '/payments?status=captured&status[]=paid')).status).toBe(422)
  })

  test.each([
    ['refund', { json: { order_id: 'x' } }, 'order_id'],
    ['refund', { json: { amuont: 1 } }, 'amuont (amount?)'],
    ['cancel', { form: '19bl8anskioyoicavtw6qc39x=' }, '19bl8anskioyoicavtw6qc39x'],
    ['refund', { json: { fraud_details: { customer_email: '' } } }, null],
    ['capture', { json: { amount: 500 } }, 'amount'],
    ['refund', { json: { payment_details: null } }, 'payment_details'],
    ['refund', { json: { payment_details: { ...card, number: '4123111111111059' } } }, 'payment_details'],
  ])('takes what it does not know at %s and says so: %j', async (operation, sent, ignored) => {
    const { id } = await created(server, operation === 'refund' ? {} : { capture: false })
    lines.length = 0
    const response = await send(server, 'POST', `/payments/${id}/${operation}`, sent)
    expect(response).toMatchObject({ status: 200, ignored })
    expect(lines[0]).toMatch(ignored === null ? /ms$/ : `ms, ignored: ${ignored}`)
  })

  test('says that a key in the header of other APIs does nothing', async () => {
    const headers = { 'Idempotency-Key': 'order-1' }
    const first = await send(server, 'POST', '/payments', { json: order, headers })
    expect(first).toMatchObject({ status: 200, ignored: 'Idempotency-Key (X-KOMOJU-IDEMPOTENCY?)' })
    // It has no key there: nothing to mistake.
    expect((await send(server, 'GET', `/payments/${first.body.id}`, { headers })).ignored).toBeNull()
  })

  test('says that the query of an operation without parameters there does nothing', async () => {
    const { id } = await created(server)
    expect(await send(server, 'POST', `/payments/${id}/refund?amount=5&sk_live%3F=1`, { json: {} })).toMatchObject({
      status: 200,
      ignored: 'amount (query), %E2%80%A6 (query)',
    })
  })

  test.each(['tax', 'amount'])('takes the %s as text with as many decimals as a number has', async (name) => {
    const payment = { ...order, currency: 'USD', [name]: '83.00000000000000000000001' }
    expect((await send(server, 'POST', '/payments', { json: payment })).status).toBe(200)
  })

  test('still rejects what create and update do not know', async () => {
    expect((await send(server, 'POST', '/payments', { json: { ...order, order_id: 'x' } })).status).toBe(422)
    const { id } = await created(server)
    expect((await send(server, 'PATCH', `/payments/${id}`, { json: { order_id: 'x' } })).status).toBe(422)
  })

  test('hides a secret among the ignored in its log', async () => {
    const { id } = await created(server)
    lines.length = 0
    await send(server, 'POST', `/payments/${id}/refund`, { json: { sk_live_abc: 1, '4111111111111111': 1 } })
    expect(lines[0]).toContain('ignored: ')
    expect(lines[0]).not.toMatch(/sk_live|4111/)
  })
})

describe('sandbox', () => {
  test('shows a two-digit year with four digits, and takes booleans as a form of PHP has them', async () => {
    expect((await created('sandbox')).payment_details.year).toBe(2030)
    const form = new URLSearchParams({ amount: '1000', currency: 'JPY', capture: '0' })
    for (const [name, value] of Object.entries({ ...card, year: '29' })) form.set(`payment_details[${name}]`, String(value))
    const { body } = await send('sandbox', 'POST', '/payments', { form: form.toString() })
    expect(body).toMatchObject({ status: 'authorized', payment_details: { year: 2029 } })
  })

  test('has no confirmation code for Seven-Eleven', async () => {
    const details = { type: 'konbini', store: 'seven-eleven', email: 'a@example.com' }
    expect((await created('sandbox', { payment_details: details })).payment_details.confirmation_code).toBeNull()
  })
})
