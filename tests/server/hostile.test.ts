/** 2,000 generated hostile requests to each server: none gets a 5xx, none stops it. The seed is printed, and set by FC_SEED. */

import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationsOf, readDocument } from '../../src/document.ts'
import { createMockServer, createSandboxServer } from '../../src/server/index.ts'

const operations = operationsOf(readDocument())
const servers = { mock: await createMockServer(), sandbox: await createSandboxServer() }
const origins = {} as Record<keyof typeof servers, URL>
beforeAll(async () => {
  origins.mock = new URL(await servers.mock.listen())
  origins.sandbox = new URL(await servers.sandbox.listen())
})
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())))

/** Sends bytes as they are: no client library to repair them. */
const send = (origin: URL, method: string, path: string, headers: Record<string, string>, body: Buffer) =>
  new Promise<{ status: number; type: string | undefined; text: string }>((resolve, reject) => {
    const outgoing = request(
      { host: origin.hostname, port: origin.port, method, path, headers: { ...headers, 'content-length': String(body.length) } },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode!, type: incoming.headers['content-type'], text: Buffer.concat(chunks).toString() }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const key = fc.oneof(
  fc.constantFrom(
    'amount',
    'currency',
    'customer',
    'payment_details',
    'payment_details[type]',
    'metadata',
    'metadata[a]',
    'tax',
    '__proto__',
    'constructor',
    '[]',
    '[',
    ']',
    '',
    'a[b]c',
    'a[]',
    'a[0]',
    'a[999999999]',
  ),
  fc.string({ maxLength: 20 }),
)
const scalar = fc.oneof(
  fc.constantFrom(
    '',
    'konbini',
    'JPY',
    '1e999',
    '-0',
    'NaN',
    '\u0000',
    '%',
    '%zz',
    '../../etc/passwd',
    "' OR 1=1 --",
    '<script>',
    '💣',
    '\ud800',
    '#{7*7}',
    'x'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
)
const json = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.dictionary(key, fc.oneof(scalar, fc.jsonValue({ maxDepth: 4 })), { maxKeys: 8 }).map((value) => JSON.stringify(value)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => '{"metadata":'.repeat(depth)),
  fc
    .integer({ min: 1, max: 5000 })
    .map((depth) => `{"amount":1,"currency":"JPY","customer":"a","metadata":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`),
  scalar,
)
const form = fc.oneof(
  fc
    .array(fc.tuple(key, scalar), { maxLength: 12 })
    .map((pairs) =>
      pairs.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`).join('&'),
    ),
  fc.array(fc.tuple(key, scalar), { maxLength: 12 }).map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
)
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
const hostile = fc.record({
  operationId: fc.constantFrom(...operations.map(({ operationId }) => operationId)),
  id: fc.oneof(
    fc.constant('a'.repeat(25)),
    fc.constantFrom('%00', '..%2f..', '%', '%zz', 'A'.repeat(600), "';--", '%F0%9F%92%A3'),
    fc.webSegment(),
  ),
  query: fc.oneof(
    fc.constant(''),
    form.map((text) => `?${encodeURI(text.toWellFormed())}`),
    fc.webQueryParameters().map((text) => `?${text}`),
  ),
  method: fc.option(fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'), { freq: 4 }),
  type: fc.option(
    fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/json; charset=utf-16',
      'text/html',
      '*/*',
      'a/b; '.repeat(100),
    ),
  ),
  authorization: fc.option(fc.constantFrom('Basic', 'Basic Og==', 'Basic \u00ff', `Basic ${'A'.repeat(5000)}`), { freq: 6 }),
  body: fc.oneof(
    json.map((text) => Buffer.from(text)),
    form.map((text) => Buffer.from(text)),
    bytes,
  ),
  prefer: fc.option(
    fc.constantFrom('code=500', 'example=__proto__', 'example=constructor', 'dynamic=true', 'code=toString', ',;=,', 'code=-1'),
    { freq: 4 },
  ),
})

test.each(['mock', 'sandbox'] as const)('2,000 hostile requests to the %s', { timeout: 120_000 }, async (name) => {
  const origin = origins[name]
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
  console.log(`hostile requests: seed ${seed}`)
  await fc.assert(
    fc.asyncProperty(hostile, async ({ operationId, id, query, method, type, authorization, body, prefer }) => {
      const operation = operations.find((known) => known.operationId === operationId)!
      const headers = {
        authorization: authorization ?? `Basic ${btoa('sk_123456:')}`,
        ...(type !== null && { 'content-type': type }),
        ...(prefer !== null && { prefer }),
      }
      const verb = method ?? operation.method
      const {
        status,
        type: returned,
        text,
      } = await send(origin, verb, `/api/v1${operation.path.replace('{id}', id)}${query}`, headers, body)
      // A client that asks for a 500 by `Prefer` gets the documented one.
      if (prefer !== 'code=500' || status !== 500) expect(status).toBeLessThan(500)
      if (status >= 400 && verb !== 'HEAD') {
        expect(returned).toContain('application/json')
        expect(JSON.parse(text)).toEqual({
          error: { code: expect.any(String), message: expect.any(String), param: expect.toBeOneOf([null, expect.any(String)]) },
        })
      }
    }),
    { numRuns: 2000, seed },
  )
  expect((await send(origin, 'GET', '/api/v1/payments', { authorization: `Basic ${btoa('sk_1:')}` }, Buffer.alloc(0))).status).toBe(200)
})
