/** The sandbox's state: payments and accounts as they stand, what happened to them, and everything that can happen next. */
import type { PaymentRecord } from '../payment.ts'
import { type EventRecord, queueOf, recordIdOf } from './events.ts'
import { expiryOf } from './expiry.ts'
import { lifecycleOf } from './lifecycle.ts'
import { operationsOfState } from './operations.ts'
import { eventRow } from './rows.ts'
import { type StateOptions, StateStore } from './store.ts'

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
    /** Keeps what became of an event, unless it was forgotten meanwhile: it must not come back. */
    saveEvent: async (record: EventRecord) => {
      await store.storage.transact(async ({ get, put }) => {
        if (await get('events', recordIdOf(record))) put('events', eventRow(record))
      })
      store.publish([], queueOf(record))
    },
    /** Writes payments as they are, the oldest first, without events. */
    seed: (records: PaymentRecord[]) =>
      store.transact((work) => {
        const byAge = records.toSorted((one, other) => (one.payment.created_at < other.payment.created_at ? -1 : 1))
        for (const record of byAge) store.putPayment(work, record)
      }),
    /** Makes an event of a merchant, or of the server, that tests the webhook. */
    ping: (merchant?: string) => store.transact((work) => store.addEvent(work, 'ping', null, { merchant })),
  }
}
