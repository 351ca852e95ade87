/** Delivers events in order for each payment, each again until it is received or has failed. */
import { Rejection } from '../rejection.ts'
import { lateEventsMs, staleCancelMs } from '../situations.ts'
import { type Delivery, type EventRecord, queueOf, recordIdOf } from '../state/events.ts'
import { type DeliveryOptions, secondMs, type WebhookParts } from './parts.ts'
import { type Attempt, createEventSender } from './send-event.ts'

const minuteMs = 60 * secondMs
const defaultRetryDelaysMs = [secondMs, 5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs]
const maxConcurrentDeliveries = 8
/** Status of a receiver that wants an event no more. */
const gone = 410

/** Types of the events that come with a payment's creation. */
const firstEvents = new Set<string>(['payment.authorized', 'payment.captured'])

/** Queue of an event that does not wait for the one before it. */
const ownQueueOf = (name: string, id: string) => `${name} ${id}`

/** How far the merchant's clock has to go on before an event is sent, in milliseconds. */
const heldBackMsOf = ({ event, situation }: EventRecord): number => {
  if (situation === 'late_events') return lateEventsMs
  return situation === 'stale_cancel' && event.type === 'payment.cancelled' ? staleCancelMs : 0
}

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
  /** Queues whose first event can go out as soon as there is room. */
  readonly #ready: string[] = []
  /** Events that another one has passed, or is about to. */
  readonly #passed = new Set<string>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #closing = new AbortController()
  #underWay = 0

  constructor(parts: WebhookParts, options: DeliveryOptions) {
    this.#parts = parts
    this.#retryDelaysMs = options.retryDelays ?? defaultRetryDelaysMs
    this.#sendEvent = createEventSender(parts, options, this.#closing.signal)
  }

  enqueue(record: EventRecord) {
    const [name, id] = [queueOf(record), recordIdOf(record)]
    const queue = this.#queues.get(name)
    if (queue?.includes(id)) return
    if (queue) queue.push(id)
    else this.#open(name, [id])
  }

  /** Whether events wait in a queue. */
  has(name: string) {
    return this.#queues.has(name)
  }

  /** Replaces what waits behind the first event of a queue. */
  replacePending(name: string, ids: string[]) {
    const [first] = this.#queues.get(name) ?? []
    const isElsewhere = (id: string) => id === first || this.#queues.has(ownQueueOf(name, id))
    if (first !== undefined) this.#queues.set(name, [first, ...ids.filter((id) => !isElsewhere(id))])
    else if (ids.length > 0) this.#open(name, ids)
  }

  /** Stops. What is not delivered stays pending. */
  close() {
    this.#closing.abort()
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #open(name: string, ids: string[]) {
    this.#queues.set(name, ids)
    this.#makeReady(name)
  }

  #makeReady(name: string) {
    this.#ready.push(name)
    this.#work()
  }

  /** Delivers an event once. @returns milliseconds until the next try, undefined after the last */
  async #deliver(name: string, id: string): Promise<number | undefined> {
    const { storage, state } = this.#parts
    const record = await storage.get('events', id)
    // A reset forgets events that wait.
    if (record?.state !== 'pending') return
    if (this.#isPaused(record) || this.#isHeldBack(name, record)) return secondMs
    const sent = await this.#send(record)
    if (this.#closing.signal.aborted) return
    const deliveries = [...record.deliveries, ...sent.deliveries]
    const tries = deliveries.length - (record.triesBefore ?? 0)
    const delayMs = retryDelayOf(sent, this.#retryDelaysMs[tries - 1])
    const next = sent.isReceived ? 'delivered' : delayMs === undefined ? 'failed' : 'pending'
    const nextTryAt = next === 'pending' && delayMs !== undefined ? new Date(Date.now() + delayMs).toISOString() : undefined
    await state.saveEvent({ ...record, deliveries, state: next, next_try_at: nextTryAt })
    if (!sent.isReceived) this.#logFailure(record, sent, delayMs)
    return delayMs
  }

  /** Whether deliveries are paused, of all merchants or of the event's. */
  #isPaused({ merchant }: EventRecord): boolean {
    const { settings } = this.#parts
    return settings.of().isPaused === true || (merchant !== undefined && settings.of(merchant).isPaused === true)
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
    const { event, merchant, situation } = record
    const heldBackMs = heldBackMsOf(record)
    if (heldBackMs > 0) return this.#parts.clock.now(merchant) < Date.parse(event.created_at) + heldBackMs
    // One that was tried has had its turn, and one in a queue of its own has company.
    if (!firstEvents.has(event.type) || record.deliveries.length > 0 || name !== queueOf(record)) return false
    if (situation === 'simultaneous_events') return this.#waitsForCompany(name)
    return situation === 'events_out_of_order' && this.#letsNextPass(name, recordIdOf(record))
  }

  /** Whether the first event of a queue waits for a second, which otherwise goes out at the same moment. */
  #waitsForCompany(name: string): boolean {
    const [first, second, ...others] = this.#queues.get(name) ?? []
    if (first === undefined || second === undefined) return true
    this.#queues.set(name, [first, ...others])
    this.#open(ownQueueOf(name, second), [second])
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
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        this.#makeReady(name)
      }, delayMs)
      this.#timers.add(timer.unref())
      return
    }
    queue.shift()
    if (queue.length === 0) this.#queues.delete(name)
    else this.#makeReady(name)
  }

  #work() {
    while (this.#underWay < maxConcurrentDeliveries) {
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
