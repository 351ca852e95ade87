/** What customers, banks and KOMOJU do to a payment where its life does not go as shops expect. */
import { type Change, captured, changed, chargeBack, type PaymentRecord, restOf } from './payment.ts'
import { Rejection } from './rejection.ts'

/**
 * The customer pays although the payment is over: the money was on its way, or the slip was still in a pocket.
 * @throws {Rejection} `unprocessable_entity` unless the payment is of cash, and expired or cancelled
 */
export const payLate = (record: PaymentRecord, now: number): Change => {
  const { status } = record.payment
  if (record.flow !== 'cash' || (status !== 'expired' && status !== 'cancelled'))
    throw new Rejection(
      'unprocessable_entity',
      'The customer cannot pay late: this needs a cash payment that is expired or cancelled, and the payment is {status}.',
      null,
      {
        status,
      },
    )
  return captured(record, now)
}

/**
 * The customer pays once more. The API has no place for the money: another event says so, and the payment stays as it is.
 * @throws {Rejection} `unprocessable_entity` unless a cash payment is captured
 */
export const payAgain = (record: PaymentRecord): Change => {
  const { status } = record.payment
  if (record.flow !== 'cash' || status !== 'captured')
    throw new Rejection(
      'unprocessable_entity',
      'The customer cannot pay again: this needs a captured cash payment, and the payment is {status}.',
      null,
      {
        status,
      },
    )
  return changed(record, {}, 'payment.captured')
}

/** The bank declines a payment that is made all the same. */
export const declineCreation = ({ record }: Change): Change => changed(record, { status: 'failed', captured_at: null }, 'payment.failed')

/** What its situation does to a payment at once after a change; undefined for nothing. @param now in milliseconds since 1970 */
export const reactionTo = ({ record, events }: Change, now: number): Change | undefined => {
  const { situation } = record
  if (situation === 'paid_after_deadline' && events.includes('payment.expired')) return payLate(record, now)
  if (situation === 'paid_after_cancel' && events.includes('payment.cancelled')) return payLate(record, now)
  if (situation === 'paid_twice' && events.includes('payment.captured')) return payAgain(record)
  // A refund of everything leaves nothing to take back.
  if (situation === 'chargeback_on_refund' && events.includes('payment.refund.created') && restOf(record) > 0)
    return chargeBack(record, now)
  return
}
