/** The state as everything else works on it: transactions that also make events, and listeners that hear of changes once they are kept. */
import type { Payment } from '../../../../generated/schema.d.ts'
import type { Clock } from '../clock.ts'
import { type Change, cancelPayment, type PaymentRecord } from '../payment.ts'
import { newId } from '../random.ts'
import { notFound } from '../rejection.ts'
import type { Rules } from '../rules.ts'
import type { Settings } from '../settings.ts'
import { reactionTo } from '../situation-changes.ts'
import type { Maybe, Reader, Storage, Transaction } from '../storage.ts'
import { isoTime } from '../time.ts'
import { type EventOwner, type EventRecord, queueOf, type SandboxEvent } from './events.ts'
import { eventRow, openDeadlineOf, paymentRow } from './rows.ts'

/** A transaction that also collects the events of what it changes. */
export type Work = Transaction & { events: EventRecord[] }

export type StateOptions = {
  storage: Storage
  settings: Settings
  clock: Clock
  rules: Rules
  /** Webhooks that want events of a type, by their address; undefined stands for the first one. */
  receiversOf: (type: SandboxEvent['type']) => readonly (string | undefined)[]
}

/** What was read is past its deadline. It expires, then the work is done again: nothing else may come first. */
export class PastDeadline extends Error {
  override name = 'PastDeadline'
  readonly payment: string

  /** @param payment id of the payment */
  constructor(payment: string) {
    super(`Payment ${payment} is past its deadline.`)
    this.payment = payment
  }
}

/** Earlier attempts at an order that a capture lets be cancelled, the latest ones. */
const maxOtherAttempts = 100

type Listener = (events: EventRecord[]) => void

export class StateStore {
  readonly storage: Storage
  readonly settings: Settings
  readonly clock: Clock
  readonly rules: Rules
  readonly #receiversOf: StateOptions['receiversOf']
  readonly #listeners = new Set<Listener>()
  /** Milliseconds since 1970; no open deadline lies before this time. */
  nextDeadline = 0

  constructor({ storage, settings, clock, rules, receiversOf }: StateOptions) {
    this.storage = storage
    this.settings = settings
    this.clock = clock
    this.rules = rules
    this.#receiversOf = receiversOf
    // Changes of this process come back the same way as those of the others.
    storage.shared?.subscribe({
      changed: () => {
        for (const listener of this.#listeners) listener([])
      },
      lost: () => undefined,
    })
  }

  /** Calls a listener after every change is kept. @returns what stops that */
  listen = (listener: Listener) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Publishes a change that is kept. @param payments ids of what else changed than the events' payments */
  publish(events: EventRecord[], ...payments: string[]) {
    const { shared } = this.storage
    if (shared) shared.publish([...payments, ...events.map(queueOf)])
    else for (const listener of this.#listeners) listener(events)
  }

  /**
   * Runs work in one transaction, and publishes its events once they are kept.
   * @param about as that of `Storage`
   */
  transact = async <T>(work: (work: Work) => Maybe<T>, about?: string): Promise<T> => {
    const events: EventRecord[] = []
    const result = await this.storage.transact((transaction) => {
      // A database in the network may have to run the work again.
      events.length = 0
      return work({
        ...transaction,
        events,
        clear: () => {
          transaction.clear()
          events.length = 0
        },
        rollBack: () => {
          transaction.rollBack()
          events.length = 0
        },
      })
    }, about)
    this.publish(events)
    return result
  }

  /** Writes a new event of a merchant, or of the server, for each webhook that wants it. */
  addEvent(work: Work, type: SandboxEvent['type'], data: Payment | null, { merchant, situation }: Partial<EventOwner> = {}) {
    const event: SandboxEvent = { id: newId(), type, resource: 'event', data, created_at: isoTime(this.clock.now(merchant)) }
    const receivers = this.#receiversOf(type)
    const records: EventRecord[] =
      receivers.length === 0
        ? [{ event, merchant, situation, state: 'kept', deliveries: [] }]
        : receivers.map((receiver) => ({ event, merchant, situation, receiver, state: 'pending', deliveries: [] }))
    for (const record of records) work.put('events', eventRow(record))
    work.events.push(...records)
  }

  /** Writes what a change made of a payment, with its events, and what the payment's situation makes of that. */
  async savePayment(work: Work, change: Change): Promise<Payment> {
    this.#write(work, change)
    const { payment, situation, merchant } = change.record
    if (situation === undefined) return payment
    const reaction = reactionTo(change, this.clock.now(merchant))
    if (reaction) this.#write(work, reaction)
    if (situation === 'stale_cancel' && change.events.includes('payment.captured'))
      for (const earlier of await this.#otherAttempts(work, change.record)) this.#write(work, cancelPayment({ ...earlier, situation }))
    return payment
  }

  /** Writes payments as they are, without events. */
  putPayment(work: Work, record: PaymentRecord) {
    this.#write(work, { record, events: [] })
  }

  #write(work: Work, { record, events }: Change) {
    const row = paymentRow(record)
    work.put('payments', row)
    for (const type of events) this.addEvent(work, type, record.payment, record)
    this.nextDeadline = Math.min(this.nextDeadline, row.index.deadline ?? Number.POSITIVE_INFINITY)
  }

  /** Open payments of the same order number. */
  async #otherAttempts(work: Work, { payment: { id, external_order_num }, merchant }: PaymentRecord): Promise<PaymentRecord[]> {
    if (external_order_num === null) return []
    const where = { merchant, external_order_num, status: ['authorized', 'pending'] }
    const ids = await work.ids('payments', { where, order: 'newest', take: maxOtherAttempts })
    const others = await work.claim(
      'payments',
      ids.filter((other) => other !== id),
    )
    return others.filter((record) => !this.isDue(record))
  }

  /**
   * The document of an object, of any merchant if none is given.
   * @throws {Rejection} `not_found` for what does not exist and for what belongs to another merchant
   * @throws {PastDeadline} for an open payment past its deadline, which has to expire first
   */
  async documentOf<C extends 'payments' | 'accounts'>(reader: Reader, collection: C, id: unknown, merchant?: string) {
    const found = await reader.get(collection, String(id))
    if (!found || (merchant !== undefined && found.merchant !== merchant)) throw notFound()
    if ('payment' in found && this.isDue(found)) throw new PastDeadline(found.payment.id)
    return found
  }

  /** Whether a payment is past a deadline that is still open. */
  isDue({ payment, merchant }: PaymentRecord): boolean {
    const deadline = openDeadlineOf(payment)
    return deadline !== null && deadline < this.clock.now(merchant)
  }
}
