/** Sends requests as checks describe them, right or wrong, and keeps what went over the wire. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Encoding } from '../generate/encoding.ts'
import type { Exchange } from './exchange.ts'
import type { Settings } from './options.ts'

/** A request before it is sent. */
export type WireRequest = {
  operationId: string
  method: string
  /** Path below the target's address, with its query. */
  path: string
  headers: Record<string, string>
  body: string | undefined
  encoding: Encoding | undefined
}

/** The run is over: somebody stopped it, or it found enough. */
export class Stopped extends Error {
  override name = 'Stopped'
}

/** Waits for a target that says 429, each as long as it asks for. */
const maxRetriesOf429 = 5

export type Transport = {
  /**
   * Sends one request. Waits its turn, and again where the target returns 429.
   * @throws {Stopped} where the run is over
   */
  send: (request: WireRequest) => Promise<Exchange>
  /**
   * Waits some milliseconds.
   * @throws {Stopped} where the run is over, at once
   */
  pause: (milliseconds: number) => Promise<void>
  /** Ends the run: what waits or is under way fails with `Stopped`. */
  stop: () => void
  exchanges: Exchange[]
}

export const createTransport = (settings: Settings): Transport => {
  const { url, timeout, concurrency, rate, fetch: call = fetch } = settings
  const exchanges: Exchange[] = []
  const waiting: (() => void)[] = []
  const over = new AbortController()
  let inFlight = 0
  let departures = Promise.resolve()
  let lastDeparture = Number.NEGATIVE_INFINITY
  let sent = 0

  const pause = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: over.signal }).catch(() => {
      throw new Stopped('The run was stopped.')
    })

  /** Waits until the request before is as long ago as the rate wants. It counts from its own departure, not from when it was due. */
  const keepDistance = async (before: Promise<void>, distance: number) => {
    await before
    for (let now = performance.now(); now < lastDeparture + distance; now = performance.now()) await pause(lastDeparture + distance - now)
    lastDeparture = performance.now()
  }

  const takeTurn = async () => {
    if (inFlight >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve))
    else inFlight++
  }
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else inFlight--
  }

  const sendOnce = async (request: WireRequest): Promise<Exchange> => {
    if (rate !== undefined) {
      departures = keepDistance(departures, 1000 / rate)
      await departures
    }
    if (over.signal.aborted) throw new Stopped('The run was stopped.')
    const exchange: Exchange = {
      number: ++sent,
      operationId: request.operationId,
      method: request.method,
      url: url + request.path,
      requestHeaders: request.headers,
      requestBody: request.body,
      encoding: request.encoding,
      status: 0,
      headers: {},
      text: '',
      body: undefined,
      startedAt: performance.timeOrigin + performance.now(),
      duration: 0,
    }
    const start = performance.now()
    try {
      const response = await call(exchange.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        signal: AbortSignal.any([over.signal, AbortSignal.timeout(timeout)]),
        ...(request.body !== undefined && { body: request.body }),
      })
      exchange.status = response.status
      exchange.headers = Object.fromEntries(response.headers)
      exchange.text = await response.text()
      try {
        exchange.body = JSON.parse(exchange.text)
      } catch {}
    } catch (error) {
      if (over.signal.aborted) throw new Stopped('The run was stopped.')
      const { name, message, cause } = error as Error
      exchange.status = 0
      exchange.failure =
        name === 'TimeoutError' ? `no response within ${timeout} ms` : String((cause as Error | undefined)?.message || message)
    }
    exchange.duration = performance.now() - start
    return exchange
  }

  const send = async (request: WireRequest): Promise<Exchange> => {
    for (let retries = 0; ; retries++) {
      await takeTurn()
      let exchange: Exchange
      try {
        exchange = await sendOnce(request)
        // A server may close an idle connection in the moment in which it is used again.
        if (exchange.status === 0 && /ECONNRESET|other side closed|socket hang up/.test(String(exchange.failure)))
          exchange = await sendOnce(request)
      } finally {
        release()
      }
      if (exchange.status !== 429 || retries === maxRetriesOf429) {
        exchanges.push(exchange)
        return exchange
      }
      const seconds = Number(exchange.headers['retry-after'] ?? Number.NaN)
      await pause(Math.min(Number.isFinite(seconds) ? seconds * 1000 : 500 * 2 ** retries, 60_000))
    }
  }

  return {
    send,
    pause,
    exchanges,
    stop: () => {
      over.abort()
      for (const resume of waiting.splice(0)) resume()
    },
  }
}
