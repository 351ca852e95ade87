/** Events reach the merchant's server: signed, in order for each payment, again until they are received, and never in the way of a response. */

import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { readDocument, resolveRef, type Schema } from '../../../src/document.ts'
import { createSandboxServer, type EventView, type SandboxOptions } from '../../../src/server/index.ts'
import { merchantOf } from '../../../src/server/sandbox/merchant.ts'
import type { EventRecord } from '../../../src/server/sandbox/state/events.ts'
import { eventRow } from '../../../src/server/sandbox/state/rows.ts'
import { createStorage } from '../../../src/server/sandbox/storage.ts'
import { createSqliteEngine } from '../../../src/server/sandbox/storage-sqlite.ts'
import { createValidator } from '../../../src/validator.ts'
import { createClient } from './client.ts'
import { createReceiver, type Received } from './receiver.ts'
import { soon } from './soon.ts'

const secret = 'whsec_test'
const document = readDocument()
const validator = createValidator(document)
const schemaOf = (type: string) =>
  resolveRef(document, document.webhooks[type]).post.requestBody.content['application/json'].schema as Schema

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030, name: 'Taro' }

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
const start = async (statusFor?: (earlier: number) => number | null, options: SandboxOptions = {}) => {
  const receiver = await createReceiver(secret, statusFor)
  const server = await createSandboxServer({
    webhookUrl: receiver.url,
    webhookSecret: secret,
    retryDelays: [20, 20, 20],
    ...options,
  })
  open.push(receiver.close, server.close)
  const api = createClient(await server.listen())
  secretsOf.set(api.origin, server.webhookSecret)
  return { receiver, api }
}
/** Secrets of the servers by their address. */
const secretsOf = new Map<string, string | undefined>()
const create = async (api: ReturnType<typeof createClient>, body: Record<string, unknown>) =>
  ((await api.ok('POST', '/payments', body)) as { id: string }).id

test('every event of the document is sent, signed and as the document says', async () => {
  const { receiver, api } = await start()
  const bank = {
    amount: '100',
    customer_name: 'a',
    bank_name: 'b',
    branch_number: '1',
    account_type: 'normal',
    account_number: '1',
    include_payment_method_fee: true,
  }
  const cash = await create(api, konbini)
  await api.ok('PATCH', `/payments/${cash}`, { description: 'new' })
  await api.act('pay', cash)
  const requested = (await api.ok('POST', `/payments/${cash}/refund_request`, bank)) as { refund_requests: { id: string }[] }
  await api.act('complete-request', cash, { request: requested.refund_requests[0]!.id })
  const refunded = (await api.ok('POST', `/payments/${cash}/refund`, {})) as { refunds: { id: string }[] }
  await api.act('collect-refund', cash, { refund: refunded.refunds[1]!.id })
  const expired = await create(api, konbini)
  await api.act('expire', expired)
  const cancelled = await create(api, { ...konbini, payment_details: card, capture: false })
  await api.ok('POST', `/payments/${cancelled}/cancel`)
  const failed = await create(api, { ...konbini, payment_details: { type: 'merpay' } })
  await api.act('decline', failed)
  await fetch(`${api.origin}/sandbox/ping`, { method: 'POST' })

  await soon(() => expect(receiver.received).toHaveLength(13))
  expect(receiver.typesOf(cash)).toEqual([
    'payment.authorized',
    'payment.updated',
    'payment.captured',
    'refund_request.updated',
    'payment.refund.created',
    'payment.refunded',
  ])
  expect(receiver.typesOf(expired)).toEqual(['payment.authorized', 'payment.expired'])
  expect(receiver.typesOf(cancelled)).toEqual(['payment.authorized', 'payment.cancelled'])
  expect(receiver.typesOf(failed)).toEqual(['payment.authorized', 'payment.failed'])
  expect(new Set(receiver.received.map(({ event }) => event.type))).toEqual(new Set(Object.keys(document.webhooks)))
  for (const { event, headers, isSigned } of receiver.received) {
    expect(isSigned).toBe(true)
    expect(headers).toMatchObject({ 'x-komoju-event': event.type, 'user-agent': 'Komoju-Webhook' })
    expect(validator.violations(schemaOf(event.type), event)).toEqual([])
  }
})

test('a delivery that fails is tried again, and later events of the payment wait for it', async () => {
  const responses = [500, null, 302]
  const { receiver, api } = await start((earlier) => (earlier < responses.length ? responses[earlier]! : 200))
  const id = await create(api, konbini)
  await api.act('pay', id)
  await soon(() => expect(receiver.received).toHaveLength(5))
  expect(receiver.typesOf(id)).toEqual([...Array(4).fill('payment.authorized'), 'payment.captured'])
  expect(new Set(receiver.received.slice(0, 4).map(({ event }) => event.id)).size).toBe(1)
  // The header names the delivery, so each try has its own.
  const names = receiver.received.map(({ headers }) => headers['x-komoju-id'])
  expect(new Set([...names, ...receiver.received.map(({ event }) => event.id)]).size).toBe(5 + 2)
  for (const name of names) expect(name).toMatch(/^[0-9a-z]{25}$/)
})

test('an event that nobody receives fails, the next one goes out, and a click sends it again', async () => {
  const { receiver, api } = await start((earlier) => (earlier < 4 ? 503 : 200))
  const id = await create(api, konbini)
  await api.act('pay', id)
  await soon(() => expect(receiver.typesOf(id)).toContain('payment.captured'))
  expect(receiver.received).toHaveLength(5)
  await fetch(`${api.origin}/sandbox/resend/${receiver.received[0]!.event.id}`, { method: 'POST' })
  await soon(() => expect(receiver.received).toHaveLength(6))
  expect(receiver.received[5]!.event).toEqual(receiver.received[0]!.event)
})

test('of an event that is sent again and again, the latest deliveries stay, and it is tried as often as ever', async () => {
  const resends = 115
  const { receiver, api } = await start((earlier) => (earlier <= resends ? 200 : 503))
  await create(api, konbini)
  await soon(() => expect(receiver.received).toHaveLength(1))
  const { id } = receiver.received[0]!.event
  for (let index = 0; index <= resends; index++) {
    await api.act(`resend/${id}`, '')
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(index + 2), { interval: 2 })
  }
  // The last of them is received by nobody.
  await soon(() => expect(receiver.received).toHaveLength(resends + 5))
  await soon(async () => {
    const response = await fetch(`${api.origin}/sandbox/events`, { headers: { accept: 'application/json' } })
    const { events } = (await response.json()) as { events: EventView[] }
    const [{ state, deliveries } = { state: '', deliveries: [] }] = events
    expect([state, deliveries.map(({ status }) => status)]).toEqual(['failed', [...Array(99).fill(200), ...Array(4).fill(503)]])
  })
})

test('a receiver that is down does not hold up a response', async () => {
  const { receiver, api } = await start(undefined, { webhookUrl: 'http://127.0.0.1:1/down' })
  for (let count = 0; count < 20; count++) await create(api, konbini)
  expect(receiver.received).toHaveLength(0)
  expect(((await api.ok('GET', '/payments')) as { total: number }).total).toBe(20)
})

test('a secret is made where none is given, and signs', async () => {
  for (const webhookSecret of [undefined, '']) {
    const { receiver, api } = await start(() => 200, { webhookSecret })
    const made = secretsOf.get(api.origin)
    expect(made).toMatch(/^whsec_[\w-]{32}$/)
    await create(api, konbini)
    await soon(() => expect(receiver.received).toHaveLength(1))
    const { headers, body } = receiver.received[0] as Received
    expect(headers['x-komoju-signature']).toBe(createHmac('sha256', String(made)).update(body).digest('hex'))
  }
})

test('several webhooks get what they ask for, each signed with its secret, and one that fails holds up no other', async () => {
  const other = await createReceiver('whsec_other')
  const failing = await createReceiver(secret, () => 500)
  open.push(other.close, failing.close)
  const { receiver, api } = await start(undefined, {
    retryDelays: [60_000],
    webhooks: [
      { url: other.url, secret: 'whsec_other', events: ['payment.captured'] },
      { url: failing.url, events: ['payment.authorized', 'payment.captured'] },
    ],
  })
  const id = await create(api, konbini)
  await api.act('pay', id)
  const typesAt = ({ received }: { received: Received[] }) => received.map(({ event }) => event.type)
  await soon(() => expect(typesAt(receiver)).toEqual(['payment.authorized', 'payment.captured']))
  await soon(() => expect(typesAt(other)).toEqual(['payment.captured']))
  expect([...receiver.received, ...other.received].every(({ isSigned }) => isSigned)).toBe(true)
  await soon(() => expect(typesAt(failing)).toEqual(['payment.authorized']))
  await api.act('ping', '')
  await soon(() => expect([receiver, other].map((each) => typesAt(each).at(-1))).toEqual(['ping', 'ping']))
  // The first event of the payment waits there for its next try, and the second behind it.
  await soon(() => expect(typesAt(failing)).toEqual(['payment.authorized', 'ping']))
})

test('deliveries pause and go on, of all and of one merchant', async () => {
  const { receiver, api } = await start()
  for (const fields of [{}, { merchant: merchantOf('sk_123456') }]) {
    const before = receiver.received.length
    await api.act('pause', '', fields)
    await create(api, konbini)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(receiver.received).toHaveLength(before)
    await api.act('resume', '', fields)
    await vi.waitFor(() => expect(receiver.received).toHaveLength(before + 1), { timeout: 5000 })
  }
})

test('what failed, and everything since a time, is sent again', async () => {
  let isDown = true
  const { receiver, api } = await start(() => (isDown ? 500 : 200), { retryDelays: [] })
  const ids = [await create(api, konbini), await create(api, konbini)]
  const page = async () => (await fetch(`${api.origin}/sandbox/events`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect((await page()).match(/>failed</g)).toHaveLength(2))
  expect(await page()).toContain('Send undelivered again')
  isDown = false
  expect(await api.act('resend', '')).toEqual({ sent_again: 2, paused: 0 })
  await soon(async () => expect((await page()).match(/>delivered</g)).toHaveLength(2))
  const sent = receiver.received.length
  expect(await api.act('resend', '', { since: '2020-01-01' })).toEqual({ sent_again: 2, paused: 0 })
  await soon(() => expect(receiver.received).toHaveLength(sent + 2))
  expect(await api.act('resend', '', { since: '2999-01-01' })).toEqual({ sent_again: 0, paused: 0 })
  expect(new Set(receiver.received.map(({ event }) => event.data?.id))).toEqual(new Set(ids))
})

/** A payment whose first event waits ten minutes for its next try, and whose second waits behind it. */
const startStuck = async (options: SandboxOptions = {}, body: Record<string, unknown> = konbini) => {
  const state = { isDown: true }
  const { receiver, api } = await start(() => (state.isDown ? 500 : 200), { retryDelays: [600_000], ...options })
  const id = await create(api, body)
  await soon(() => expect(receiver.received).toHaveLength(1))
  await api.act('pay', id)
  const page = async (path: string) => (await fetch(`${api.origin}${path}`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect(await page('/sandbox/events')).toContain('next try at'))
  state.isDown = false
  const events = [...(await page(`/sandbox/payments/${id}`)).matchAll(/\/sandbox\/resend\/(\w{25})/g)].map(([, event = '']) => event)
  return { receiver, api, id, page, state, events: events.reverse() }
}

test('an event that waits behind another says so, and to send it again sends both, in their order', async () => {
  const { receiver, api, id, page, events } = await startStuck()
  for (const path of ['/sandbox/events', `/sandbox/payments/${id}`])
    expect(await page(path)).toMatch(/not sent · waits behind payment\.authorized, which is tried again at \d\d:\d\d:\d\d UTC/)
  expect(await api.act(`resend/${events[1]}`, '')).toEqual({ sent_again: 2, paused: 0 })
  await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.authorized', 'payment.captured']))
  await soon(async () => expect((await page('/sandbox/events')).match(/>delivered</g)).toHaveLength(2))
})

test('events that wait for their next try are sent again with those that failed, and the dashboard offers that', async () => {
  const { receiver, api, id, page } = await startStuck()
  expect(await page('/sandbox/events')).toContain('Send undelivered again')
  expect(await api.act('resend', '')).toEqual({ sent_again: 2, paused: 0 })
  await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.authorized', 'payment.captured']))
  expect(await api.act('resend', '')).toEqual({ sent_again: 0, paused: 0 })
  await soon(async () => expect(await page('/sandbox/events')).not.toContain('Send undelivered again'))
})

test('what is sent again since a time goes out though an older event waits before it', async () => {
  const { receiver, api, id } = await startStuck()
  await api.act('clock', '', { hours: 1 })
  await api.act('refund', id)
  const since = new Date(Date.now() + 60_000).toISOString()
  expect(await api.act('resend', '', { since })).toEqual({ sent_again: 3, paused: 0 })
  await soon(() =>
    expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.authorized', 'payment.captured', 'payment.refund.created']),
  )
})

test('an event that failed and is sent again goes out though a later one waits for its next try', async () => {
  const { receiver, api } = await start((earlier) => [410, 500][earlier] ?? 200, { retryDelays: [600_000] })
  const id = await create(api, konbini)
  await api.act('pay', id)
  const page = async () => (await fetch(`${api.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect(await page()).toContain('next try at'))
  const { id: failed } = receiver.received[0]!.event
  expect(await api.act(`resend/${failed}`, '')).toEqual({ sent_again: 2, paused: 0 })
  await soon(() => expect(receiver.typesOf(id).slice(2).sort()).toEqual(['payment.authorized', 'payment.captured']))
})

test('events that are paused say so, and go out once deliveries are resumed', async () => {
  const { receiver, api, page, events } = await startStuck()
  await api.act('pause', '')
  await soon(async () => expect((await page('/sandbox/events')).match(/waits until deliveries are resumed/g)).toHaveLength(2))
  expect(await api.act(`resend/${events[1]}`, '')).toEqual({ sent_again: 0, paused: 2 })
  expect(await api.act('resend', '')).toEqual({ sent_again: 0, paused: 0 })
  expect(receiver.received).toHaveLength(1)
  await api.act('resume', '')
  await soon(() => expect(receiver.received).toHaveLength(3))
})

test.each([
  ['late_events', /waits until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by the merchant’s clock/],
  ['events_out_of_order', /waits for the next event of the payment/],
  ['simultaneous_events', /waits for the next event of the payment/],
])('an event that %s hold back says so, and goes out if it is sent by hand', async (sandbox, reason) => {
  const { receiver, api } = await start()
  const id = await create(api, { ...konbini, metadata: { sandbox } })
  const page = await (await fetch(`${api.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })).text()
  expect(page).toMatch(reason)
  expect(page).toContain('Send now')
  expect(receiver.received).toHaveLength(0)
  const event = /\/sandbox\/resend\/(\w{25})/.exec(page)?.[1]
  expect(await api.act(`resend/${event}`, '')).toEqual({ sent_again: 1, paused: 0 })
  await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized']))
})

test('the second of two simultaneous events, too, goes out if it is sent again', async () => {
  let isDown = true
  const { receiver, api } = await start(() => (isDown ? 500 : 200), { retryDelays: [600_000] })
  const id = await create(api, { ...konbini, metadata: { sandbox: 'simultaneous_events' } })
  await api.act('pay', id)
  const page = async () => (await fetch(`${api.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect((await page()).match(/next try at/g)).toHaveLength(2))
  isDown = false
  const captured = /\/sandbox\/resend\/(\w{25})/.exec(await page())?.[1]
  await api.act(`resend/${captured}`, '')
  await soon(async () => expect((await page()).match(/>delivered</g)).toHaveLength(2))
  expect(receiver.received).toHaveLength(4)
})

test('a failure is told in the log, with the next try, and what the receiver said is kept', async () => {
  const log: string[] = []
  const { api } = await start(() => 500, { retryDelays: [90_000], log: (line) => log.push(line) })
  const id = await create(api, konbini)
  await soon(() =>
    expect(log.find((line) => line.startsWith('Webhook'))).toMatch(/^Webhook payment\.authorized \w{25}: 500, sent again in 90 s$/),
  )
  const page = await (await fetch(`${api.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })).text()
  expect(page).toMatch(/next try at \d\d:\d\d:\d\d UTC/)
})

test('a webhook that is wrong is told at the start', async () => {
  const start = (webhooks: SandboxOptions['webhooks']) => createSandboxServer({ webhookUrl: 'http://127.0.0.1:1/a', webhooks })
  await expect(start([{ url: 'http://127.0.0.1:1/b', events: ['payment.paid'] }])).rejects.toThrow('There is no event payment.paid.')
  await expect(start([{ url: 'http://127.0.0.1:1/a' }])).rejects.toThrow('is given twice')
  await expect(start([{ url: 'http://u:p@127.0.0.1:1/b' }])).rejects.toThrow('Leave them out')
})

/** A webhook whose deliveries wait until the test responds. */
const createPatient = async () => {
  const waiting: ServerResponse[] = []
  const server = createServer((_request, response) => void waiting.push(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(
    async () => server.closeAllConnections(),
    async () => server.close(),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, waiting }
}

test('a webhook that does not respond holds up no other', async () => {
  const { url, waiting } = await createPatient()
  const { receiver, api } = await start(undefined, { webhooks: [{ url }] })
  const ids: string[] = []
  for (let count = 0; count < 20; count++) ids.push(await create(api, konbini))
  await vi.waitFor(() => expect(new Set(receiver.received.map(({ event }) => event.data?.id))).toEqual(new Set(ids)), { timeout: 8000 })
  expect(waiting.length).toBeLessThan(20)
})

test('an event that is sent again during its delivery, and one that waits for its next try, goes out again', async () => {
  const { url, waiting } = await createPatient()
  const { api } = await start(undefined, { webhookUrl: url, retryDelays: [600_000] })
  const id = await create(api, konbini)
  await soon(() => expect(waiting).toHaveLength(1))
  const page = await (await fetch(`${api.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })).text()
  const event = /\/sandbox\/resend\/(\w{25})/.exec(page)?.[1] ?? ''
  for (let count = 0; count < 3; count++) await api.act('resend', event)
  waiting[0]!.end()
  await soon(() => expect(waiting).toHaveLength(2))
  waiting[1]!.writeHead(500).end()
  await soon(async () =>
    expect(await (await fetch(`${api.origin}/sandbox/events`, { headers: { accept: 'text/html' } })).text()).toContain('next try at'),
  )
  await api.act('resend', event)
  await soon(() => expect(waiting).toHaveLength(3))
  waiting[2]!.end()
})

/** A SQLite file with pings that an earlier process left. @param receivers of each ping; undefined for the first webhook */
const withPings = async (receivers: (string | undefined)[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-left-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const db = join(folder, 'state.sqlite')
  const left = (index: number, receiver: string | undefined): EventRecord => ({
    event: { id: String(index).padStart(25, '0'), type: 'ping', resource: 'event', data: null, created_at: '2026-01-01T00:00:00Z' },
    receiver,
    state: 'pending',
    deliveries: [],
  })
  const storage = createStorage(createSqliteEngine(db))
  await storage.transact(({ put }) => {
    for (const [index, receiver] of receivers.entries()) put('events', eventRow(left(index, receiver)))
  })
  await storage.close()
  return db
}

test('events that a process left behind for one webhook hold up no other, and new ones stay in order', { timeout: 30_000 }, async () => {
  const dead = 'http://127.0.0.1:1/dead'
  const db = await withPings([...Array(1500).fill(dead), ...Array(1500).fill(undefined)])
  const { receiver, api } = await start(undefined, { db, webhooks: [{ url: dead }], retryDelays: [600_000] })
  const id = await create(api, konbini)
  await api.act('pay', id)
  await vi.waitFor(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.captured']), { timeout: 25_000 })
})

test('an event that waits for its next try goes out though more wait than are held', async () => {
  const db = await withPings(Array(5000).fill(undefined))
  const { receiver, api } = await start(() => 500, { db, retryDelays: [600_000, 600_000] })
  await soon(() => expect(receiver.received).toHaveLength(1))
  const first = receiver.received[0]!.event.id
  const page = async () => (await fetch(`${api.origin}/sandbox/events`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect(await page()).toContain('waits behind ping, which is tried again'))
  await api.act(`resend/${first}`, '')
  await soon(() => expect(receiver.received.map(({ event }) => event.id)).toEqual([first, first]))
})

test('a webhook to the sandbox itself makes no events', async () => {
  const { api: target } = await start()
  const { api } = await start(undefined, { webhookUrl: `${target.origin}/sandbox/examples`, retryDelays: [] })
  await create(api, konbini)
  const page = async () => (await fetch(`${api.origin}/sandbox/events`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect(await page()).toContain('last 403'))
  expect(await target.ok('GET', '/payments')).toMatchObject({ total: 0 })
})

test('an event whose delivery was under way does not come back after a reset', async () => {
  const { url, waiting } = await createPatient()
  const { api } = await start(undefined, { webhookUrl: url })
  await create(api, konbini)
  await soon(() => expect(waiting).toHaveLength(1))
  await api.act('reset', '')
  waiting[0]!.end()
  const next = await create(api, konbini)
  // Its delivery begins after the other one has ended.
  await soon(() => expect(waiting).toHaveLength(2))
  waiting[1]!.end()
  const page = async () => (await fetch(`${api.origin}/sandbox/events`, { headers: { accept: 'text/html' } })).text()
  await soon(async () => expect(await page()).toContain('>delivered<'))
  expect((await page()).match(/>delivered</g)).toHaveLength(1)
  expect(await page()).toContain(next)
})
