/** Life of a payment: every way from one state to the next, as pure functions. The laws of the domain are kept here and nowhere else. */

import type {
  CreatePaymentRequest,
  Payment,
  Refund,
  RefundPaymentRequest,
  RequestRefundRequest,
  UpdatePaymentRequest,
} from '../../../generated/schema.d.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import { required } from '../../required.ts'
import { type DetailsInput, detailsOf, pointsOf, prepaidCardOf } from './details.ts'
import type { Flow } from './method-facts.ts'
import { amountOf, sum, taxOf } from './money.ts'
import { newId } from './random.ts'
import { Rejection } from './rejection.ts'
import type { Rules } from './rules.ts'
import { assertPlayable, type Situation, storeFee } from './situations.ts'
import { deadlineOf, isoTime } from './time.ts'

export type PaymentRecord = {
  /** Whose payment it is. */
  merchant: string
  payment: Payment
  flow: Flow
  /** Decimals of the payment's currency. */
  decimals: number
  /** Where the customer goes after approval and after rejection; null where the request named no address. */
  returnUrl: string | null
  cancelUrl: string | null
  /** Amounts of the refund requests by id, which the API takes and does not return. */
  requested: Record<string, number>
  /** What happens to it that breaks shops; undefined for a payment that asked for nothing. */
  situation?: Situation | undefined
  /** Whether it is captured once its customer has passed 3-D Secure; undefined for a payment without. */
  capturesAfterChallenge?: boolean | undefined
  /** What its request had; missing in databases of earlier versions. */
  asked?: Asked | undefined
}

/** What a request had that its payment does not show as it was. */
export type Asked = {
  fields: Pick<CreatePaymentRequest, (typeof askedNames)[number]>
  /** Its `payment_details` without secrets; undefined for a token or a customer in their place. */
  details?: JsonObject | undefined
  /** Names of the secrets in them. */
  secrets: string[]
}

/** Properties of a request that its payment does not show as they were. */
const askedNames = ['tax', 'capture', 'locale', 'return_url', 'cancel_url'] as const

export type PaymentEventType =
  | 'payment.authorized'
  | 'payment.captured'
  | 'payment.updated'
  | 'payment.expired'
  | 'payment.cancelled'
  | 'payment.refund.created'
  | 'payment.refunded'
  | 'payment.failed'
  | 'refund_request.updated'

/** A payment after a change, and the events that tell of it. */
export type Change = { record: PaymentRecord; events: PaymentEventType[] }

/** A payment with other values, and the events that tell of them. */
export const changed = (record: PaymentRecord, payment: Partial<Payment>, ...events: PaymentEventType[]): Change => ({
  record: { ...record, payment: { ...record.payment, ...payment } },
  events,
})

const isTrue = (input: unknown) => input === true || input === 'true' || input === '1'

/** How a payment begins, by the flow of its method and what the request asks for. */
const beginningOf = (
  flow: Flow,
  isShort: boolean,
  capture: boolean,
  isChallenged: boolean,
): Pick<Change, 'events'> & Pick<Payment, 'status'> => {
  // Nothing has happened yet to a payment that is short, or whose customer has to authenticate.
  if (isShort || isChallenged) return { status: 'pending', events: [] }
  if (flow === 'prepaid' || (flow === 'card' && capture)) return { status: 'captured', events: ['payment.captured'] }
  return { status: 'authorized', events: ['payment.authorized'] }
}

const askedIn = (request: CreatePaymentRequest, secretNames: ReadonlySet<string>): Asked => {
  // Each creation comes through here, so no lists of entries are made.
  const fields: JsonObject = {}
  for (const name of askedNames) if (request[name] !== undefined) fields[name] = request[name]
  if (!isJsonObject(request.payment_details)) return { fields, secrets: [] }
  const sent: JsonObject = request.payment_details
  const details: JsonObject = {}
  const secrets: string[] = []
  for (const name in sent) {
    if (secretNames.has(name)) secrets.push(name)
    else details[name] = sent[name]
  }
  return { fields, details, secrets }
}

/**
 * New payment.
 * @param request a request that conforms to the document
 * @param now in milliseconds since 1970
 * @throws {Rejection} where the amount is more precise than the currency, or the card cannot exist
 */
export const createPayment = (
  rules: Rules,
  request: CreatePaymentRequest,
  { merchant, origin, now, situation }: { merchant: string; origin: string; now: number; situation?: Situation | undefined },
): Change => {
  const decimals = required(rules.decimals[request.currency], `Precision of ${request.currency}`)
  const amount = amountOf(request.amount, decimals, 'amount')
  const tax = taxOf(request.tax, amount, decimals, rules.autoTaxPercent)
  const fee = situation === 'konbini_fee' ? storeFee : 0
  const total = sum(decimals, amount, tax, fee)
  // Null counts as left out.
  const details = request.payment_details ?? undefined
  const customer = request.customer ?? undefined
  // No operation makes tokens or customers: all of them stand for one test card.
  if (customer !== undefined && !/^[0-9a-z]{25}$/.test(customer))
    throw new Rejection(
      'invalid_parameter',
      'Parameter customer names no customer. In the sandbox, every id of 25 characters of 0-9 and a-z does.',
      'customer',
    )
  const input: DetailsInput = typeof details === 'object' ? details : rules.storedCard
  const method = required(rules.methods[String(input.type)], `Payment method ${input.type}`)
  const id = newId()
  const locale = request.locale ?? 'ja'
  const days = input.expiry_days === undefined ? method.deadline?.days : Number(input.expiry_days)
  const deadline = method.deadline && days !== undefined ? deadlineOf({ ...method.deadline, days }, now) : undefined
  assertPlayable(situation, method.flow, method.type)
  const points = pointsOf(method, input, total)
  const capture = request.capture === undefined || isTrue(request.capture)
  const isChallenged = method.flow === 'card' && isTrue(input.three_d_secure)
  const { status, events } = beginningOf(method.flow, method.flow === 'prepaid' && points < total, capture, isChallenged)
  const payment: Payment = {
    id,
    resource: 'payment',
    status,
    amount,
    tax,
    customer: customer ?? null,
    payment_deadline: deadline === undefined ? null : isoTime(deadline),
    payment_details: detailsOf(method, input, { id, total, points, locale, origin, isChallenged }),
    payment_method_fee: fee,
    total,
    currency: request.currency,
    description: request.description ?? null,
    captured_at: status === 'captured' ? isoTime(now) : null,
    external_order_num: request.external_order_num ?? null,
    metadata: request.metadata ?? {},
    created_at: isoTime(now),
    amount_refunded: 0,
    locale,
    refunds: [],
    refund_requests: [],
  }
  const returnUrl = request.return_url ?? null
  return {
    record: {
      ...{ merchant, payment, flow: method.flow, decimals, situation },
      ...{ returnUrl, cancelUrl: request.cancel_url ?? returnUrl, requested: {} },
      ...(isChallenged && { capturesAfterChallenge: capture }),
      asked: askedIn(request, rules.secretNames),
    },
    events,
  }
}

/**
 * Changes what may change. Metadata is replaced as a whole; `payment_details` is a further card for a prepaid payment that is short.
 * @throws {Rejection} `invalid_parameter` for a card where none is missing, or one of another payment method
 */
export const updatePayment = (rules: Rules, record: PaymentRecord, request: UpdatePaymentRequest, now: number): Change => {
  const { description, metadata, payment_details: card } = request
  const change = changed(
    record,
    { ...(description !== undefined && { description }), ...(metadata !== undefined && { metadata: metadata ?? {} }) },
    'payment.updated',
  )
  if (!card) return change
  const paid = withFurtherCard(rules, change.record, card, now)
  return { record: paid.record, events: [...change.events, ...paid.events] }
}

/** A further prepaid card pays what is short, or a part of it. */
const withFurtherCard = (rules: Rules, record: PaymentRecord, card: DetailsInput, now: number): Change => {
  const { status, payment_details: details } = record.payment
  if (status !== 'pending' || !details || !('short_amount' in details))
    throw new Rejection(
      'invalid_parameter',
      'Parameter payment_details needs a pending prepaid payment that is short; this one is {status}.',
      'payment_details',
      { status },
    )
  if (card.type !== details.type)
    throw new Rejection('invalid_parameter', 'Parameter payment_details[type] must be {type}.', 'payment_details[type]', {
      type: details.type,
    })
  const points = pointsOf(required(rules.methods[details.type], details.type), card, details.short_amount)
  const paid = {
    ...details,
    short_amount: details.short_amount - points,
    prepaid_cards: [...details.prepaid_cards, prepaidCardOf(card, points)],
  }
  const change = changed(record, { payment_details: paid })
  return paid.short_amount > 0 ? change : captured(change.record, now)
}

/** The money has arrived. */
export const captured = (record: PaymentRecord, now: number): Change =>
  changed(record, { status: 'captured', captured_at: isoTime(now) }, 'payment.captured')

/**
 * Captures an authorized card payment.
 * @throws {Rejection} `not_capturable` for every other payment
 */
export const capturePayment = (record: PaymentRecord, now: number): Change => {
  const { status } = record.payment
  if (record.flow !== 'card') throw new Rejection('not_capturable', 'The payment is not capturable: only a card payment is.')
  if (status !== 'authorized')
    throw new Rejection('not_capturable', 'The payment is not capturable: it is {status}, not authorized.', null, { status })
  return captured(record, now)
}

/**
 * Gives up a payment that nobody has paid.
 * @throws {Rejection} `not_cancellable` unless the payment is pending or authorized
 */
export const cancelPayment = (record: PaymentRecord): Change => {
  const { status } = record.payment
  if (status !== 'pending' && status !== 'authorized')
    throw new Rejection('not_cancellable', 'The payment is not cancellable: it is {status}, not pending or authorized.', null, { status })
  return changed(record, { status: 'cancelled' }, 'payment.cancelled')
}

/** What can still go back to the customer: neither refunded, nor on its way, nor asked for in an open refund request. */
export const restOf = ({ payment, requested, decimals }: PaymentRecord) => {
  const open = payment.refund_requests.filter(({ status }) => status === 'pending').map(({ id }) => -(requested[id] ?? 0))
  return sum(decimals, payment.total, -payment.amount_refunded, ...open)
}

/** @throws {Rejection} `not_refundable` unless the payment is captured and something is left of it */
const refundableRest = (record: PaymentRecord): number => {
  const { status, total, refunds } = record.payment
  if (status !== 'captured')
    throw new Rejection('not_refundable', 'The payment is not refundable: it is {status}, not captured.', null, { status })
  const rest = restOf(record)
  if (rest === 0 && (total > 0 || refunds.length > 0))
    throw new Rejection('not_refundable', 'The payment is not refundable: nothing is left of its total.')
  return rest
}

/** @throws {Rejection} `invalid_parameter` for more than what is left */
const partOf = (rest: number, input: number | string, decimals: number): number => {
  const amount = amountOf(input, decimals, 'amount')
  if (amount > rest)
    throw new Rejection('invalid_parameter', 'Parameter amount must be at most {rest}, which is what is left to refund.', 'amount', {
      rest,
    })
  return amount
}

/** A payment with other refunds: the sum and the status follow from them. */
const withRefunds = (record: PaymentRecord, refunds: Refund[], ...events: PaymentEventType[]): Change => {
  const { decimals, payment } = record
  const completed = sum(decimals, ...refunds.filter(({ status }) => status === 'completed').map(({ amount }) => amount))
  const isRefunded = completed === payment.total
  return changed(
    record,
    {
      refunds,
      amount_refunded: sum(decimals, ...refunds.map(({ amount }) => amount)),
      status: isRefunded ? 'refunded' : payment.status,
    },
    ...events,
    ...(isRefunded ? (['payment.refunded'] as const) : []),
  )
}

/** A refund whose money has gone back. */
const newRefund = ({ payment }: PaymentRecord, amount: number, now: number): Refund => ({
  id: newId(),
  resource: 'refund',
  status: 'completed',
  redirect_url: null,
  amount,
  currency: payment.currency,
  payment: payment.id,
  description: null,
  created_at: isoTime(now),
  chargeback: false,
})

/** A refund that the customer has to collect, on a page of the server. */
const toCollect = (refund: Refund, origin: string): Refund => ({
  ...refund,
  status: 'pending',
  redirect_url: `${origin}/refunds/${refund.payment}/${refund.id}`,
})

/** Characters of an id that a message repeats. */
const maxShownLength = 50

const noSuchRefund = (id: string) =>
  new Rejection('not_found', 'The payment has no refund {id}.', 'refund', { id: id.slice(0, maxShownLength) })

const noSuchRequest = (id: string) =>
  new Rejection('not_found', 'The payment has no refund request {id}.', 'request', { id: id.slice(0, maxShownLength) })

/**
 * Refunds what is left, or the part that `amount` names. A cash refund is pending until the customer has collected it.
 * @throws {Rejection} `not_refundable` where nothing can be refunded, `invalid_parameter` for more than what is left
 */
export const refundPayment = (
  record: PaymentRecord,
  request: RefundPaymentRequest,
  { origin, now }: { origin: string; now: number },
): Change => {
  const rest = refundableRest(record)
  const amount = request.amount === undefined ? rest : partOf(rest, request.amount, record.decimals)
  const refund = { ...newRefund(record, amount, now), description: request.description ?? null }
  const made = record.flow === 'cash' ? toCollect(refund, origin) : refund
  return withRefunds(record, [...record.payment.refunds, made], 'payment.refund.created')
}

/**
 * The customer's bank takes back what is left of a card payment.
 * @throws {Rejection} `not_refundable` unless a card payment is captured and something is left of it
 */
export const chargeBack = (record: PaymentRecord, now: number): Change => {
  if (record.flow !== 'card') throw new Rejection('not_refundable', 'There is no chargeback: the payment was not made with a card.')
  const refund = { ...newRefund(record, refundableRest(record), now), chargeback: true }
  return withRefunds(record, [...record.payment.refunds, refund], 'payment.refund.created')
}

/**
 * The customer has collected a cash refund.
 * @throws {Rejection} `not_found` for a refund that the payment does not have, `not_refundable` for one that is completed
 */
export const completeRefund = (record: PaymentRecord, refundId: string): Change => {
  const refund = record.payment.refunds.find(({ id }) => id === refundId)
  if (!refund) throw noSuchRefund(refundId)
  if (refund.status !== 'pending') throw new Rejection('not_refundable', 'The refund is completed.')
  const refunds = record.payment.refunds.map((other) => (other === refund ? { ...refund, status: 'completed' as const } : other))
  return withRefunds(record, refunds)
}

/**
 * Asks to send the money of a cash payment to a bank account.
 * @throws {Rejection} `not_refundable` unless a captured cash payment has money left, `invalid_parameter` for more than that
 */
export const requestRefund = (record: PaymentRecord, request: RequestRefundRequest, now: number): Change => {
  if (record.flow !== 'cash')
    throw new Rejection('not_refundable', 'The payment is not refundable to a bank account: it was not paid in cash. Use a refund.')
  const rest = refundableRest(record)
  const fee = isTrue(request.include_payment_method_fee) ? 0 : record.payment.payment_method_fee
  const amount = partOf(sum(record.decimals, rest, -fee), request.amount, record.decimals)
  const { customer_name, bank_name, branch_number } = request
  const refundRequest = {
    id: newId(),
    payment: record.payment.id,
    customer_name,
    bank_name,
    branch_number,
    account_number: String(request.account_number),
    status: 'pending' as const,
    created_at: isoTime(now),
  }
  const asked = { ...record, requested: { ...record.requested, [refundRequest.id]: amount } }
  return changed(asked, { refund_requests: [...record.payment.refund_requests, refundRequest] })
}

/**
 * KOMOJU has decided on a refund request. A completed one becomes a completed refund, for the money has gone back: nobody has to collect
 * it, so that the refund has no page.
 * @throws {Rejection} `not_found` for a request that the payment does not have, `not_refundable` for one that is decided
 */
export const settleRefundRequest = (record: PaymentRecord, requestId: string, status: 'completed' | 'rejected', now: number): Change => {
  const request = record.payment.refund_requests.find(({ id }) => id === requestId)
  if (!request) throw noSuchRequest(requestId)
  if (request.status !== 'pending')
    throw new Rejection('not_refundable', 'The refund request is {status}.', null, { status: request.status })
  const settled = changed(record, {
    refund_requests: record.payment.refund_requests.map((other) => (other === request ? { ...request, status } : other)),
  }).record
  if (status === 'rejected') return { record: settled, events: ['refund_request.updated'] }
  const refund = newRefund(settled, record.requested[requestId] ?? 0, now)
  return withRefunds(settled, [...settled.payment.refunds, refund], 'refund_request.updated')
}

/** Whether the payment waits for its customer. */
const isWaiting = (record: PaymentRecord) => (record.payment.status === 'authorized' && record.flow !== 'card') || isChallenged(record)

/** Whether the payment waits for its customer to authenticate with 3-D Secure. */
export const isChallenged = ({ payment, capturesAfterChallenge }: PaymentRecord) =>
  payment.status === 'pending' && capturesAfterChallenge !== undefined

/**
 * The customer has paid the cash, approved, or passed 3-D Secure.
 * @throws {Rejection} `unprocessable_entity` unless the payment waits for its customer
 */
export const payPayment = (record: PaymentRecord, now: number): Change => {
  if (!isWaiting(record))
    throw new Rejection(
      'unprocessable_entity',
      'The customer cannot pay this payment: it is {status} and does not wait for its customer.',
      null,
      { status: record.payment.status },
    )
  if (isChallenged(record) && !record.capturesAfterChallenge) return changed(record, { status: 'authorized' }, 'payment.authorized')
  return captured(record, now)
}

/**
 * The customer has declined on the redirect page, or failed 3-D Secure.
 * @throws {Rejection} `unprocessable_entity` unless the payment waits for its customer there
 */
export const declinePayment = (record: PaymentRecord): Change => {
  if (!isWaiting(record))
    throw new Rejection(
      'unprocessable_entity',
      'The customer cannot decline this payment: it is {status} and does not wait for its customer.',
      null,
      { status: record.payment.status },
    )
  if (record.flow !== 'redirect' && !isChallenged(record))
    throw new Rejection('unprocessable_entity', 'The customer cannot decline this payment: it has no page to decline on.')
  return changed(record, { status: 'failed' }, 'payment.failed')
}

/**
 * The deadline has passed, or is declared to have.
 * @throws {Rejection} `unprocessable_entity` unless the payment is open
 */
export const expirePayment = (record: PaymentRecord): Change => {
  const { status } = record.payment
  if (status !== 'authorized' && status !== 'pending')
    throw new Rejection('unprocessable_entity', 'The payment cannot expire: it is {status}.', null, { status })
  return changed(record, { status: 'expired' }, 'payment.expired')
}
