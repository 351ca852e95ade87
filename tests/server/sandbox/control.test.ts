/** What a test does with a sandbox in its own process: the same as over HTTP, typed, and without polling. */
import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { createClient } from './client.ts'
import { createReceiver } from './receiver.ts'

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }

const start = async (options: SandboxOptions = {}, statusFor?: (earlier: number) => number) => {
  const receiver = await createReceiver('whsec_control', statusFor)
  const sandbox = await createSandboxServer({ webhookUrl: receiver.url, webhookSecret: 'whsec_control', ...options })
  onTestFinished(async () => {
    await sandbox.close()
    await receiver.close()
  })
  const api = createClient(await sandbox.listen())
  const create = async (fields = {}) => (await api.ok('POST', '/payments', { ...konbini, ...fields })) as Payment
  return { receiver, sandbox, api, create }
}
const jsonOf = async (origin: string, path: string) =>
  (await fetch(`${origin}${path}`, { headers: { accept: 'application/json' } })).json() as Promise<Record<string, unknown>>

describe('acts', () => {
  test('as the routes do', async () => {
    const { sandbox, api, create } = await start()
    const { id } = await create()
    const paid = await sandbox.act('pay', id)
    expect(paid).toEqual(await api.ok('GET', `/payments/${id}`))
    const { refunds } = await sandbox.act('refund', id, { amount: 400 })
    // Links lead to the server.
    expect(refunds).toMatchObject([{ amount: 400, status: 'pending', redirect_url: expect.stringContaining(api.origin) }])
    expect((await sandbox.act('collect-refund', id, { refund: refunds[0]!.id })).refunds[0]?.status).toBe('completed')
  })

  test('and rejects as they do', async () => {
    const { sandbox, create } = await start()
    const { id } = await create()
    await expect(sandbox.act('pay', 'a'.repeat(25))).rejects.toMatchObject({ code: 'not_found' })
    await expect(sandbox.act('capture', id)).rejects.toMatchObject({ code: 'not_capturable' })
    const unchecked = sandbox.act as (action: string, id: string, fields?: object) => Promise<unknown>
    await expect(unchecked('refund', id, { ammount: 1 })).rejects.toMatchObject({ code: 'invalid_parameter', param: 'ammount' })
    await expect(unchecked('complete-request', id)).rejects.toMatchObject({ code: 'invalid_parameter', param: 'request' })
    await expect(unchecked('nonsense', id)).rejects.toThrow('nonsense')
  })

  test('before the server listens', async () => {
    const sandbox = await createSandboxServer({ seeds: [{ status: 'captured' }] })
    onTestFinished(sandbox.close)
    expect(await sandbox.events()).toEqual([])
    expect(await sandbox.advance({ hours: 0 })).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })
})

test('the clock goes forward, of all merchants or of one', async () => {
  const { sandbox, api, create } = await start()
  const { id } = await create()
  await sandbox.advance({ hours: 480, secretKey: 'sk_other' })
  expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ status: 'authorized' })
  const now = await sandbox.advance({ hours: 480 })
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(479 * 3_600_000)
  expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ status: 'expired' })
  await expect(sandbox.advance({ hours: -1 })).rejects.toMatchObject({ param: 'hours' })
})

describe('deliveries', () => {
  test('are awaited, however many there are, and events say what became of them', async () => {
    const { receiver, sandbox, create } = await start()
    const payments = await Promise.all(Array.from({ length: 30 }, () => create()))
    for (const { id } of payments) await sandbox.act('pay', id)
    await sandbox.delivered()
    expect(receiver.received).toHaveLength(60)
    const events = await sandbox.events({ payment: payments[7]!.id })
    expect(events).toMatchObject([
      { event: { type: 'payment.authorized' }, webhook: receiver.url, state: 'delivered', deliveries: [{ status: 200 }], waits_for: null },
      { event: { type: 'payment.captured', data: { id: payments[7]!.id } }, state: 'delivered', waits_until: null },
    ])
    expect(await sandbox.events()).toHaveLength(60)
  })

  test('that wait for a later try are not awaited, and say until when', async () => {
    const { sandbox, create } = await start({ retryDelays: [600_000] }, () => 500)
    const { id } = await create()
    await sandbox.act('pay', id)
    await sandbox.delivered()
    const events = await sandbox.events({ payment: id })
    expect(events).toMatchObject([
      { state: 'pending', deliveries: [{ status: 500 }], waits_for: 'retry' },
      { state: 'pending', deliveries: [], waits_for: 'event' },
    ])
    expect(Date.parse(String(events[0]?.waits_until)) - Date.now()).toBeGreaterThan(500_000)
    expect(events[1]?.waits_until).toBe(events[0]?.waits_until)
  })

  test('with a next try at once are awaited', async () => {
    const { sandbox, create } = await start({ retryDelays: [0, 0] }, (earlier) => (earlier < 2 ? 500 : 200))
    await create()
    await sandbox.delivered()
    expect(await sandbox.events()).toMatchObject([{ state: 'delivered', deliveries: [{ status: 500 }, { status: 500 }, { status: 200 }] }])
  })

  test('that a situation or a pause holds back are awaited once they can be made', async () => {
    const { receiver, sandbox, api, create } = await start()
    await create({ metadata: { sandbox: 'late_events' } })
    await create({ metadata: { sandbox: 'events_out_of_order' } })
    await sandbox.delivered()
    expect(await sandbox.events()).toMatchObject([{ waits_for: 'clock' }, { waits_for: 'next_event', waits_until: null }])
    await api.act('pause', '')
    await create()
    await sandbox.delivered()
    expect((await sandbox.events()).map(({ waits_for }) => waits_for)).toEqual(['resume', 'resume', 'resume'])
    expect(receiver.received).toHaveLength(0)
    await api.act('resume', '')
    await sandbox.advance({ hours: 3 })
    await sandbox.delivered()
    expect((await sandbox.events()).map(({ state }) => state)).toEqual(['delivered', 'pending', 'delivered'])
  })

  test('are none without a webhook', async () => {
    const { sandbox, create } = await start({ webhookUrl: undefined })
    await create()
    await sandbox.delivered()
    expect(await sandbox.events()).toMatchObject([{ state: 'kept', webhook: null, deliveries: [], waits_for: null }])
  })
})

test('forgets what all merchants have, or one', async () => {
  const { sandbox, api, create } = await start()
  await create()
  await sandbox.reset({ secretKey: 'sk_other' })
  expect(await api.ok('GET', '/payments')).toMatchObject({ total: 1 })
  await sandbox.reset()
  expect(await api.ok('GET', '/payments')).toMatchObject({ total: 0 })
  expect(await sandbox.events()).toEqual([])
})

test('pages are JSON for a program that asks for it, and pages for everybody else', async () => {
  const { sandbox, api, create } = await start()
  const payment = await create()
  await sandbox.delivered()
  const [event] = await sandbox.events()
  expect(await jsonOf(api.origin, '/sandbox/events')).toEqual({ events: [event] })
  expect(await jsonOf(api.origin, '/sandbox')).toEqual({ payments: [payment], total: 1 })
  expect(await jsonOf(api.origin, '/sandbox/requests')).toMatchObject({ requests: [{ operationId: 'createPayment', status: 200 }] })
  expect(await jsonOf(api.origin, `/sandbox/payments/${payment.id}`)).toMatchObject({
    payment,
    events: [event],
    requests: [{ status: 200 }],
  })
  for (const accept of ['text/html,application/json', '*/*'])
    expect((await fetch(`${api.origin}/sandbox/events`, { headers: { accept } })).headers.get('content-type')).toMatch(/^text\/html/)
})

test('the example of docs/sandbox.md is the recipe that runs with the tests', () => {
  const [, shown] = /^```ts\n(.*?)^```$/ms.exec(readFileSync('docs/sandbox.md', 'utf8')) ?? []
  expect(shown).toBe(readFileSync('examples/vitest/webhooks.test.ts', 'utf8'))
})
