/** Webhooks: events go to the merchant's server, signed, in order for each payment, again until they are received. */
import { setTimeout } from 'node:timers/promises'
import { notFound, Rejection } from '../rejection.ts'
import { type EventRecord, forReceiver, indexedStateOf, queueOf, recordIdOf } from '../state/events.ts'
import { createLeaderDispatcher, createLocalDispatcher, type Dispatcher } from './dispatcher.ts'
import type { DeliveryOptions, WebhookParts } from './parts.ts'
import { receiverName } from './receivers.ts'
import { findWaits, ownWaitOf, waitsForRetry } from './waits.ts'

export { signatureOf } from './parts.ts'
export { newWebhookSecret, type WebhookOption, type WebhookOptions } from './receivers.ts'
export type Webhooks = ReturnType<typeof createWebhooks>

/** The most events that are sent again at once. */
const maxResent = 10_000

/** Between two looks whether all deliveries are made. */
const deliveryCheckMs = 10

/** Events among which one that waits for its next try is looked for: the oldest is the likeliest. */
const maxLookedAt = 100

/** What became of events that were sent again. */
export type SentAgain = {
  /** Deliveries that are made now. */
  sent_again: number
  /** Deliveries that are made once deliveries are resumed. */
  paused: number
}

/** What is kept of an event while it is found out what goes out with it. */
type Place = { id: string; queue: string; isStuck: boolean; wait: 'resume' | 'clock' | undefined }

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
  const pendingStates = names.map((receiver) => indexedStateOf({ state: 'pending', receiver }))
  const dispatcher = dispatcherOf(parts, options)
  /** @throws {Rejection} `unprocessable_entity` for a sandbox without a webhook, which would deliver nothing */
  const requireDispatcher = (): Dispatcher => {
    if (dispatcher) return dispatcher
    throw new Rejection('unprocessable_entity', 'There is no webhook to deliver to: start the sandbox with --webhook-url.')
  }
  const placeOf = (record: EventRecord): Place => {
    const wait = ownWaitOf(record, parts)?.for
    return {
      id: recordIdOf(record),
      queue: queueOf(record),
      isStuck: waitsForRetry(record),
      wait: wait === 'resume' || wait === 'clock' ? wait : undefined,
    }
  }
  const placesOf = async (ids: string[]): Promise<Place[]> => {
    const places: Place[] = []
    for (const id of ids) {
      const record = await storage.get('events', id)
      // One for an address that is no webhook of this sandbox any more would wait for ever.
      if (record && names.includes(record.receiver)) places.push(placeOf(record))
    }
    return places
  }
  const sendAgain = async (id: string) => {
    const { enqueue } = requireDispatcher()
    const again = await state.changeEvent(id, (before) => ({
      ...before,
      state: 'pending',
      triesBefore: before.deliveries.length,
      timesSentAgain: (before.timesSentAgain ?? 0) + 1,
      next_try_at: undefined,
    }))
    if (again) enqueue(again)
  }
  /** Ids of events that wait, of all webhooks. */
  const pendingIds = (where: Record<string, string>) =>
    storage.ids('events', { where: { ...where, state: pendingStates }, order: 'oldest', take: maxResent })
  /**
   * Sends events again, and all of a queue whose first one waits for its next try: what is behind it would wait as long.
   * @param wanted the events
   * @param pending events that wait, of the queues in question
   */
  const sendAllAgain = async (wanted: Place[], pending: Place[]): Promise<SentAgain> => {
    const stuck = new Set(pending.filter(({ isStuck }) => isStuck).map(({ queue }) => queue))
    const byHand = new Map(wanted.map((place) => [place.id, place]))
    for (const place of pending) if (place.isStuck) byHand.set(place.id, place)
    for (const id of byHand.keys()) await sendAgain(id)
    const behind = pending.filter(({ id, queue, wait }) => stuck.has(queue) && !byHand.has(id) && wait !== 'clock')
    const all = [...byHand.values(), ...behind]
    const paused = all.filter(({ wait }) => wait === 'resume').length
    return { sent_again: all.length - paused, paused }
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
    /** What events wait for, by the ids of their records. */
    waitsOf: (records: EventRecord[]) => findWaits(records, parts),
    /** Waits until every delivery that can be made now is made: what is pending then waits for something. */
    delivered: async () => {
      for (;;) {
        const { documents } = await storage.find('events', { where: { state: pendingStates }, order: 'oldest', take: maxResent })
        const waits = await findWaits(documents, parts)
        if (waits.size === documents.length) return
        await setTimeout(deliveryCheckMs)
      }
    },
    /** States by which events are found that are not delivered. */
    undeliveredStates: ['failed', ...pendingStates],
    /** Whether an event has failed, or waits for its next try. */
    isBehind: async (): Promise<boolean> => {
      if ((await storage.ids('events', { where: { state: 'failed' }, take: 1 })).length > 0) return true
      const { documents } = await storage.find('events', { where: { state: pendingStates }, order: 'oldest', take: maxLookedAt })
      return documents.some(waitsForRetry)
    },
    /**
     * Delivers an event again, whatever became of it, and before it what it waits behind.
     * @param id of an event, which goes to all webhooks that got it, or of its record for one of them
     * @param merchant whose event it has to be
     * @throws {Rejection} `not_found` for an event that does not exist, `unprocessable_entity` for a sandbox without a webhook
     */
    resend: async (id: string, merchant?: string): Promise<SentAgain> => {
      const found = await Promise.all(namesFor(id).map((each) => storage.get('events', each)))
      const records = found.flatMap((record) => record ?? [])
      if (records.length === 0 || records.some((record) => merchant !== undefined && (record.merchant ?? merchant) !== merchant))
        throw notFound()
      requireDispatcher()
      const results: SentAgain[] = []
      for (const record of records)
        results.push(await sendAllAgain([placeOf(record)], await placesOf(await pendingIds({ payment: queueOf(record) }))))
      const sum = (name: keyof SentAgain) => results.reduce((total, result) => total + result[name], 0)
      return { sent_again: sum('sent_again'), paused: sum('paused') }
    },
    /**
     * Delivers events of a merchant, or of all, again: those since a time, or those that failed or wait for their next try. What waits
     * behind them goes out, too.
     * @param since time of the oldest, ISO 8601
     * @returns how many, at most 10,000 of each kind
     * @throws {Rejection} `unprocessable_entity` for a sandbox without a webhook
     */
    resendMany: async (merchant?: string, since?: string): Promise<SentAgain> => {
      requireDispatcher()
      const ofMerchant = merchant === undefined ? {} : { merchant }
      const where = { ...ofMerchant, ...(since === undefined && { state: 'failed' }) }
      const range = since === undefined ? undefined : { property: 'created_at', from: since }
      const wanted = await placesOf(await storage.ids('events', { where, ...(range && { range }), order: 'oldest', take: maxResent }))
      const pending = await placesOf(await pendingIds(ofMerchant))
      const queues = new Set(wanted.map(({ queue }) => queue))
      return sendAllAgain(wanted, since === undefined ? pending : pending.filter(({ queue }) => queues.has(queue)))
    },
    /** Holds the deliveries of a merchant, or of all, or lets them go on. Events wait meanwhile. */
    pause: (merchant: string | undefined, isPaused: boolean) => settings.change(merchant, (before) => ({ ...before, isPaused })),
    /** Stops. What is not delivered stays pending. */
    close: () => dispatcher?.close(),
  }
}
