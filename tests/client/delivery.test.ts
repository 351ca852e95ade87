/** Retries, keys, timeouts, aborts and responses that are not the API's, against a scripted server. */
import { inspect } from 'node:util'
import {
  createKomojuClient,
  Komoju,
  KomojuAbortError,
  KomojuCallError,
  KomojuConnectionError,
  KomojuError,
  type KomojuOptions,
  KomojuResponseError,
  KomojuTimeoutError,
} from 'komoju-openapi'
import { describe, expect, test, vi } from 'vitest'
import { operationsOf, readDocument } from '../../src/document.ts'
import { exampleOf, failure, hangUp, json, payment, type Step, scriptedServer, silence, text } from './scripted-server.ts'

const body = { amount: 1000, currency: 'JPY', payment_details: 'tok_123' } as const
const id = payment.id as string
const success = json(200, payment)

const setUp = async (options: Partial<KomojuOptions>, ...script: Step[]) => {
  const server = await scriptedServer(...script)
  const given = { secretKey: 'sk_123', baseUrl: server.baseUrl, ...options }
  return { ...server, komoju: new Komoju(given), client: createKomojuClient(given) }
}

const keysOf = (received: { headers: Record<string, unknown> }[]) => received.map(({ headers }) => headers['x-komoju-idempotency'])

const caught = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('The call succeeded.'),
    (error) => error,
  )

/** Status and code of every error that the document knows, and whether the same request can succeed later. */
const documented = operationsOf(readDocument())
  .flatMap(({ responses }) => Object.entries(responses))
  .filter(([status]) => status !== '200')
  .flatMap(([status, response]) =>
    Object.entries(response.body!.examples).map(([code, example]) => ({ status: +status, code, retry: example['x-retry'] })),
  )
const distinct = [...new Map(documented.map((error) => [`${error.status} ${error.code}`, error])).values()]
const isRetried = ({ status, retry }: (typeof distinct)[number]) => retry === 'same_key' || status === 429

describe('retries', () => {
  test.for(distinct.filter(isRetried))('$status $code is tried again, with the same key', async ({ status, code }) => {
    const { komoju, received } = await setUp({}, failure(status, code), failure(status, code), success)
    expect(await komoju.payments.create(body)).toEqual(payment)
    expect(received).toHaveLength(3)
    expect(new Set(keysOf(received)).size).toBe(1)
    expect(new Set(received.map((request) => request.body))).toEqual(new Set([JSON.stringify(body)]))
  })

  test.for(distinct.filter((error) => !isRetried(error)))('$status $code is not', async ({ status, code }) => {
    const { komoju, received } = await setUp({}, failure(status, code), success)
    await expect(komoju.payments.create(body)).rejects.toMatchObject({ name: 'KomojuError', status, code, message: `It is ${code}.` })
    expect(received).toHaveLength(1)
  })

  test('the document has errors of both kinds', () => {
    expect(
      distinct
        .filter(isRetried)
        .map(({ status }) => status)
        .sort(),
    ).toEqual([409, 429, 500, 503, 504])
    expect(distinct.filter(({ status }) => status === 502).length).toBeGreaterThan(10)
  })

  test('a proxy that says 503 in HTML is tried again', async () => {
    const { komoju, received } = await setUp({}, text(503, '<h1>Busy</h1>', { 'Content-Type': 'text/html', 'Retry-After': '0' }), success)
    await komoju.payments.get(id)
    expect(received).toHaveLength(2)
  })

  test.for([
    ['before the response', hangUp],
    [
      'within the response',
      (response) =>
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' }).write('{', () => response.destroy()),
    ],
  ] as [string, Step][])('a connection that breaks %s is tried again, with the same key', async ([, breaks]) => {
    const { komoju, received } = await setUp({}, breaks, success)
    expect(await komoju.payments.create(body)).toEqual(payment)
    expect(received).toHaveLength(2)
    expect(new Set(keysOf(received)).size).toBe(1)
  })

  describe.for(['json', 'form'] as const)('an update in %s', (bodyFormat) => {
    const card = { type: 'web_money', prepaid_number: '1234567890123456' } as const
    const lost: [string, Step][] = [
      ['a lost response', hangUp],
      ...[409, 429, 500, 503, 504].map((status): [string, Step] => [`a ${status}`, failure(status, 'other_error')]),
    ]
    test.for(lost)('that pays is not tried again after %s', async ([, breaks]) => {
      const { komoju, client, received } = await setUp({ bodyFormat }, breaks)
      const error = await caught(komoju.payments.update(id, { payment_details: card }))
      expect(error).toBeInstanceOf(breaks === hangUp ? KomojuCallError : KomojuError)
      await client.PATCH('/payments/{id}', { params: { path: { id } }, body: { payment_details: card } }).catch(() => undefined)
      expect(received).toHaveLength(2)
    })

    test('of texts is', async () => {
      const { komoju, received } = await setUp({ bodyFormat }, hangUp, failure(503, 'service_unavailable'), success)
      expect(await komoju.payments.update(id, { description: 'x', metadata: { a: 'b' } })).toEqual(payment)
      expect(received).toHaveLength(3)
    })
  })

  test('tries end, and the last failure is told', async () => {
    const { komoju, received, port } = await setUp({ maxRetries: 1 }, hangUp)
    const error = await caught(komoju.payments.create(body))
    expect(error).toBeInstanceOf(KomojuConnectionError)
    expect(error).toBeInstanceOf(KomojuCallError)
    expect(error.cause).toBeInstanceOf(TypeError)
    expect(error.message).toBe(`Connection to 127.0.0.1:${port} failed.`)
    expect(error.idempotencyKey).toBe(keysOf(received)[0])
    expect(received).toHaveLength(2)
  })

  test('an address where nobody listens', async () => {
    const { port } = await scriptedServer(silence)
    const komoju = new Komoju({
      secretKey: 'sk_123',
      baseUrl: `http://127.0.0.1:${port}/api/v1`,
      maxRetries: 0,
      fetch: () => Promise.reject(new TypeError('down')),
    })
    await expect(komoju.payments.get(id)).rejects.toMatchObject({ name: 'KomojuConnectionError', idempotencyKey: undefined })
  })

  test('maxRetries of a call comes before that of the client', async () => {
    const { komoju, received } = await setUp({ maxRetries: 5 }, failure(503, 'service_unavailable'))
    await expect(komoju.payments.get(id, { maxRetries: 0 })).rejects.toMatchObject({ status: 503 })
    expect(received).toHaveLength(1)
  })

  test('Retry-After in seconds is waited for', async () => {
    const { komoju } = await setUp({}, failure(429, 'too_many_requests', { 'Retry-After': '1' }), success)
    const started = performance.now()
    await komoju.payments.get(id)
    expect(performance.now() - started).toBeGreaterThan(990)
  })

  test('Retry-After as a date is waited for', async () => {
    const { komoju } = await setUp(
      {},
      (response) => failure(429, 'too_many_requests', { 'Retry-After': new Date(Date.now() + 2000).toUTCString() })(response),
      success,
    )
    const started = performance.now()
    await komoju.payments.get(id)
    // The date has no milliseconds.
    expect(performance.now() - started).toBeGreaterThan(900)
  })

  test('a Retry-After beyond the timeout is not waited for', async () => {
    const { komoju, received } = await setUp({ timeout: 2000 }, failure(429, 'too_many_requests', { 'Retry-After': '3600' }))
    const error = await caught(komoju.payments.get(id))
    expect(error).toBeInstanceOf(KomojuError)
    expect(error.headers.get('Retry-After')).toBe('3600')
    expect(received).toHaveLength(1)
  })

  test.for(['3000000', '1e400', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'Retry-After %s, longer than timers know, is not waited for',
    async (time) => {
      const { komoju, received } = await setUp(
        { timeout: Number.POSITIVE_INFINITY },
        failure(429, 'too_many_requests', { 'Retry-After': time }),
      )
      expect(await caught(komoju.payments.get(id))).toBeInstanceOf(KomojuError)
      expect(received).toHaveLength(1)
    },
  )

  test('without Retry-After pauses grow, with jitter', async () => {
    const { komoju, received } = await setUp({ maxRetries: 2 }, failure(503, 'service_unavailable', {}))
    const started = performance.now()
    await caught(komoju.payments.get(id))
    const taken = performance.now() - started
    expect(received).toHaveLength(3)
    // 250 to 500 ms, then 500 to 1000 ms.
    expect(taken).toBeGreaterThan(740)
    expect(taken).toBeLessThan(6000)
  })
})

describe('middleware', () => {
  const path = { params: { path: { id } } }

  test('runs once around all tries of a call', async () => {
    const { client, received } = await setUp({}, failure(503, 'service_unavailable'), hangUp, success)
    const seen: (string | number)[] = []
    const middleware = {
      onRequest: ({ schemaPath }: { schemaPath: string }) => void seen.push(schemaPath),
      onResponse: ({ response }: { response: Response }) => void seen.push(response.status),
    }
    client.use(middleware)
    expect((await client.GET('/payments/{id}', path)).data).toEqual(payment)
    expect(seen).toEqual(['/payments/{id}', 200])
    expect(received).toHaveLength(3)
    client.eject(middleware)
    await client.GET('/payments/{id}', path)
    expect(seen).toHaveLength(2)
  })

  test('its own error is neither hidden nor tried again', async () => {
    const { client, received } = await setUp({}, success)
    let calls = 0
    client.use({
      onResponse: () => {
        calls++
        throw new RangeError('mine')
      },
    })
    await expect(client.GET('/payments/{id}', path)).rejects.toThrow(new RangeError('mine'))
    expect([calls, received.length]).toEqual([1, 1])
  })

  test('its request goes out as it is, in every try', async () => {
    const { client, received } = await setUp({}, failure(500, 'internal_server_error'), success)
    client.use({ onRequest: ({ request }) => new Request(request, { body: '{"amount":1}', headers: request.headers }) })
    await client.POST('/payments', { body })
    expect(received.map((request) => request.body)).toEqual(['{"amount":1}', '{"amount":1}'])
    expect(new Set(keysOf(received)).size).toBe(1)
  })

  test("a call's options hold for the request that it makes", async () => {
    const { client, received } = await setUp({}, failure(500, 'internal_server_error'))
    client.use({ onRequest: ({ request }) => new Request(request) })
    const { error } = await client.POST('/payments', { body, idempotencyKey: 'order-1', maxRetries: 0 })
    expect(error?.error.code).toBe('internal_server_error')
    expect(keysOf(received)).toEqual(['order-1'])
  })

  test('it is told how a call ended, and can handle it', async () => {
    const { client } = await setUp({ maxRetries: 0 }, hangUp)
    const errors: unknown[] = []
    const onError = ({ error }: { error: unknown }) => void errors.push(error)
    const handled = Response.json(payment)
    await expect(client.GET('/payments/{id}', { ...path, middleware: [{ onError }] })).rejects.toBeInstanceOf(KomojuConnectionError)
    expect((await client.GET('/payments/{id}', { ...path, middleware: [{ onError: () => handled }, { onError }] })).data).toEqual(payment)
    expect(errors).toEqual([expect.any(KomojuConnectionError), expect.any(KomojuConnectionError)])
  })
})

describe('idempotency keys', () => {
  test('every POST has one of its own', async () => {
    const { komoju, client, received } = await setUp({}, success)
    await komoju.payments.create(body)
    await komoju.payments.capture(id)
    await client.POST('/payments/{id}/cancel', { params: { path: { id } } })
    expect(new Set(keysOf(received)).size).toBe(3)
    for (const key of keysOf(received)) expect(key).toMatch(/^[\x21-\x7e]{20,100}$/)
  })

  test('reads and updates have none', async () => {
    const { komoju, received } = await setUp({}, success)
    await komoju.payments.get(id)
    await komoju.payments.update(id, { description: 'x' })
    expect(keysOf(received)).toEqual([undefined, undefined])
  })

  test("the caller's key is sent, in every try and through both layers", async () => {
    const { komoju, client, received } = await setUp({}, failure(409, 'conflict'), success)
    await komoju.payments.create(body, { idempotencyKey: 'order-1' })
    await client.POST('/payments', { body, idempotencyKey: 'order-1' })
    await client.POST('/payments', { body, params: { header: { 'X-KOMOJU-IDEMPOTENCY': 'order-1' } } })
    await komoju.payments.create(body, { headers: { 'x-komoju-idempotency': 'order-1' } })
    expect(keysOf(received)).toEqual(Array(5).fill('order-1'))
  })

  test.for(['', ' ', null] as never[])('headers that empty it (%j) are rejected', async (value) => {
    const { komoju, client, received, baseUrl } = await setUp({}, success)
    const calls = [{ 'X-Komoju-Idempotency': value }, [['x-KOMOJU-idempotency', value]]] as never[]
    for (const headers of calls)
      for (const call of [
        komoju.payments.create(body, { headers }),
        komoju.payments.create(body, { headers, idempotencyKey: 'order-1' }),
        new Komoju({ secretKey: 'sk_123', baseUrl, headers }).payments.create(body),
        client.POST('/payments', { body, headers }),
        client.POST('/payments', { body, params: { header: headers } }),
      ])
        await expect(call).rejects.toThrow(new TypeError('headers: leave x-komoju-idempotency to the option idempotencyKey'))
    expect(received).toEqual([])
  })

  test('a header that is undefined leaves it', async () => {
    const { komoju, received } = await setUp({}, success)
    await komoju.payments.create(body, { headers: { 'X-Komoju-Idempotency': undefined } })
    expect(keysOf(received)[0]).toMatch(/^.{20,}$/)
  })

  test('an empty key is no key', async () => {
    const { komoju, received } = await setUp({}, success)
    await komoju.payments.create(body, { idempotencyKey: '' })
    expect(keysOf(received)[0]).toMatch(/^.{20,}$/)
  })
})

describe('time', () => {
  test.for([
    ['no response', silence],
    ['half a response', (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{')],
    ['a pause between tries', failure(503, 'service_unavailable', { 'Retry-After': '0.5' })],
  ] as [string, Step][])('the timeout ends %s', async ([, step]) => {
    const { komoju, received } = await setUp({ timeout: 700 }, step)
    const error = await caught(komoju.payments.create(body, { maxRetries: 100 }))
    // Where the next pause would end too late, the last response is told instead.
    if (error instanceof KomojuError) expect(error.status).toBe(503)
    else expect(error).toBeInstanceOf(KomojuTimeoutError)
    if (error instanceof KomojuTimeoutError) expect(error.idempotencyKey).toBe(keysOf(received)[0])
  })

  test('the timeout of a call comes before that of the client', async () => {
    const { komoju } = await setUp({ timeout: 60_000 }, silence)
    await expect(komoju.payments.get(id, { timeout: 50 })).rejects.toThrow('No response within 50 ms.')
  })

  test('an infinite timeout does not end at once', async () => {
    const { komoju } = await setUp({ timeout: Number.POSITIVE_INFINITY }, (response) => setTimeout(() => success(response), 100))
    await expect(komoju.payments.get(id)).resolves.toEqual(payment)
  })

  test('the timeout ends a fetch that knows no signals', async () => {
    const { komoju } = await setUp({ timeout: 50, fetch: () => new Promise(() => {}) }, silence)
    await expect(komoju.payments.get(id)).rejects.toBeInstanceOf(KomojuTimeoutError)
  })

  test('nothing of a call is left behind', async () => {
    const { komoju } = await setUp({}, success)
    const before = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
    await komoju.payments.get(id)
    expect(process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length).toBeLessThanOrEqual(before)
  })
})

describe('aborts', () => {
  test.for([
    ['no response', silence],
    ['half a response', (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{')],
    ['a pause between tries', failure(503, 'service_unavailable', { 'Retry-After': '20' })],
  ] as [string, Step][])('a signal ends %s, at once and for good', async ([, step]) => {
    const { komoju, received } = await setUp({}, step)
    const controller = new AbortController()
    setTimeout(() => controller.abort('enough'), 100)
    const started = performance.now()
    const error = await caught(komoju.payments.create(body, { signal: controller.signal }))
    expect(performance.now() - started).toBeLessThan(5000)
    expect(error).toBeInstanceOf(KomojuAbortError)
    expect(error).toMatchObject({ cause: 'enough', idempotencyKey: keysOf(received)[0] })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(received).toHaveLength(1)
  })

  test('a signal that is aborted already sends nothing', async () => {
    const { komoju, received } = await setUp({}, success)
    await expect(komoju.payments.get(id, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(KomojuAbortError)
    expect(received).toEqual([])
  })

  test('a signal that outlives many calls gathers no listeners', async () => {
    const { komoju } = await setUp({}, success)
    const controller = new AbortController()
    const { signal } = controller
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    for (let calls = 0; calls < 5; calls++) await komoju.payments.get(id, { signal })
    expect(add).toHaveBeenCalled()
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length)
  })
})

describe('responses that are not those of the API', () => {
  const html = { 'Content-Type': 'text/html' }
  const type = { 'Content-Type': 'application/json' }
  test.for([
    ['JSON that breaks off', 200, text(200, JSON.stringify(payment).slice(0, 100), type)],
    ['HTML with 200', 200, text(200, '<html>Sign in to the Wi-Fi</html>', html)],
    ['HTML with 404', 404, text(404, '<html>Not here</html>', html)],
    ['empty 200', 200, text(200, '', type)],
    ['empty 204', 204, text(204, '')],
    ['empty 400', 400, text(400, '')],
    ['empty 401 with a content type', 401, text(401, '', type)],
    ['empty 502', 502, text(502, '')],
    ['JSON called HTML', 200, text(200, JSON.stringify(payment), html)],
    ['JSON without a content type', 200, text(200, JSON.stringify(payment))],
    ['null', 200, text(200, 'null', type)],
    ['text', 200, text(200, '"ok"', type)],
    ['error of another shape', 400, json(400, { message: 'no' })],
    ['error that is text', 400, json(400, { error: 'no' })],
    ['redirect', 302, text(302, '', { Location: 'http://127.0.0.1:1/' })],
    ['10 MB of HTML', 200, text(200, 'x'.repeat(10_000_000), html)],
    ['10 MB that end too early', 200, text(200, `{"a":"${'x'.repeat(10_000_000)}`, type)],
  ] as [string, number, Step][])('%s', async ([, status, step]) => {
    const { komoju, client, received } = await setUp({}, step)
    for (const call of [() => komoju.payments.get(id), () => client.GET('/payments/{id}', { params: { path: { id } } })]) {
      const error = await caught(call())
      expect(error).toBeInstanceOf(KomojuResponseError)
      expect(error).toMatchObject({ name: 'KomojuResponseError', status })
      expect(inspect(error).length).toBeLessThan(2000)
    }
    expect(received).toHaveLength(2)
  })

  test('a success that the caller parses', async () => {
    const { client } = await setUp({}, success)
    const { data } = await client.GET('/payments/{id}', { params: { path: { id } }, parseAs: 'text' })
    expect(data).toBe(JSON.stringify(payment))
  })

  test('10 MB of the API are one response', async () => {
    const large = { ...payment, description: 'x'.repeat(10_000_000) }
    const { komoju } = await setUp({}, json(200, large, { 'Content-Type': 'application/json; charset=utf-8' }))
    expect((await komoju.payments.get(id)).description).toHaveLength(10_000_000)
  })
})

describe('pages', () => {
  const page = (number: number, last: number, ...ids: string[]) =>
    json(200, { ...exampleOf('listPayments-response'), page: number, last_page: last, data: ids.map((each) => ({ ...payment, id: each })) })
  const read = async (list: AsyncIterable<{ id: string }>) => {
    const ids: string[] = []
    for await (const each of list) ids.push(each.id)
    return ids
  }

  test('none', async () => {
    const { komoju, received } = await setUp({}, page(1, 0))
    expect(await read(komoju.payments.list())).toEqual([])
    expect(received).toHaveLength(1)
  })

  test('one', async () => {
    const { komoju, received } = await setUp({}, page(1, 1, 'a', 'b'))
    expect(await read(komoju.payments.list())).toEqual(['a', 'b'])
    expect(received).toHaveLength(1)
  })

  test('many, with the same filters', async () => {
    const { komoju, received } = await setUp({}, page(1, 3, 'a', 'b'), page(2, 3, 'c', 'd'), page(3, 3, 'e'))
    expect(await read(komoju.payments.list({ status: ['authorized', 'captured'], per_page: 2 }))).toEqual(['a', 'b', 'c', 'd', 'e'])
    const rest = 'status=authorized,captured&per_page=2'
    expect(received.map(({ url }) => url.split('?')[1])).toEqual([rest, `${rest}&page=2`, `${rest}&page=3`])
  })

  test('from a page on', async () => {
    const { komoju, received } = await setUp({}, page(2, 3, 'c'), page(3, 3, 'd'))
    expect(await read(komoju.payments.list({ page: 2 }))).toEqual(['c', 'd'])
    expect(received.map(({ url }) => url.split('?')[1])).toEqual(['page=2', 'page=3'])
  })

  test('a page that fails half-way, after what came before it', async () => {
    const { komoju } = await setUp({}, page(1, 3, 'a'), failure(401, 'unauthorized'))
    const ids: string[] = []
    const reading = (async () => {
      for await (const each of komoju.payments.list()) ids.push(each.id)
    })()
    await expect(reading).rejects.toMatchObject({ name: 'KomojuError', status: 401 })
    expect(ids).toEqual(['a'])
  })

  test('a loop that is left loads no more', async () => {
    const { komoju, received } = await setUp({}, page(1, 3, 'a', 'b'))
    for await (const _ of komoju.payments.list()) break
    expect(received).toHaveLength(1)
  })

  test('a server that always says page 1 does not keep the loop going', async () => {
    const { komoju, received } = await setUp({}, page(1, 3, 'a'))
    expect(await read(komoju.payments.list())).toEqual(['a'])
    expect(received).toHaveLength(2)
  })

  test('awaited, a list is one page', async () => {
    const { komoju, received } = await setUp({}, page(1, 3, 'a', 'b'))
    expect(await komoju.payments.list()).toMatchObject({ page: 1, last_page: 3, data: [{ id: 'a' }, { id: 'b' }] })
    expect(received).toHaveLength(1)
  })

  test('a list that fails is a rejection', async () => {
    const { komoju } = await setUp({}, failure(403, 'forbidden'))
    await expect(komoju.payments.list()).rejects.toMatchObject({ code: 'forbidden' })
  })
})
