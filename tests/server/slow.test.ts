/** Clients that take their time: what does not arrive, and what nobody reads, is given up. Time runs thirty times faster than for users. */
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document.ts'
import { createFront } from '../../src/server/front.ts'
import { createValidator } from '../../src/validator.ts'
import { exchange } from './exchange.ts'
import { startMeasured } from './process.ts'

const transferTimeoutMs = 1000
const document = readDocument()
/** Responses that were made. */
let made = 0
/** More than the buffers of a connection hold. */
const largeBody = JSON.stringify('x'.repeat(40_000_000))
const createSlow = (timeout: number) =>
  createFront({
    document,
    validator: createValidator(document),
    handler: async ({ parameters }) => {
      made++
      if (parameters.page === 2) await setTimeout(3 * transferTimeoutMs)
      return { status: 200, body: parameters.page === 3 ? largeBody : '"x"' }
    },
    transferTimeoutMs: timeout,
  })
const front = await createSlow(transferTimeoutMs)
/** Gives nothing up while a test runs. */
const patient = await createSlow(60_000)
let port: number
let patientPort: number
beforeAll(async () => {
  const [origin, patientOrigin] = await Promise.all([front, patient].map((app) => app.listen({ port: 0, host: '127.0.0.1' })))
  port = Number(new URL(origin ?? '').port)
  patientPort = Number(new URL(patientOrigin ?? '').port)
})
afterAll(() => Promise.all([front.close(), patient.close()]))

const head = (path = '/api/v1/payments') => `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Basic ${btoa('sk_1:')}\r\n`

/** Opens a connection, sends bytes, and then a byte from time to time. @returns what came back, and when the server closed it */
const drip = async (sent: string, again = '') => {
  const started = performance.now()
  const socket = connect(port, '127.0.0.1')
  let response = ''
  socket.on('data', (chunk) => {
    response += chunk
  })
  socket.on('error', () => undefined)
  socket.write(sent)
  const timer = setInterval(() => again && socket.writable && socket.write(again), 100)
  const isClosed = await Promise.race([
    new Promise<boolean>((resolve) => socket.once('close', () => resolve(true))),
    setTimeout(4 * transferTimeoutMs, false),
  ])
  clearInterval(timer)
  socket.destroy()
  return { response, isClosed, milliseconds: performance.now() - started }
}

describe('a request that does not arrive', () => {
  test.concurrent.for([
    ['nothing', '', ''],
    ['half a request line', 'POST /api/v1/pay', ''],
    ['a request line, byte by byte', 'POST /', 'a'],
    ['headers, byte by byte', head(), 'X'],
    ['headers, line by line', head(), 'X: y\r\n'],
    ['half a body', `${head()}Content-Length: 1000\r\n\r\n{"amount":`, ''],
    ['a body, byte by byte', `${head()}Content-Length: 1000\r\n\r\n{"amount":`, '1'],
    ['a chunked body, byte by byte', `${head()}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n'],
    ['a body for a path that does not exist', `${head('/nothing')}Content-Length: 1000\r\n\r\n`, '1'],
  ] as const)('%s', async ([, sent, again]) => {
    const { response, isClosed, milliseconds } = await drip(sent, again)
    expect(isClosed, 'it is closed').toBe(true)
    expect(milliseconds).toBeGreaterThan(0.9 * transferTimeoutMs)
    if (sent.includes('/nothing')) return
    expect(response).toMatch(/^HTTP\/1\.1 408 /)
    expect(JSON.parse(response.split('\r\n\r\n')[1]!)).toEqual({
      error: { code: 'bad_request', message: 'The request took too long to arrive.', param: null },
    })
  })
})

const connections = () => new Promise<number>((resolve) => front.server.getConnections((_error, count) => resolve(count)))
const get = (page: number) => `${head(`/api/v1/payments?page=${page}`).replace('POST', 'GET')}\r\n`

/** Connections that send a text and read nothing. */
const openUnread = (count: number, text: string, to = port) => {
  const sockets = Array.from({ length: count }, () => connect(to, '127.0.0.1'))
  for (const socket of sockets) {
    socket.on('error', () => undefined)
    socket.pause()
    socket.write(text)
  }
  return () => {
    for (const socket of sockets) socket.destroy()
  }
}

test('a response that nobody reads is given up', async () => {
  const close = openUnread(1, get(3))
  await expect.poll(connections).toBe(1)
  await expect.poll(connections, { timeout: 4 * transferTimeoutMs }).toBe(0)
  close()
})

test('a connection whose client does not close it is closed after a 408', async () => {
  await expect.poll(connections).toBe(0)
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined).resume()
  await expect.poll(connections).toBe(1)
  await expect.poll(connections, { timeout: 6 * transferTimeoutMs }).toBe(0)
  socket.destroy()
})

test('requests that are sent ahead wait until the response before them is read', async () => {
  await expect.poll(connections).toBe(0)
  const before = made
  const close = openUnread(1, get(3).repeat(100))
  await expect.poll(connections, { timeout: 4 * transferTimeoutMs }).toBe(1)
  await expect.poll(connections, { timeout: 4 * transferTimeoutMs }).toBe(0)
  expect(made - before).toBe(1)
  close()
})

test('a connection that sends too many ahead is closed', async () => {
  // The first response takes three times as long as the others wait for here.
  const close = openUnread(1, get(2) + get(1).repeat(1002), patientPort)
  const connectionsOfPatient = () => new Promise<number>((resolve) => patient.server.getConnections((_error, count) => resolve(count)))
  const before = made
  await expect.poll(() => made).toBe(before + 1)
  await expect.poll(connectionsOfPatient, { timeout: 2 * transferTimeoutMs }).toBe(0)
  close()
})

test('requests that are sent ahead get their responses, in order', async () => {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk
  })
  socket.write(get(1).repeat(3) + get(0) + get(1))
  await expect
    .poll(() => text.match(/HTTP\/1\.1 \d+/g))
    .toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 422', 'HTTP/1.1 200'])
  socket.destroy()
})

test.for([
  ['responses that nobody reads', 7, get(3)],
  ['bodies that do not arrive', 300, `${head()}Content-Length: 1000000\r\n\r\n{`],
  ['bodies without a length', 300, `${head()}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`],
] as const)('%s take no more memory than they may', { timeout: 20_000 }, async ([, count, text]) => {
  const statusOf = async (page: number) => (await exchange(`http://127.0.0.1:${patientPort}/api/v1/payments?page=${page}`)).status
  const close = openUnread(count, text, patientPort)
  await expect.poll(() => statusOf(3)).toBe(503)
  // Small ones still have room.
  expect(await statusOf(1)).toBe(200)
  close()
  await expect.poll(() => statusOf(3)).toBe(200)
})

test('a response that takes long to make is not', async () => {
  const started = performance.now()
  expect((await exchange(`http://127.0.0.1:${port}/api/v1/payments?page=2`)).status).toBe(200)
  expect(performance.now() - started).toBeGreaterThan(2.9 * transferTimeoutMs)
})

test.for(['mock', 'sandbox'])('connections that break leave nothing in the memory of the %s', { timeout: 60_000 }, async (name) => {
  const server = await startMeasured(name, '--quiet')
  const { hostname, port: own } = new URL(server.origin)
  const body = JSON.stringify({ amount: 1, currency: 'JPY', customer: 'a', description: 'x'.repeat(20_000) })
  const whole = `${head()}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  /** Breaks off at every place of a request, while the response comes, and while the dashboard listens. */
  const breakMany = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const sent =
        index % 4 === 0
          ? 'GET /sandbox/live HTTP/1.1\r\nHost: a\r\n\r\n'
          : index % 4 === 1
            ? 'GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20)
            : whole
      const socket = connect(Number(own), hostname)
      socket.on('error', () => undefined)
      await new Promise<void>((resolve) =>
        socket.write(sent.slice(0, index % 4 < 2 ? undefined : (index * 97) % sent.length), () => resolve()),
      )
      if (index % 3 > 0) await new Promise((resolve) => setImmediate(resolve))
      socket.resetAndDestroy()
    }
  }
  await breakMany(400)
  const before = await server.measure()
  await breakMany(800)
  await setTimeout(100)
  const after = await server.measure()
  console.log(`${name}: live heap ${before.heap >> 10} kB, after 800 broken connections ${after.heap >> 10} kB`)
  expect(after.heap - before.heap).toBeLessThan(6 * 2 ** 20)
  expect((await exchange(`${server.origin}/api/v1/payments`)).status).toBe(200)
  expect(server.output()).not.toMatch(/Error|\n\s+at /)
})
