/** What happens to payments from outside the API: customers who act, decisions of KOMOJU, a clock that is put forward, a reset. */
import type { RefundPaymentRequest } from '../../../../generated/schema.d.ts'
import { assertRefunds } from '../limits.ts'
import {
  type Change,
  cancelPayment,
  capturePayment,
  chargeBack,
  completeRefund,
  declinePayment,
  expirePayment,
  type PaymentRecord,
  payPayment,
  refundPayment,
  settleRefundRequest,
} from '../payment.ts'
import { Rejection } from '../rejection.ts'
import { payAgain, payLate } from '../situation-changes.ts'
import { isoTime, lastClockTime } from '../time.ts'
import type { Expiry } from './expiry.ts'
import type { StateStore } from './store.ts'

/** The lifecycle of a state's payments. */
export const lifecycleOf = (store: StateStore, { expireAfterJump, withExpired }: Expiry) => {
  const { clock, storage, settings } = store

  /** Applies what the customer, KOMOJU or time does to a payment, of any merchant. */
  const applyExternalEvent = (id: string, change: (record: PaymentRecord) => Change): Promise<PaymentRecord> =>
    withExpired(() =>
      store.transact(async (work) => {
        const result = change(await store.documentOf(work, 'payments', id))
        await store.savePayment(work, result)
        return result.record
      }, id),
    )

  /**
   * Puts the clock of a merchant forward, or the server's, and with it everybody's. What is due by then expires.
   * @param timeFrom the time to show, from the one that it shows; both in milliseconds since 1970
   * @throws {Rejection} `invalid_parameter` for a time before the clock's own, and for one that no payment's deadline can follow
   */
  const setClock = async (timeFrom: (now: number) => number, merchant?: string) => {
    await settings.sync(merchant)
    await settings.change(merchant, (before) => {
      const { ahead = 0 } = before
      const now = clock.now(merchant) - (settings.of(merchant).ahead ?? 0) + ahead
      const time = timeFrom(now)
      if (!(time <= lastClockTime))
        throw new Rejection('invalid_parameter', 'The clock goes no further than {time}.', 'to', { time: isoTime(lastClockTime) })
      if (!(time >= now)) throw new Rejection('invalid_parameter', 'The clock only goes forward. Reset the sandbox to go back.', 'to')
      return { ...before, ahead: ahead + time - now }
    })
    await expireAfterJump(merchant)
    store.publish([])
  }

  return {
    setClock,
    /** Forgets everything, or what a merchant has; the clock shows the present again. */
    reset: async (merchant?: string) => {
      await storage.clear(merchant)
      settings.forget(merchant)
      store.publish([])
    },
    /** The shop captures, cancels or refunds, or the customer's bank takes the money back: from the dashboard, without the API. */
    capture: (id: string) => applyExternalEvent(id, (found) => capturePayment(found, clock.now(found.merchant))),
    cancel: (id: string) => applyExternalEvent(id, cancelPayment),
    refund: (id: string, request: RefundPaymentRequest, origin: string) =>
      applyExternalEvent(id, (found) => {
        assertRefunds(found)
        return refundPayment(found, request, { origin, now: clock.now(found.merchant) })
      }),
    chargeBack: (id: string) => applyExternalEvent(id, (found) => chargeBack(found, clock.now(found.merchant))),
    /** The customer pays, approves, or passes 3-D Secure. */
    pay: (id: string) =>
      withExpired(() =>
        store.transact(async (work) => {
          const found = await store.documentOf(work, 'payments', id)
          const change = payPayment(found, clock.now(found.merchant))
          // A first try of the customer's that failed: the payment stands as before.
          if (found.situation === 'failed_then_captured') store.addEvent(work, 'payment.failed', found.payment, found)
          await store.savePayment(work, change)
          return change.record
        }, id),
      ),
    /** The customer pays although the payment is over. */
    payLate: (id: string) => applyExternalEvent(id, (found) => payLate(found, clock.now(found.merchant))),
    /** The customer pays once more. */
    payAgain: (id: string) => applyExternalEvent(id, payAgain),
    /** The customer declines on the redirect page. */
    decline: (id: string) => applyExternalEvent(id, declinePayment),
    /** The deadline passes, whenever it is. */
    expire: (id: string) => applyExternalEvent(id, expirePayment),
    /** The customer collects a cash refund. */
    collectRefund: (id: string, refundId: string) => applyExternalEvent(id, (found) => completeRefund(found, refundId)),
    /** KOMOJU decides on a refund request. */
    settleRefundRequest: (id: string, requestId: string, status: 'completed' | 'rejected') =>
      applyExternalEvent(id, (found) => settleRefundRequest(found, requestId, status, clock.now(found.merchant))),
  }
}
