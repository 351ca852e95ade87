/** One try to deliver an event to the merchant's server. */
import { asError } from '../../../as-error.ts'
import { resolveRef, type Schema } from '../../../document.ts'
import { withoutSecrets } from '../../../secrets.ts'
import { newId } from '../random.ts'
import type { Delivery, EventRecord } from '../state/events.ts'
import { isoTime } from '../time.ts'
import { secondMs, signatureOf, type WebhookParts } from './parts.ts'
import type { Receiver } from './receivers.ts'

/** How long a receiver has for its response. */
const deliveryTimeoutMs = 10 * secondMs

/** Characters that are kept of a receiver's response. */
const maxResponseLength = 1000

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

/** What a response begins with: enough to see why an event was not received. A receiver may repeat the secret that it was signed with. */
const beginningOf = async ({ body }: Response, secret: string): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    // A secret that begins within what is kept is read to its end.
    if (text.length >= maxResponseLength + secret.length) break
  }
  return withoutSecrets(text.replaceAll(secret, '[hidden]')).slice(0, maxResponseLength)
}

/**
 * Makes what sends one event once to a webhook.
 * @param closing ends a delivery that is under way
 */
export const createEventSender = ({ document, validator, clock }: WebhookParts, receiver: Receiver, closing: AbortSignal) => {
  const schemaOf = (type: string): Schema =>
    resolveRef(document, document.webhooks[type]).post.requestBody.content['application/json'].schema

  return async (record: EventRecord): Promise<Attempt> => {
    const { event, merchant } = record
    const started = performance.now()
    const done = (status: number | null, error: string | null, retryAfter: string | null = null, response?: string): Attempt => ({
      delivery: {
        at: isoTime(clock.now(merchant)),
        status,
        error,
        milliseconds: Math.round(performance.now() - started),
        ...(response !== undefined && { response }),
      },
      retryAfterMs: retryAfterOf(retryAfter),
    })
    if (!validator.conforms(schemaOf(event.type), event)) {
      console.error(`Event ${event.type} breaks the document:`, validator.violations(schemaOf(event.type), event))
      return done(null, 'The event breaks the document. This is a bug of the sandbox.')
    }
    const body = JSON.stringify(event)
    try {
      const response = await fetch(receiver.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([closing, AbortSignal.timeout(deliveryTimeoutMs)]),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'Komoju-Webhook',
          // Names the delivery, as the document says. A receiver that tells events apart by it finds out here.
          'X-Komoju-ID': newId(),
          'X-Komoju-Event': event.type,
          'X-Komoju-Signature': signatureOf(body, receiver.secret),
        },
        body,
      })
      return done(response.status, null, response.headers.get('retry-after'), await beginningOf(response, receiver.secret))
    } catch (error) {
      const { message, cause } = asError(error)
      return done(null, cause instanceof Error && cause.message ? cause.message : message)
    }
  }
}
