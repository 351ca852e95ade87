/** The typed client of the KOMOJU API: `import { Komoju } from 'komoju-openapi'`. */
export type { Middleware } from 'openapi-fetch'
export * from '../../generated/client.ts'
export type * from '../../generated/schema.d.ts'
export * from './errors.ts'
export type { CallOptions, KomojuOptions } from './options.ts'
export { verifyWebhook, type WebhookHeaders } from './webhook.ts'
