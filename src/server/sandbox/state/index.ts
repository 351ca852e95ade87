/** The sandbox's state: payments and accounts as they stand, what happened to them, and everything that can happen next. */
import { type EventRecord, queueOf } from './events.ts'
import { lifecycleOf } from './lifecycle.ts'
import { operationsOfState } from './operations.ts'
import { eventRow } from './rows.ts'
import { type StateOptions, StateStore } from './store.ts'

export type State = ReturnType<typeof createState>

/** Makes the state. */
export const createState = (options: StateOptions) => {
  const store = new StateStore(options)
  return {
    ...operationsOfState(store),
    ...lifecycleOf(store),
    transact: store.transact,
    listen: store.listen,
    /** Keeps what became of an event. */
    saveEvent: async (record: EventRecord) => {
      await store.storage.transact(({ put }) => put('events', eventRow(record)))
      store.publish([], queueOf(record.event))
    },
    /** Makes an event that tests the webhook. */
    ping: () => store.transact((work) => store.addEvent(work, 'ping', null)),
  }
}
