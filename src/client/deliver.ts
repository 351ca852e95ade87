/** Delivers a request: within its time, with retries that cannot pay twice, and with an answer that is the API's. */
import { KomojuAbortError, KomojuAnswerError, type KomojuCallError, KomojuConnectionError, KomojuTimeoutError } from './errors.ts'

export const idempotencyHeader = 'X-KOMOJU-IDEMPOTENCY'

/** Statuses after which the same request, with the same key, can succeed. A 502 is a decline or a payment of unknown state. */
const retried = [409, 429, 500, 503, 504]

/** Longest delay that timers know, in milliseconds. */
const longestDelay = 2 ** 31 - 1

export type Delivery = {
  send: typeof globalThis.fetch
  /** Milliseconds for everything. */
  timeout: number
  maxRetries: number
  idempotencyKey: string | undefined
}

/** Milliseconds to wait before the next try: what the answer asks for, or 0.5 s doubled each time up to 8 s, less up to half of it. */
const pauseBefore = (tries: number, response: Response | undefined) => {
  const asked = response?.headers.get('Retry-After')
  const milliseconds = asked ? (Number.isNaN(+asked) ? Date.parse(asked) - Date.now() : +asked * 1000) : Number.NaN
  return milliseconds >= 0 ? milliseconds : Math.min(8000, 250 * 2 ** tries) * (1 - Math.random() / 2)
}

/** The answer with its body read, so that nothing can fail after the call's time is over. */
const wholeAnswer = (response: Response, text: string) => {
  const type = response.headers.get('Content-Type')
  let value: { error?: { code?: unknown } } | null | undefined
  try {
    value = JSON.parse(text)
  } catch {}
  const fits = type?.includes('json') && (response.ok ? value && typeof value === 'object' : typeof value?.error?.code === 'string')
  if (fits) return new Response(text, response)
  throw new KomojuAnswerError(
    response.status,
    `Answer with status ${response.status} is not one of the API: ${text.length} characters of ${type ?? 'no content type'}.`,
  )
}

/**
 * Sends a request until it is answered.
 * @returns a JSON answer, of a success or of an error of the API
 * @throws {KomojuCallError} where there is no such answer
 */
export const deliver = async (request: Request, { send, timeout, maxRetries, idempotencyKey }: Delivery): Promise<Response> => {
  const { headers, method, signal } = request
  if (method === 'POST' && !headers.get(idempotencyHeader)) headers.set(idempotencyHeader, idempotencyKey || crypto.randomUUID())
  const body = method === 'GET' ? null : await request.text()
  const end = Date.now() + timeout
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const pause = (milliseconds: number) =>
    new Promise((resolve) => {
      const waiting = setTimeout(resolve, milliseconds)
      controller.signal.addEventListener('abort', () => clearTimeout(waiting))
    })

  const answer = async () => {
    for (let tries = 1; ; tries++) {
      let response: Response | undefined
      let text = ''
      let cause: unknown
      try {
        response = await send(request, { body: body || null, signal: controller.signal })
        text = await response.text()
      } catch (error) {
        response = undefined
        cause = error
      }
      const milliseconds = pauseBefore(tries, response)
      const again = !response || retried.includes(response.status)
      if (again && tries <= maxRetries && Date.now() + milliseconds < end) await pause(milliseconds)
      else if (response) return wholeAnswer(response, text)
      else throw new KomojuConnectionError(`No answer from ${new URL(request.url).host} in ${tries} tries.`, { cause })
    }
  }

  try {
    return await new Promise<Response>((resolve, reject) => {
      const stop = (error: KomojuCallError) => {
        reject(error)
        controller.abort(error)
      }
      const onAbort = () => stop(new KomojuAbortError('Call was aborted.', { cause: signal.reason }))
      if (signal.aborted) return onAbort()
      signal.addEventListener('abort', onAbort)
      timer = setTimeout(() => stop(new KomojuTimeoutError(`No answer within ${timeout} ms.`)), Math.min(timeout, longestDelay))
      answer().then(resolve, reject)
    })
  } catch (error) {
    ;(error as KomojuCallError).idempotencyKey = headers.get(idempotencyHeader) ?? undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}
