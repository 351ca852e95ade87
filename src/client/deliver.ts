/** Delivers a call: within its time, with retries that cannot pay twice, and with a response that is the API's. */
import type { ErrorBody } from '../../generated/schema.d.ts'
import { KomojuAbortError, KomojuCallError, KomojuConnectionError, KomojuResponseError, KomojuTimeoutError } from './errors.ts'

export const idempotencyHeader = 'X-KOMOJU-IDEMPOTENCY'

/** Statuses after which the same request, with the same key, can succeed. A 502 is a decline, or a payment of unknown state. */
const retriedStatuses = [409, 429, 500, 503, 504]

/** Longest delay that timers know, in milliseconds. */
const longestDelay = 2 ** 31 - 1

/** What openapi-fetch makes of a response. */
export type Outcome = { data?: unknown; error?: unknown; response: Response }

/** Sends a request that openapi-fetch made. */
type Exchange = (request: Request, send: (signal: AbortSignal) => Promise<Response>) => Promise<Response>

export type Delivery = {
  /** Makes the request anew, and has it exchanged for a response. */
  attempt: (exchange: Exchange) => Promise<Outcome>
  /** Milliseconds for everything. */
  timeout: number
  maxRetries: number
  /** Aborts everything. */
  signal: AbortSignal | undefined
  /** Whether the caller parses the body of a success. */
  isRaw: boolean
}

/** Milliseconds before the next try: what the response asks for, else half a second doubled each time up to eight, less up to half of it. */
const delayAfter = (tries: number, response: Response | undefined) => {
  const asked = response?.headers.get('Retry-After') || Number.NaN
  const delay = Number.isNaN(+asked) ? Date.parse(`${asked}`) - Date.now() : +asked * 1000
  return delay >= 0 ? delay : Math.min(8000, 250 * 2 ** tries) * (1 - Math.random() / 2)
}

const isError = (error: Partial<ErrorBody['error']> | undefined) =>
  typeof error?.code === 'string' && typeof (error.message ?? '') === 'string'

/** Whether a response is JSON of the API; `isRaw` where the caller parses the body of a success. */
const isApiResponse = ({ data, error, response }: Outcome, isRaw: boolean) =>
  /\bjson\b/.test(response.headers.get('Content-Type') ?? '') &&
  (response.ok ? isRaw || (data && typeof data === 'object') : isError((error as Partial<ErrorBody>)?.error))

const notOfTheApi = ({ status, headers }: Response) =>
  new KomojuResponseError(status, `Response is not the API's: status ${status}, content type ${headers.get('Content-Type')}.`)

const connectionFailed = ({ url }: Request, cause: unknown) =>
  new KomojuConnectionError(`Connection to ${new URL(url).host} failed.`, { cause })

/**
 * Sends a request until it gets a response.
 * @returns the response, of a success or of an error of the API
 * @throws {KomojuCallError} where there is no such response
 */
export const deliver = async ({ attempt, timeout, maxRetries, signal, isRaw }: Delivery): Promise<Outcome> => {
  const end = Date.now() + timeout
  const controller = new AbortController()
  const stopped = controller.signal
  let sent: Request | undefined

  const tryUntilResponse = async () => {
    for (let tries = 1; ; tries++) {
      let response: Response | undefined
      let outcome: Outcome | undefined
      let failure: unknown
      try {
        outcome = await attempt(async (request, send) => {
          sent = request
          try {
            response = await send(stopped)
            return response
          } catch (cause) {
            throw connectionFailed(request, cause)
          }
        })
      } catch (error) {
        failure = error
        // The body is read last: what fails then is the body. Anything else is a middleware's.
        if (response?.bodyUsed) failure = error instanceof SyntaxError ? notOfTheApi(response) : connectionFailed(sent!, error)
      }
      const isPassing = outcome ? retriedStatuses.includes(outcome.response.status) : failure instanceof KomojuConnectionError
      const delay = isPassing && tries <= maxRetries ? delayAfter(tries, outcome?.response) : Number.POSITIVE_INFINITY
      if (Date.now() + delay < end && !stopped.aborted)
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, delay)
          stopped.addEventListener('abort', () => clearTimeout(timer))
        })
      else if (!outcome) throw failure
      else if (isApiResponse(outcome, isRaw)) return outcome
      else throw notOfTheApi(outcome.response)
    }
  }

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
      const timer = setTimeout(() => stop(new KomojuTimeoutError(`No response within ${timeout} ms.`)), Math.min(timeout, longestDelay))
      cleanUp = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      tryUntilResponse().then(resolve, reject)
    })
  } catch (error) {
    if (error instanceof KomojuCallError) error.idempotencyKey = sent?.headers.get(idempotencyHeader) ?? undefined
    throw error
  } finally {
    cleanUp()
  }
}
