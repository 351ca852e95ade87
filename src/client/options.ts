/** Options of the client and of a call. */
import type { HeadersLike } from './headers.ts'

/** What a `fetch` gets beside the address: what every `fetch` knows, never a `Request` or `Headers`, which are of one make only. */
export type FetchInit = {
  method: string
  headers: Record<string, string>
  body: string | null
  redirect: 'manual'
  signal: AbortSignal
}

/** What is read of a response, of any make. */
export type FetchResponse = { ok: boolean; status: number; headers: { get: (name: string) => string | null }; text: () => Promise<string> }

/** The global `fetch`, undici's, node-fetch's, or a function around one of them. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

/** What the client sets for every call, and a call can set for itself. */
export type SharedOptions = {
  /** Address of the API without a trailing slash, for example `http://127.0.0.1:4010/api/v1` for the mock. Default: KOMOJU's. */
  baseUrl?: string | undefined
  /** What sends the requests: it is called with an address and options. Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds that a whole call may take, with all its tries and the pauses between them. A `Retry-After` that asks for longer than what is left ends the call. Default: 30000. `Infinity` sets no limit. */
  timeout?: number | undefined
  /** How often a call is tried again after its first try. Default: 2. An update with `payment_details` is not: it pays, and has no idempotency key. */
  maxRetries?: number | undefined
  /** Bytes that a response may have, once decompressed. Default: 16777216, 16 MiB. */
  maxResponseSize?: number | undefined
  /** Headers to send, beside the client's own. */
  headers?: HeadersLike | undefined
  /** How bodies are written: `json`, or `form` with nested parameters in brackets. Default: `json`. */
  bodyFormat?: 'json' | 'form' | undefined
}

/** A request that is about to be sent. Neither this nor what extends it holds a secret. */
export type RequestEvent = {
  /** HTTP method, for example `POST`. */
  method: string
  url: string
  /** Number of the try, from 1. */
  attempt: number
  /** Key that all tries of the call share. Undefined for calls without one. */
  idempotencyKey: string | undefined
}

/** A response that arrived, of a success or of an error. */
export type ResponseEvent = RequestEvent & {
  /** HTTP status, for example 200. */
  status: number
  /** Milliseconds from the request to the headers of the response. */
  duration: number
}

/** A try that failed, and is followed by another. */
export type RetryEvent = RequestEvent & {
  /** HTTP status. Undefined where no response arrived. */
  status: number | undefined
  /** Milliseconds until the next try. */
  delay: number
}

/** Functions to log with. What they throw is ignored: a log must not undo a payment. */
export type Hooks = {
  /** Called before each try. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined
  /** Called when a response arrives. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined
  /** Called before the pause that precedes another try. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined
}

export type KomojuOptions = SharedOptions &
  Hooks & {
    /** Secret key of the merchant; it starts with `sk_`. Missing keys are rejected when the client is made, so an environment variable fits. */
    secretKey: string | undefined
    /** Allows use in a browser page, where everyone who opens the page can read the secret key. Default: false. */
    dangerouslyAllowBrowser?: boolean | undefined
    /** Allows a live key, one that starts with `sk_live_`, to be sent to a server that is not KOMOJU's. Default: false. */
    dangerouslyAllowLiveKey?: boolean | undefined
  }

export type CallOptions = SharedOptions & {
  /** Aborts the call, between its tries too. */
  signal?: AbortSignal | undefined
  /**
   * Key that makes a POST safe to repeat: for 24 hours KOMOJU returns the first response to the same key. At most 100 ASCII characters.
   * Default: a new random key for each call, the same for all its tries.
   */
  idempotencyKey?: string | undefined
}
