/** The client: openapi-fetch's interface, with the API's authentication, forms, retries and checks. */
import type { Middleware } from 'openapi-fetch'
import { type Call, callOf } from './call.ts'
import { deliver } from './deliver.ts'
import { exchange } from './exchange.ts'
import { mergeHeaders } from './headers.ts'
import type { MiddlewareContext } from './middleware.ts'
import type { KomojuOptions } from './options.ts'
import { reject } from './reject.ts'
import { bodyOf, pathOf, queryOf } from './request.ts'
import type { Init, Params, Send } from './send.ts'
import type { TypedClient } from './typed-client.ts'

const idempotencyHeader = 'x-komoju-idempotency'
const contentType = 'content-type'
const formType = 'application/x-www-form-urlencoded'

const addressOf = (baseUrl: string) => {
  try {
    const url = new URL(baseUrl)
    if (!url.username && !url.password) return url
  } catch {}
  return reject('baseUrl: pass an address such as http://127.0.0.1:4010/api/v1, without a user name or a password')
}

/** At least 122 random bits. Pages without TLS have no `randomUUID`, which is the faster one. */
const randomKey = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-')

/** Hides a secret key in a text, plain and in base64, with the colon of the header and without. */
const hider = (secretKey: string) => (text: string) =>
  [`${secretKey}:`, secretKey].reduce(
    (left, part) => left.replaceAll(btoa(part).replace(/=+$/, ''), '[hidden]'),
    text.replaceAll(secretKey, '[hidden]'),
  )

/** Calls a hook; what it throws, at once or later, is its own. */
const tell = async <Event>(hook: ((event: Event) => unknown) | undefined, event: Event) => {
  try {
    await hook?.(event)
  } catch {}
}

/** Checks what a client is made with, and returns the check of further addresses. */
const checkOptions = ({ secretKey = '', baseUrl, ...allowed }: KomojuOptions, home: string) => {
  if (!/^sk_[!-9;-~]+$/.test(secretKey)) reject('secretKey: pass a secret key of KOMOJU, which starts with sk_')
  if ('document' in globalThis && !allowed.dangerouslyAllowBrowser)
    reject('secretKey is public in a browser page: set dangerouslyAllowBrowser to allow it')
  const checkUrl = (address: string) => {
    if (addressOf(address).origin !== new URL(home).origin && secretKey.startsWith('sk_live_') && !allowed.dangerouslyAllowLiveKey)
      reject('secretKey is live and baseUrl is not of KOMOJU: set dangerouslyAllowLiveKey to allow it')
  }
  checkUrl(baseUrl ?? home)
  return checkUrl
}

const headersOf = (method: string, given: Init, options: KomojuOptions) => {
  const isForm = (given.bodyFormat ?? options.bodyFormat) === 'form'
  const key = method === 'POST' ? given.idempotencyKey || randomKey() : undefined
  if (key && !/^[ -~]{1,100}$/.test(key)) reject('idempotencyKey: pass 1 to 100 characters of ASCII')
  const own = {
    authorization: `Basic ${btoa(`${options.secretKey}:`)}`,
    [contentType]: given.body === undefined ? undefined : isForm ? formType : 'application/json',
    [idempotencyHeader]: key,
  }
  return mergeHeaders(own, options.headers, given.headers, given.params?.header)
}

/** What openapi-fetch tells a middleware beside the request. */
const contextOf = (schemaPath: string, { path = {}, query = {}, header = {} }: Params, options: object): MiddlewareContext => ({
  schemaPath,
  params: { path, query: { ...query }, header },
  id: randomKey(),
  // Without the serializers, which the API's rules replace.
  options: options as MiddlewareContext['options'],
})

const senderOf = (options: KomojuOptions, home: string, hide: (text: string) => string, installed: Middleware[]): Send => {
  const checkUrl = checkOptions(options, home)
  const { secretKey: _key, dangerouslyAllowBrowser: _browser, dangerouslyAllowLiveKey: _live, ...shared } = options
  return async (method, path, given = {}) => {
    const own = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const {
      baseUrl = home,
      fetch = globalThis.fetch,
      timeout = 30_000,
      maxRetries = 2,
      maxResponseSize = 2 ** 24,
      onRequest,
      onResponse,
      onRetry,
      params = {},
      body,
      parseAs = 'json',
      middleware = [],
      signal,
      bodyFormat: _format,
      idempotencyKey: _own,
      ...init
    }: typeof shared & Init = { ...shared, ...own }
    if (!fetch) reject('fetch: pass one, this runtime has none')
    const headers = headersOf(method, given, options)
    const url = baseUrl.replace(/\/$/, '') + pathOf(path, params.path) + queryOf(params.query)
    checkUrl(url)
    const idempotencyKey = headers[idempotencyHeader]
    const text = body === undefined ? null : bodyOf(body, headers[contentType]?.startsWith(formType) ?? false)
    const eventOf = (attempt: number) => ({ method, url, attempt, idempotencyKey })

    return deliver({
      send: (attempt, signal) => {
        const started = Date.now()
        tell(onRequest, eventOf(attempt))
        return exchange({
          url,
          // The API redirects nobody, and a redirect would carry card data elsewhere.
          init: { ...init, method, headers, body: text, redirect: 'manual', signal },
          fetch,
          middleware: [...installed, ...middleware],
          context: () => contextOf(path, params, { baseUrl, parseAs, fetch }),
          checkUrl,
          onResponse: (status) => tell(onResponse, { ...eventOf(attempt), status, duration: Date.now() - started }),
          parseAs,
          hide,
          limit: maxResponseSize,
        })
      },
      onRetry: (attempt, status, delay) => tell(onRetry, { ...eventOf(attempt), status, delay }),
      timeout,
      maxRetries,
      signal,
      idempotencyKey,
    })
  }
}

/**
 * Makes a client.
 * @param options of the client
 * @param home address of the API, which live keys may be sent to
 * @returns the openapi-fetch interface, and what the methods of operations send their calls with
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const connect = <Paths extends object>(options: KomojuOptions, home: string): { client: TypedClient<Paths>; call: Call } => {
  const middleware: Middleware[] = []
  const hide = hider(options.secretKey ?? '')
  const send = senderOf(options, home, hide, middleware)
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [
    method,
    (path: string, init?: Init) => send(method, path, init),
  ])
  const client = {
    ...Object.fromEntries(methods),
    use: (...added: Middleware[]) => void middleware.push(...added),
    eject: (...removed: Middleware[]) => {
      for (const each of removed) if (middleware.includes(each)) middleware.splice(middleware.indexOf(each), 1)
    },
  }
  return { client, call: callOf(send, hide) }
}
