/** Webhooks of a sandbox: where events go, signed with which secret, and which ones. */
import { randomBytes } from 'node:crypto'
import type { OpenApiDocument } from '../../../document.ts'

/** A webhook, as a user describes it. */
export type WebhookOption = {
  /** Address that receives the events. */
  url: string
  /** Secret that signs them. That of `webhookSecret`, if not given. */
  secret?: string | undefined
  /** Types of the events that it gets, for example `payment.captured`. All, if not given. Pings come anyway. */
  events?: readonly string[] | undefined
}

export type Receiver = { url: string; secret: string; events?: readonly string[] | undefined }

export type WebhookOptions = {
  /** Address that receives all events. Without any webhook, events are kept and not delivered. */
  webhookUrl?: string | undefined
  /** Secret that signs events where a webhook has none of its own. One is made where none is given. */
  webhookSecret?: string | undefined
  /** Webhooks beside that of `webhookUrl`. */
  webhooks?: readonly WebhookOption[] | undefined
  /** Milliseconds before the second, the third … try of a delivery; after the last, the event has failed. 1 s, 5 s, 30 s, 2 min and 10 min if not given. */
  retryDelays?: number[] | undefined
}

/** A secret that nobody can guess. */
export const newWebhookSecret = () => `whsec_${randomBytes(24).toString('base64url')}`

/**
 * The webhooks, the first one first.
 * @throws {Error} for an address with a user or a password, which no delivery could send, for one that stands twice, and for an
 * event that does not exist
 */
export const receiversOf = ({ webhookUrl, webhookSecret, webhooks = [] }: WebhookOptions, document: OpenApiDocument): Receiver[] => {
  const all = [...(webhookUrl === undefined ? [] : [{ url: webhookUrl }]), ...webhooks]
  const secret = webhookSecret || newWebhookSecret()
  for (const [index, { url, events = [] }] of all.entries()) {
    if (/^https?:\/\/[^/?#]*@/i.test(url))
      throw new Error('The address of the webhook holds a user or a password. Leave them out: events are signed with the webhook secret.')
    if (all.findIndex((other) => other.url === url) !== index) throw new Error(`The webhook ${url.split(/[?#]/, 1)} is given twice.`)
    // A secret may stand behind it, as in `payment.captured,secret=…`.
    const [unknown] = events.find((type) => !(type in document.webhooks))?.split(/[^\w.]/, 1) ?? []
    if (unknown !== undefined) throw new Error(`There is no event ${unknown}. There are ${Object.keys(document.webhooks).join(', ')}.`)
  }
  return all.map((webhook: WebhookOption) => ({ ...webhook, secret: webhook.secret || secret }))
}

/** Whether a webhook gets events of a type. A ping tests each of them. */
export const isWanted = ({ events }: Receiver, type: string): boolean => type === 'ping' || events === undefined || events.includes(type)

/** Address by which records name a webhook: none for the first, as before there were several. */
export const receiverName = (receivers: readonly Receiver[], { url }: Receiver): string | undefined =>
  url === receivers[0]?.url ? undefined : url
