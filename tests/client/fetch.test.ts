/** A `fetch` of one's own: how it is called, and what is read of its responses. */
import { createKomojuClient, type FetchInit, Komoju, KomojuConnectionError, type KomojuOptions, KomojuResponseError } from 'komoju-openapi'
import { fetch as undiciFetch } from 'undici'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { json, payment, scriptedServer } from './scripted-server.ts'

const id = payment.id as string
const order = { amount: 1000, currency: 'JPY', payment_details: 'tok_1' } as const
const defaults = { secretKey: 'sk_123', baseUrl: 'http://127.0.0.1:1/api/v1' }
const clientWith = (options: Partial<KomojuOptions>) => new Komoju({ ...defaults, ...options })
const rawClientWith = (options: Partial<KomojuOptions>) => createKomojuClient({ ...defaults, ...options })

/** What a fetch that has no streams and no `Headers` responds, as those of other makes do. */
const plainResponse = (body: unknown, status = 200) => ({
  ok: status < 400,
  status,
  headers: { get: (name: string) => (name.toLowerCase() === 'content-type' ? 'application/json' : null) },
  text: async () => JSON.stringify(body),
})

describe('a fetch of another make', () => {
  const seen: [string, FetchInit][] = []
  const fetch: NonNullable<KomojuOptions['fetch']> = async (url, init) => {
    seen.push([url, init])
    return plainResponse(payment)
  }
  afterEach(() => void seen.splice(0))

  test('gets an address and plain options', async () => {
    expect(await clientWith({ fetch }).payments.create(order, { idempotencyKey: 'order-1' })).toEqual(payment)
    const headers = {
      authorization: `Basic ${btoa('sk_123:')}`,
      'content-type': 'application/json',
      'x-komoju-idempotency': 'order-1',
    }
    const signal = expect.any(AbortSignal)
    expect(seen).toEqual([
      ['http://127.0.0.1:1/api/v1/payments', { method: 'POST', headers, body: JSON.stringify(order), redirect: 'manual', signal }],
    ])
  })

  test('gets them from openapi-fetch too, behind middleware', async () => {
    const client = rawClientWith({ fetch })
    client.use({ onRequest: ({ request }) => request.headers.set('X-Tag', 'a') })
    expect((await client.POST('/payments', { body: order })).data).toEqual(payment)
    await client.GET('/payments/{id}', { params: { path: { id } } })
    client.use({ onRequest: ({ request }) => new Request(request, { body: '{"amount":2}' }) })
    await client.POST('/payments', { body: order })
    expect(seen.map(([url]) => url)).toEqual([
      'http://127.0.0.1:1/api/v1/payments',
      `http://127.0.0.1:1/api/v1/payments/${id}`,
      'http://127.0.0.1:1/api/v1/payments',
    ])
    expect(seen.map(([, { headers, body }]) => [headers['x-tag'], body])).toEqual([
      ['a', JSON.stringify(order)],
      ['a', null],
      ['a', '{"amount":2}'],
    ])
  })

  test('its errors are those of the API', async () => {
    const error = { code: 'not_found', message: 'No.', param: null }
    await expect(clientWith({ fetch: async () => plainResponse({ error }, 404) }).payments.get(id)).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
    })
  })

  test("undici's own sends, with openapi-fetch and without", async () => {
    const { baseUrl, received } = await scriptedServer(json(200, payment, { 'X-Request-Id': 'abc' }))
    const options = { baseUrl, fetch: undiciFetch, maxRetries: 0 }
    expect(await clientWith(options).payments.create(order)).toEqual(payment)
    const { data, response } = await rawClientWith(options).POST('/payments', { body: order })
    expect([data, response.headers.get('X-Request-Id')]).toEqual([payment, 'abc'])
    expect(received.map(({ body }) => body)).toEqual([JSON.stringify(order), JSON.stringify(order)])
  })

  test('what else a call passes reaches it, and nothing of openapi-fetch', async () => {
    await rawClientWith({ fetch }).GET('/payments', { cache: 'no-store', parseAs: 'text', params: { query: { page: 2 } } })
    const signal = expect.any(AbortSignal)
    const headers = { authorization: `Basic ${btoa('sk_123:')}` }
    expect(seen).toEqual([
      ['http://127.0.0.1:1/api/v1/payments?page=2', { cache: 'no-store', method: 'GET', headers, body: null, redirect: 'manual', signal }],
    ])
  })

  test('of a call comes before that of the client', async () => {
    const client = rawClientWith({ fetch: () => Promise.reject(new Error('unused')) })
    await client.GET('/payments', { fetch } as object)
    expect(seen).toHaveLength(1)
  })
})

describe('a runtime that lacks something', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('fetch', async () => {
    vi.stubGlobal('fetch', undefined)
    await expect(clientWith({}).payments.get(id)).rejects.toThrow('fetch: pass one, this runtime has none')
  })

  test('crypto.randomUUID, as on a page without TLS', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    const { baseUrl, received } = await scriptedServer(json(200, payment))
    const komoju = clientWith({ baseUrl })
    await komoju.payments.create(order)
    await komoju.payments.create(order)
    const [first, second] = received.map(({ headers }) => headers['x-komoju-idempotency'])
    expect(first).toMatch(/^[\d-]{20,}$/)
    expect(first).not.toBe(second)
  })

  test('Headers, Request, Response and TextEncoder', async () => {
    for (const name of ['Headers', 'Request', 'Response', 'TextEncoder', 'TextDecoder']) vi.stubGlobal(name, undefined)
    expect(await clientWith({ fetch: async () => plainResponse(payment) }).payments.create(order)).toEqual(payment)
  })
})

describe('a response that does not end', () => {
  const headers = { 'Content-Type': 'application/json' }
  test('is given up at the limit', async () => {
    let sent = 0
    const { baseUrl } = await scriptedServer((response) => {
      response.writeHead(200, headers)
      const chunk = 'x'.repeat(2 ** 16)
      const write = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
        if (!response.destroyed) response.once('drain', write)
      }
      write()
    })
    const error = await clientWith({ baseUrl, maxResponseSize: 1_000_000 })
      .payments.get(id)
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(KomojuResponseError)
    expect(error.message).toBe('Response has more than 1000000 bytes: status 200, content type application/json.')
    // What the sockets hold goes beyond it.
    expect(sent).toBeLessThan(30_000_000)
  })

  test('one that says it is too large is not read', async () => {
    const { baseUrl } = await scriptedServer((response) => response.writeHead(200, { ...headers, 'Content-Length': '2000000' }).write('{'))
    await expect(clientWith({ baseUrl, maxResponseSize: 1_000_000 }).payments.get(id)).rejects.toThrow('more than 1000000 bytes')
  })

  test('one within the limit is read, in pieces too', async () => {
    const { baseUrl } = await scriptedServer((response) => {
      const text = JSON.stringify({ ...payment, description: 'あ'.repeat(1000) })
      response.writeHead(200, headers)
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7))
      response.end()
    })
    expect((await clientWith({ baseUrl }).payments.get(id)).description).toBe('あ'.repeat(1000))
  })
})

test('a response that breaks off is a failed connection', async () => {
  const { baseUrl } = await scriptedServer((response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{', () => response.destroy()),
  )
  await expect(clientWith({ baseUrl, maxRetries: 0 }).payments.get(id)).rejects.toBeInstanceOf(KomojuConnectionError)
})
