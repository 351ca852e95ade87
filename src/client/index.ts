/** The typed client of the KOMOJU API: `import { Komoju } from 'komoju-openapi'`. */
import type { KonbiniRequest } from '../../generated/schema.d.ts'

export type { Middleware } from 'openapi-fetch'
export * from '../../generated/client.ts'
export type * from '../../generated/schema.d.ts'
export type { ApiPromise, Pages } from './call.ts'
export * from './errors.ts'
export type { HeadersLike, HeadersLike as WebhookHeaders } from './headers.ts'
export type { CallOptions, Fetch, FetchInit, FetchResponse, KomojuOptions, RequestEvent, ResponseEvent, RetryEvent } from './options.ts'
export type { BodyInput, Choosing, Chosen, QueryInput } from './select.ts'
export { isPaymentEvent, verifyWebhook, type WebhookBody } from './webhook.ts'

/** Chain of convenience stores that a request can name. */
export type KonbiniStore = KonbiniRequest['store']
