/** What comes over the wire of both servers that no well-behaved client sends: bounded in number, and none may stop a server. */
import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createMockServer, createSandboxServer } from '../../src/server/index.ts'
import { exchange } from './exchange.ts'

const servers = { mock: await createMockServer(), sandbox: await createSandboxServer() }
const origins = Object.fromEntries(
  await Promise.all(Object.entries(servers).map(async ([name, server]) => [name, await server.listen()] as const)),
)
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())))

const open = (origin: string) =>
  new Promise<Socket>((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.on('error', reject)
  })

/** Sends bytes, closes its side, and reads what comes back until the server closes or a second has passed. */
const send = async (origin: string, bytes: Uint8Array) => {
  const socket = await open(origin)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.end(bytes)
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000))])
  socket.destroy()
  return Buffer.concat(chunks).toString('latin1')
}

const authorization = `Authorization: Basic ${btoa('sk_123456:')}`
const line = fc.oneof(
  fc.constantFrom(
    'POST /api/v1/payments HTTP/1.1',
    'GET /api/v1/payments HTTP/1.1',
    'GET /api/v1/payments HTTP/9.9',
    'GET http://other.example/api/v1/payments HTTP/1.1',
    'GET //api/v1//payments HTTP/1.1',
    'GET /api/v1/../../etc/passwd HTTP/1.1',
    'GET /api/v1/payments?%=%&&&=[]=%ff HTTP/1.1',
    'get /api/v1/payments http/1.1',
    'CONNECT a:1 HTTP/1.1',
    'PRI * HTTP/2.0',
    'POST',
    '',
  ),
  fc.string({ maxLength: 60 }),
)
const header = fc.oneof(
  fc.constantFrom(
    'Host: a',
    authorization,
    'Content-Length: 5',
    'Content-Length: 99999999999999999999',
    'Content-Length: -1',
    'Content-Length: 5, 5',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: identity',
    'Content-Type: application/json',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type: ',
    'Content-Encoding: gzip',
    'Expect: 100-continue',
    'Expect: nonsense',
    'Connection: upgrade',
    'Upgrade: websocket',
    'Host: \u0000',
    ': no name',
    ' folded',
    `X: ${'x'.repeat(9000)}`,
  ),
  fc.tuple(fc.string({ maxLength: 12 }), fc.string({ maxLength: 30 })).map(([name, value]) => `${name}: ${value}`),
)
const message = fc
  .tuple(
    line,
    fc.array(header, { maxLength: 8 }),
    fc.constantFrom('\r\n', '\n', '\r', '\r\n\t'),
    fc.oneof(fc.string({ maxLength: 50 }), fc.constantFrom('5\r\nhello\r\n0\r\n\r\n', 'FFFFFFFFFFFFFFFFF\r\n', '-1\r\n', '{"amount":')),
  )
  .map(([first, headers, end, body]) => Buffer.from([first, ...headers, '', body].join(end), 'latin1'))

describe.each(Object.keys(servers))('%s', (name) => {
  const origin = origins[name]!
  const alive = async () => expect((await exchange(`${origin}/api/v1/payments`)).status, 'the server still responds').toBe(200)

  test('400 malformed messages', { timeout: 120_000 }, async () => {
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
    console.log(`malformed messages: seed ${seed}`)
    await fc.assert(
      fc.asyncProperty(fc.oneof(message, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
        const responses = (await send(origin, bytes)).matchAll(/HTTP\/1\.1 (\d{3})/g)
        for (const [, status] of responses) expect(Number(status)).toBeLessThan(500)
      }),
      { numRuns: 400, seed },
    )
    await alive()
  })

  test('200 connections that start a request and say no more, and 100 that break', async () => {
    const idle = await Promise.all(Array.from({ length: 200 }, () => open(origin)))
    for (const socket of idle) {
      socket.on('error', () => undefined)
      socket.write(`POST /api/v1/payments HTTP/1.1\r\nHost: a\r\n${authorization}\r\nContent-Length: 1000\r\n\r\n{"amount":`)
    }
    for (let count = 0; count < 100; count++) {
      const socket = await open(origin)
      socket.write('POST /api/v1/payments HTTP/1.1\r\nHost: a\r\nContent-Le')
      socket.resetAndDestroy()
    }
    await alive()
    for (const socket of idle) socket.destroy()
    await alive()
  })

  test('a request that is smuggled behind another is not run', async () => {
    const smuggled = `POST /api/v1/payments HTTP/1.1\r\nHost: a\r\n${authorization}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n`
    const statuses = [...(await send(origin, Buffer.from(smuggled))).matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)
    expect(statuses).toEqual(['400'])
  })
})
