/** What a call can throw. No error holds the secret key or the body of the request. */
import type { ErrorBody, ErrorCode } from '../../generated/schema.d.ts'

/** Error that KOMOJU returned. */
export class KomojuError extends Error {
  override name = 'KomojuError'
  /** HTTP status, for example 422. */
  readonly status: number
  /** Name of the error, for example `card_declined`. */
  readonly code: ErrorCode
  /** Parameter at fault, nested ones in brackets as in `payment_details[store]`. Null where no parameter is at fault. */
  readonly param: string | null
  // Behind accessors, so that logging an error does not print what a response may repeat of the request.
  readonly #error: ErrorBody['error']
  readonly #headers: Headers

  constructor(status: number, { error }: ErrorBody, headers: Headers) {
    super(error.message ?? '')
    this.status = status
    this.code = error.code
    this.param = error.param
    this.#error = error
    this.#headers = headers
  }

  /** More about the error. Null where KOMOJU says no more. */
  get details() {
    return this.#error.details ?? null
  }

  /** Why the card was declined. Null where the issuer does not say. */
  get declineDetails() {
    return this.#error.decline_details ?? null
  }

  /** Headers of the response. */
  get headers() {
    return this.#headers
  }
}

/**
 * Call that ended without a response of the API. A POST or PATCH may have taken effect all the same:
 * look the object up, or repeat a POST with the same `idempotencyKey`.
 */
export abstract class KomojuCallError extends Error {
  /** Idempotency key that the call was sent with. Undefined for calls without one. */
  idempotencyKey?: string | undefined
}

/** Connection failed in every try; `cause` says why. */
export class KomojuConnectionError extends KomojuCallError {
  override name = 'KomojuConnectionError'
}

/** Call took longer than its `timeout`. */
export class KomojuTimeoutError extends KomojuCallError {
  override name = 'KomojuTimeoutError'
}

/** Caller's signal aborted the call; `cause` is the signal's reason. */
export class KomojuAbortError extends KomojuCallError {
  override name = 'KomojuAbortError'
}

/** Response is not one of the API: a proxy's page, an empty error, JSON that breaks off. */
export class KomojuResponseError extends KomojuCallError {
  override name = 'KomojuResponseError'
  /** HTTP status, for example 502. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Webhook that KOMOJU did not sign with this secret, that is no event, or whose event is older than `maxAge`. */
export class KomojuWebhookError extends Error {
  override name = 'KomojuWebhookError'
}
