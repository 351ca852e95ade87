/** What happens to payments from outside the API: deadlines that pass, customers who act, decisions of KOMOJU, a clock that is put forward. */
import {
  type Change,
  completeRefund,
  declinePayment,
  expirePayment,
  type PaymentRecord,
  payPayment,
  settleRefundRequest,
} from '../payment.ts'
import { Rejection } from '../rejection.ts'
import { isoTime, lastClockTime } from '../time.ts'
import { openDeadlineOf } from './rows.ts'
import type { StateStore } from './store.ts'

/** The lifecycle of a state's payments. */
export const lifecycleOf = (store: StateStore) => {
  const { clock, storage } = store

  /** Reads what other processes did to the clock and to the deadlines. */
  const syncShared = async () => {
    if (!storage.shared) return
    const { ahead, nextDeadline } = await storage.shared.readShared()
    clock.restore(ahead)
    store.nextDeadline = nextDeadline
  }

  /** Expires what is past its deadline. Costs one comparison while nothing is. */
  const expireDue = async () => {
    await syncShared()
    const now = clock.now()
    if (now <= store.nextDeadline) return
    await store.transact(async (work) => {
      const { documents } = await work.find('payments', { range: { property: 'deadline', below: now } })
      for (const due of documents) store.savePayment(work, expirePayment(due))
      const range = { property: 'deadline', from: now }
      const [next] = (await work.find('payments', { range, order: 'range', take: 1 })).documents
      store.nextDeadline = (next && openDeadlineOf(next.payment)) ?? Number.POSITIVE_INFINITY
    })
  }

  /** Applies what the customer, KOMOJU or time does to a payment, of any merchant. */
  const applyExternalEvent = async (id: string, change: (record: PaymentRecord) => Change): Promise<PaymentRecord> => {
    await expireDue()
    return store.transact(async (work) => {
      const result = change(await store.documentOf(work, 'payments', id))
      store.savePayment(work, result)
      return result.record
    })
  }

  /**
   * Puts the clock forward. What is due by then expires.
   * @param timeFrom the time to show, from the one that it shows; both in milliseconds since 1970
   * @throws {Rejection} `invalid_parameter` for a time before the clock's own, and for one that no payment's deadline can follow
   */
  const setClock = async (timeFrom: (now: number) => number) => {
    const ahead = await storage.transact(async ({ get, put }) => {
      const before = (await get('settings', 'clock'))?.ahead ?? 0
      const now = clock.now() - clock.ahead() + before
      const time = timeFrom(now)
      if (!(time <= lastClockTime))
        throw new Rejection('invalid_parameter', `The clock goes no further than ${isoTime(lastClockTime)}.`, 'to')
      if (!(time >= now)) throw new Rejection('invalid_parameter', 'The clock only goes forward. Reset the sandbox to go back.', 'to')
      const after = before + time - now
      put('settings', { id: 'clock', index: {}, document: { ahead: after } })
      return after
    })
    clock.restore(ahead)
    await expireDue()
    store.publish([])
  }

  return {
    expireDue,
    setClock,
    /** Goes on from what an earlier process left. */
    restore: async () => {
      clock.restore((await storage.get('settings', 'clock'))?.ahead ?? 0)
      await expireDue()
    },
    /** Forgets everything; the clock shows the present again. */
    reset: async () => {
      await storage.clear()
      clock.restore(0)
      store.publish([])
    },
    /** The customer pays, or approves. */
    pay: (id: string) => applyExternalEvent(id, (found) => payPayment(found, clock.now())),
    /** The customer declines on the redirect page. */
    decline: (id: string) => applyExternalEvent(id, declinePayment),
    /** The deadline passes, whenever it is. */
    expire: (id: string) => applyExternalEvent(id, expirePayment),
    /** The customer collects a cash refund. */
    collectRefund: (id: string, refundId: string) => applyExternalEvent(id, (found) => completeRefund(found, refundId)),
    /** KOMOJU decides on a refund request. */
    settleRefundRequest: (id: string, requestId: string, status: 'completed' | 'rejected', origin: string) =>
      applyExternalEvent(id, (found) => settleRefundRequest(found, requestId, status, { origin, now: clock.now() })),
  }
}
