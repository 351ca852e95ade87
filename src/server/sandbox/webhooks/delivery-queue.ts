/** Delivers events to one webhook, in order for each payment, each again until it is received or has failed. */
import { Rejection } from '../rejection.ts'
import { type Delivery, type EventRecord, queueOf, recordIdOf } from '../state/events.ts'
import { secondMs, type WebhookParts } from './parts.ts'
import type { Receiver } from './receivers.ts'
import { type Attempt, createEventSender } from './send-event.ts'
import { heldBackUntil, isPausedIn, wantsCompany } from './waits.ts'

const minuteMs = 60 * secondMs
const defaultRetryDelaysMs = [secondMs, 5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs]
const maxConcurrentDeliveries = 8
/** Deliveries of an event that are kept, beside its retries: it can be sent again for ever. */
const maxKeptDeliveries = 100
/** Status of a receiver that wants an event no more. */
const gone = 410

/** Queue of an event that does not wait for the one before it. */
const ownQueueOf = (name: string, id: string) => `${name} ${id}`

/** What became of a delivery, or of the same one twice. */
type Sent = Attempt & { deliveries: Delivery[]; isReceived: boolean }

/** Milliseconds until the next try; undefined where there is none: the event was received, or its receiver wants it no more. */
const retryDelayOf = ({ isReceived, delivery, retryAfterMs }: Sent, delayMs: number | undefined) =>
  isReceived || delivery.status === gone || delayMs === undefined ? undefined : (retryAfterMs ?? delayMs)

export class DeliveryQueue {
  readonly #parts: WebhookParts
  readonly #retryDelaysMs: number[]
  readonly #sendEvent: ReturnType<typeof createEventSender>
  /** Ids of the events that wait, by queue. The first of each is under way, or waits for its next try. */
  readonly #queues = new Map<string, string[]>()
  #size = 0
  /** Queues whose first event can go out as soon as there is room. */
  readonly #ready: string[] = []
  /** Events that another one has passed, or is about to. */
  readonly #passed = new Set<string>()
  /** What waits for the next try of a queue's first event. */
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #closing = new AbortController()
  #underWay = 0

  /** @param retryDelaysMs milliseconds before the second, the third … try of a delivery */
  constructor(parts: WebhookParts, receiver: Receiver, retryDelaysMs: number[] = defaultRetryDelaysMs) {
    this.#parts = parts
    this.#retryDelaysMs = retryDelaysMs
    this.#sendEvent = createEventSender(parts, receiver, this.#closing.signal)
  }

  /** Puts an event behind those of its queue. One that waits for its next try goes out at once. */
  enqueue(record: EventRecord) {
    const [shared, id] = [queueOf(record), recordIdOf(record)]
    const own = ownQueueOf(shared, id)
    const name = this.#queues.has(own) ? own : shared
    const queue = this.#queues.get(name) ?? []
    if (!queue.includes(id)) this.#setQueue(name, [...queue, id])
    else if (queue[0] === id) this.#endWait(name)
  }

  /** Number of events that wait. */
  get size() {
    return this.#size
  }

  /** Whether events wait in a queue. */
  has(name: string) {
    return this.#queues.has(name)
  }

  /** Replaces what waits behind the first event of a queue. */
  replacePending(name: string, ids: string[]) {
    const [first] = this.#queues.get(name) ?? []
    const isElsewhere = (id: string) => id === first || this.#queues.has(ownQueueOf(name, id))
    this.#setQueue(name, first === undefined ? ids : [first, ...ids.filter((id) => !isElsewhere(id))])
  }

  /** Goes on with a queue whose first event was sent again by hand while it waits for its next try, and with those of events alone. */
  async resume(name: string, ids: string[]) {
    for (const each of [name, ...ids.map((id) => ownQueueOf(name, id))]) {
      const [id] = this.#queues.get(each) ?? []
      if (id === undefined || !this.#timers.has(each)) continue
      const record = await this.#parts.storage.get('events', id)
      if (record && record.next_try_at === undefined) this.#endWait(each)
    }
  }

  /** Stops. What is not delivered stays pending. */
  close() {
    this.#closing.abort()
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  /** Sets what waits in a queue. A new one begins to go out. */
  #setQueue(name: string, ids: string[]) {
    const before = this.#queues.get(name)
    this.#size += ids.length - (before?.length ?? 0)
    if (ids.length === 0) this.#queues.delete(name)
    else this.#queues.set(name, ids)
    if (!before && ids.length > 0) this.#makeReady(name)
  }

  /** Goes on with a queue that waits. */
  #endWait(name: string) {
    const timer = this.#timers.get(name)
    if (!timer) return
    clearTimeout(timer)
    this.#timers.delete(name)
    this.#makeReady(name)
  }

  #makeReady(name: string) {
    this.#ready.push(name)
    this.#work()
  }

  /** Delivers an event once. @returns milliseconds until the next try, undefined after the last */
  async #deliver(name: string, id: string): Promise<number | undefined> {
    const { storage, state, settings } = this.#parts
    const record = await storage.get('events', id)
    // A reset forgets events that wait.
    if (record?.state !== 'pending') return
    if (isPausedIn(settings, record) || this.#isHeldBack(name, record)) return secondMs
    const sent = await this.#send(record)
    if (this.#closing.signal.aborted) return
    let delayMs: number | undefined
    const kept = await state.changeEvent(id, (before) => {
      // It was sent again by hand meanwhile, which this delivery does not count for.
      const isAskedAgain = before.timesSentAgain !== record.timesSentAgain
      const all = [...before.deliveries, ...sent.deliveries]
      const forgotten = Math.max(0, all.length - maxKeptDeliveries - this.#retryDelaysMs.length)
      const deliveries = all.slice(forgotten)
      const triesBefore = isAskedAgain ? deliveries.length : Math.max(0, (before.triesBefore ?? 0) - forgotten)
      delayMs = isAskedAgain ? 0 : retryDelayOf(sent, this.#retryDelaysMs[deliveries.length - triesBefore - 1])
      const next = delayMs !== undefined ? 'pending' : sent.isReceived ? 'delivered' : 'failed'
      const nextTryAt = delayMs === undefined ? undefined : new Date(Date.now() + delayMs).toISOString()
      return { ...before, deliveries, triesBefore, state: next, next_try_at: nextTryAt }
    })
    if (kept && !sent.isReceived) this.#logFailure(kept, sent, delayMs)
    return delayMs
  }

  #logFailure({ event, receiver }: EventRecord, { delivery }: Sent, delayMs: number | undefined) {
    const where = receiver === undefined ? '' : ` to ${receiver.split('?')[0]}`
    const next = delayMs === undefined ? 'not sent again' : `sent again in ${Math.ceil(delayMs / secondMs)} s`
    this.#parts.log?.(`Webhook ${event.type} ${event.id}${where}: ${delivery.status ?? delivery.error}, ${next}`)
  }

  /** Sends an event, twice where its payment asks for that. */
  async #send(record: EventRecord): Promise<Sent> {
    const sent = await this.#sendEvent(record)
    const isReceived = sent.delivery.status !== null && sent.delivery.status >= 200 && sent.delivery.status < 300
    const isTwice = isReceived && record.situation === 'duplicate_events'
    const again = isTwice ? [(await this.#sendEvent(record)).delivery] : []
    return { ...sent, deliveries: [sent.delivery, ...again], isReceived }
  }

  /** Whether an event waits although its turn has come: for hours on the clock, or for the next one, which goes first. */
  #isHeldBack(name: string, record: EventRecord): boolean {
    const { merchant, situation } = record
    const heldUntil = heldBackUntil(record)
    if (heldUntil !== undefined) return this.#parts.clock.now(merchant) < heldUntil
    // One in a queue of its own has company.
    if (!wantsCompany(record) || name !== queueOf(record)) return false
    if (situation === 'simultaneous_events') return this.#waitsForCompany(name)
    return this.#letsNextPass(name, recordIdOf(record))
  }

  /** Whether the first event of a queue waits for a second, which otherwise goes out at the same moment. */
  #waitsForCompany(name: string): boolean {
    const [first, second, ...others] = this.#queues.get(name) ?? []
    if (first === undefined || second === undefined) return true
    this.#setQueue(name, [first, ...others])
    this.#setQueue(ownQueueOf(name, second), [second])
    return false
  }

  /** Whether the first event of a queue waits, or lets the next one pass. */
  #letsNextPass(name: string, id: string): boolean {
    const queue = this.#queues.get(name) ?? []
    const [first, second, ...others] = queue
    if (queue.some((id) => this.#passed.has(id))) {
      this.#passed.delete(id)
      return false
    }
    if (first === undefined || second === undefined) return true
    this.#passed.add(id)
    this.#queues.set(name, [second, first, ...others])
    return true
  }

  /** Goes on with a queue after a try: later with the same event, or at once with the next one. */
  #advance(name: string, delayMs: number | undefined) {
    const queue = this.#queues.get(name)
    if (!queue || this.#closing.signal.aborted) return
    if (delayMs !== undefined) {
      const timer = setTimeout(() => this.#endWait(name), delayMs)
      this.#timers.set(name, timer.unref())
      return
    }
    this.#setQueue(name, queue.slice(1))
    if (queue.length > 1) this.#makeReady(name)
  }

  #work() {
    while (this.#underWay < maxConcurrentDeliveries && !this.#closing.signal.aborted) {
      const name = this.#ready.shift()
      const [id] = this.#queues.get(name ?? '') ?? []
      if (name === undefined || id === undefined) return
      this.#underWay++
      void this.#deliver(name, id)
        .catch((error) => {
          // What became of it is not kept, so it goes out again: at once would be in vain.
          if (!(error instanceof Rejection)) console.error(error)
          return secondMs
        })
        .then((delayMs) => {
          this.#underWay--
          this.#advance(name, delayMs)
          this.#work()
        })
    }
  }
}
