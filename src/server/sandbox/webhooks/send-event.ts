/** One try to deliver an event to the merchant's server. */
import { asError } from '../../../as-error.ts'
import { resolveRef, type Schema } from '../../../document.ts'
import type { Delivery, EventRecord } from '../state/events.ts'
import { isoTime } from '../time.ts'
import { type DeliveryOptions, secondMs, signatureOf, type WebhookParts } from './parts.ts'

/** How long a receiver has for its response. */
const deliveryTimeoutMs = 10 * secondMs

/** The longest that a receiver can put off a delivery. */
const maxRetryAfterMs = 24 * 60 * 60 * 1000

/** One delivery, and when its receiver wants the next. */
export type Attempt = { delivery: Delivery; retryAfterMs: number | undefined }

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date; undefined for none, and for one that says nothing. */
const retryAfterOf = (header: string | null): number | undefined => {
  if (header === null) return
  const delay = /^\d+$/.test(header) ? Number(header) * secondMs : Date.parse(header) - Date.now()
  return Number.isNaN(delay) ? undefined : Math.min(Math.max(delay, 0), maxRetryAfterMs)
}

/**
 * Makes what sends one event once.
 * @param closing ends a delivery that is under way
 */
export const createEventSender = (
  { document, validator, clock }: WebhookParts,
  { webhookUrl, webhookSecret = '' }: DeliveryOptions,
  closing: AbortSignal,
) => {
  const schemaOf = (type: string): Schema =>
    resolveRef(document, document.webhooks[type]).post.requestBody.content['application/json'].schema

  return async ({ event, merchant }: EventRecord): Promise<Attempt> => {
    const started = performance.now()
    const done = (status: number | null, error: string | null, retryAfter: string | null = null): Attempt => ({
      delivery: { at: isoTime(clock.now(merchant)), status, error, milliseconds: Math.round(performance.now() - started) },
      retryAfterMs: retryAfterOf(retryAfter),
    })
    if (!validator.conforms(schemaOf(event.type), event)) {
      console.error(`Event ${event.type} breaks the document:`, validator.violations(schemaOf(event.type), event))
      return done(null, 'The event breaks the document. This is a bug of the sandbox.')
    }
    const body = JSON.stringify(event)
    try {
      const response = await fetch(webhookUrl, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([closing, AbortSignal.timeout(deliveryTimeoutMs)]),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'Komoju-Webhook',
          'X-Komoju-ID': event.id,
          'X-Komoju-Event': event.type,
          'X-Komoju-Signature': signatureOf(body, webhookSecret),
        },
        body,
      })
      await response.body?.cancel()
      return done(response.status, null, response.headers.get('retry-after'))
    } catch (error) {
      const { message, cause } = asError(error)
      return done(null, cause instanceof Error && cause.message ? cause.message : message)
    }
  }
}
