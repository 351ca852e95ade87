import type { WebhookEvent } from '../../generated/client.ts'
import type { PingEvent } from '../../generated/schema.d.ts'
import { KomojuWebhookError } from './errors.ts'
import { type HeadersLike, pairsOf } from './headers.ts'
import { parsed } from './read.ts'
import { checkNumber, reject } from './reject.ts'

/** Body as it arrived: text, or bytes in whatever holds them, such as a Node `Buffer`. */
export type WebhookBody = string | ArrayBuffer | ArrayBufferView

const signatureOf = (headers: HeadersLike) => String(pairsOf(headers).find(([name]) => name.toLowerCase() === 'x-komoju-signature')?.[1])

/** Bytes as they are now: what changes them during the check does not change what was checked. */
const copyOf = (bytes: ArrayBuffer | ArrayBufferView) => {
  if (!(bytes instanceof ArrayBuffer || ArrayBuffer.isView(bytes)))
    reject('rawBody: pass the body as it arrived, text or bytes, before any parsing')
  const { buffer = bytes as ArrayBuffer, byteOffset, byteLength } = bytes as Partial<ArrayBufferView>
  return new Uint8Array(buffer, byteOffset, byteLength).slice()
}

/**
 * Checks that KOMOJU sent a webhook, in constant time.
 * @param rawBody body as it arrived, before any parsing
 * @param headers headers of the request; `X-Komoju-Signature` is needed
 * @param secret secret of the webhook, from the merchant's settings; several while it is replaced, any of which may have signed
 * @param options `maxAge`: milliseconds that may have passed since the event was made. Default: no limit, since retries can be late.
 * @returns the event; its `type` tells what happened. KOMOJU can add types: let a `switch` have a default
 * @throws {KomojuWebhookError} where the signature is missing or does not fit the body and the secret, the body is no event, or the event is
 * older than `maxAge`
 */
export const verifyWebhook = async (
  rawBody: WebhookBody,
  headers: HeadersLike,
  secret: string | readonly string[] | undefined,
  { maxAge = Number.POSITIVE_INFINITY }: { maxAge?: number | undefined } = {},
): Promise<WebhookEvent> => {
  const secrets = [secret ?? []].flat()
  if (!secrets.length || !secrets.every((one) => one && typeof one === 'string'))
    reject('secret: pass the secret of the webhook, which is not empty')
  checkNumber('maxAge', maxAge)
  const encoder = new TextEncoder()
  const body = typeof rawBody === 'string' ? encoder.encode(rawBody) : copyOf(rawBody)
  const signature = signatureOf(headers)
  if (!/^[\da-f]{64}$/i.test(signature)) throw new KomojuWebhookError('X-Komoju-Signature is missing or is not 64 hexadecimal digits')
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const fits = async (one: string) => {
    const key = await crypto.subtle.importKey('raw', encoder.encode(one), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    return crypto.subtle.verify('HMAC', key, bytes, body)
  }
  if (!(await Promise.all(secrets.map(fits))).includes(true))
    throw new KomojuWebhookError('X-Komoju-Signature does not fit rawBody and secret: either is not the one KOMOJU signed with')
  const event = parsed(new TextDecoder().decode(body)) as WebhookEvent | undefined
  if (typeof event?.type !== 'string') throw new KomojuWebhookError('Body is no event')
  const { created_at } = event
  // A time that is none is of no age.
  if (maxAge < Number.POSITIVE_INFINITY && !(Date.now() - Date.parse(created_at) <= maxAge))
    throw new KomojuWebhookError(`Event is older than ${maxAge} ms: created_at is ${created_at}`)
  return event
}

/**
 * Whether an event is about a payment, so that its `data` is one. A ping is not, nor are events of types that this version does not know, such as
 * `customer.created`: respond with 200, and ignore them.
 */
export const isPaymentEvent = (event: WebhookEvent): event is Exclude<WebhookEvent, PingEvent> => event.data?.resource === 'payment'
