import type { WebhookEvent } from '../../generated/client.ts'
import { KomojuWebhookError } from './errors.ts'

const encoder = new TextEncoder()

/** Headers of a request, as `fetch` or as Node gives them. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>

const signatureOf = (headers: WebhookHeaders) => {
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers)
  return String(pairs.find(([name]) => name.toLowerCase() === 'x-komoju-signature')?.[1])
}

/**
 * Checks that KOMOJU sent a webhook, in constant time.
 * @param rawBody body as it arrived, before any parsing
 * @param headers headers of the request; `X-Komoju-Signature` is needed
 * @param secret secret of the webhook, from the merchant's settings
 * @returns the event; its `type` tells what happened. KOMOJU can add types: let a `switch` have a default
 * @throws {KomojuWebhookError} where the signature is missing or does not fit the body and the secret
 */
export const verifyWebhook = async (
  rawBody: string | Uint8Array<ArrayBuffer> | ArrayBuffer,
  headers: WebhookHeaders,
  secret: string | undefined,
): Promise<WebhookEvent> => {
  if (!secret) throw new TypeError('secret: pass the secret of the webhook')
  const body = typeof rawBody === 'string' ? encoder.encode(rawBody) : rawBody
  if (!(body instanceof ArrayBuffer || ArrayBuffer.isView(body)))
    throw new TypeError('rawBody: pass the body as it arrived, text or bytes, before any parsing')
  const signature = signatureOf(headers)
  if (!/^[\da-f]{64}$/i.test(signature)) throw new KomojuWebhookError('X-Komoju-Signature is missing or is not 64 hexadecimal digits')
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const bytes = Uint8Array.from(signature.match(/../g)!, (pair) => Number.parseInt(pair, 16))
  if (!(await crypto.subtle.verify('HMAC', key, bytes, body)))
    throw new KomojuWebhookError('X-Komoju-Signature does not fit rawBody and secret: either is not the one KOMOJU signed with')
  return JSON.parse(new TextDecoder().decode(body))
}
