/** Options of the client and of a call. */

/** What the client sets for every call, and a call can set for itself. */
type SharedOptions = {
  /** Address of the API without a trailing slash, for example `http://127.0.0.1:4010/api/v1` for the mock. Default: KOMOJU's. */
  baseUrl?: string | undefined
  /** What sends the requests. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds that a whole call may take, with all its tries and the pauses between them. Default: 30000. `Infinity` sets no limit. */
  timeout?: number | undefined
  /** How often a call is tried again after its first try. Default: 2. */
  maxRetries?: number | undefined
  /** Headers to send, beside the client's own. */
  headers?: Headers | Record<string, string> | undefined
  /** How bodies are written: `json`, or `form` with nested parameters in brackets. Default: `json`. */
  bodyFormat?: 'json' | 'form' | undefined
}

export type KomojuOptions = SharedOptions & {
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
