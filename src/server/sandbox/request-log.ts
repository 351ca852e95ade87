/** The latest requests of the API with their responses, in memory, for the dashboard. No secret is in it. */
import type { JsonObject } from '../../json-object.ts'
import { isJsonObject } from '../../json-object.ts'
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
  body: unknown
  /** Text of the response, cut where it is long. */
  response: string
}

/** Requests that are kept. */
const maxRequests = 1000
/** Characters of a response that are kept. */
const maxResponseLength = 20_000

const maskedDetail = (name: string, value: unknown) => {
  if (name === 'number' && typeof value === 'string') return `•••• ${value.slice(-4)}`
  return /^(verification_value|prepaid_number|.*_password)$/.test(name) ? '••••' : value
}

/** A body without the secrets of its payment method. */
const masked = (body: unknown): unknown => {
  if (!isJsonObject(body) || !isJsonObject(body.payment_details)) return body
  const details = Object.entries(body.payment_details).map(([name, value]) => [name, maskedDetail(name, value)])
  return { ...body, payment_details: Object.fromEntries(details) }
}

const paymentOf = (path: string, response: string): string | undefined =>
  /\/payments\/([0-9a-z]{25})/.exec(path)?.[1] ?? /^\{"id":"([0-9a-z]{25})","resource":"payment"/.exec(response)?.[1]

export class RequestLog {
  readonly #clock: Clock
  readonly #requests: LoggedRequest[] = []
  #count = 0
  /** Hears of each request. */
  onAdd: () => void = () => undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Keeps an exchange, and forgets the oldest beyond the limit. */
  add = ({ method, path, operationId, secretKey, body, status, response, milliseconds }: Exchange) => {
    const merchant = merchantOf(secretKey)
    this.#requests.push({
      id: String(this.#count++),
      time: isoTime(this.#clock.now(merchant)),
      method,
      path,
      operationId,
      merchant,
      payment: paymentOf(path, response),
      status,
      milliseconds,
      body: masked(body),
      response: response.length > maxResponseLength ? `${response.slice(0, maxResponseLength)} …` : response,
    })
    if (this.#requests.length > maxRequests) this.#requests.shift()
    this.onAdd()
  }

  /** The latest requests that a test accepts, newest first. */
  find(accepts: (request: LoggedRequest) => boolean, take: number): LoggedRequest[] {
    return this.#requests.filter(accepts).slice(-take).reverse()
  }

  /** Forgets the requests of a merchant, or all. */
  clear(merchant?: string) {
    const kept = merchant === undefined ? [] : this.#requests.filter((request) => request.merchant !== merchant)
    this.#requests.splice(0, this.#requests.length, ...kept)
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
