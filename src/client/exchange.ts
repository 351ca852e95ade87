/** One try: sends a request, through middleware where there is some, and reads the response. */
import type { Middleware } from 'openapi-fetch'
import type { ErrorBody } from '../../generated/schema.d.ts'
import type { Outcome } from './deliver.ts'
import { KomojuConnectionError, KomojuResponseError } from './errors.ts'
import { type MiddlewareContext, throughMiddleware } from './middleware.ts'
import type { Fetch, FetchInit } from './options.ts'
import { textOf } from './read.ts'

export type ParseAs = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream'

export type Exchange = {
  url: string
  init: FetchInit
  fetch: Fetch
  middleware: Middleware[]
  /** What middleware is told beside the request. */
  context: () => MiddlewareContext
  /** Checks an address that middleware chose. */
  checkUrl: (url: string) => void
  /** Called with the status of the response. */
  onResponse: (status: number) => void
  /** How the caller wants the body of a success. */
  parseAs: ParseAs
  /** Hides the secret key in a text. */
  hide: (text: string) => string
  /** Bytes that the response may have. */
  limit: number
}

const isError = (body: unknown): body is ErrorBody => {
  const { error } = { ...(body as Partial<ErrorBody> | undefined) }
  return typeof error?.code === 'string' && typeof (error.message ?? '') === 'string'
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return
  }
}

/** What `fetch` gets of a request that middleware made: a `Request` may be of a make that it does not know. */
const initOf = async (init: FetchInit, request: Request, own: Request): Promise<FetchInit> => {
  const { method, headers } = request
  const bytes = request === own || (await request.clone().arrayBuffer())
  // A GET has no body, not even an empty one.
  const body = bytes === true ? init.body : bytes.byteLength ? bytes : null
  return { ...init, method, headers: Object.fromEntries(headers), body }
}

const read = async (response: Response, { parseAs, limit, hide }: Exchange): Promise<Outcome> => {
  const { ok, status, headers } = response
  const contentType = headers.get('Content-Type') ?? ''
  const problem = (what: string) =>
    new KomojuResponseError(status, hide(`Response ${what}: status ${status}, content type ${contentType || 'missing'}.`))
  const isJson = /\bjson\b/.test(contentType)
  const isRaw = ok && parseAs !== 'json'
  const text = isRaw && parseAs === 'stream' ? '' : await textOf(response, limit)
  if (text === undefined) return { response, problem: problem(`has more than ${limit} bytes`) }
  const body = isRaw ? await (parseAs === 'stream' ? response.body : new Response(text)[parseAs]()) : parsed(text)
  const isRight = isJson && (isRaw || (ok ? body && typeof body === 'object' : isError(body)))
  return { ...(ok ? { data: body } : { error: body }), response, ...(!isRight && { problem: problem("is not the API's") }) }
}

/**
 * Sends a request once.
 * @throws {KomojuConnectionError} where no whole response arrives
 */
export const exchange = async (given: Exchange): Promise<Outcome> => {
  const { url, init, fetch, middleware, context, checkUrl, onResponse } = given
  const connected = async <Result>(address: string, work: () => Promise<Result>) => {
    try {
      return await work()
    } catch (cause) {
      throw new KomojuConnectionError(`Connection to ${new URL(address).host} failed.`, { cause })
    }
  }
  const send = async (address: string, sent: FetchInit) => {
    const response = await connected(address, () => fetch(address, sent))
    onResponse(response.status)
    // A response of another make stands for one of this realm.
    return response as Response
  }
  const sendThroughMiddleware = () => {
    const own = new Request(url, init)
    return throughMiddleware(middleware, own, context(), async (request) => {
      checkUrl(request.url)
      return send(request.url, await initOf(init, request, own))
    })
  }
  const response = await (middleware.length ? sendThroughMiddleware() : send(url, init))
  return connected(url, () => read(response, given))
}
