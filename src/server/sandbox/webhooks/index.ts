/** Webhooks: events go to the merchant's server, signed, in order for each payment, again until they are received. */
import { notFound, Rejection } from '../rejection.ts'
import type { EventRecord } from '../state/events.ts'
import { createLeaderDispatcher, createLocalDispatcher, type Dispatcher } from './dispatcher.ts'
import type { WebhookOptions, WebhookParts } from './parts.ts'

export { newWebhookSecret, signatureOf, type WebhookOptions } from './parts.ts'
export type Webhooks = ReturnType<typeof createWebhooks>

const dispatcherOf = (parts: WebhookParts, { webhookUrl, ...options }: WebhookOptions): Dispatcher | undefined => {
  if (webhookUrl === undefined) return
  const { shared } = parts.storage
  const delivery = { ...options, webhookUrl }
  return shared ? createLeaderDispatcher(parts, delivery, shared) : createLocalDispatcher(parts, delivery)
}

/** @throws {Error} for an address with a user or a password, which no delivery could send */
export const checkWebhookUrl = (url: string | undefined) => {
  if (url !== undefined && /^https?:\/\/[^/?#]*@/i.test(url))
    throw new Error('The address of the webhook holds a user or a password. Leave them out: events are signed with the webhook secret.')
}

/** Makes what delivers the events of a state, once it is started. Without an address it does nothing. */
export const createWebhooks = (parts: WebhookParts, options: WebhookOptions) => {
  const { state, storage } = parts
  const { webhookUrl: url } = options
  const dispatcher = dispatcherOf(parts, options)
  /** @throws {Rejection} `unprocessable_entity` for a sandbox without a webhook, which would deliver nothing */
  const requireDispatcher = (): Dispatcher => {
    if (dispatcher) return dispatcher
    throw new Rejection('unprocessable_entity', 'There is no webhook to deliver to: start the sandbox with --webhook-url.')
  }
  return {
    url,
    /** Begins to deliver, with what an earlier process left. */
    start: async () => dispatcher?.start(),
    /**
     * Makes an event of a merchant, or of the server, that tests the webhook.
     * @throws {Rejection} `unprocessable_entity` for a sandbox without a webhook
     */
    ping: async (merchant?: string) => {
      requireDispatcher()
      await state.ping(merchant)
    },
    /**
     * Delivers an event again, whatever became of it.
     * @throws {Rejection} `not_found` for an event that does not exist, `unprocessable_entity` for a sandbox without a webhook
     */
    resend: async (id: string) => {
      const record = await storage.get('events', id)
      if (!record) throw notFound()
      const { enqueue } = requireDispatcher()
      const again: EventRecord = { ...record, state: 'pending', triesBefore: record.deliveries.length }
      await state.saveEvent(again)
      enqueue(again)
    },
    /** Stops. What is not delivered stays pending. */
    close: () => dispatcher?.close(),
  }
}
