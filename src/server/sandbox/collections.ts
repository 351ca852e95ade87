/** What each collection of the storage holds. */
import type { ApiResponse } from '../front.ts'
import type { AccountRecord } from './account.ts'
import type { PaymentRecord } from './payment.ts'
import type { EventRecord } from './state/events.ts'

/** The first response to an idempotency key, and a fingerprint of its request. */
export type RememberedResponse = { fingerprint: string; response: ApiResponse; time: number }

/** Milliseconds that the sandbox's clock is ahead of the machine's. */
export type ClockSetting = { ahead: number }

/** Documents by collection. */
export type Documents = {
  payments: PaymentRecord
  accounts: AccountRecord
  events: EventRecord
  idempotency: RememberedResponse
  settings: ClockSetting
}
