/** The latest requests of the API with their responses, in memory, for the dashboard. No secret is in it. */
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import { withoutSecrets } from '../../secrets.ts'
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

export class RequestLog {
  readonly #clock: Clock
  readonly #secretNames: ReadonlySet<string>
  readonly #limits: LogLimits
  readonly #requests: LoggedRequest[] = []
  #count = 0
  #bytes = 0
  /** Hears of each request. */
  onAdd: () => void = () => undefined

  /** @param secretNames names of properties whose values are not kept */
  constructor(clock: Clock, secretNames: ReadonlySet<string>, limits: LogLimits = defaultLimits) {
    this.#clock = clock
    this.#secretNames = secretNames
    this.#limits = limits
  }

  /** Keeps an exchange, and forgets the oldest beyond the limits. */
  add = ({ method, path, operationId, secretKey, body, status, response, milliseconds }: Exchange) => {
    const merchant = merchantOf(secretKey)
    const request: LoggedRequest = {
      id: String(this.#count++),
      time: isoTime(this.#clock.now(merchant)),
      method,
      path: maskedPath(path),
      operationId,
      merchant,
      payment: paymentOf(path, response),
      status,
      milliseconds,
      body: body === undefined ? undefined : cut(JSON.stringify(masked(body, this.#secretNames), null, 2)),
      response: cut(response),
    }
    this.#requests.push(request)
    this.#bytes += bytesOf(request)
    while (this.#requests.length > this.#limits.requests || this.#bytes > this.#limits.bytes) this.#dropOldest()
    this.onAdd()
  }

  #dropOldest() {
    const oldest = this.#requests.shift()
    this.#bytes -= oldest ? bytesOf(oldest) : this.#bytes
  }

  /** The latest requests that a test accepts, newest first. */
  find(accepts: (request: LoggedRequest) => boolean, take: number): LoggedRequest[] {
    return this.#requests.filter(accepts).slice(-take).reverse()
  }

  /** Forgets the requests of a merchant, or all. */
  clear(merchant?: string) {
    const kept = merchant === undefined ? [] : this.#requests.filter((request) => request.merchant !== merchant)
    this.#requests.splice(0, this.#requests.length, ...kept)
    this.#bytes = kept.reduce((total, request) => total + bytesOf(request), 0)
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
