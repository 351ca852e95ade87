/**
 * Whole requests with something nasty in them, byte by byte, to each server as a process of its own: bounded in number and in time.
 * Each gets a response, none with a 5xx; the process neither grows nor complains. The seed is printed, and set by FC_SEED.
 */
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import qs from 'qs'
import { expect, test } from 'vitest'
import { operationsOf, readDocument } from '../../src/document.ts'
import { sendValue } from './exchange.ts'
import { startMeasured } from './process.ts'

const operations = operationsOf(readDocument())
const authorization = `Basic ${btoa('sk_123456:')}`
/** Stands for a payment of the server. */
const id = 'a'.repeat(25)

/** Milliseconds after which a response counts as none. */
const responseTimeoutMs = 5000
const bodyLimit = 1024 * 1024
/** Bytes of a body from which on a server that rejects it may close before it is sent, and the response be lost. */
const sure = 32 * 1024

const pages = [
  ['GET', '/'],
  ['GET', '/openapi.json'],
  ['GET', '/sandbox'],
  ['GET', '/sandbox/events'],
  ['GET', '/sandbox/clock'],
  ['GET', `/sandbox/payments/${id}`],
  ['GET', `/ja/instructions/${id}`],
  ['POST', `/ja/instructions/${id}`],
  ['GET', `/3d-secure/${id}`],
  ['POST', `/3d-secure/${id}`],
  ['GET', `/offsite/new?uuid=${id}`],
  ['POST', `/offsite/new?uuid=${id}`],
  ...['pay', 'decline', 'expire', 'collect-refund', 'complete-request', 'reject-request', 'resend'].map((action) => [
    'POST',
    `/sandbox/${action}/${id}`,
  ]),
  ...['ping', 'clock', 'examples', 'reset'].map((action) => ['POST', `/sandbox/${action}`]),
] as [string, string][]
const target = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...operations.map(({ method, path }) => [method, `/api/v1${path.replace('{id}', id)}`] as [string, string])),
  },
  { weight: 1, arbitrary: fc.constantFrom(...pages) },
)

const nastyWords = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
const word = fc.oneof(fc.constantFrom(...nastyWords), fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }))
const value = fc.oneof(
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    '\u202e',
    '1e999',
    '-0',
    '9'.repeat(400),
    '💣'.repeat(200),
    '{{7*7}}',
    '\r\nX: y',
    'x'.repeat(10_000),
  ),
  word,
)

const pathTrick = fc.oneof(
  { weight: 12, arbitrary: fc.constant((path: string) => path) },
  fc
    .constantFrom(
      '/../..',
      '/./.',
      '//',
      '/%2e%2e',
      '/%2F..%2f',
      '/%00',
      '/%',
      '/%zz',
      '/%c0%ae',
      '/%ff%fe',
      '/',
      ';a=b',
      '#x',
      '\\..\\',
      '/\u00ff\u0080',
      `/${'a'.repeat(9000)}`,
      `/${'%41'.repeat(300)}`,
    )
    .map((trick) => (path: string) => path + trick),
  fc
    .constantFrom('/.', '/x/..', '//', '/%2e', '/API/..', 'http://other.example', 'http://sk_1:x@h', '*')
    .map((trick) => (path: string) => trick + path),
  word.map((name) => (path: string) => path.replace(id, encodeURIComponent(name.toWellFormed()))),
  fc
    .constantFrom('%00', '%2e%2e%2f', '%0d%0a', 'A'.repeat(5000), '%E3%81%82', '..', '%25', "'--", '1'.repeat(25))
    .map((other) => (path: string) => path.replace(id, other)),
)
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.constantFrom(...nastyWords, 'page', 'per_page', 'status', 'currency', 'start_time', 'q', 'uuid', 'a[b]', '__proto__[a]'),
          value,
        ),
        { maxLength: 6 },
      )
      .map((pairs) => `?${pairs.map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`).join('&')}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?%',
      '?&&&===',
      '?%ff=%fe',
      `?${'a&'.repeat(3000)}`,
      `?page=${'1'.repeat(3000)}`,
      '?page=1e9',
      '?per_page=-0',
      '?a[][][][][][][]=1',
    ),
  },
)

const headerTrick = fc.array(
  fc.constantFrom(
    'Content-Type: text/plain',
    'Content-Type: application/json; charset=utf-16',
    'Content-Type: application/json; charset=shift_jis; charset=x',
    'content-type: multipart/form-data; boundary=',
    'Content-Type: \u00ff',
    'Content-Encoding: gzip',
    'Content-Encoding: br, gzip',
    'Content-Encoding: identity',
    'Accept: text/html',
    'Accept-Encoding: gzip;q=9, *;q=-1',
    'Authorization: Basic',
    'Authorization: Bearer x',
    `Authorization: Basic ${'A'.repeat(7000)}`,
    'Authorization: Basic \u00ff\u00fe',
    'Prefer: example=__proto__',
    'Prefer: code=__proto__, example=constructor',
    'Prefer: dynamic=true',
    'Prefer: code=404',
    `Prefer: ${'code=200,'.repeat(500)}`,
    'Komoju-Scenario: __proto__',
    'Komoju-Scenario: constructor',
    'Komoju-Scenario: ',
    'X-KOMOJU-IDEMPOTENCY: __proto__',
    `X-KOMOJU-IDEMPOTENCY: ${'k'.repeat(5000)}`,
    'X-KOMOJU-IDEMPOTENCY: \u00e9\u0080',
    'X-KOMOJU-IDEMPOTENCY: same',
    'Origin: https://evil.example',
    'Sec-Fetch-Site: same-origin',
    'Host: b',
    'Host: []:x@y',
    'X-Forwarded-For: 1, 2, 3',
    'X-HTTP-Method-Override: DELETE',
    'Range: bytes=0-0,1-1,2-2',
    'If-None-Match: *',
    'Cookie: __proto__=1',
    '__proto__: polluted',
    'constructor: polluted',
    `X-Long: ${'x'.repeat(12_000)}`,
    `X-Longer: ${'x'.repeat(20_000)}`,
    Array.from({ length: 500 }, (_, index) => `X-${index}: ${index}`).join('\r\n'),
    Array.from({ length: 3000 }, () => 'a:b').join('\r\n'),
  ),
  { maxLength: 3 },
)

/** Polluting requests carry a name of their own, so that a success would show. */
const polluting = [
  '{"__proto__":{"polluted":1},"amount":1}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"metadata":{"__proto__":{"polluted":1}},"amount":1,"currency":"JPY","customer":"a"}',
  '{"payment_details":{"type":"__proto__","__proto__":{"polluted":1}},"amount":1,"currency":"JPY"}',
  '{"payment_details":{"type":"constructor"},"amount":1,"currency":"JPY"}',
]
const pollutingForms = [
  '__proto__[polluted]=1',
  'constructor[prototype][polluted]=1',
  'metadata[__proto__][polluted]=1',
  '__proto__.polluted=1',
  'metadata[constructor][prototype][polluted]=1',
  '%5f_proto__%5Bpolluted%5D=1',
]

const multipartOf = (pairs: [string, string][]) =>
  `${pairs.map(([name, text]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`).join('')}--x--\r\n`

const examples = operations.flatMap(({ request }) => Object.values(request?.examples ?? {}).map((example) => example.value))
type Body = { type: string; bytes: Buffer; encoding?: string }
const json = (text: string): Body => ({ type: 'application/json', bytes: Buffer.from(text) })
const form = (text: string): Body => ({ type: 'application/x-www-form-urlencoded', bytes: Buffer.from(text, 'latin1') })
const multipart = (text: string): Body => ({ type: 'multipart/form-data; boundary=x', bytes: Buffer.from(text) })
const body: fc.Arbitrary<Body | undefined> = fc.oneof(
  fc.constant(undefined),
  // Right, so that what stands behind the checks is reached as well.
  fc.constantFrom(...examples).map((example) => json(JSON.stringify(example))),
  fc.constantFrom(...examples).map((example) => form(qs.stringify(example))),
  // One value of a right request replaced.
  fc.tuple(fc.constantFrom(...examples), fc.nat(), fc.oneof(value, fc.jsonValue({ maxDepth: 4 }))).map(([example, place, other]) => {
    let seen = 0
    return json(JSON.stringify(example, (key, old) => (key !== '' && seen++ === place % 8 ? other : old)))
  }),
  fc.constantFrom(...polluting).map(json),
  fc.constantFrom(...pollutingForms).map(form),
  fc.constantFrom(...nastyWords).map((name) =>
    multipart(
      multipartOf([
        [`${name}[polluted]`, '1'],
        ['amount', '1'],
      ]),
    ),
  ),
  fc.array(fc.tuple(word, value), { maxLength: 5 }).map((pairs) => multipart(multipartOf(pairs))),
  fc.array(fc.tuple(word, value), { maxLength: 8 }).map((pairs) => form(pairs.map(([name, text]) => `${name}=${text}`).join('&'))),
  // What the actions of the sandbox's pages take.
  fc
    .tuple(
      fc.constantFrom('to', 'hours', 'back', 'secret_key', 'refund', 'request'),
      fc.oneof(value, fc.constantFrom('1e12', '-1', 'Infinity', '9999-12-31T00:00:00Z', '//evil', '1e3')),
    )
    .map(([name, text]) => form(`${name}=${encodeURIComponent(text.toWellFormed())}`)),
  fc
    .tuple(fc.constantFrom('to', 'hours', 'back', 'secret_key'), fc.jsonValue({ maxDepth: 2 }))
    .map(([name, other]) => json(JSON.stringify({ [name]: other }))),
  // Deep, wide and huge.
  fc.constantFrom(100, 5000, 100_000).map((depth) => json('['.repeat(depth) + ']'.repeat(depth))),
  fc.constantFrom(100, 5000, 50_000).map((depth) => json(`${'{"metadata":'.repeat(depth)}1${'}'.repeat(depth)}`)),
  fc.constantFrom(5, 200, 50_000).map((depth) => form(`metadata${'[a]'.repeat(depth)}=1`)),
  fc.constantFrom(900, 30_000).map((count) => form('a=1&'.repeat(count))),
  fc
    .constantFrom(500, 10_000)
    .map((count) => multipart(multipartOf(Array.from({ length: count }, (_, index) => [`metadata[${index}]`, '1'])))),
  fc.constantFrom(bodyLimit, bodyLimit + 1).map((size) => json(`"${'x'.repeat(size - 2)}"`)),
  fc.constantFrom(bodyLimit - 10).map((size) => form(`a=${'%41'.repeat(Math.floor(size / 3) - 2)}`)),
  // In other encodings than they should be.
  fc.constantFrom(...examples).map((example) => ({ ...json(''), bytes: gzipSync(JSON.stringify(example)), encoding: 'gzip' })),
  fc.constant({ ...json(''), bytes: gzipSync('x'.repeat(50_000_000)), encoding: 'gzip' }),
  fc
    .constantFrom(...examples)
    .map((example) => ({ type: 'application/json; charset=utf-16', bytes: Buffer.from(`\ufeff${JSON.stringify(example)}`, 'utf16le') })),
  fc.constantFrom(...examples).map((example) => json(`\ufeff${JSON.stringify(example)}`)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ ...json(''), bytes: Buffer.from(bytes) })),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ ...form(''), bytes: Buffer.from(bytes) })),
  fc
    .uint8Array({ maxLength: 50 })
    .map((bytes) => ({ ...json(''), bytes: Buffer.concat([Buffer.from('{"description":"'), bytes, Buffer.from('"}')]) })),
)
const request = fc
  .record({
    target,
    trick: pathTrick,
    query,
    headers: headerTrick,
    body,
    isChunked: fc.boolean(),
    hasKey: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  })
  .map(({ target: [method, path], trick, query, headers, body, isChunked, hasKey }) => {
    const address = (trick(path) + query).replaceAll(/[\s\u0100-\uffff]/g, '%20')
    const lines = [
      `${method} ${address} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Connection: close',
      ...(hasKey ? [`Authorization: ${authorization}`] : []),
      ...headers.filter((header) => !body || !/^content-type/i.test(header) || !isChunked),
      ...(body ? [`Content-Type: ${body.type}`] : []),
      ...(body?.encoding ? [`Content-Encoding: ${body.encoding}`] : []),
    ]
    const bytes = body?.bytes ?? Buffer.alloc(0)
    lines.push(isChunked && bytes.length > 0 ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`)
    const sent = isChunked && bytes.length > 0 ? [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n'] : [bytes]
    const head = `${lines.join('\r\n')}\r\n\r\n`
    return {
      method,
      path: address,
      size: bytes.length,
      parts: [Buffer.from(head, 'latin1'), ...sent],
      [fc.toStringMethod]: () => `${head}${bytes.toString('latin1', 0, 300)}`,
    }
  })

type ReceivedResponse = { status: number; text: string }

/** Sends a request over a connection of its own. @returns the response; a status of 0 where the connection closed without one */
const send = (origin: string, parts: (Buffer | string)[]) =>
  new Promise<ReceivedResponse>((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname)
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`No end of the response within ${responseTimeoutMs} ms.`))
    }, responseTimeoutMs)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    // A server that rejects a body may close before all of it is sent.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      const all = Buffer.concat(chunks).toString()
      const [head = '', ...rest] = all.split('\r\n\r\n')
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
      resolve({ status, text: rest.join('\r\n\r\n') })
    })
    for (const part of parts) socket.write(part, 'latin1')
  })

const rounds = 3
const perRound = 500

test.for(['mock', 'sandbox'] as const)(`${rounds * perRound} nasty requests to the %s`, { timeout: 120_000 }, async (name) => {
  const server = await startMeasured(name, '--quiet')
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
  const statuses = new Map<number, number>()
  const heaps: number[] = []
  let payment: string

  const attack = fc.asyncProperty(request, async ({ method, path, size, parts }) => {
    const [head, ...rest] = parts
    const { status, text } = await send(server.origin, [head!.toString('latin1').replace(id, payment), ...rest])
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (size < sure) expect(status, 'it gets a response').toBeGreaterThan(0)
    expect(status, text).toBeLessThan(500)
    // In the API's shape, if it is of the API and was asked for a body.
    if (status >= 400 && method !== 'HEAD' && path.startsWith('/api/v1') && text !== '')
      expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
  })
  for (let round = 0; round < rounds; round++) {
    const made = await sendValue(`${server.origin}/api/v1/payments`, 'POST', examples[0], 'json')
    payment = (made.body as { id: string }).id
    await fc.assert(attack, { numRuns: perRound, seed: seed + round, endOnFailure: false })
    // What is kept on purpose is no growth.
    if (name === 'sandbox') await fetch(`${server.origin}/sandbox/reset`, { method: 'POST' })
    const { heap, polluted } = await server.measure()
    expect(polluted).toEqual([])
    heaps.push(heap)
  }
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`
  const counts = [...statuses].sort().map(([status, count]) => `${count} × ${status}`)
  console.log(`${name}: seed ${seed}, ${counts.join(', ')}, live heap ${heaps.map(megabytes).join(', ')}`)
  expect(statuses.get(200), 'some are right').toBeGreaterThan(20)
  expect(heaps.at(-1)! - heaps[0]!, 'the heap does not grow').toBeLessThan(6 * 2 ** 20)
  expect(server.output(), 'nothing is complained about').not.toMatch(/Error|\n\s+at /)
  expect(await server.end('SIGTERM')).toBe(0)
})
