/** What the sandbox does beyond the life of a payment: tax, deadlines, idempotency, failures on demand, merchants, secrets. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type OutgoingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import { Komoju } from '../../../src/client/index.ts'
import { readDocument } from '../../../src/document.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { isCardNumber } from '../../../src/server/sandbox/card.ts'
import { roundHalfUp, taxOf } from '../../../src/server/sandbox/money.ts'
import { deadlineOf, isoTime } from '../../../src/server/sandbox/time.ts'
import { testValuesOf } from '../../../src/server/scenarios.ts'
import { createClient } from './client.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const start = async (options: SandboxOptions = {}, key?: string) => {
  const server = await createSandboxServer(options)
  open.push(server.close)
  return createClient(await server.listen(), key)
}
type Api = Awaited<ReturnType<typeof start>>

const konbini = { type: 'konbini', store: 'lawson', email: 'a@example.com' }
const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030, name: 'Taro', verification_value: '987' }
const body = (fields: JsonObject = {}): JsonObject => ({ amount: 1000, currency: 'JPY', payment_details: konbini, ...fields })
const create = async (api: Api, fields: JsonObject = {}) => (await api.ok('POST', '/payments', body(fields))) as Payment

describe('tax', () => {
  test.each([
    [undefined, 1000, 0, 100],
    ['auto', 1005, 0, 101],
    [null, 1004, 0, 100],
    ['auto', 10.05, 2, 1.01],
    ['10.0', 1000, 0, 10],
    ['8.5', 1000, 0, 9],
    ['8.49999', 1000, 0, 8],
    [0.285, 10, 2, 0.29],
    ['1.005', 10, 2, 1.01],
    [1e-7, 10, 2, 0],
    [0, 1000, 0, 0],
  ])('%s of %d with %d decimals is %d', (input, amount, decimals, expected) => expect(taxOf(input, amount, decimals, 10)).toBe(expected))

  test('rounding never depends on binary fractions', () => {
    for (let cents = 0; cents < 100_000; cents += 7)
      expect(roundHalfUp(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}5`, 2)).toBe((cents + 1) / 100)
  })

  test('an amount more precise than its currency is rejected', async () => {
    const api = await start()
    expect(await api.send('POST', '/payments', body({ amount: 100.5 }))).toMatchObject({
      status: 422,
      body: { error: { param: 'amount' } },
    })
    expect((await create(api, { amount: '100.50', currency: 'USD' })).total).toBe(110.55)
  })
})

describe('deadlines', () => {
  test.each([
    ['2020-06-09T07:42:04Z', 3, '2020-06-12T14:59:59Z'],
    ['2020-06-09T14:59:59Z', 0, '2020-06-09T14:59:59Z'],
    ['2020-06-09T15:00:00Z', 0, '2020-06-10T14:59:59Z'],
  ])('created %s, %d days, end of day in Japan: %s', (created, days, expected) =>
    expect(isoTime(deadlineOf({ days, at: 'end_of_day' }, Date.parse(created)))).toBe(expected),
  )
  test('at the same time of day', () =>
    expect(isoTime(deadlineOf({ days: 7, at: 'same_time' }, Date.parse('2020-06-09T07:42:12Z')))).toBe('2020-06-16T07:42:12Z'))

  test('expiry_days counts, and the clock expires what is due and nothing else', async () => {
    const api = await start()
    const short = await create(api, { payment_details: { ...konbini, expiry_days: '1' } })
    const long = await create(api, { payment_details: { ...konbini, expiry_days: 59 } })
    const authorized = await create(api, { payment_details: card, capture: false })
    const paid = await create(api)
    await api.act('pay', paid.id)
    const past = Date.parse(short.payment_deadline!) + 1000
    await api.act('clock', '', { to: isoTime(past) })
    const statusOf = async ({ id }: Payment) => ((await api.ok('GET', `/payments/${id}`)) as Payment).status
    expect(await Promise.all([short, long, authorized, paid].map(statusOf))).toEqual(['expired', 'authorized', 'authorized', 'captured'])
    await api.act('clock', '', { hours: 24 * 8 })
    expect(await statusOf(authorized)).toBe('expired')
    const back = await fetch(`${api.origin}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ to: '2020-01-01T00:00:00Z' }) })
    expect(back.status).toBe(422)
  })
})

describe('idempotency', () => {
  const headers = { 'X-KOMOJU-IDEMPOTENCY': 'order-1' }

  test('the same key gives the first response byte for byte, in the same encoding or another', async () => {
    const api = await start()
    const first = await api.send('POST', '/payments', body({ amount: '1000' }), { headers })
    const { id } = first.body as Payment
    await api.ok('POST', `/payments/${id}/cancel`)
    expect((await api.send('POST', '/payments', body({ amount: '1000' }), { headers })).text).toBe(first.text)
    expect((await api.send('POST', '/payments', body({ amount: '1000' }), { headers, encoding: 'form' })).text).toBe(first.text)
    expect(((await api.ok('GET', '/payments')) as PaymentList).total).toBe(1)
  })

  test('a rejection is remembered, too', async () => {
    const api = await start()
    const declined = body({ payment_details: { ...card, number: '4123111111111059' } })
    const first = await api.send('POST', '/payments', declined, { headers })
    expect(first).toMatchObject({ status: 502, body: { error: { code: 'card_declined' } } })
    expect((await api.send('POST', '/payments', declined, { headers })).text).toBe(first.text)
  })

  test('another body, operation or payment with the same key is an error; another merchant may use it', async () => {
    const api = await start()
    const { id } = (await api.ok('POST', '/payments', body(), { headers })) as Payment
    const reused = { status: 422, body: { error: { code: 'invalid_parameter', param: 'X-KOMOJU-IDEMPOTENCY' } } }
    expect(await api.send('POST', '/payments', body({ amount: 1 }), { headers })).toMatchObject(reused)
    expect(await api.send('POST', `/payments/${id}/cancel`, {}, { headers })).toMatchObject(reused)
    await createClient(api.origin, 'sk_other').ok('POST', '/payments', body({ amount: 1 }), { headers })
  })

  test('what metadata calls a number belongs to the request, a card is told by its last digits', async () => {
    const api = await start()
    const order = (number: string) => body({ metadata: { number }, payment_details: card })
    const first = await api.send('POST', '/payments', order('A-1234'), { headers })
    expect((await api.send('POST', '/payments', order('A-1234'), { headers })).text).toBe(first.text)
    expect((await api.send('POST', '/payments', order('B-1234'), { headers })).status).toBe(422)
  })

  test('409 while the first is in flight', async () => {
    const api = await start({ latency: 300 })
    const [first, second] = await Promise.all([
      api.send('POST', '/payments', body(), { headers }),
      new Promise((resolve) => setTimeout(resolve, 100)).then(() => api.send('POST', '/payments', body(), { headers })),
    ])
    expect(first.status).toBe(200)
    expect(second).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
    expect((await api.send('POST', '/payments', body(), { headers })).text).toBe(first.text)
  })

  test('a key is forgotten after 24 hours', async () => {
    const api = await start()
    const { id } = (await api.ok('POST', '/payments', body(), { headers })) as Payment
    await api.act('clock', '', { hours: 23 })
    expect(await api.ok('POST', '/payments', body(), { headers })).toMatchObject({ id })
    await api.act('clock', '', { hours: 1.1 })
    expect(((await api.ok('POST', '/payments', body(), { headers })) as Payment).id).not.toBe(id)
  })
})

describe('failures on demand', () => {
  test('every test number of the document fails or succeeds as it says', async () => {
    const api = await start()
    const values = testValuesOf(readDocument())
    for (const { value, error, brand } of values.credit_card!.number!) {
      expect(isCardNumber(value) || error !== undefined).toBe(true)
      const response = await api.send('POST', '/payments', body({ payment_details: { ...card, number: value } }))
      if (error) expect(response.body).toMatchObject({ error: { code: error } })
      else expect(response).toMatchObject({ status: 200, body: { payment_details: { brand, last_four_digits: value.slice(-4) } } })
    }
    for (const { value, error, balance } of values.web_money!.prepaid_number!) {
      const pay = (amount: number) =>
        api.send('POST', '/payments', body({ amount, tax: 0, payment_details: { type: 'web_money', prepaid_number: value } }))
      const code = (await pay(1000)).body as { error?: { code: string } }
      expect(code.error?.code).toBe(error)
      if (balance !== undefined) {
        expect((await pay(balance)).status).toBe(200)
        const short = await pay(balance + 500)
        expect(short).toMatchObject({ status: 200, body: { status: 'pending', captured_at: null, payment_details: { short_amount: 500 } } })
      }
    }
    // Nothing that failed was kept.
    const { total } = (await api.ok('GET', '/payments')) as PaymentList
    expect(total).toBe(values.credit_card!.number!.filter(({ error }) => !error).length + 3)
  })

  test('a scenario fails with any error code of the operation, and only with those', async () => {
    const api = await start()
    for (const [code, status] of [
      ['fraudulent', 422],
      ['card_declined', 502],
      ['request_failed', 402],
      ['too_many_requests', 429],
    ] as const) {
      const response = await api.send('POST', '/payments', body(), { headers: { 'Komoju-Scenario': code } })
      expect(response).toMatchObject({ status, body: { error: { code } } })
      expect(response.headers.get('retry-after')).toBe(status === 429 ? '1' : null)
    }
    expect(await api.send('POST', '/payments', body(), { headers: { 'Komoju-Scenario': 'not_capturable' } })).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid_parameter', param: 'Komoju-Scenario' } },
    })
  })

  test('a card number that cannot exist is invalid', async () => {
    const api = await start()
    for (const number of ['4111111111111112', 'abc', '4'])
      expect(await api.send('POST', '/payments', body({ payment_details: { ...card, number } }))).toMatchObject({
        status: 502,
        body: { error: { code: 'invalid_number' } },
      })
  })

  test('--error-rate fails the same requests for the same seed; --latency makes all late', async () => {
    const statuses = async (seed: number) => {
      const api = await start({ errorRate: 0.5, seed })
      const found: number[] = []
      for (let count = 0; count < 30; count++) found.push((await api.send('GET', '/payments')).status)
      return found
    }
    const first = await statuses(1)
    expect(new Set(first)).toEqual(new Set([200, 503]))
    expect(await statuses(1)).toEqual(first)
    expect(await statuses(2)).not.toEqual(first)
    const late = await start({ latency: 80 })
    const before = performance.now()
    await late.ok('GET', '/payments')
    expect(performance.now() - before).toBeGreaterThanOrEqual(78)
  })
})

test('tokens and customers pay with the test card', async () => {
  const api = await start()
  const details = { type: 'credit_card', brand: 'visa', last_four_digits: '1111' }
  expect(await create(api, { payment_details: 'tok_abc' })).toMatchObject({ status: 'captured', customer: null, payment_details: details })
  const customer = '0sf3wwxqv0vbuvxhur81yyw51'
  const { payment_details: _omitted, ...rest } = body({ customer })
  expect(await api.ok('POST', '/payments', rest)).toMatchObject({ customer, payment_details: details })
  expect(await api.send('POST', '/payments', { ...rest, customer: 'nobody' })).toMatchObject({
    status: 422,
    body: { error: { param: 'customer' } },
  })
})

test('merchants, told apart by their secret keys, see nothing of each other', async () => {
  const api = await start()
  const other = createClient(api.origin, 'sk_other')
  const { id } = await create(api)
  const notFound = { status: 404, body: { error: { code: 'not_found' } } }
  expect(await other.send('GET', `/payments/${id}`)).toMatchObject(notFound)
  expect(await other.send('POST', `/payments/${id}/cancel`)).toMatchObject(notFound)
  expect(((await other.ok('GET', '/payments')) as PaymentList).total).toBe(0)
  const account = { name: 'Shop', default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
  const opened = (await api.ok('POST', '/accounts', account)) as { id: string }
  expect(await api.send('POST', '/accounts', account)).toMatchObject({ status: 422, body: { error: { param: 'name' } } })
  await other.ok('POST', '/accounts', account)
  expect(await other.send('GET', `/accounts/${opened.id}`)).toMatchObject(notFound)
})

test('lists filter by time and order number', async () => {
  const api = await start()
  const first = await create(api, { external_order_num: 'A' })
  await api.act('clock', '', { hours: 1 })
  const second = await create(api, { external_order_num: 'B' })
  const ids = async (query: Record<string, string>) =>
    ((await api.ok('GET', `/payments?${new URLSearchParams(query)}`)) as PaymentList).data.map(({ id }) => id)
  expect(await ids({})).toEqual([second.id, first.id])
  expect(await ids({ external_order_num: 'A' })).toEqual([first.id])
  expect(await ids({ start_time: second.created_at })).toEqual([second.id])
  expect(await ids({ end_time: second.created_at })).toEqual([first.id])
  const japan = new Date(Date.parse(second.created_at) + 9 * 3600_000).toISOString().replace('.000Z', '+09:00')
  expect(await ids({ start_time: japan })).toEqual([second.id])
})

test('times that no clock shows are rejected, not stumbled over', async () => {
  const api = await start()
  for (const start_time of ['2016-12-31T23:59:60Z', '0000-01-01T00:00:00Z'])
    expect((await api.send('GET', `/payments?start_time=${start_time}`)).status).toBe(422)
})

describe('with a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-sandbox-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('everything is there after a restart, and --reset forgets it', async () => {
    const db = join(folder, 'state.sqlite')
    const headers = { 'X-KOMOJU-IDEMPOTENCY': 'k' }
    const before = await start({ db })
    const made = await before.send('POST', '/payments', body({ metadata: { a: '1' } }), { headers })
    const account = (await before.ok('POST', '/accounts', { name: 'Shop', default_currency: 'JPY', time_zone: 'Asia/Tokyo' })) as JsonObject
    await before.act('clock', '', { hours: 30 })
    await open.pop()!()
    const after = await start({ db })
    expect((await after.ok('GET', `/payments/${(made.body as Payment).id}`)) as Payment).toEqual(made.body)
    expect(await after.ok('GET', `/accounts/${account.id}`)).toEqual(account)
    expect(Date.parse((await create(after)).created_at)).toBeGreaterThan(Date.now() + 29 * 3600_000)
    await after.act('reset', '')
    expect(((await after.ok('GET', '/payments')) as PaymentList).total).toBe(0)
    await create(after)
    await open.pop()!()
    expect(((await (await start({ db, reset: true })).ok('GET', '/payments')) as PaymentList).total).toBe(0)
  })

  test('no secret is in the file or in the log', async () => {
    const db = join(folder, 'secrets.sqlite')
    const lines: string[] = []
    const error = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)))
    const api = await start({ db, log: (line) => lines.push(line) }, 'sk_very_secret_key')
    const secrets = ['5555555555554444', '98765', 'prepaid-abcdefgh', 'secret-pw-1', 'secret-pw-2']
    const headers = { 'X-KOMOJU-IDEMPOTENCY': 'a' }
    await api.ok('POST', '/payments', body({ payment_details: { ...card, number: secrets[0], verification_value: secrets[1] } }), {
      headers,
    })
    await create(api, { payment_details: { type: 'bit_cash', prepaid_number: secrets[2] } })
    await create(api, { payment_details: { type: 'culture_voucher', culture_id: 'a', culture_password: secrets[3] } })
    await create(api, { payment_details: { type: 'happy_money', happy_money_id: 'a', happy_money_password: secrets[4] } })
    await open.pop()!()
    error.mockRestore()
    const kept = readFileSync(db, 'latin1') + lines.join('\n')
    expect(kept).toContain('last_four_digits')
    // A time in milliseconds can hold the same five digits.
    for (const secret of [...secrets, 'sk_very_secret_key']) expect(kept).not.toMatch(new RegExp(`(?<!\\d)${secret}(?!\\d)`))
  })
})

describe('actions of the pages', () => {
  let api: Api
  beforeAll(async () => {
    const server = await createSandboxServer()
    api = createClient(await server.listen())
    return () => server.close()
  })
  /** Not by `fetch`, which lets nobody set `Host`. */
  const pay = (id: string, headers: OutgoingHttpHeaders) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${api.origin}/sandbox/pay/${id}`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject).end()
    })

  test('need the same origin from a browser, and nothing from anybody else', async () => {
    const { id } = await create(api)
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      // A name of another site that leads to this machine.
      { host: 'evil.example', origin: 'http://evil.example' },
    ])
      expect(await pay(id, headers), JSON.stringify(headers)).toBe(403)
    expect(await pay(id, { origin: api.origin, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await pay((await create(api)).id, {})).toBe(200)
  })

  test('send a browser back to a page of the sandbox and nowhere else', async () => {
    for (const [back, expected] of [
      ['/sandbox/events', '/sandbox/events'],
      ['https://evil.example', '/sandbox'],
      ['//evil.example', '/sandbox'],
      ['/\\evil.example', '/sandbox'],
    ] as const) {
      const response = await fetch(`${api.origin}/sandbox/pay/${(await create(api)).id}`, {
        method: 'POST',
        headers: { accept: 'text/html' },
        body: new URLSearchParams({ back }),
        redirect: 'manual',
      })
      expect(response).toMatchObject({ status: 303 })
      expect(response.headers.get('location')).toBe(expected)
    }
  })

  test('never lead to a script: a return_url with another scheme is not followed', async () => {
    const { id, payment_details } = (await create(api, {
      payment_details: { type: 'merpay' },
      return_url: 'javascript:alert(1)',
    })) as Payment & {
      payment_details: { redirect_url: string }
    }
    const response = await fetch(`${api.origin}/offsite/${id}`, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'approve' }),
      redirect: 'manual',
    })
    expect(response.headers.get('location')).toBe(`/offsite/new?uuid=${id}`)
    expect(await (await fetch(payment_details.redirect_url)).text()).not.toContain('javascript:')
  })
})

test('what a completed refund request transferred has no page where it is collected', async () => {
  const api = await start()
  const { id } = await create(api, { payment_details: konbini })
  await api.act('pay', id)
  const bank = { customer_name: 'A', bank_name: 'B', branch_name: 'C', branch_number: '001', account_type: 'normal', account_number: '1' }
  const asked = (await api.ok('POST', `/payments/${id}/refund_request`, {
    ...bank,
    amount: 100,
    include_payment_method_fee: true,
  })) as Payment
  const settled = (await api.act('complete-request', id, { request: asked.refund_requests[0]!.id })) as Payment
  expect(settled.refunds).toMatchObject([{ status: 'completed', redirect_url: null }])
  const page = await fetch(`${api.origin}/refunds/${id}/${settled.refunds[0]!.id}`, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(404)
  const collected = (await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })) as Payment
  expect(collected.refunds[1]).toMatchObject({ status: 'pending', redirect_url: expect.stringContaining('/refunds/') })
})

test('the client outlives a failure on demand with its defaults: it is asked to wait a second', async () => {
  const api = await start({ errorRate: 1 })
  const delays: number[] = []
  const komoju = new Komoju({
    secretKey: 'sk_123456',
    baseUrl: `${api.origin}/api/v1`,
    onRetry: async ({ delay }) => {
      delays.push(delay)
      await api.act('faults', '', { error_rate: 0 })
    },
  })
  expect(await komoju.payments.create(body() as Parameters<typeof komoju.payments.create>[0])).toMatchObject({ resource: 'payment' })
  expect(delays).toEqual([1000])
})
