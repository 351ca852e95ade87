/** The openapi-fetch client, with the API's authentication, forms, retries and checks. */
import createClient, { type ClientOptions } from 'openapi-fetch'
import { deliver, idempotencyHeader, type Outcome } from './deliver.ts'
import { formOf } from './form.ts'
import type { CallOptions, KomojuOptions } from './options.ts'
import type { TypedClient } from './typed-client.ts'

const formType = 'application/x-www-form-urlencoded'

const reject = (message: string): never => {
  throw new TypeError(message)
}

const originOf = (address: string) => {
  try {
    return new URL(address).origin
  } catch {
    return reject('baseUrl: pass an address such as http://127.0.0.1:4010/api/v1')
  }
}

/** An id goes into the path: an empty one, or one with a slash or dots, would address something else. */
const pathOf = (path: string, ids: Record<string, unknown>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = String(ids[name] ?? '')
    return /^\w+$/.test(id) ? id : reject(`${name}: pass the identifier of an object, letters and digits`)
  })

const bodyOf = (body: object, headers: Headers) => (headers.get('Content-Type')?.startsWith(formType) ? formOf(body) : JSON.stringify(body))

/** Headers of any kind as an object: what a `Headers` holds is not in its own properties. */
const plain = (headers: object = {}) => (Symbol.iterator in headers ? Object.fromEntries(headers as Iterable<[string, string]>) : headers)

const keyOf = (key: string = crypto.randomUUID()) =>
  /^[ -~]{1,100}$/.test(key) ? key : reject('idempotencyKey: pass 1 to 100 characters of ASCII')

type Init = CallOptions & { body?: unknown; parseAs?: string }
type Call = (method: string, path: string, init: object) => Promise<Outcome>

/**
 * Makes a client.
 * @param options of the client
 * @param home address of the API, which live keys may be sent to
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const connect = <Paths extends object>(options: KomojuOptions, home: string): TypedClient<Paths> => {
  const { secretKey = '', baseUrl = home } = options
  if (!/^sk_[!-9;-~]+$/.test(secretKey)) reject('secretKey: pass a secret key of KOMOJU, which starts with sk_')
  if ('document' in globalThis && !options.dangerouslyAllowBrowser)
    reject('secretKey is public in a browser page: set dangerouslyAllowBrowser to allow it')
  const checkKey = (address: string) => {
    if (originOf(address) !== originOf(home) && secretKey.startsWith('sk_live_') && !options.dangerouslyAllowLiveKey)
      reject('secretKey is live and baseUrl is not of KOMOJU: set dangerouslyAllowLiveKey to allow it')
  }
  checkKey(baseUrl)

  // Sending the text of a body takes a fifth less time than sending the stream that a Request makes of it.
  // A middleware's own Request has no text here, and goes out as it is.
  const bodies = new WeakMap<Request, BodyInit>()
  function RequestWithBody(url: string, init: RequestInit) {
    const request = new Request(url, init)
    if (init.body) bodies.set(request, init.body)
    return request
  }
  RequestWithBody.prototype = Request.prototype

  const client = createClient<Paths>({
    baseUrl,
    Request: RequestWithBody,
    headers: { Authorization: `Basic ${btoa(`${secretKey}:`)}`, ...plain(options.headers) },
    bodySerializer: (body: unknown, headers?: Headers) => bodyOf(body as object, headers!),
    pathSerializer: pathOf,
    querySerializer: { array: { style: 'form', explode: false } },
    // The API redirects nobody, and a redirect would carry card data elsewhere.
    redirect: 'manual',
  } as unknown as ClientOptions)

  const call = client.request as unknown as Call
  const request = (method: string, path: string, init: Init = {}) => {
    const { headers: given = {}, signal, ...rest } = init
    const isForm = (init.bodyFormat ?? options.bodyFormat) === 'form'
    const headers = {
      ...(rest.body !== undefined && isForm && { 'Content-Type': formType }),
      // Made once a call, so that every try carries the same key.
      ...(/^post$/i.test(method) && { [idempotencyHeader]: keyOf(init.idempotencyKey || undefined) }),
      ...plain(given),
    }
    const send = init.fetch ?? options.fetch ?? globalThis.fetch
    return deliver({
      attempt: (exchange) =>
        call(method, path, {
          ...rest,
          headers,
          fetch: (request: Request, extension?: RequestInit) => {
            checkKey(request.url)
            return exchange(request, (signal) => send(request, { ...extension, signal, body: bodies.get(request) } as RequestInit))
          },
        }),
      timeout: init.timeout ?? options.timeout ?? 30_000,
      maxRetries: init.maxRetries ?? options.maxRetries ?? 2,
      signal,
      isRaw: rest.parseAs !== undefined,
    })
  }
  const methods = client as unknown as Record<string, unknown>
  for (const method in methods) if (/^[A-Z]+$/.test(method)) methods[method] = (path: string, init?: Init) => request(method, path, init)
  return Object.assign(client, { request }) as never
}
