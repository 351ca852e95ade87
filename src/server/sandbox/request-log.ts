/** The latest requests of the API with their responses, in memory, for the dashboard. No secret is in it. */
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import { withoutSecrets } from '../../secrets.ts'
import type { Breakage } from '../broken-response.ts'
import type { Exchange } from '../front.ts'
import type { Clock } from './clock.ts'
import { merchantOf } from './merchant.ts'
import { isoTime } from './time.ts'

export type LoggedRequest = {
  id: string
  /** By the clock of the merchant. */
  time: string
  method: string
  path: string
  operationId: string
  merchant: string
  /** Id of the payment that it is about; undefined for one about none, or about many. */
  payment: string | undefined
  status: number
  /** How the response broke on demand; undefined for one that reached its client. */
  breakage: Breakage | undefined
  milliseconds: number
  /** JSON of the body without its secrets, cut where it is long; undefined for a request without one. */
  body: string | undefined
  /** Text of the response, cut where it is long. */
  response: string
}

export type LogLimits = {
  /** Requests that are kept. */
  requests: number
  /** Bytes that their texts may take, about. */
  bytes: number
}
const defaultLimits: LogLimits = { requests: 1000, bytes: 16 * 1024 * 1024 }
/** Characters of a body and of a response that are kept. */
const maxTextLength = 20_000

/** The beginning of a long text. Copied, because a part of a string keeps all of it in memory. */
const cut = (text: string) => (text.length > maxTextLength ? `${Buffer.from(text.slice(0, maxTextLength))} …` : text)

/** The latest items, within limits of their number and their bytes. */
class Bounded<Item> {
  readonly items: Item[] = []
  readonly #bytesOf: (item: Item) => number
  #bytes = 0

  constructor(bytesOf: (item: Item) => number) {
    this.#bytesOf = bytesOf
  }

  push(item: Item, limits: LogLimits) {
    this.items.push(item)
    this.#bytes += this.#bytesOf(item)
    while (this.items.length > limits.requests || this.#bytes > limits.bytes) {
      const oldest = this.items.shift()
      this.#bytes -= oldest ? this.#bytesOf(oldest) : this.#bytes
    }
  }

  keep(accepts: (item: Item) => boolean) {
    const kept = this.items.filter(accepts)
    this.items.splice(0, this.items.length, ...kept)
    this.#bytes = kept.reduce((total, item) => total + this.#bytesOf(item), 0)
  }
}

const bytesOf = ({ path, body = '', response }: LoggedRequest) => 2 * (path.length + body.length + response.length)

const hidden = '••••'

/** What is shown of a secret: of a card number its last digits, as responses do. */
const shownSecret = (name: string, value: unknown) =>
  name === 'number' && /^\d{12,}$/.test(String(value)) ? `${hidden} ${String(value).slice(-4)}` : hidden

/** A value without secrets, wherever they stand: a rejected body has them in the wrong places. */
const masked = (value: unknown, secretNames: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => masked(item, secretNames))
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        withoutSecrets(name),
        secretNames.has(name) ? shownSecret(name, inner) : masked(inner, secretNames),
      ]),
    )
  const text = String(value)
  const shown = withoutSecrets(text)
  return shown === text ? value : shown
}

/** Path and query without the values of the query. */
const maskedPath = (url: string) => {
  const [path = '', query] = url.split('?', 2)
  if (query === undefined) return cut(withoutSecrets(path))
  const names = [...new URLSearchParams(query).keys()].map((name) => `${withoutSecrets(name)}=${hidden}`)
  return cut(withoutSecrets(path) + (names.length > 0 ? `?${names.join('&')}` : ''))
}

const paymentOf = (path: string, response: string): string | undefined =>
  /\/payments\/([0-9a-z]{25})/.exec(path)?.[1] ?? /^\{"id":"([0-9a-z]{25})","resource":"payment"/.exec(response)?.[1]

/** An exchange as it came, with the time of its merchant. */
type Waiting = { id: string; time: string; merchant: string; exchange: Exchange }

const waitingBytesOf = ({ exchange: { path, bodyBytes, response } }: Waiting) => 2 * (path.length + bodyBytes + response.length)

/** Longest time that an exchange waits for its secrets to be taken out. */
const maxWaitMs = 1000

export class RequestLog {
  readonly #clock: Clock
  readonly #secretNames: ReadonlySet<string>
  readonly #limits: LogLimits
  readonly #requests = new Bounded(bytesOf)
  /** The latest, from which nothing is taken out yet. Under load, most are forgotten before it is their turn, and cost nothing. */
  readonly #waiting = new Bounded(waitingBytesOf)
  #count = 0
  #timer: NodeJS.Timeout | undefined
  /** Hears of each request. */
  onAdd: () => void = () => undefined

  /** @param secretNames names of properties whose values are not kept */
  constructor(clock: Clock, secretNames: ReadonlySet<string>, limits: LogLimits = defaultLimits) {
    this.#clock = clock
    this.#secretNames = secretNames
    this.#limits = limits
  }

  /** Keeps an exchange, and forgets the oldest beyond the limits. */
  add = (exchange: Exchange) => {
    const merchant = merchantOf(exchange.secretKey)
    this.#waiting.push({ id: String(this.#count++), time: isoTime(this.#clock.now(merchant)), merchant, exchange }, this.#limits)
    this.#timer ??= setTimeout(() => this.#keepWaiting(), maxWaitMs).unref()
    this.onAdd()
  }

  /** The latest requests that a test accepts, newest first. */
  find(accepts: (request: LoggedRequest) => boolean, take: number): LoggedRequest[] {
    this.#keepWaiting()
    return this.#requests.items.filter(accepts).slice(-take).reverse()
  }

  /** Forgets the requests of a merchant, or all. */
  clear(merchant?: string) {
    this.#keepWaiting()
    this.#requests.keep((request) => merchant !== undefined && request.merchant !== merchant)
  }

  /** Takes the secrets out of what waits. */
  #keepWaiting() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const waiting of this.#waiting.items) this.#requests.push(this.#logged(waiting), this.#limits)
    this.#waiting.keep(() => false)
  }

  #logged({ id, time, merchant, exchange }: Waiting): LoggedRequest {
    const { method, path, operationId, body, status, response, breakage, milliseconds } = exchange
    return {
      id,
      time,
      method,
      path: maskedPath(path),
      operationId,
      merchant,
      payment: paymentOf(path, response),
      status,
      breakage,
      milliseconds,
      body: body === undefined ? undefined : cut(JSON.stringify(masked(body, this.#secretNames), null, 2)),
      response: cut(response),
    }
  }
}

/** The error of a response; undefined for a success. */
export const errorOf = ({ status, response }: LoggedRequest): JsonObject | undefined => {
  if (status < 400) return
  try {
    const body: unknown = JSON.parse(response)
    return isJsonObject(body) && isJsonObject(body.error) ? body.error : undefined
  } catch {
    return
  }
}
