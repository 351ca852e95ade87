/** Situations that break shops: a naive shop fails in each as it would in production, the guide's code does not. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Komoju } from 'komoju-openapi'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createSandboxServer } from '../../../src/server/index.ts'
import { createClient } from './client.ts'

type ReceivedEvent = { type: string; data: { external_order_num: string; status: string } }
type Shop = { shipped: Set<string>; receive: (request: Request) => Promise<Response> }
type Guide = {
  createShop: (komoju: Komoju, secret: string) => Shop
  payOrder: (komoju: Komoju, order: string, situation: string) => Promise<Payment>
}

const secret = 'whsec_situations'
let folder: string
let guide: Guide
beforeAll(async () => {
  // Inside the project, where `komoju-openapi` is its own name.
  mkdirSync('.reports', { recursive: true })
  folder = mkdtempSync(resolve('.reports/production-'))
  const parts = await Promise.all(
    [...readFileSync('docs/production.md', 'utf8').matchAll(/^```ts$(.*?)^```$/gms)].map(async ([, code = ''], index) => {
      const file = join(folder, `part-${index}.ts`)
      writeFileSync(file, code)
      return import(pathToFileURL(file).href)
    }),
  )
  guide = Object.assign({}, ...parts)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A sandbox, a shop that copes, and one that does what comes to mind first. */
const start = async () => {
  let shop: Shop | undefined
  const naive = { orders: new Map<string, string>(), shipments: [] as string[], types: [] as string[] }
  const receiver = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    const { type, data } = JSON.parse(body) as ReceivedEvent
    const order = data.external_order_num
    naive.types.push(type)
    if (type === 'payment.captured' && naive.orders.get(order) !== 'given up') naive.shipments.push(order)
    naive.orders.set(order, type === 'payment.failed' ? 'given up' : data.status)
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]))
    // Where the sandbox is gone, the shop cannot ask it.
    const response = await shop?.receive(new Request('http://shop.example/', { method: 'POST', headers, body })).catch(() => undefined)
    outgoing.writeHead(response?.status ?? 500).end()
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const server = await createSandboxServer({ webhookUrl, webhookSecret: secret, retryDelays: [50, 50] })
  const origin = await server.listen()
  open.push(async () => {
    receiver.closeAllConnections()
    receiver.close()
  }, server.close)
  const komoju = new Komoju({ secretKey: 'sk_situations', baseUrl: `${origin}/api/v1`, timeout: 1500, maxRetries: 0 })
  shop = guide.createShop(komoju, secret)
  return { api: createClient(origin, 'sk_situations'), komoju, shop, naive }
}
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 50 })

test('each event twice: the naive shop ships twice', async () => {
  const { api, komoju, shop, naive } = await start()
  const { id } = await guide.payOrder(komoju, 'twice', 'duplicate_events')
  await api.act('pay', id)
  await soon(() => expect(naive.types).toEqual(['payment.authorized', 'payment.authorized', 'payment.captured', 'payment.captured']))
  expect(naive.shipments).toEqual(['twice', 'twice'])
  expect([...shop.shipped]).toEqual(['twice'])
})

test('out of order: the naive shop forgets that the order is paid', { timeout: 60_000 }, async () => {
  const { api, komoju, shop, naive } = await start()
  const { id } = await guide.payOrder(komoju, 'order', 'events_out_of_order')
  await api.act('pay', id)
  await soon(() => expect(naive.types).toEqual(['payment.captured', 'payment.authorized']))
  expect(naive.orders.get('order')).toBe('authorized')
  expect([...shop.shipped]).toEqual(['order'])
})

test('late: nothing comes before its hour', { timeout: 60_000 }, async () => {
  const { api, komoju, naive } = await start()
  const { id } = await guide.payOrder(komoju, 'late', 'late_events')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(naive.types).toEqual([])
  // Who asks knows.
  expect((await komoju.payments.get(id)).status).toBe('authorized')
  await api.act('clock', '', { hours: 3 })
  await soon(() => expect(naive.types).toEqual(['payment.authorized']))
})

test('failed, then captured: the naive shop has given up', async () => {
  const { api, komoju, shop, naive } = await start()
  const { id } = await guide.payOrder(komoju, 'again', 'failed_then_captured')
  await api.act('pay', id)
  await soon(() => expect(naive.types).toEqual(['payment.authorized', 'payment.failed', 'payment.captured']))
  expect(naive.shipments).toEqual([])
  expect([...shop.shipped]).toEqual(['again'])
})

test.each(['lost_response', 'hanging_response', 'empty_response', 'html_response'])(
  '%s: a request without the key makes two payments, the guide finds the one that was made',
  { timeout: 60_000 },
  async (situation) => {
    const { api, komoju } = await start()
    const order = { amount: 1000, currency: 'JPY' as const, metadata: { sandbox: situation }, payment_details: 'tok_123' }
    for (let tries = 0; tries < 2; tries++)
      await expect(komoju.payments.create({ ...order, external_order_num: 'naive' })).rejects.toThrow()
    expect(await api.ok('GET', '/payments?external_order_num=naive')).toMatchObject({ total: 2 })
    const { id } = await guide.payOrder(komoju, 'guided', situation)
    expect(await api.ok('GET', '/payments?external_order_num=guided')).toMatchObject({ total: 1, data: [{ id }] })
  },
)

test('Retry-After of a receiver is kept to, and 410 ends its deliveries', async () => {
  const times: number[] = []
  const receiver = createServer((incoming, outgoing) => {
    incoming.resume()
    times.push(performance.now())
    if (times.length === 1) outgoing.writeHead(503, { 'retry-after': '1' }).end()
    else outgoing.writeHead(410).end()
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const server = await createSandboxServer({ webhookUrl, retryDelays: [10, 10, 10] })
  const api = createClient(await server.listen())
  open.push(async () => receiver.close(), server.close)
  await api.ok('POST', '/payments', { amount: 1000, currency: 'JPY', payment_details: 'tok_123' })
  await soon(() => expect(times).toHaveLength(2))
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(times).toHaveLength(2)
})
