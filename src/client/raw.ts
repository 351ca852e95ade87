/** openapi-fetch's client, set up for the API: its transport sends what openapi-fetch makes of a call. */
import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MaybeOptionalInit,
  type Middleware,
  type ParseAs,
  type ParseAsResponse,
} from 'openapi-fetch'
import { type HeadersLike, mergeHeaders } from './headers.ts'
import type { CallOptions, KomojuOptions } from './options.ts'
import { bodyOf, pathOf, queryOf } from './request.ts'
import { transportOf } from './transport.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
type Method = (typeof methods)[number]

type BodyOf<Result> = Result extends { content: { 'application/json': infer Body } } ? Body : never

// openapi-fetch's own `FetchResponse` turns open sets such as `ErrorCode` into objects.
type Result<Operation, Init> = Operation extends { responses: infer Responses }
  ?
      | { data: ParseAsResponse<BodyOf<Responses[200 & keyof Responses]>, Init>; error?: never; response: Response }
      | { data?: never; error: BodyOf<Responses[Exclude<keyof Responses, 200>]>; response: Response }
  : never

// openapi-fetch's own `ClientMethod` takes other options with any value.
type Send<Paths extends object, M extends Method> = <
  Path extends ClientPathsWithMethod<Client<Paths>, M>,
  Init extends MaybeOptionalInit<Paths[Path], M & keyof Paths[Path]>,
>(
  path: Path,
  ...init: undefined extends Init ? [init?: Init & CallOptions] : [init: Init & CallOptions]
) => Promise<Result<Paths[Path][M & keyof Paths[Path]], Init>>

/** openapi-fetch's client, whose methods also take the options of a call. */
export type RawClient<Paths extends object> = Pick<Client<Paths>, 'use' | 'eject'> & { [M in Method as Uppercase<M>]: Send<Paths, M> }

type Init = CallOptions & {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: HeadersLike }
  body?: unknown
  parseAs?: ParseAs
  middleware?: Middleware[]
}

/** What openapi-fetch has to know of an operation to send a body. */
type AnyOperation = { requestBody?: { content: { 'application/json': unknown } } }

/** Response that openapi-fetch parses, which is of this realm and can be read once more. */
const responseOf = (text: string, { status, statusText, headers }: Response) =>
  // Headers of another make may know no more than to be asked for one.
  new Response(text, { status, statusText, headers: Symbol.iterator in headers ? headers : { 'Content-Type': 'application/json' } })

/**
 * Makes openapi-fetch's client for the paths of the document.
 * @param home address of the API, which live keys may be sent to
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const rawClientOf = <Paths extends object>(options: KomojuOptions, home: string): RawClient<Paths> => {
  const { headersOf, send } = transportOf(options, home)
  const client = createClient<Record<string, Record<Method, AnyOperation>>>({ pathSerializer: pathOf, querySerializer: queryOf })

  const request = async (method: Method, path: string, init: Init = {}) => {
    const { params, body, parseAs = 'json', middleware = [], ...given } = init
    const headers = mergeHeaders(headersOf(method.toUpperCase(), given, body !== undefined), params?.header)
    return client.request(method, path, {
      bodySerializer: () => bodyOf(body, headers),
      ...given,
      signal: given.signal ?? null,
      baseUrl: given.baseUrl ?? options.baseUrl ?? home,
      // Without a path, openapi-fetch looks for no parameters in it.
      params: { path: {}, ...params },
      headers,
      body,
      parseAs,
      middleware,
      fetch: async (made: Request) => {
        const sent = { method: made.method, url: made.url, headers: Object.fromEntries(made.headers), body: (await made.text()) || null }
        const { text, response } = await send(sent, { ...given, signal: made.signal })
        return responseOf(text, response)
      },
    })
  }
  const calls = methods.map((method) => [method.toUpperCase(), (path: string, init?: Init) => request(method, path, init)])
  return { use: client.use, eject: client.eject, ...Object.fromEntries(calls) }
}
