/** Decides which process delivers which events. */
import { Rejection } from '../rejection.ts'
import type { EventRecord } from '../state/events.ts'
import type { SharedStorage, Storage } from '../storage.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import { type DeliveryOptions, secondMs, type WebhookParts } from './parts.ts'

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
/** Events that one read takes in. */
const readBatchSize = 1000

/** Puts what waits in a queue into it, in the order in which it has to go out. */
const loadQueue = async (storage: Storage, queue: DeliveryQueue, name: string) =>
  queue.replacePending(name, await storage.ids('events', { where: { payment: name, state: 'pending' }, take: readBatchSize }))

/** Loads the queues of the events that wait the longest. @returns whether others may wait, too */
const loadWaiting = async (storage: Storage, queue: DeliveryQueue): Promise<boolean> => {
  const names = await storage.ids('events', { where: { state: 'pending' }, property: 'payment', take: readBatchSize })
  for (const name of new Set(names)) if (!queue.has(name)) await loadQueue(storage, queue, name)
  return names.length === readBatchSize
}

/**
 * Delivers the events of a process that has the state to itself. While an earlier process left more than one read takes in,
 * new events wait in the storage with them, so that those of a payment stay in order.
 */
export const createLocalDispatcher = (parts: WebhookParts, options: DeliveryOptions): Dispatcher => {
  const { storage, state } = parts
  const queue = new DeliveryQueue(parts, options)
  let isBehind = true
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  // In a transaction, so that no event comes in between.
  const load = async () => {
    await storage.transact(async () => {
      isBehind = await loadWaiting(storage, queue)
    })
  }
  /** Loads again while events wait in the storage, also after a load that failed: nothing else would. */
  const loadLater = () => {
    if (!isBehind || isClosed) return
    timer = setTimeout(() => void load().catch(console.error).then(loadLater), pollIntervalMs).unref()
  }
  return {
    start: async () => {
      state.listen((events) => {
        if (!isBehind) for (const event of events) queue.enqueue(event)
      })
      await load()
      loadLater()
    },
    enqueue: (record) => queue.enqueue(record),
    close: () => {
      isClosed = true
      clearTimeout(timer)
      queue.close()
    },
  }
}

/**
 * Delivers the events of all processes on one database, while this process holds the lock for it. When it is gone, another gets it.
 * What waits, and in which order, is read from the database: messages about changes only say where to look.
 */
export const createLeaderDispatcher = (parts: WebhookParts, options: DeliveryOptions, shared: SharedStorage): Dispatcher => {
  const { storage } = parts
  let queue: DeliveryQueue | undefined
  let isPolling = false
  let isClosed = false

  const poll = async () => {
    if (!queue && (await shared.tryLock('webhooks')) && !isClosed) queue = new DeliveryQueue(parts, options)
    if (queue) await loadWaiting(storage, queue)
  }
  const pollOnce = async () => {
    if (isPolling) return
    isPolling = true
    // While the database is away there is nothing to read; a later poll does.
    await poll().catch((error) => error instanceof Rejection || console.error(error))
    isPolling = false
  }
  const stop = () => {
    queue?.close()
    queue = undefined
  }

  let timer: NodeJS.Timeout | undefined
  return {
    start: async () => {
      shared.subscribe({
        changed: (payments) => {
          if (queue) for (const payment of payments) void loadQueue(storage, queue, payment).catch(() => undefined)
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
