/** A webhook handler in the frameworks that people have, against events that the sandbox sends. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { Komoju, KomojuWebhookError, verifyWebhook, type WebhookEvent } from 'komoju-openapi'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createSandboxServer } from '../../src/server/index.ts'

const secret = 'whsec'
type Receive = (event: WebhookEvent) => void
type Listening = { url: string; close: () => unknown }

const listenerOf = async (listener: RequestListener): Promise<Listening> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

const onExpress = (receive: Receive) => {
  const app = express()
  app.post('/', express.raw({ type: '*/*' }), async (request, response) => {
    try {
      receive(await verifyWebhook(request.body, request.headers, secret))
      response.send('ok')
    } catch (error) {
      response.status(error instanceof KomojuWebhookError ? 400 : 500).send()
    }
  })
  return listenerOf(app)
}

const onFastify = async (receive: Receive): Promise<Listening> => {
  const app = fastify()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post<{ Body: Buffer }>('/', async (request, reply) => {
    try {
      receive(await verifyWebhook(request.body, request.headers, secret))
      return 'ok'
    } catch (error) {
      return reply.code(error instanceof KomojuWebhookError ? 400 : 500).send()
    }
  })
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() }
}

/** Serves a handler of `Request` and `Response`, as a framework would. */
const served = (handle: (request: Request) => Response | Promise<Response>) =>
  listenerOf(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const pairs = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    )
    const request = new Request('http://shop.example/', { method: 'POST', headers: pairs, body: Buffer.concat(chunks) })
    const response = await handle(request)
    outgoing.writeHead(response.status).end(await response.text())
  })

const onHono = (receive: Receive) => {
  const app = new Hono()
  app.post('/', async (context) => {
    try {
      receive(await verifyWebhook(await context.req.arrayBuffer(), context.req.header(), secret))
      return context.text('ok')
    } catch (error) {
      return context.body(null, error instanceof KomojuWebhookError ? 400 : 500)
    }
  })
  return served((request) => app.fetch(request))
}

/** As `app/webhooks/route.ts` of Next.js exports it. */
const onNext = (receive: Receive) => {
  const POST = async (request: Request): Promise<Response> => {
    try {
      receive(await verifyWebhook(await request.text(), request.headers, secret))
      return Response.json({})
    } catch (error) {
      return new Response(null, { status: error instanceof KomojuWebhookError ? 400 : 500 })
    }
  }
  return served(POST)
}

describe.for([
  ['Express', onExpress],
  ['Fastify', onFastify],
  ['Hono', onHono],
  ['a Next.js route', onNext],
] as const)('%s', ([, start]) => {
  test('receives what the sandbox sends, and rejects what is forged', async () => {
    const types: string[] = []
    const shop = await start((event) => types.push(event.type))
    onTestFinished(async () => void (await shop.close()))
    const sandbox = await createSandboxServer({ webhookUrl: shop.url, webhookSecret: secret })
    onTestFinished(() => sandbox.close())
    const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl: `${await sandbox.listen()}/api/v1` })
    const payment_details = { type: 'credit_card', number: '4111111111111111', month: 12, year: 2035, name: '山田' } as const
    await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })
    await vi.waitFor(() => expect(types).toContain('payment.captured'), { timeout: 15_000 })

    const headers = { 'Content-Type': 'application/json', 'X-Komoju-Signature': '0'.repeat(64) }
    expect((await fetch(shop.url, { method: 'POST', headers, body: '{"type":"payment.captured"}' })).status).toBe(400)
  })
})
