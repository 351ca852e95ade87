/** Delivers a call: within its time, with retries that cannot pay twice, and with a response that is the API's. */
import { KomojuAbortError, KomojuCallError, KomojuConnectionError, type KomojuResponseError, KomojuTimeoutError } from './errors.ts'

/** Statuses after which the same request, with the same key, can succeed. A 502 is a decline, or a payment of unknown state. */
const retriedStatuses = [409, 429, 500, 503, 504]

/** Longest delay that timers know, in milliseconds. */
const longestDelay = 2 ** 31 - 1

/** A response of the API, its text, and its body parsed. */
export type Delivered = { response: Response; text: string; body: unknown }
/** A response, and what is wrong with it where it is not the API's. */
export type Outcome = Delivered | { response: Response; problem: KomojuResponseError }

type Delivery = {
  /** Sends the request once more. Throws a `KomojuConnectionError` where no response arrives. */
  send: (attempt: number, signal: AbortSignal) => Promise<Outcome>
  /** Called before a pause. */
  onRetry: (attempt: number, status: number | undefined, delay: number) => void
  /** Milliseconds for everything. */
  timeout: number
  maxRetries: number
  /** Aborts everything. */
  signal: AbortSignal | undefined
  /** Key that every try carries. */
  idempotencyKey: string | undefined
}

/** Milliseconds before the next try: what the response asks for, else half a second doubled each time up to eight, less up to half of it. */
const delayAfter = (attempt: number, response: Response | undefined) => {
  const asked = response?.headers.get('Retry-After') || Number.NaN
  const delay = Number.isNaN(+asked) ? Date.parse(`${asked}`) - Date.now() : +asked * 1000
  return delay >= 0 ? delay : Math.min(8000, 250 * 2 ** attempt) * (1 - Math.random() / 2)
}

const pause = (delay: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, delay)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })

const sendUntilResponse = async ({ send, onRetry, timeout, maxRetries }: Delivery, signal: AbortSignal): Promise<Delivered> => {
  const end = Date.now() + timeout
  for (let attempt = 1; ; attempt++) {
    let outcome: Outcome | undefined
    let failure: unknown
    try {
      outcome = await send(attempt, signal)
    } catch (error) {
      failure = error
    }
    const status = outcome?.response.status
    const isPassing = status === undefined ? failure instanceof KomojuConnectionError : retriedStatuses.includes(status)
    const delay = isPassing && attempt <= maxRetries ? delayAfter(attempt, outcome?.response) : Number.POSITIVE_INFINITY
    if (Date.now() + delay < end && !signal.aborted) {
      onRetry(attempt, status, delay)
      await pause(delay, signal)
    } else if (!outcome) throw failure
    else if ('problem' in outcome) throw outcome.problem
    else return outcome
  }
}

/**
 * Sends a request until it gets a response.
 * @returns the response, of a success or of an error of the API
 * @throws {KomojuCallError} where there is no such response
 */
export const deliver = async (delivery: Delivery): Promise<Delivered> => {
  const { signal } = delivery
  const timeout = Math.min(delivery.timeout, longestDelay)
  const controller = new AbortController()
  let cleanUp = () => {}
  try {
    return await new Promise((resolve, reject) => {
      const stop = (error: KomojuCallError) => {
        // First the call's own error: what the abort makes fetch say comes after.
        reject(error)
        controller.abort(error)
      }
      const abort = () => stop(new KomojuAbortError('Call was aborted.', { cause: signal?.reason }))
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort)
      const timer = setTimeout(() => stop(new KomojuTimeoutError(`No response within ${timeout} ms.`)), timeout)
      cleanUp = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      sendUntilResponse({ ...delivery, timeout }, controller.signal).then(resolve, reject)
    })
  } catch (error) {
    if (error instanceof KomojuCallError) error.idempotencyKey = delivery.idempotencyKey
    throw error
  } finally {
    cleanUp()
  }
}
