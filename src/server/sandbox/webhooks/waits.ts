/** Why an event that is pending is not sent at this moment. */
import type { Clock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import { lateEventsMs, staleCancelMs } from '../situations.ts'
import { type EventRecord, indexedStateOf, queueOf, recordIdOf, type SandboxEvent } from '../state/events.ts'
import type { Storage } from '../storage.ts'
import { isoTime } from '../time.ts'

/** What an event waits for. */
export type Wait =
  /** Its next try, at a time of the machine's clock. */
  | { for: 'retry'; until: string }
  /** Deliveries are paused. */
  | { for: 'resume' }
  /** A time of its merchant's clock, as its situation asks for. */
  | { for: 'clock'; until: string }
  /** The next event of its payment, as its situation asks for. */
  | { for: 'next_event' }
  /** An event before it, which waits itself; `until` is the time of its next try, if it waits for one. */
  | { for: 'event'; before: SandboxEvent; until: string | undefined }

/** Types of the events that come with a payment's creation. */
const firstEvents = new Set<string>(['payment.authorized', 'payment.captured'])

/** Events of the queues that are read to find what waits. */
const maxRead = 10_000

/** How far the merchant's clock has to go on before an event is sent, in milliseconds. */
const heldBackMsOf = ({ event, situation }: EventRecord): number => {
  if (situation === 'late_events') return lateEventsMs
  return situation === 'stale_cancel' && event.type === 'payment.cancelled' ? staleCancelMs : 0
}

/** Whether an event was sent again by hand, which no situation holds back. */
const isByHand = ({ timesSentAgain = 0 }: EventRecord) => timesSentAgain > 0

/** Until when its situation holds an event back, in milliseconds of the merchant's clock; undefined for one that goes out at any time. */
export const heldBackUntil = (record: EventRecord): number | undefined => {
  const heldBackMs = isByHand(record) ? 0 : heldBackMsOf(record)
  return heldBackMs > 0 ? Date.parse(record.event.created_at) + heldBackMs : undefined
}

/** Whether an event goes out only together with the next one, or after it. One that was tried has had its turn. */
export const wantsCompany = (record: EventRecord): boolean =>
  (record.situation === 'simultaneous_events' || record.situation === 'events_out_of_order') &&
  firstEvents.has(record.event.type) &&
  record.deliveries.length === 0 &&
  !isByHand(record)

/** Whether an event waits for its next try. */
export const waitsForRetry = ({ state, next_try_at: next }: EventRecord): boolean =>
  state === 'pending' && next !== undefined && Date.parse(next) > Date.now()

/** Whether deliveries are paused, of all merchants or of the event's. */
export const isPausedIn = (settings: Settings, { merchant }: EventRecord): boolean =>
  settings.of().isPaused === true || (merchant !== undefined && settings.of(merchant).isPaused === true)

export type WaitParts = { storage: Storage; settings: Settings; clock: Clock }

/** What an event waits for by itself, whatever is before it; undefined for one that can go out. */
export const ownWaitOf = (record: EventRecord, { settings, clock }: Pick<WaitParts, 'settings' | 'clock'>): Wait | undefined => {
  if (isPausedIn(settings, record)) return { for: 'resume' }
  if (record.next_try_at !== undefined && waitsForRetry(record)) return { for: 'retry', until: record.next_try_at }
  const heldUntil = heldBackUntil(record)
  return heldUntil !== undefined && heldUntil > clock.now(record.merchant) ? { for: 'clock', until: isoTime(heldUntil) } : undefined
}

/** The event of a queue that the others wait behind: one that waits for its next try, else the oldest. */
const headOf = (queue: EventRecord[], record: EventRecord) => queue.find(waitsForRetry) ?? queue[0] ?? record

/**
 * Finds out what events wait for.
 * @returns by the ids of their records; nothing for an event that goes out now, or is not pending
 */
export const findWaits = async (records: EventRecord[], parts: WaitParts): Promise<Map<string, Wait>> => {
  const { storage } = parts
  const pending = records.filter(({ state }) => state === 'pending')
  if (pending.length === 0) return new Map()
  const where = { payment: [...new Set(pending.map(queueOf))], state: [...new Set(pending.map(indexedStateOf))] }
  const { documents } = await storage.find('events', { where, order: 'oldest', take: maxRead })
  const queues = Map.groupBy(documents, queueOf)
  /** An event that goes out with the next one waits as long as its payment has made no other. */
  const isAlone = async (record: EventRecord) =>
    wantsCompany(record) && (await storage.find('events', { where: { payment: queueOf(record) }, take: 0 })).total === 1

  const waitOf = async (record: EventRecord): Promise<Wait | undefined> => {
    const own = ownWaitOf(record, parts)
    if (own) return own
    const head = headOf(queues.get(queueOf(record)) ?? [], record)
    if (recordIdOf(head) === recordIdOf(record)) return (await isAlone(record)) ? { for: 'next_event' } : undefined
    const before = ownWaitOf(head, parts)
    return before && { for: 'event', before: head.event, until: before.for === 'retry' ? before.until : undefined }
  }
  const waits = new Map<string, Wait>()
  for (const record of pending) {
    const wait = await waitOf(record)
    if (wait) waits.set(recordIdOf(record), wait)
  }
  return waits
}
