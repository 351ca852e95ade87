/** What the delivery of events is made of, and its options. */
import { createHmac, randomBytes } from 'node:crypto'
import type { OpenApiDocument } from '../../../document.ts'
import type { Validator } from '../../../validator.ts'
import type { Clock } from '../clock.ts'
import type { State } from '../state/index.ts'
import type { Storage } from '../storage.ts'

export type WebhookOptions = {
  /** Address that receives the events. Without it, events are kept and not delivered. */
  webhookUrl?: string | undefined
  /** Secret that signs them. One is made where none is given. */
  webhookSecret?: string | undefined
  /** Milliseconds before the second, the third … try of a delivery. After the last, the event has failed. */
  retryDelays?: number[] | undefined
}

export type WebhookParts = { document: OpenApiDocument; validator: Validator; state: State; storage: Storage; clock: Clock }

/** Options of a sandbox that has a webhook. */
export type DeliveryOptions = WebhookOptions & { webhookUrl: string }

export const secondMs = 1000

/** Signature of a body: HMAC-SHA256 with the webhook's secret, in lower-case hexadecimal. */
export const signatureOf = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex')

/** A secret that nobody can guess. */
export const newWebhookSecret = () => `whsec_${randomBytes(24).toString('base64url')}`
