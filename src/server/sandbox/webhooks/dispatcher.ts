/** Decides which process delivers which events. */
import { Rejection } from '../rejection.ts'
import { type EventRecord, indexedStateOf, isQueueOf, queueOf, recordIdOf } from '../state/events.ts'
import type { SharedStorage } from '../storage.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import { type DeliveryOptions, secondMs, type WebhookParts } from './parts.ts'
import { receiverName } from './receivers.ts'

export type Dispatcher = {
  /** Begins to deliver, with what an earlier process left. */
  start: () => Promise<void>
  /** Delivers an event that waits again. */
  enqueue: (record: EventRecord) => void
  /** Stops. What is not delivered stays pending. */
  close: () => void
}

/** Between two tries to become the process that delivers, and between two reads of events that it did not hear of. */
const pollIntervalMs = secondMs
/** Events that one read takes in, beside those that are held. */
const readBatchSize = 1000
/** Events that are held for one webhook. Further ones wait in the storage. */
const maxHeld = 10_000

/** A webhook with the events that are held for it. Each has its own, so that one that fails or is slow holds up no other. */
type Webhook = {
  /** As records name it. */
  name: string | undefined
  queue: DeliveryQueue
}

const webhooksOf = (parts: WebhookParts, { receivers, retryDelays }: DeliveryOptions): Webhook[] =>
  receivers.map((receiver) => ({ name: receiverName(receivers, receiver), queue: new DeliveryQueue(parts, receiver, retryDelays) }))

/** Events of a webhook that wait. */
const waitingFor = ({ name }: Webhook) => ({ state: indexedStateOf({ state: 'pending', receiver: name }) })

/**
 * Delivers the events of a process that has the state to itself. While more of them wait for a webhook than are held, new ones wait
 * in the storage with them, so that those of a payment stay in order.
 */
export const createLocalDispatcher = (parts: WebhookParts, options: DeliveryOptions): Dispatcher => {
  const { storage, state } = parts
  const webhooks = webhooksOf(parts, options).map((webhook) => ({ ...webhook, isBehind: true }))
  type LocalWebhook = (typeof webhooks)[number]
  let isClosed = false
  const timers = new Set<NodeJS.Timeout>()
  /** Holds those events of a webhook that wait the longest. In a transaction, so that no event comes in between. */
  const load = (webhook: LocalWebhook) =>
    storage.transact(async (transaction) => {
      const { queue } = webhook
      if (queue.size >= maxHeld) return
      const query = { where: waitingFor(webhook), take: readBatchSize + queue.size }
      const ids = await transaction.ids('events', query)
      const names = await transaction.ids('events', { ...query, property: 'payment' })
      const waiting = Map.groupBy(ids, (_id, index) => names[index] ?? '')
      for (const [name, pending] of waiting) queue.replacePending(name, pending)
      webhook.isBehind = ids.length === query.take
    })
  /** Loads again while events wait in the storage, also after a load that failed: nothing else would. */
  const loadLater = (webhook: LocalWebhook) => {
    if (!webhook.isBehind || isClosed) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void load(webhook)
        .catch(console.error)
        .then(() => loadLater(webhook))
    }, pollIntervalMs).unref()
    timers.add(timer)
  }
  const enqueue = (record: EventRecord) => {
    const webhook = webhooks.find(({ name }) => name === record.receiver)
    if (!webhook) return
    const { queue, isBehind } = webhook
    if (!isBehind && queue.size < maxHeld) return queue.enqueue(record)
    webhook.isBehind = true
    if (!isBehind) loadLater(webhook)
    // One that is held already and was sent again by hand goes out, however many others wait.
    void queue.resume(queueOf(record), [recordIdOf(record)]).catch(console.error)
  }
  return {
    start: async () => {
      state.listen((events) => events.forEach(enqueue))
      for (const webhook of webhooks) {
        await load(webhook)
        loadLater(webhook)
      }
    },
    enqueue,
    close: () => {
      isClosed = true
      for (const timer of timers) clearTimeout(timer)
      for (const { queue } of webhooks) queue.close()
    },
  }
}

/**
 * Delivers the events of all processes on one database, while this process holds the lock for it. When it is gone, another gets it.
 * What waits, and in which order, is read from the database: messages about changes only say where to look.
 */
export const createLeaderDispatcher = (parts: WebhookParts, options: DeliveryOptions, shared: SharedStorage): Dispatcher => {
  const { storage } = parts
  let webhooks: Webhook[] = []
  let isPolling = false
  let isClosed = false

  /** Puts what waits in a queue into it, in the order in which it has to go out. */
  const loadQueue = async (webhook: Webhook, name: string) => {
    if (webhook.queue.size >= maxHeld && !webhook.queue.has(name)) return
    const where = { payment: name, ...waitingFor(webhook) }
    const ids = await storage.ids('events', { where, take: readBatchSize })
    webhook.queue.replacePending(name, ids)
    await webhook.queue.resume(name, ids)
  }
  /** Loads the queues of the events that wait the longest. */
  const loadOldest = async (webhook: Webhook) => {
    const { queue } = webhook
    if (queue.size >= maxHeld) return
    const query = { where: waitingFor(webhook), property: 'payment', take: readBatchSize + queue.size }
    for (const name of new Set(await storage.ids('events', query))) if (!queue.has(name)) await loadQueue(webhook, name)
  }
  const poll = async () => {
    if (webhooks.length === 0 && (await shared.tryLock('webhooks')) && !isClosed) webhooks = webhooksOf(parts, options)
    for (const webhook of webhooks) await loadOldest(webhook)
  }
  const pollOnce = async () => {
    if (isPolling) return
    isPolling = true
    // While the database is away there is nothing to read; a later poll does.
    await poll().catch((error) => error instanceof Rejection || console.error(error))
    isPolling = false
  }
  const stop = () => {
    for (const { queue } of webhooks) queue.close()
    webhooks = []
  }
  let timer: NodeJS.Timeout | undefined
  return {
    start: async () => {
      shared.subscribe({
        changed: (names) => {
          for (const name of names) {
            const webhook = webhooks.find((each) => isQueueOf(name, each.name))
            if (webhook) void loadQueue(webhook, name).catch(() => undefined)
          }
        },
        lost: stop,
      })
      timer = setInterval(pollOnce, pollIntervalMs).unref()
      await pollOnce()
    },
    enqueue: () => undefined,
    close: () => {
      isClosed = true
      clearInterval(timer)
      stop()
    },
  }
}
