/** Decides which process delivers which events. */
import { Rejection } from '../rejection.ts'
import { type EventRecord, queueOf } from '../state/events.ts'
import type { SharedStorage } from '../storage.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import { type DeliveryOptions, secondMs, type WebhookParts } from './parts.ts'

export type Dispatcher = {
  /** Goes on with what an earlier process left. */
  resume: () => Promise<void>
  /** Delivers an event that waits again. */
  enqueue: (record: EventRecord) => void
  /** Stops. What is not delivered stays pending. */
  close: () => void
}

/** Between two tries to become the process that delivers, and between two reads of events that it did not hear of. */
const pollIntervalMs = secondMs
/** Events that one poll reads. */
const pollBatchSize = 1000

/** Delivers the events of a process that has the state to itself. */
export const createLocalDispatcher = (parts: WebhookParts, options: DeliveryOptions): Dispatcher => {
  const queue = new DeliveryQueue(parts, options)
  parts.state.listen((events) => {
    for (const event of events) queue.enqueue(event)
  })
  return {
    resume: async () => {
      const { documents } = await parts.storage.find('events', { where: { state: 'pending' } })
      for (const record of documents) queue.enqueue(record)
    },
    enqueue: (record) => queue.enqueue(record),
    close: () => queue.close(),
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

  const readPending = async (name: string) => {
    const { ids } = await storage.find('events', { where: { payment: name, state: 'pending' } })
    queue?.replacePending(name, ids)
  }
  const poll = async () => {
    if (!queue && (await shared.tryLock('webhooks')) && !isClosed) queue = new DeliveryQueue(parts, options)
    if (!queue) return
    const { documents } = await storage.find('events', { where: { state: 'pending' }, take: pollBatchSize })
    const names = new Set(documents.map(({ event }) => queueOf(event)))
    for (const name of names) if (!queue?.has(name)) await readPending(name)
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

  shared.subscribe({
    changed: (payments) => {
      if (queue) for (const payment of payments) void readPending(payment).catch(() => undefined)
    },
    lost: stop,
  })
  const timer = setInterval(pollOnce, pollIntervalMs).unref()
  return {
    resume: pollOnce,
    enqueue: () => undefined,
    close: () => {
      isClosed = true
      clearInterval(timer)
      stop()
    },
  }
}
