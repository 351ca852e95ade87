/** Sends requests as checks describe them, right or wrong, and keeps what went over the wire. */

import { isUtf8 } from 'node:buffer'
import { setTimeout as sleep } from 'node:timers/promises'
import { asError } from '../../as-error.ts'
import { sizeOfJson } from '../../json-depth.ts'
import type { Encoding } from '../generate/encodings.ts'
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
const maxPauseMs = 60_000
/** Refused connections in a row after which the target counts as gone. */
const maxLostConnections = 8

/** Largest response that is read, in bytes after decompression: a target must not fill the memory of its judge. */
const maxResponseBytes = 5 * 1024 * 1024
/** Bytes of all responses of a run together, which stay in memory until its verdict. What comes later is not read. */
const maxRunBytes = 256 * 1024 * 1024
/** Deepest nesting that is read as JSON; what is deeper exhausts the stack of the code that walks it. */
const maxJsonDepth = 500

/** Values of a response that are read as JSON, and of all responses of a run together: in memory, `[]` takes many times its two bytes. */
const maxValues = 250_000
const maxRunValues = 16_000_000

const megabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`

/**
 * Bytes of a response's body.
 * @param count gets how many each piece has as it comes
 * @throws {Error} for a response that is too large to judge
 */
const bytesOf = async ({ body }: Response, count: (bytes: number) => void): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    count(chunk.length)
    if (length > maxResponseBytes) throw new Error(`the response is larger than ${megabytes(maxResponseBytes)}`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Value of a JSON text, undefined where it is none, or nested too deeply to walk.
 * @param count gets the number of its values before it is read
 * @throws {Error} for one that holds too many values to judge
 */
const jsonOf = (text: string, count: (values: number) => void): unknown => {
  const { values, depth } = sizeOfJson(text, maxJsonDepth)
  if (depth > maxJsonDepth) return
  if (values > maxValues) throw new Error(`the response holds more than ${maxValues.toLocaleString('en')} values`)
  count(values)
  try {
    return JSON.parse(text)
  } catch {
    return
  }
}

/** Milliseconds that a response asks to wait, as seconds or as a date; undefined for one that does not say. */
const retryAfterMs = ({ headers }: Exchange): number | undefined => {
  const text = headers['retry-after']
  if (text === undefined) return
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  // A date has whole seconds: a second more is surely after it.
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0) + (/^\d/.test(text) ? 0 : 1000)
}

/**
 * Each request has a connection of its own. A server may close an idle one in the moment in which it is used again; nobody could tell
 * that from one that breaks under a request, and a request that is sent again can be done twice.
 */
const ownConnection = { connection: 'close' }

export class Transport {
  readonly exchanges: Exchange[] = []
  readonly #settings: Settings
  /** Requests that wait for their turn. */
  readonly #waiting: (() => void)[] = []
  readonly #over = new AbortController()
  /** Whether the target went away during the run. */
  isTargetGone = false
  readonly #maxRunBytes: number
  #runBytes = 0
  #runValues = 0
  #lostConnections = 0
  #inFlight = 0
  #sent = 0
  /** Settles when the target's rate limit is over. */
  #limited: Promise<unknown> = Promise.resolve()
  #departures = Promise.resolve()
  #lastDeparture = Number.NEGATIVE_INFINITY

  /** @param runBytes bytes of all responses together that are read */
  constructor(settings: Settings, runBytes: number = maxRunBytes) {
    this.#settings = settings
    this.#maxRunBytes = runBytes
  }

  /**
   * Sends one request. Waits its turn, and again while the target returns 429.
   * @throws {Stopped} once the run is over
   */
  async send(request: WireRequest): Promise<Exchange> {
    for (let retries = 0; ; retries++) {
      await this.#limited
      const exchange = await this.#sendInTurn(request)
      if (exchange.status !== 429 || retries === maxRetriesOf429) {
        this.exchanges.push(exchange)
        return exchange
      }
      // The limit is the target's, not the request's: everything waits until it is over.
      const pause = this.pause(Math.min(retryAfterMs(exchange) ?? 500 * 2 ** retries, maxPauseMs))
      this.#limited = Promise.all([this.#limited, pause])
      await pause
    }
  }

  /**
   * Waits some milliseconds.
   * @throws {Stopped} at once when the run is over
   */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#over.signal }).catch(() => {
      throw new Stopped('The run was stopped.')
    })
  }

  /** Ends the run: what waits or is under way fails with `Stopped`. */
  stop() {
    this.#over.abort()
    for (const resume of this.#waiting.splice(0)) resume()
  }

  async #sendInTurn(request: WireRequest): Promise<Exchange> {
    if (this.#inFlight >= this.#settings.concurrency) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#inFlight++
    try {
      return await this.#sendOnce(request)
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#inFlight--
    }
  }

  /** Waits until the request before is as long ago as the rate wants. It counts from its own departure, not from when it was due. */
  async #keepDistance(before: Promise<void>, distanceMs: number) {
    await before
    const due = () => this.#lastDeparture + distanceMs
    for (let now = performance.now(); now < due(); now = performance.now()) await this.pause(due() - now)
    this.#lastDeparture = performance.now()
  }

  async #sendOnce(request: WireRequest): Promise<Exchange> {
    const { rate, url } = this.#settings
    if (rate !== undefined) {
      this.#departures = this.#keepDistance(this.#departures, 1000 / rate)
      await this.#departures
    }
    if (this.#over.signal.aborted) throw new Stopped('The run was stopped.')
    const exchange: Exchange = {
      number: ++this.#sent,
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
    await this.#receive(exchange, request)
    exchange.duration = performance.now() - start
    this.#lostConnections = /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH/.test(exchange.failure ?? '') ? this.#lostConnections + 1 : 0
    if (this.#lostConnections >= maxLostConnections) {
      this.isTargetGone = true
      this.stop()
    }
    return exchange
  }

  /** Fills in the response, or why none came. */
  async #receive(exchange: Exchange, { method, headers, body }: WireRequest) {
    const { timeout, fetch: call = fetch } = this.#settings
    try {
      const response = await call(exchange.url, {
        method,
        headers: { ...headers, ...ownConnection },
        redirect: 'manual',
        signal: AbortSignal.any([this.#over.signal, AbortSignal.timeout(timeout)]),
        ...(body !== undefined && { body }),
      })
      exchange.status = response.status
      exchange.headers = Object.fromEntries(response.headers)
      const bytes = await bytesOf(response, (count) => {
        this.#runBytes += count
        if (this.#runBytes > this.#maxRunBytes)
          throw new Error(`the responses of the run are larger than ${megabytes(this.#maxRunBytes)} together`)
      })
      // A byte order mark is no JSON: it stays in the text.
      exchange.text = bytes.toString('utf8')
      if (!isUtf8(bytes)) exchange.isNotUtf8 = true
      exchange.body = jsonOf(exchange.text, (values) => {
        this.#runValues += values
        if (this.#runValues > maxRunValues)
          throw new Error(`the responses of the run hold more than ${maxRunValues.toLocaleString('en')} values together`)
      })
    } catch (error) {
      if (this.#over.signal.aborted) throw new Stopped('The run was stopped.')
      const { name, message, cause } = asError(error)
      exchange.status = 0
      exchange.text = ''
      exchange.failure =
        name === 'TimeoutError' ? `no response within ${timeout} ms` : String((cause as Error | undefined)?.message || message)
    }
  }
}
