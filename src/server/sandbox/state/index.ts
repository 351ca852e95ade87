/** The sandbox's state: payments and accounts as they stand, what happened to them, and everything that can happen next. */
import type { PaymentRecord } from '../payment.ts'
import { type EventRecord, queueOf } from './events.ts'
import { expiryOf } from './expiry.ts'
import { lifecycleOf } from './lifecycle.ts'
import { operationsOfState } from './operations.ts'
import { eventRow } from './rows.ts'
import { type StateOptions, StateStore, type Work } from './store.ts'

export type State = ReturnType<typeof createState>

/** Makes the state. */
export const createState = (options: StateOptions) => {
  const store = new StateStore(options)
  const expiry = expiryOf(store)
  return {
    ...operationsOfState(store, expiry),
    ...lifecycleOf(store, expiry),
    expireDue: expiry.expireDue,
    withExpired: expiry.withExpired,
    findPayments: expiry.findCurrent,
    currentPayment: expiry.currentPayment,
    transact: store.transact,
    listen: store.listen,
    /**
     * Changes what is kept of an event, unless it was forgotten meanwhile: it must not come back.
     * @param id of its record
     * @returns what is kept now; undefined for one that was forgotten
     */
    changeEvent: async (id: string, change: (before: EventRecord) => EventRecord): Promise<EventRecord | undefined> => {
      const changed = await store.storage.transact(async ({ get, put }) => {
        const found = await get('events', id)
        if (!found) return
        const after = change(found)
        put('events', eventRow(after))
        return after
      })
      if (changed) store.publish([], queueOf(changed))
      return changed
    },
    /** Writes payments as they are, the oldest first, without events. */
    seed: (records: PaymentRecord[], work: Work) => {
      const byAge = records.toSorted((one, other) => (one.payment.created_at < other.payment.created_at ? -1 : 1))
      for (const record of byAge) store.putPayment(work, record)
    },
    /** Makes an event of a merchant, or of the server, that tests the webhook. */
    ping: (merchant?: string) => store.transact((work) => store.addEvent(work, 'ping', null, { merchant })),
  }
}
