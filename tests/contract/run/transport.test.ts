/** How requests leave: as fast as they may, as many as they may, and not for ever. Time is virtual, so no machine is too slow. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ContractOptions, settingsOf } from '../../../src/contract/run/options.ts'
import { Stopped, Transport } from '../../../src/contract/run/transport.ts'

/** The virtual clock, in milliseconds, and how late each sleeper wakes up. Timers may also be early by a millisecond. */
let now = 0
let lateness: () => number = () => 0
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => {
    await Promise.resolve()
    now += Math.max(0, milliseconds + lateness())
  },
}))
beforeEach(() => {
  now = 0
  lateness = () => 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => void vi.restoreAllMocks())

const target = { url: 'http://127.0.0.1:1/api/v1', secretKey: 'sk_test_1' }
const clientOf = (options: Partial<ContractOptions>) => {
  const transport = new Transport(settingsOf({ ...target, ...options }))
  return {
    exchanges: transport.exchanges,
    send: transport.send.bind(transport),
    pause: transport.pause.bind(transport),
    stop: transport.stop.bind(transport),
  }
}
const request = { operationId: 'listPayments', method: 'GET', path: '/payments', headers: {}, body: undefined, encoding: undefined }
const ok = () => Promise.resolve(Response.json({}))

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
test(`--rate: in no second more than so many, however late and unevenly timers fire (seed ${seed})`, async () => {
  const delays = fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: -1, max: 3, noNaN: true }) },
    fc.double({ min: 3, max: 900, noNaN: true }),
  )
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.infiniteStream(delays), async (rate, late) => {
      now = 0
      lateness = () => late.next().value
      const departures: number[] = []
      const { send } = clientOf({
        rate,
        fetch: () => {
          departures.push(now)
          return ok()
        },
      })
      await Promise.all(Array.from({ length: 3 * rate }, () => send(request)))
      expect(departures).toHaveLength(3 * rate)
      for (const start of departures) expect(departures.filter((at) => at >= start && at < start + 999.99).length).toBeLessThanOrEqual(rate)
    }),
    { seed, numRuns: 30 },
  )
})

test('--rate: and not slower than that, where timers are on time', async () => {
  const { send } = clientOf({ rate: 20, fetch: ok })
  await Promise.all(Array.from({ length: 41 }, () => send(request)))
  expect(now).toBeCloseTo(2000)
})

test.each([1, 3, 16])('--concurrency %d: never more in flight, and no fewer', async (concurrency) => {
  let [inFlight, most] = [0, 0]
  const { send } = clientOf({
    concurrency,
    fetch: async () => {
      most = Math.max(most, ++inFlight)
      for (let turns = 0; turns < 5; turns++) await Promise.resolve()
      inFlight--
      return Response.json({})
    },
  })
  for (let wave = 1; wave <= 3; wave++) {
    await Promise.all(Array.from({ length: 50 }, () => send(request)))
    expect([inFlight, most]).toEqual([0, concurrency])
    most = 0
  }
})

test('--timeout: a request without a response is given up', async () => {
  const { send } = clientOf({
    timeout: 20,
    fetch: (_url, { signal }) => new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason))),
  })
  expect(await send(request)).toMatchObject({ status: 0, failure: 'no response within 20 ms' })
})

describe('a response of 429', () => {
  test('is waited out, as long as it asks for', async () => {
    const responses = [7, 2].map((seconds) => new Response('{}', { status: 429, headers: { 'retry-after': String(seconds) } }))
    const { send, exchanges } = clientOf({ fetch: async () => responses.shift() ?? Response.json({}) })
    expect(await send(request)).toMatchObject({ status: 200 })
    expect(now).toBe(9000)
    // Only the last one is a response to the check.
    expect(exchanges).toHaveLength(1)
  })
  test('is the response after five waits, twice as long each', async () => {
    const { send } = clientOf({ fetch: async () => new Response('{}', { status: 429 }) })
    expect(await send(request)).toMatchObject({ status: 429 })
    expect(now).toBe(500 * (1 + 2 + 4 + 8 + 16))
  })
})

describe('a connection', () => {
  test.each(['read ECONNRESET', 'write EPIPE', 'other side closed', 'terminated', 'connect ECONNREFUSED'])(
    'that breaks with %s is no response, and the request is not sent again',
    async (reason) => {
      const call = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('fetch failed', { cause: new Error(reason) }))
      const { send } = clientOf({ fetch: call as ContractOptions['fetch'] })
      expect(await send({ ...request, method: 'POST' })).toMatchObject({ status: 0, failure: reason })
      expect(call).toHaveBeenCalledOnce()
    },
  )

  test('is not used for two requests, of which a server could close it before the second', async () => {
    let connections = 0
    const server = createServer((_request, response) => void response.end('{}')).on('connection', () => void connections++)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { send } = clientOf({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    for (let count = 0; count < 5; count++) expect(await send(request)).toMatchObject({ status: 200 })
    expect(connections).toBe(5)
    server.close()
  })
})

test('when the run is stopped, what waits and what is under way ends with Stopped', async () => {
  const { send, stop } = clientOf({
    concurrency: 2,
    fetch: (_url, { signal }) => new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason))),
  })
  const sent = Promise.allSettled([1, 2, 3, 4].map(() => send(request)))
  await Promise.resolve()
  stop()
  for (const result of await sent) expect(result).toMatchObject({ status: 'rejected', reason: expect.any(Stopped) })
})

test('what waits is stopped at once, also behind a request that never ends', async () => {
  const { send, stop } = clientOf({ concurrency: 1, fetch: () => new Promise(() => undefined) })
  void send(request)
  const waiting = send(request)
  // The first one leaves, and stays away.
  await new Promise((done) => setImmediate(done))
  stop()
  await expect(waiting).rejects.toThrow(Stopped)
})
