/** openapi-fetch's middleware: what changes a request before it is sent, and its response before it is read. */
import type { Middleware } from 'openapi-fetch'

type OnRequest = NonNullable<Middleware['onRequest']>
/** What a middleware is told beside the request. */
export type MiddlewareContext = Omit<Parameters<OnRequest>[0], 'request'>

/** Whether it is a response, of any realm. */
const isResponse = (value: object): value is Response => 'status' in value

/**
 * Sends a request through middleware.
 * @param send sends the request that the middleware made of it
 * @returns the response that the middleware made of it
 */
export const throughMiddleware = async (
  middleware: Middleware[],
  given: Request,
  context: MiddlewareContext,
  send: (request: Request) => Promise<Response>,
): Promise<Response> => {
  const inward = [...middleware].reverse()
  let request = given
  for (const { onRequest } of middleware) {
    const result = await onRequest?.({ ...context, request })
    if (result && isResponse(result)) return result
    request = result || request
  }

  const sendOrHandle = async () => {
    try {
      return await send(request)
    } catch (thrown) {
      let error = thrown
      for (const { onError } of inward) {
        const result = await onError?.({ ...context, request, error })
        if (result && isResponse(result)) return result
        error = result || error
      }
      throw error
    }
  }

  let response = await sendOrHandle()
  for (const { onResponse } of inward) response = (await onResponse?.({ ...context, request, response })) || response
  return response
}
