/** What customers, the shop, KOMOJU, a bank and time do to one payment, beside the API. */
import type { JsonObject } from '../../json-object.ts'
import { idIn, numberIn } from './action-fields.ts'
import type { PaymentRecord } from './payment.ts'
import type { State } from './state/index.ts'

type NoFields = Record<string, never>

/** Fields that each action takes, by its name; none for most. */
export type ActionFields = {
  pay: NoFields
  'pay-late': NoFields
  'pay-again': NoFields
  decline: NoFields
  expire: NoFields
  capture: NoFields
  cancel: NoFields
  refund: {
    /** Part to refund, in the unit of the payment's amounts. All that is left if not given. */
    amount?: number | undefined
  }
  chargeback: NoFields
  'collect-refund': {
    /** Id of a refund of the payment. */
    refund: string
  }
  'complete-request': {
    /** Id of a refund request of the payment. */
    request: string
  }
  'reject-request': {
    /** Id of a refund request of the payment. */
    request: string
  }
}
export type ActionName = keyof ActionFields

type PaymentAction = {
  /** Names of its fields. */
  fields: readonly string[]
  /** @param origin address of the server, of which links are made */
  act: (id: string, fields: JsonObject, origin: string) => Promise<PaymentRecord>
}

/** Makes the actions, by their names. */
export const paymentActionsOf = (state: State): Record<ActionName, PaymentAction> => {
  const plain = (act: (id: string) => Promise<PaymentRecord>): PaymentAction => ({ fields: [], act: (id) => act(id) })
  const settling = (status: 'completed' | 'rejected'): PaymentAction => ({
    fields: ['request'],
    act: (id, { request }) => state.settleRefundRequest(id, idIn(request, 'request', 'refund_requests'), status),
  })
  return {
    pay: plain(state.pay),
    'pay-late': plain(state.payLate),
    'pay-again': plain(state.payAgain),
    decline: plain(state.decline),
    expire: plain(state.expire),
    capture: plain(state.capture),
    cancel: plain(state.cancel),
    refund: {
      fields: ['amount'],
      act: (id, { amount }, origin) => state.refund(id, amount === undefined ? {} : { amount: numberIn(amount, 'amount') }, origin),
    },
    chargeback: plain(state.chargeBack),
    'collect-refund': { fields: ['refund'], act: (id, { refund }) => state.collectRefund(id, idIn(refund, 'refund', 'refunds')) },
    'complete-request': settling('completed'),
    'reject-request': settling('rejected'),
  }
}
