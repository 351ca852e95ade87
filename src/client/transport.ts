/** Sends requests to the API: with its authentication, its checks and its retries, and with nothing but what every `fetch` knows. */
import { type Delivered, deliver } from './deliver.ts'
import { exchange } from './exchange.ts'
import { mergeHeaders } from './headers.ts'
import type { CallOptions, KomojuOptions } from './options.ts'
import { checkNumber, reject } from './reject.ts'
import { formType } from './request.ts'

const idempotencyHeader = 'x-komoju-idempotency'

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
    (left, part) => left.replaceAll(btoa(part).replace(/={1,2}$/, ''), '[hidden]'),
    text.replaceAll(secretKey, '[hidden]'),
  )

/** Calls a hook; what it throws, at once or later, is its own. */
const tell = async <Event>(hook: ((event: Event) => unknown) | undefined, event: Event) => {
  try {
    await hook?.(event)
  } catch {}
}

/** Checks what a client is made with, and returns the check of addresses that calls go to. */
const checkOptions = ({ secretKey = '', baseUrl, ...allowed }: KomojuOptions, home: string) => {
  if (!/^sk_[!#-9;-[\]-~]+$/.test(secretKey)) reject('secretKey: pass a secret key of KOMOJU, which starts with sk_')
  if ('document' in globalThis && !allowed.dangerouslyAllowBrowser)
    reject('secretKey is public in a browser page: set dangerouslyAllowBrowser to allow it')
  const checkUrl = (address: string) => {
    if (addressOf(address).origin !== new URL(home).origin && secretKey.startsWith('sk_live_') && !allowed.dangerouslyAllowLiveKey)
      reject('secretKey is live and baseUrl is not of KOMOJU: set dangerouslyAllowLiveKey to allow it')
  }
  const usual = baseUrl ?? home
  checkUrl(usual)
  // The slash ends the host, so what begins like this has its origin: nothing to parse.
  const beginning = `${usual.replace(/\/$/, '')}/`
  return (address: string) => address.startsWith(beginning) || checkUrl(address)
}

/** Headers by their names in lower case. */
type PlainHeaders = Record<string, string>

type Transport = {
  /** Headers of a call: the client's own, and those of its options and the call's. */
  headersOf: (method: string, given: CallOptions, hasBody: boolean) => PlainHeaders
  /** Sends a request until it gets a response of the API. */
  send: (request: { method: string; url: string; headers: PlainHeaders; body: string | null }, given: CallOptions) => Promise<Delivered>
}

/**
 * What sends the calls of a client.
 * @param home address of the API, which live keys may be sent to
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const transportOf = (options: KomojuOptions, home: string): Transport => {
  const checkUrl = checkOptions(options, home)
  const { secretKey = '', dangerouslyAllowBrowser: _browser, dangerouslyAllowLiveKey: _live, ...shared } = options
  const hide = hider(secretKey)
  const authorization = `Basic ${btoa(`${secretKey}:`)}`

  const headersOf: Transport['headersOf'] = (method, given, hasBody) => {
    const bodyType = (given.bodyFormat ?? options.bodyFormat) === 'form' ? formType : 'application/json'
    const key = method === 'POST' ? given.idempotencyKey || randomKey() : undefined
    if (key && !/^[ -~]{1,100}$/.test(key)) reject('idempotencyKey: pass 1 to 100 characters of ASCII')
    const own = {
      authorization,
      'content-type': hasBody ? bodyType : undefined,
      [idempotencyHeader]: key,
    }
    return mergeHeaders(own, options.headers, given.headers)
  }

  const send: Transport['send'] = async ({ method, url, headers, body }, given) => {
    const own = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const {
      fetch = globalThis.fetch,
      timeout = 30_000,
      maxRetries = 2,
      maxResponseSize = 2 ** 24,
      onRequest,
      onResponse,
      onRetry,
      signal,
      baseUrl: _address,
      headers: _headers,
      bodyFormat: _format,
      idempotencyKey: _key,
      ...init
    }: typeof shared & CallOptions = { ...shared, ...own }
    if (!fetch) reject('fetch: pass one, this runtime has none')
    checkUrl(url)
    for (const [name, value] of Object.entries({ timeout, maxRetries, maxResponseSize })) checkNumber(name, value)
    const idempotencyKey = headers[idempotencyHeader]
    if (method === 'POST' && !idempotencyKey?.trim()) reject(`headers: leave ${idempotencyHeader} to the option idempotencyKey`)
    const eventOf = (attempt: number) => ({ method, url, attempt, idempotencyKey })

    return deliver({
      send: (attempt, signal) => {
        const started = Date.now()
        tell(onRequest, eventOf(attempt))
        return exchange({
          url,
          // The API redirects nobody, and a redirect would carry card data elsewhere.
          init: { ...init, method, headers, body, redirect: 'manual', signal },
          fetch,
          onResponse: (status) => tell(onResponse, { ...eventOf(attempt), status, duration: Date.now() - started }),
          hide,
          limit: maxResponseSize,
        })
      },
      onRetry: (attempt, status, delay) => tell(onRetry, { ...eventOf(attempt), status, delay }),
      timeout,
      // Only a POST has a key that keeps a repeated one from paying twice, and an update can pay, too.
      maxRetries: method === 'POST' || !body?.includes('payment_details') ? maxRetries : 0,
      signal,
      idempotencyKey,
    })
  }

  return { headersOf, send }
}
