/** Tests of a shop that hears of payments by webhook: nothing to poll, and no page to read. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Komoju, verifyWebhook } from 'komoju-openapi'
import { createSandboxServer, type SandboxServer } from 'komoju-openapi/server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const webhookSecret = 'whsec_tests'
const shipped = new Set<string>()
let isDown = false

/** The shop's webhook. Yours is in your own server. */
const shop: Server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  if (isDown) return response.writeHead(500).end()
  const { type, data } = await verifyWebhook(Buffer.concat(chunks), request.headers, webhookSecret)
  if (type === 'payment.captured') shipped.add(data.id)
  response.end()
})

let sandbox: SandboxServer
let komoju: Komoju
beforeAll(async () => {
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  sandbox = await createSandboxServer({
    webhookUrl: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/webhooks`,
    webhookSecret,
    // Milliseconds before the second try. After it, an event has failed.
    retryDelays: [0],
    // Share of requests that fail with a 503, which the client sends again.
    errorRate: 0.1,
    // Payments to begin with, without events.
    seeds: [{ method: 'konbini', status: 'expired', hours_ago: 200 }],
  })
  komoju = new Komoju({ secretKey: 'sk_123456', baseUrl: `${await sandbox.listen()}/api/v1` })
})
afterAll(async () => {
  await sandbox.close()
  shop.close()
})
beforeEach(() => {
  isDown = false
  shipped.clear()
})

const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' } as const
const order = () => komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })

test('ships once the customer has paid', async () => {
  const { id } = await order()
  await sandbox.delivered()
  expect(shipped).not.toContain(id)

  await sandbox.act('pay', id)
  await sandbox.delivered()
  expect(shipped).toContain(id)
})

test('ships nothing for a payment whose deadline has passed', async () => {
  const { id } = await order()
  await sandbox.advance({ hours: 20 * 24 })
  await sandbox.delivered()
  const events = await sandbox.events({ payment: id })
  expect(events.map(({ event, state }) => [event.type, state])).toEqual([
    ['payment.authorized', 'delivered'],
    ['payment.expired', 'delivered'],
  ])
  expect(shipped).not.toContain(id)
})

test('finds out by itself what it missed while it was down', async () => {
  isDown = true
  const { id } = await order()
  await sandbox.act('pay', id)
  await sandbox.delivered()
  expect(await sandbox.events({ payment: id })).toMatchObject([
    { state: 'failed' },
    { state: 'failed', deliveries: [{ status: 500 }, { status: 500 }] },
  ])
  expect((await komoju.payments.get(id)).status).toBe('captured')
})

test('a refund is limited to what was paid', async () => {
  const { id, total } = await order()
  await sandbox.act('pay', id)
  const { amount_refunded, refunds } = await sandbox.act('refund', id, { amount: 400 })
  expect([amount_refunded, refunds[0]?.status]).toEqual([400, 'pending'])
  await expect(sandbox.act('refund', id, { amount: total })).rejects.toMatchObject({ code: 'invalid_parameter', param: 'amount' })
})
