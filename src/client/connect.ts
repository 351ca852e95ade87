/** The openapi-fetch client, with the API's authentication, forms, retries and checks. */
import createClient, { type Client, mergeHeaders } from 'openapi-fetch'
import { deliver } from './deliver.ts'
import { formOf } from './form.ts'
import type { CallOptions, KomojuOptions } from './options.ts'

const formType = 'application/x-www-form-urlencoded'

const refuse = (message: string): never => {
  throw new TypeError(message)
}

const originOf = (address: string) => {
  try {
    return new URL(address).origin
  } catch {
    return refuse('baseUrl is not an address. Use one such as http://127.0.0.1:4010/api/v1.')
  }
}

/** An id goes into the path: an empty one, or one with a slash or dots, would address something else. */
const pathOf = (path: string, ids: Record<string, unknown>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = String(ids[name] ?? '')
    return /^\w+$/.test(id) ? id : refuse(`${name} is not an identifier. Use the id of an object of the API: letters and digits.`)
  })

const bodyOf = (body: object, headers: Headers) => (headers.get('Content-Type')?.startsWith(formType) ? formOf(body) : JSON.stringify(body))

type Init = CallOptions & { body?: unknown }
type Send = (...target: [...string[], Init]) => Promise<unknown>

/**
 * Makes a client.
 * @param options of the client
 * @param home address of the API, which live keys may be sent to
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const connect = <Paths extends object>(options: KomojuOptions, home: string): Client<Paths> => {
  const { secretKey = '', baseUrl = home } = options
  if (!/^sk_[!-9;-~]+$/.test(secretKey))
    refuse('secretKey is missing, or is none: a secret key of KOMOJU starts with sk_ and has no spaces.')
  if ('document' in globalThis && !options.dangerouslyAllowBrowser)
    refuse('In a browser page everyone can read the secret key. Set dangerouslyAllowBrowser if that is what you want.')
  const checkKey = (address: string) => {
    if (originOf(address) !== originOf(home) && secretKey.startsWith('sk_live_') && !options.dangerouslyAllowLiveKey)
      refuse('A live secret key is about to leave for a server that is not KOMOJU. Use a test key, or set dangerouslyAllowLiveKey.')
  }
  checkKey(baseUrl)

  const client = createClient<Paths>({
    baseUrl,
    headers: { Authorization: `Basic ${btoa(`${secretKey}:`)}`, ...options.headers },
    bodySerializer: (body: unknown, headers?: Headers) => bodyOf(body as object, headers!),
    pathSerializer: pathOf,
    querySerializer: { array: { style: 'form', explode: false } },
    // The API redirects nobody, and a redirect would carry card data elsewhere.
    redirect: 'manual',
  } as Parameters<typeof createClient>[0])

  for (const method of ['request', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const call = client[method] as unknown as Send
    const withOptions: Send = (...target) => {
      const init = (typeof target.at(-1) === 'object' ? target.pop() : {}) as Init
      const isForm = init.body !== undefined && (init.bodyFormat ?? options.bodyFormat) === 'form'
      return call(...(target as string[]), {
        ...init,
        headers: mergeHeaders(isForm ? { 'Content-Type': formType } : {}, init.headers) as never,
        fetch: ((request: Request) => {
          checkKey(request.url)
          return deliver(request, {
            send: init.fetch ?? options.fetch ?? globalThis.fetch,
            timeout: init.timeout ?? options.timeout ?? 30_000,
            maxRetries: init.maxRetries ?? options.maxRetries ?? 2,
            idempotencyKey: init.idempotencyKey,
          })
        }) as typeof fetch,
      })
    }
    client[method] = withOptions as never
  }
  return client
}
