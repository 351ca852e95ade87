/** Documents with the values of the index that they are found by. */
import type { Payment } from '../../../../generated/schema.d.ts'
import type { AccountRecord } from '../account.ts'
import type { PaymentRecord } from '../payment.ts'
import type { Row } from '../storage.ts'
import { type EventRecord, indexedStateOf, queueOf, recordIdOf } from './events.ts'

/** Part of the text that payments of a method are found by. */
export const methodText = (method: unknown) => `method:${method}`

const searchTextOf = ({ id, external_order_num, description, payment_details }: Payment) =>
  [id, external_order_num, description, payment_details?.type, payment_details?.email, payment_details && methodText(payment_details.type)]
    .filter(Boolean)
    .join(' ')
    .toLowerCase()

const isOpen = ({ status }: Payment) => status === 'authorized' || status === 'pending'

/** Milliseconds since 1970 at which a payment expires. Null for one without an open deadline. */
export const openDeadlineOf = (payment: Payment): number | null =>
  isOpen(payment) && payment.payment_deadline !== null ? Date.parse(payment.payment_deadline) : null

export const paymentRow = (record: PaymentRecord): Row<'payments'> & { index: { deadline: number | null } } => {
  const { payment, merchant } = record
  const { status, currency, external_order_num, created_at } = payment
  const index = {
    merchant,
    status,
    currency,
    external_order_num,
    created_at,
    deadline: openDeadlineOf(payment),
    text: searchTextOf(payment),
  }
  return { id: payment.id, index, document: record }
}

export const eventRow = (record: EventRecord): Row<'events'> => {
  const { event, merchant = null } = record
  return {
    id: recordIdOf(record),
    index: { payment: queueOf(record), state: indexedStateOf(record), created_at: event.created_at, merchant },
    document: record,
  }
}

export const accountRow = (record: AccountRecord): Row<'accounts'> => ({
  id: record.account.id,
  index: { merchant: record.merchant, name: record.account.name },
  document: record,
})
