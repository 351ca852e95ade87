/** What callers pass: dates, single values, headers of any kind, and values that cannot be sent. */
import { createKomojuClient, Komoju, type KomojuOptions } from 'komoju-openapi'
import { describe, expect, test } from 'vitest'
import { exampleOf, json, payment, scriptedServer } from './scripted-server.ts'

const list = exampleOf('listPayments-response')
const time = new Date('2020-06-09T00:00:00Z')
const id = payment.id as string
const order = { amount: 1000, currency: 'JPY', payment_details: 'tok_1' } as const

const setUp = async (response: unknown = payment, options: Partial<KomojuOptions> = {}) => {
  const server = await scriptedServer(json(200, response))
  const given = { secretKey: 'sk_123', baseUrl: server.baseUrl, ...options }
  return { ...server, komoju: new Komoju(given), client: createKomojuClient(given) }
}

describe('dates', () => {
  test('in a query become ISO text', async () => {
    const { komoju, client, received } = await setUp(list)
    const times = { start_time: time, end_time: '2020-06-10T00:00:00Z' }
    await komoju.payments.list(times)
    await client.GET('/payments', { params: { query: times as object } })
    for (const { url } of received)
      expect(Object.fromEntries(new URL(url, 'http://a').searchParams)).toEqual({ ...times, start_time: time.toISOString() })
  })

  test.for(['json', 'form'] as const)('in the metadata of a %s', async (bodyFormat) => {
    const { komoju, received } = await setUp()
    await komoju.payments.create({ ...order, metadata: { at: time } }, { bodyFormat })
    await komoju.payments.update(id, { metadata: { at: time } }, { bodyFormat })
    for (const { body } of received) expect(decodeURIComponent(body)).toContain(time.toISOString())
  })
})

test('a status can be one or several', async () => {
  const { komoju, client, received } = await setUp(list)
  await komoju.payments.list({ status: 'captured' })
  await komoju.payments.list({ status: ['authorized', 'captured'] as const })
  await komoju.payments.list({ status: undefined as never, external_order_num: 'a&b' })
  await client.GET('/payments', { params: { query: { status: ['authorized', 'captured'] } } })
  expect(received.map(({ url }) => url.split('?')[1])).toEqual([
    'status=captured',
    'status=authorized,captured',
    'external_order_num=a%26b',
    'status=authorized,captured',
  ])
})

describe('what cannot be sent is named', () => {
  test.for([
    ['an invalid date', { metadata: { at: new Date(Number.NaN) } }, 'metadata[at]: pass'],
    ['no number', { amount: Number.NaN }, 'amount: pass'],
    ['a Map', { metadata: new Map([['a', 'b']]) }, 'metadata: pass'],
    ['a function', { metadata: { a: () => 1 } }, 'metadata[a]: pass'],
    ['a symbol in a list', { fraud_details: { list: [Symbol('a')] } }, 'fraud_details[list][]: pass'],
    ['a bigint', { amount: 10n }, 'amount: pass'],
  ] as [string, object, string][])('%s in a body', async ([, change, message]) => {
    const { komoju, received } = await setUp()
    for (const bodyFormat of ['json', 'form'] as const)
      await expect(komoju.payments.create({ ...order, ...change } as never, { bodyFormat })).rejects.toThrow(
        new RegExp(`^${message.replaceAll(/[[\]]/g, '\\$&')}`),
      )
    expect(received).toEqual([])
  })

  test('in a query', async () => {
    const { komoju, client, received } = await setUp(list)
    await expect(komoju.payments.list({ start_time: new Date(Number.NaN) })).rejects.toThrow('start_time: pass')
    await expect(komoju.payments.list({ status: { a: 'b' } as never })).rejects.toThrow('status: pass')
    await expect(client.GET('/payments', { params: { query: { status: [] } } })).rejects.toThrow('status: pass')
    // No filter would be every payment.
    for (const status of [[], new Set(), [[]]] as never[])
      for (const list of [
        komoju.payments.list({ status }),
        (async () => (await komoju.payments.list({ status })[Symbol.asyncIterator]().next()).value)(),
      ])
        await expect(list).rejects.toThrow(/^status: pass/)
    expect(received).toEqual([])
  })

  test.for(['timeout', 'maxRetries', 'maxResponseSize'])('in %s', async (name) => {
    for (const value of [Number.NaN, -1, '5', null, {}]) {
      const { komoju, received } = await setUp(payment)
      const message = new TypeError(`${name}: pass a number, 0 or more`)
      await expect(komoju.payments.get(id, { [name]: value })).rejects.toThrow(message)
      await expect((await setUp(payment, { [name]: value })).komoju.payments.get(id)).rejects.toThrow(message)
      expect(received).toEqual([])
    }
  })

  test('in headers, without the value', async () => {
    const { komoju, received } = await setUp()
    for (const headers of [{ 'X-Name': 'sk_secret\n' }, { 'X-Näme': 'a' }, { 'X-Name': '山' }])
      await expect(komoju.payments.get(id, { headers })).rejects.toThrow(
        /^headers: pass names and values that HTTP can carry; x-n.me is none$/,
      )
    expect(received).toEqual([])
  })

  test('a user name or a password in baseUrl', () => {
    for (const baseUrl of ['http://me:hunter2@127.0.0.1/api/v1', 'http://me@127.0.0.1/api/v1']) {
      const make = () => new Komoju({ secretKey: 'sk_123', baseUrl })
      expect(make).toThrow('baseUrl: pass an address such as')
      expect(make).not.toThrow('hunter2')
    }
  })
})

describe('headers of the client and of a call', () => {
  const { headers } = new Response(null, { headers: { 'X-Tag': 'a' } })
  /** `Headers` of another make: iterable, and no instance of this one's. */
  const foreign = { [Symbol.iterator]: () => headers[Symbol.iterator]() }
  test.for([
    ['an object', { 'X-Tag': 'a' }],
    ['Headers', headers],
    ['Headers of another make', foreign],
    ['a Map', new Map([['X-Tag', 'a']])],
    ['pairs', [['X-Tag', 'a']]],
    ["Node's rawHeaders", ['X-Tag', 'a']],
  ] as [string, KomojuOptions['headers']][])('%s', async ([, given]) => {
    const { komoju, client, received, baseUrl } = await setUp(payment, { headers: given })
    await komoju.payments.get(id)
    await client.GET('/payments')
    await new Komoju({ secretKey: 'sk_123', baseUrl }).payments.get(id, { headers: given })
    expect(received.map((request) => request.headers['x-tag'])).toEqual(['a', 'a', 'a'])
  })

  test("a call's come before the client's", async () => {
    const { komoju, received } = await setUp(payment, { headers: { 'X-Tag': 'a', 'X-Other': 'b' } })
    await komoju.payments.get(id, { headers: { 'x-tag': 'c' } })
    expect(received[0]!.headers).toMatchObject({ 'x-tag': 'c', 'x-other': 'b' })
  })
})

test('undefined options of a call leave those of the client', async () => {
  const { komoju, client, received } = await setUp(payment, { bodyFormat: 'form' })
  const none = { bodyFormat: undefined, timeout: undefined, baseUrl: undefined, headers: undefined }
  await komoju.payments.create(order, none)
  await client.POST('/payments', { body: order, ...(none as object) })
  for (const { headers } of received) expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
})
