/** Situations that break shops: a naive shop fails in each as it would in production, the guide's code does not. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Komoju } from 'komoju-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Payment, PaymentSource } from '../../../generated/schema.d.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { situationNames } from '../../../src/server/sandbox/situations.ts'
import { createClient } from './client.ts'
import { keepsLaws } from './laws.ts'
import { NaiveShop, type ReceivedEvent } from './naive-shop.ts'
import { soon } from './soon.ts'

type Shop = {
  shipped: Map<string, string>
  losses: Map<string, number>
  toCheck: Set<string>
  receive: (request: Request) => Promise<Response>
  look: (id: string) => Promise<void>
  cancel: (order: string, id: string) => Promise<void>
}
type Order = { order: string; attempt?: number; amount?: number; details: PaymentSource; situation?: string }
type Guide = {
  createShop: (komoju: Komoju, secret: string, priceOf: (order: string) => number) => Shop
  payOrder: (komoju: Komoju, order: Order) => Promise<Payment>
  nextPageOf: (payment: Payment) => string | undefined
  payRest: (komoju: Komoju, payment: Payment, number: string) => Promise<Payment>
}

const secret = 'whsec_situations'
const text = readFileSync('docs/production.md', 'utf8')
/** The guide's code as it stands there. */
const readGuide = async (folder: string): Promise<Guide> => {
  const parts = [...text.matchAll(/^```ts$(.*?)^```$/gms)].map(async ([, code = ''], index) => {
    const file = join(folder, `part-${index}.ts`)
    writeFileSync(file, code)
    return import(pathToFileURL(file).href)
  })
  return Object.assign({}, ...(await Promise.all(parts)))
}

const priceOf = (order: string) => (order === 'short_card' ? 3300 : 1100)
const konbini = { type: 'konbini' as const, store: 'lawson' as const, email: 'a@example.com' }
const card = { type: 'credit_card' as const, number: '4111111111111111', month: 1, year: 2099, name: 'Taro Yamada' }

let folder: string
let guide: Guide
let server: Server
let receiver: HttpServer
let komoju: Komoju
/** Does not wait for long. */
let impatient: Komoju
let api: ReturnType<typeof createClient>
let shop: Shop
const naive = new NaiveShop(priceOf)
const received: ReceivedEvent[] = []
/** Orders of which the naive shop asks the API. */
const carefulOrders = new Set(['simultaneous_events', 'ordinary and careful'])
const typesOf = (order: string) => received.filter(({ data }) => data.external_order_num === order).map(({ type }) => type)

/** A merchant's server where two shops get the same events. */
const createReceiver = () =>
  createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    const event = JSON.parse(body) as ReceivedEvent
    received.push(event)
    if (carefulOrders.has(String(event.data.external_order_num))) await naive.receiveCarefully(event, (id) => komoju.payments.get(id))
    else naive.receive(event)
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]))
    const response = await shop.receive(new Request('http://shop.example/', { method: 'POST', headers, body }))
    outgoing.writeHead(response.status).end()
  })

beforeAll(async () => {
  // Inside the project, where `komoju-openapi` is its own name.
  mkdirSync('.reports', { recursive: true })
  folder = mkdtempSync(resolve('.reports/production-'))
  guide = await readGuide(folder)
  receiver = createReceiver()
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  server = await createSandboxServer({ webhookUrl, webhookSecret: secret })
  const origin = await server.listen()
  const options = { secretKey: 'sk_situations', baseUrl: `${origin}/api/v1`, maxRetries: 0 }
  komoju = new Komoju(options)
  impatient = new Komoju({ ...options, timeout: 3000 })
  api = createClient(origin, options.secretKey)
  shop = guide.createShop(komoju, secret, priceOf)
})
afterAll(async () => {
  await server?.close()
  receiver?.close()
  rmSync(folder, { recursive: true, force: true })
})

const pay = async (order: string, details: Order['details'] = konbini, more: Partial<Order> = {}) =>
  guide.payOrder(komoju, { order, details, situation: order, ...more })
const payInCash = async (order: string) => api.act('pay', (await pay(order)).id)

type Case = {
  /** What shop, customer and bank do. */
  play: (order: string) => Promise<unknown>
  /** Types of the events that come of it, in their order. */
  events: string[]
  /** What becomes of the order at the naive shop. */
  naive: Partial<ReturnType<NaiveShop['outcomeOf']>>
  /** What becomes of it at the guide's. */
  guide: { shipped: boolean; toCheck?: boolean; lost?: number; refunds?: number }
  /** What comes later, and its events. */
  later?: { play: (order: string) => Promise<unknown>; events: string[] }
}

const [authorized, captured, failed] = ['payment.authorized', 'payment.captured', 'payment.failed']
const cases: Record<string, Case> = {
  duplicate_events: {
    play: payInCash,
    events: [authorized, authorized, captured, captured],
    naive: { shipments: 2 },
    guide: { shipped: true, toCheck: false },
  },
  simultaneous_events: {
    play: payInCash,
    events: [authorized, captured],
    naive: { shipments: 2 },
    guide: { shipped: true },
  },
  events_out_of_order: {
    play: payInCash,
    events: [captured, authorized],
    naive: { state: 'authorized' },
    guide: { shipped: true },
  },
  late_events: {
    play: async (order) => {
      const { id } = await pay(order)
      await api.act('pay', id)
      // The customer comes back to the shop, which asks.
      await shop.look(id)
    },
    events: [],
    naive: { shipments: 0 },
    guide: { shipped: true },
    later: { play: () => api.act('clock', '', { hours: 3 }), events: [authorized, captured] },
  },
  failed_then_captured: {
    play: payInCash,
    events: [authorized, failed, captured],
    naive: { shipments: 0 },
    guide: { shipped: true },
  },
  declined_creation: {
    play: async (order) => {
      await expect(pay(order, card)).rejects.toMatchObject({ status: 502, code: 'card_declined' })
      await soon(() => expect(typesOf(order)).toEqual([failed]))
      expect(await api.ok('GET', `/payments?external_order_num=${order}`)).toMatchObject({ data: [{ status: 'failed' }] })
      await guide.payOrder(komoju, { order, attempt: 2, details: card })
    },
    events: [failed, captured],
    naive: { shipments: 0 },
    guide: { shipped: true },
  },
  stale_cancel: {
    play: async (order) => {
      await guide.payOrder(komoju, { order, details: konbini })
      await soon(() => expect(typesOf(order)).toEqual([authorized]))
      await pay(order, card, { attempt: 2 })
    },
    events: [authorized, captured, 'payment.cancelled'],
    naive: { shipments: 1, state: 'given up' },
    guide: { shipped: true, refunds: 0 },
  },
  paid_after_deadline: {
    play: async (order) => api.act('expire', (await pay(order)).id),
    events: [authorized, 'payment.expired', captured],
    naive: { shipments: 0 },
    guide: { shipped: true },
  },
  paid_after_cancel: {
    play: async (order) => shop.cancel(order, (await pay(order)).id),
    events: [authorized, 'payment.cancelled', captured, 'payment.refund.created'],
    naive: { shipments: 0, state: 'captured' },
    guide: { shipped: false, refunds: 1 },
  },
  paid_twice: {
    play: payInCash,
    events: [authorized, captured, captured],
    naive: { shipments: 2 },
    guide: { shipped: true, toCheck: true },
  },
  konbini_fee: {
    play: payInCash,
    events: [authorized, captured],
    naive: { shipments: 0 },
    guide: { shipped: true },
  },
  chargeback_on_refund: {
    play: async (order) => {
      const { id } = await pay(order, card)
      await soon(() => expect(shop.shipped.has(order)).toBe(true))
      await komoju.payments.refund(id, { amount: 300 })
    },
    events: [captured, 'payment.refund.created', 'payment.refund.created', 'payment.refunded'],
    naive: { refunded: 1400 },
    guide: { shipped: true, lost: 800, refunds: 2 },
  },
  three_d_secure: {
    play: async (order) => {
      const payment = await guide.payOrder(komoju, { order, details: { ...card, three_d_secure: true } })
      naive.checkOut(payment)
      const form = { method: 'POST', body: new URLSearchParams({ decision: 'decline' }) }
      await fetch(String(guide.nextPageOf(payment)), form)
    },
    events: [failed],
    naive: { shipments: 1 },
    guide: { shipped: false },
  },
  short_card: {
    play: async (order) => {
      const details = { type: 'web_money' as const, prepaid_number: '1111111111111111' }
      const payment = await guide.payOrder(komoju, { order, amount: 3000, details })
      naive.checkOut(payment)
      expect(payment).toMatchObject({ status: 'pending', payment_details: { short_amount: 1300 } })
      expect(shop.shipped.has(order)).toBe(false)
      await guide.payRest(komoju, payment, '1234567890123456')
    },
    events: ['payment.updated', captured],
    naive: { shipments: 2 },
    guide: { shipped: true },
  },
}
const brokenResponses = ['lost_response', 'hanging_response', 'slow_response', 'empty_response', 'html_response']

/** Events that come at the same moment come in any order. */
const inOrder = (order: string, types: string[]) => (order === 'simultaneous_events' ? types.toSorted() : types)

describe.concurrent('each situation', () => {
  test.each(Object.entries(cases))('%s: the naive shop fails, the guide does not', { timeout: 90_000 }, async (order, each) => {
    await each.play(order)
    await soon(() => expect(inOrder(order, typesOf(order))).toEqual(each.events))
    const { shipped, toCheck, lost, refunds } = each.guide
    const payments = (await api.ok('GET', `/payments?external_order_num=${order}`)) as { data: Payment[] }
    for (const payment of payments.data) keepsLaws(payment)
    // The last event is received once the shop has responded.
    await soon(() => {
      expect(naive.outcomeOf(order)).toMatchObject(each.naive)
      expect(shop.shipped.has(order)).toBe(shipped)
      expect(shop.toCheck.has(order)).toBe(toCheck ?? false)
    })
    const refunded = payments.data.flatMap((payment) => payment.refunds)
    if (refunds !== undefined) expect(refunded).toHaveLength(refunds)
    if (lost !== undefined) expect(refunded.map(({ id }) => shop.losses.get(id) ?? 0)).toContain(lost)
    if (!each.later) return
    await each.later.play(order)
    await soon(() => expect(typesOf(order)).toEqual(each.later?.events))
  })

  test.each(brokenResponses)('%s: the naive shop makes two payments, the guide finds the first', { timeout: 90_000 }, async (situation) => {
    const order = { amount: 1000, currency: 'JPY' as const, metadata: { sandbox: situation }, payment_details: konbini }
    const create = () => impatient.payments.create({ ...order, external_order_num: `naive-${situation}` })
    for (const tried of await Promise.allSettled([create(), create()])) expect(tried.status).toBe('rejected')
    expect(await api.ok('GET', `/payments?external_order_num=naive-${situation}`)).toMatchObject({ total: 2 })
    const { id } = await guide.payOrder(impatient, { order: situation, details: konbini, situation })
    expect(await api.ok('GET', `/payments?external_order_num=${situation}`)).toMatchObject({ total: 1, data: [{ id }] })
    await soon(() => expect(typesOf(situation)).toEqual([authorized]))
  })
})

test.each(['ordinary', 'ordinary and careful'])('without a situation the naive shop does as well: %s', async (order) => {
  await api.act('pay', (await guide.payOrder(komoju, { order, details: konbini })).id)
  await soon(() => expect(shop.shipped.has(order)).toBe(true))
  await soon(() => expect(naive.outcomeOf(order)).toMatchObject({ shipments: 1 }))
})

test('every situation is played here, and has its row in the guide', () => {
  const rows = [...text.matchAll(/^\| \[`(\w+)`\]\(#([\w-]+)\) \|/gm)].map(([, name = '']) => name)
  expect(rows.toSorted()).toEqual([...situationNames, 'three_d_secure', 'short_card'].toSorted())
  expect([...Object.keys(cases), ...brokenResponses].toSorted()).toEqual(rows.toSorted())
})

describe('a situation is asked for', () => {
  const order = { amount: 1000, currency: 'JPY', payment_details: konbini }
  const sendWith = (situation: string, fields = {}) =>
    api.send('POST', '/payments', { ...order, ...fields }, { headers: { 'Sandbox-Situation': situation } })

  test('by a header, which leaves the metadata alone', async () => {
    expect(await sendWith('konbini_fee', { metadata: { sandbox: 'mine' } })).toMatchObject({
      status: 200,
      body: { total: 1285, payment_method_fee: 185, metadata: { sandbox: 'mine' } },
    })
  })
  test('by a name that exists, in the header', async () => {
    const { status, body } = await sendWith('konbini_fees')
    expect({ status, body }).toMatchObject({ status: 422, body: { error: { param: 'Sandbox-Situation' } } })
    expect(JSON.stringify(body)).toContain('paid_twice, ')
  })
  test('for a payment method that it happens to', async () => {
    const { status, body } = await api.send('POST', '/payments', {
      ...order,
      payment_details: { type: 'merpay' },
      metadata: { sandbox: 'paid_twice' },
    })
    expect({ status, body }).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param: 'payment_details[type]' } } })
  })
})

test('a customer acts against the rules on the dashboard, where the payment lets him', async () => {
  const { id } = await guide.payOrder(komoju, { order: 'by-hand', details: konbini })
  const statusOf = async (action: string) => (await fetch(`${api.origin}/sandbox/${action}/${id}`, { method: 'POST' })).status
  expect([await statusOf('pay-late'), await statusOf('pay-again')]).toEqual([422, 422])
  await api.act('expire', id)
  expect([await statusOf('pay'), await statusOf('pay-again')]).toEqual([422, 422])
  expect(await api.act('pay-late', id)).toMatchObject({ status: 'captured', captured_at: expect.any(String) })
  expect(await api.act('pay-again', id)).toMatchObject({ status: 'captured', total: 1100 })
  await soon(() => expect(typesOf('by-hand')).toEqual([authorized, 'payment.expired', captured, captured]))
})

test('3-D Secure that is passed captures the payment, or authorizes it where it is captured later', async () => {
  const secure = { ...card, three_d_secure: true }
  for (const [capture, status] of [
    [true, captured],
    [false, authorized],
  ] as const) {
    const order = `secure-${capture}`
    const body = { amount: 1000, currency: 'JPY', capture, external_order_num: order, payment_details: secure }
    const { id, captured_at, payment_details } = (await api.ok('POST', '/payments', body)) as Payment
    expect({ captured_at, payment_details }).toMatchObject({
      captured_at: null,
      payment_details: { redirect_url: `${api.origin}/3d-secure/${id}` },
    })
    expect(await api.send('POST', `/payments/${id}/capture`)).toMatchObject({ status: 422, body: { error: { code: 'not_capturable' } } })
    keepsLaws((await api.act('pay', id)) as Payment)
    expect(`payment.${((await api.ok('GET', `/payments/${id}`)) as Payment).status}`).toBe(status)
    await soon(() => expect(typesOf(order)).toEqual([status]))
  }
})

test('Retry-After of a receiver is kept to, and 410 ends its deliveries', async () => {
  const times: number[] = []
  const asking = createServer((incoming, outgoing) => {
    incoming.resume()
    times.push(performance.now())
    if (times.length === 1) outgoing.writeHead(503, { 'retry-after': '1' }).end()
    else outgoing.writeHead(410).end()
  })
  await new Promise<void>((done) => asking.listen(0, '127.0.0.1', done))
  const webhookUrl = `http://127.0.0.1:${(asking.address() as AddressInfo).port}/`
  const other = await createSandboxServer({ webhookUrl, retryDelays: [10, 10, 10] })
  const client = createClient(await other.listen())
  await client.ok('POST', '/payments', { amount: 1000, currency: 'JPY', payment_details: 'tok_123' })
  await soon(() => expect(times).toHaveLength(2))
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(times).toHaveLength(2)
  await other.close()
  asking.close()
})
