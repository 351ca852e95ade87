/** What the delivery of events is made of, and its options. */
import { createHmac } from 'node:crypto'
import type { OpenApiDocument } from '../../../document.ts'
import type { Validator } from '../../../validator.ts'
import type { Clock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import type { State } from '../state/index.ts'
import type { Storage } from '../storage.ts'
import type { Receiver } from './receivers.ts'

export type WebhookParts = {
  document: OpenApiDocument
  validator: Validator
  state: State
  storage: Storage
  settings: Settings
  clock: Clock
  /** Gets a line about a delivery that failed. */
  log?: ((line: string) => void) | undefined
}

/** How events are delivered, and to whom: at least to one webhook. */
export type DeliveryOptions = { receivers: readonly Receiver[]; retryDelays?: number[] | undefined }

export const secondMs = 1000

/** Signature of a body: HMAC-SHA256 with the webhook's secret, in lower-case hexadecimal. */
export const signatureOf = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex')
