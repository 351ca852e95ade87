/** Webhooks: events go to the merchant's server, signed, in order for each payment, again until they are received. */
import { notFound, Rejection } from '../rejection.ts'
import { type EventRecord, forReceiver, recordIdOf } from '../state/events.ts'
import { createLeaderDispatcher, createLocalDispatcher, type Dispatcher } from './dispatcher.ts'
import type { DeliveryOptions, WebhookParts } from './parts.ts'
import { receiverName } from './receivers.ts'

export { signatureOf } from './parts.ts'
export { newWebhookSecret, type WebhookOption, type WebhookOptions } from './receivers.ts'
export type Webhooks = ReturnType<typeof createWebhooks>

/** The most events that are sent again at once. */
const maxResent = 10_000

const dispatcherOf = (parts: WebhookParts, options: DeliveryOptions): Dispatcher | undefined => {
  if (options.receivers.length === 0) return
  const { shared } = parts.storage
  return shared ? createLeaderDispatcher(parts, options, shared) : createLocalDispatcher(parts, options)
}

/** Makes what delivers the events of a state, once it is started. Without an address it does nothing. */
export const createWebhooks = (parts: WebhookParts, options: DeliveryOptions) => {
  const { state, storage, settings } = parts
  const urls = options.receivers.map(({ url }) => url)
  const names = options.receivers.map((receiver) => receiverName(options.receivers, receiver))
  /** Names of an event's records, or of a payment's queues: one a webhook. */
  const namesFor = (name: string) => (names.length === 0 ? [name] : names.map((receiver) => forReceiver(name, receiver)))
  const dispatcher = dispatcherOf(parts, options)
  /** @throws {Rejection} `unprocessable_entity` for a sandbox without a webhook, which would deliver nothing */
  const requireDispatcher = (): Dispatcher => {
    if (dispatcher) return dispatcher
    throw new Rejection('unprocessable_entity', 'There is no webhook to deliver to: start the sandbox with --webhook-url.')
  }
  const resendRecord = async (record: EventRecord) => {
    const { enqueue } = requireDispatcher()
    const again = await state.changeEvent(recordIdOf(record), (before) => ({
      ...before,
      state: 'pending',
      triesBefore: before.deliveries.length,
      timesSentAgain: (before.timesSentAgain ?? 0) + 1,
      next_try_at: undefined,
    }))
    if (again) enqueue(again)
  }
  return {
    /** Addresses of the webhooks. */
    urls,
    /** Queues of a payment's events, one a webhook. */
    queuesOf: namesFor,
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
     * @param id of an event, which goes to all webhooks that got it, or of its record for one of them
     * @param merchant whose event it has to be
     * @throws {Rejection} `not_found` for an event that does not exist, `unprocessable_entity` for a sandbox without a webhook
     */
    resend: async (id: string, merchant?: string) => {
      const found = await Promise.all(namesFor(id).map((each) => storage.get('events', each)))
      const records = found.flatMap((record) => record ?? [])
      if (records.length === 0 || records.some((record) => merchant !== undefined && (record.merchant ?? merchant) !== merchant))
        throw notFound()
      for (const record of records) await resendRecord(record)
    },
    /**
     * Delivers events of a merchant, or of all, again: those since a time, or those that failed.
     * @param since time of the oldest, ISO 8601
     * @returns how many, at most 10,000
     * @throws {Rejection} `unprocessable_entity` for a sandbox without a webhook
     */
    resendMany: async (merchant?: string, since?: string): Promise<number> => {
      requireDispatcher()
      const where = { ...(merchant !== undefined && { merchant }), ...(since === undefined && { state: 'failed' }) }
      const range = since === undefined ? undefined : { property: 'created_at', from: since }
      const ids = await storage.ids('events', { where, ...(range && { range }), order: 'oldest', take: maxResent })
      let count = 0
      for (const id of ids) {
        const record = await storage.get('events', id)
        // One for an address that is no webhook of this sandbox any more would wait for ever.
        if (!record || !names.includes(record.receiver)) continue
        await resendRecord(record)
        count++
      }
      return count
    },
    /** Holds the deliveries of a merchant, or of all, or lets them go on. Events wait meanwhile. */
    pause: (merchant: string | undefined, isPaused: boolean) => settings.change(merchant, (before) => ({ ...before, isPaused })),
    /** Stops. What is not delivered stays pending. */
    close: () => dispatcher?.close(),
  }
}
