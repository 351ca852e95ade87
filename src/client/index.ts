/** The typed client of the KOMOJU API: `import { Komoju } from 'komoju-openapi'`. */
export type { Middleware } from 'openapi-fetch'
export * from '../../generated/client.ts'
export type * from '../../generated/schema.d.ts'
export type { Pages } from './call.ts'
export * from './errors.ts'
export type { CallOptions, KomojuOptions } from './options.ts'
export type { Choosing, Chosen } from './select.ts'
export { verifyWebhook, type WebhookBody, type WebhookHeaders } from './webhook.ts'
