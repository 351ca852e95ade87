/** What can happen next to a payment, and for what cannot, why. */

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
  restOf,
  settleRefundRequest,
} from '../../payment.ts'
import { Rejection } from '../../rejection.ts'
import { moneyText } from '../format.ts'

export type PaymentAction = {
  label: string
  /** Path of the action, and what it sends. */
  path: string
  fields: Record<string, string>
  isMain: boolean
  /** Why it cannot be done now; undefined for what can. */
  reason: string | undefined
  /** Amount that is filled in, for an action that takes one. */
  amount?: number
}

/** Why a change cannot be made: it is tried, and its result thrown away. */
const reasonOf = (change: () => Change): string | undefined => {
  try {
    change()
    return
  } catch (error) {
    if (error instanceof Rejection) return error.message
    throw error
  }
}

/** The actions of a payment. @param now by the clock of its merchant, in milliseconds */
export const actionsOf = (record: PaymentRecord, now: number): PaymentAction[] => {
  const { payment, flow } = record
  const { id } = payment
  const context = { origin: '', now }
  const action = (label: string, name: string, change: () => Change, more: Partial<PaymentAction> = {}): PaymentAction => ({
    label,
    path: `/sandbox/${name}/${id}`,
    fields: {},
    isMain: false,
    reason: reasonOf(change),
    ...more,
  })
  const money = (amount: number) => moneyText(amount, payment.currency)
  const ofCustomer = [
    action(flow === 'cash' ? 'Customer pays' : 'Customer approves', 'pay', () => payPayment(record, now), { isMain: true }),
    action('Customer declines', 'decline', () => declinePayment(record)),
    action('Deadline passes', 'expire', () => expirePayment(record)),
  ]
  const ofShop = [
    action('Capture', 'capture', () => capturePayment(record, now), { isMain: true }),
    action('Cancel', 'cancel', () => cancelPayment(record)),
    action('Refund', 'refund', () => refundPayment(record, {}, context), { amount: restOf(record) }),
    action('Chargeback by the bank', 'chargeback', () => chargeBack(record, context)),
  ]
  const ofRefunds = payment.refunds
    .filter(({ status }) => status === 'pending')
    .map(({ id: refund, amount }) =>
      action(`Customer collects ${money(amount)}`, 'collect-refund', () => completeRefund(record, refund), {
        fields: { refund },
        isMain: true,
      }),
    )
  const ofRequests = payment.refund_requests
    .filter(({ status }) => status === 'pending')
    .flatMap(({ id: request }) => [
      action('KOMOJU completes the refund request', 'complete-request', () => settleRefundRequest(record, request, 'completed', context), {
        fields: { request },
      }),
      action('KOMOJU rejects the refund request', 'reject-request', () => settleRefundRequest(record, request, 'rejected', context), {
        fields: { request },
      }),
    ])
  return [...ofRefunds, ...ofRequests, ...ofCustomer, ...ofShop]
}
