/** What each collection of the storage holds. */
import type { ApiResponse } from '../front.ts'
import type { AccountRecord } from './account.ts'
import type { PaymentRecord } from './payment.ts'
import type { EventRecord } from './state/events.ts'

/** The first response to an idempotency key, and a fingerprint of its request. */
export type RememberedResponse = { fingerprint: string; response: ApiResponse; time: number }

/** What is set for the whole server, or for one merchant, while it runs. */
export type Setting = {
  /** Milliseconds that the clock is ahead: the server's of the machine's, a merchant's of the server's. */
  ahead?: number
  /** Milliseconds that every response takes at least. */
  latency?: number
  /** Share of requests that fail, 0 to 1. */
  errorRate?: number
  /** Seed that decides which requests fail. */
  seed?: number
  /** Whether deliveries of events wait. */
  isPaused?: boolean
}

/** Documents by collection. */
export type Documents = {
  payments: PaymentRecord
  accounts: AccountRecord
  events: EventRecord
  idempotency: RememberedResponse
  settings: Setting
}
