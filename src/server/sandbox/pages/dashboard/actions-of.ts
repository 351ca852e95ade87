/** What can happen next to a payment, and for what cannot, why. */
import type { Translate } from '../../../../pages/translator.ts'
import {
  type Change,
  cancelPayment,
  capturePayment,
  chargeBack,
  completeRefund,
  declinePayment,
  expirePayment,
  isChallenged,
  type PaymentRecord,
  payPayment,
  refundPayment,
  restOf,
  settleRefundRequest,
} from '../../payment.ts'
import { Rejection } from '../../rejection.ts'
import { payAgain, payLate } from '../../situation-changes.ts'
import { moneyText } from '../format.ts'
import type { Frame } from './frame.ts'

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
const reasonOf = (change: () => Change, translate: Translate): string | undefined => {
  try {
    change()
    return
  } catch (error) {
    if (error instanceof Rejection) return translate(error.text, error.values)
    throw error
  }
}

/** The actions of a payment. @param now by the clock of its merchant, in milliseconds */
export const actionsOf = (record: PaymentRecord, now: number, { t, language }: Pick<Frame, 't' | 'language'>): PaymentAction[] => {
  const { payment, flow } = record
  const { id } = payment
  const action = (label: string, name: string, change: () => Change, more: Partial<PaymentAction> = {}): PaymentAction => ({
    label,
    path: `/sandbox/${name}/${id}`,
    fields: {},
    isMain: false,
    reason: reasonOf(change, t),
    ...more,
  })
  const money = (amount: number) => moneyText(amount, payment.currency, language)
  const payLabel = isChallenged(record) ? t('Customer passes 3-D Secure') : flow === 'cash' ? t('Customer pays') : t('Customer approves')
  const ofCustomer = [
    action(payLabel, 'pay', () => payPayment(record, now), { isMain: true }),
    action(isChallenged(record) ? t('Customer fails 3-D Secure') : t('Customer declines'), 'decline', () => declinePayment(record)),
    action(t('Deadline passes'), 'expire', () => expirePayment(record)),
  ]
  const ofLateCustomer = [
    action(t('Customer pays late'), 'pay-late', () => payLate(record, now)),
    action(t('Customer pays a second time'), 'pay-again', () => payAgain(record)),
  ]
  const ofShop = [
    action(t('Capture'), 'capture', () => capturePayment(record, now), { isMain: true }),
    action(t('Cancel'), 'cancel', () => cancelPayment(record)),
    action(t('Refund'), 'refund', () => refundPayment(record, {}, { origin: '', now }), { amount: restOf(record) }),
    action(t('Chargeback by the bank'), 'chargeback', () => chargeBack(record, now)),
  ]
  const ofRefunds = payment.refunds
    .filter(({ status }) => status === 'pending')
    .map(({ id: refund, amount }) =>
      action(t('Customer collects {amount}', { amount: money(amount) }), 'collect-refund', () => completeRefund(record, refund), {
        fields: { refund },
        isMain: true,
      }),
    )
  const ofRequests = payment.refund_requests
    .filter(({ status }) => status === 'pending')
    .flatMap(({ id: request }) => [
      action(t('KOMOJU completes the refund request'), 'complete-request', () => settleRefundRequest(record, request, 'completed', now), {
        fields: { request },
      }),
      action(t('KOMOJU rejects the refund request'), 'reject-request', () => settleRefundRequest(record, request, 'rejected', now), {
        fields: { request },
      }),
    ])
  return [...ofRefunds, ...ofRequests, ...ofCustomer, ...(flow === 'cash' ? ofLateCustomer : []), ...ofShop]
}
