/** Objects that checks work on, each a fresh one of the run's own, and the bodies that make them. */
import type { Account, Payment } from '../../../generated/schema.d.ts'
import { isJsonObject, type JsonObject, jsonObjectOf } from '../../json-object.ts'
import type { Accepted, CheckContext } from '../run/check-context.ts'
import type { Exchange } from '../run/exchange.ts'
import type { ApiModel } from './api-model.ts'

/** An id of the right form that no object has. */
export const unknownId = 'zzzzzzzzzzzzzzzzzzzzzzzzz'

/** An example's body as its own order: named after the run, with a card that has not expired. */
export const ownOrder = (context: Pick<CheckContext, 'freshName'>, example: unknown): JsonObject => {
  const order = context.freshName()
  const body = structuredClone(example) as JsonObject
  const details = body.payment_details
  // As the reference's own samples send it: a month and a year are text.
  if (isJsonObject(details) && 'year' in details) {
    const year = String(new Date().getUTCFullYear() + 3)
    body.payment_details = { ...details, month: String(details.month).padStart(2, '0'), year }
  }
  return { ...body, external_order_num: order, metadata: { ...jsonObjectOf(body.metadata), kit_request: order } }
}

/** Example of the request that creates a payment by a method. */
export const createExample = (api: ApiModel, type: string): JsonObject => {
  const example = api.operation('createPayment').request?.examples[type]?.value
  if (!isJsonObject(example)) throw new Error(`The document has no example of a ${type} payment.`)
  return example
}

/** Example of an operation's request. An empty object for an operation without one. */
export const requestExample = (api: ApiModel, operationId: string): JsonObject => {
  const [first] = Object.values(api.operation(operationId).request?.examples ?? {})
  return isJsonObject(first?.value) ? first.value : {}
}

/** Valid body that creates a payment by a method. It has a description and a language, so that a change that loses one shows. */
export const orderBy = (context: CheckContext, type: string, changes: JsonObject = {}): JsonObject => ({
  ...ownOrder(context, createExample(context.api, type)),
  description: 'Payment of the contract kit',
  locale: 'en',
  ...changes,
})

/** Valid body that pays with a prepaid test card which holds less than the total. */
export const shortOrder = (context: CheckContext): JsonObject => ownOrder(context, context.api.shortCard.order)

/** Valid body that opens an account. */
export const newAccount = (context: CheckContext): JsonObject => ({
  name: context.freshName('Account'),
  default_currency: 'JPY',
  time_zone: 'Asia/Tokyo',
})

/** Creates a payment. */
export const create = (context: CheckContext, type: string, changes: JsonObject = {}): Promise<Accepted> =>
  context.expectAccepted('createPayment', { body: orderBy(context, type, changes) })

/** Opens an account. */
export const openAccount = (context: CheckContext): Promise<Accepted<Account>> =>
  context.expectAccepted<Account>('createAccount', { body: newAccount(context) })

/** Marks a payment paid with the target's hook. */
export const pay = async (context: CheckContext, payment: Payment): Promise<Payment> => {
  const { payUrl, fetch: call = fetch } = context.settings
  if (payUrl === undefined) return context.skip(context.capabilities.reason('pay') ?? 'nothing pays the payment')
  const url = payUrl.replace(/\{id\}|%7Bid%7D/i, payment.id)
  const response = await call(url, { method: 'POST', redirect: 'manual' }).catch((error: Error) =>
    context.skip(`--pay-url: ${error.message}`),
  )
  if (response.status >= 400) return context.skip(`--pay-url returned ${response.status} for a ${payment.payment_details?.type} payment`)
  const { body, exchange } = await context.expectAccepted('getPayment', { path: { id: payment.id } })
  context.verify('state.paid', {
    operationId: 'getPayment',
    passed: body.status === 'captured',
    message: () => `The payment was paid and is ${body.status}.`,
    exchanges: [exchange],
  })
  return body
}

/** Capturing and cancelling need a payment that waits for its capture. */
const needsAuthorized = (operationId: string) => operationId === 'capturePayment' || operationId === 'cancelPayment'

/** Method whose payments an operation is tried on, where any would do. */
const methodFor = (operationId: string) => (operationId === 'requestRefund' ? 'konbini' : 'credit_card')

/** A payment, not yet paid if it waits for cash. */
export const unpaidPaymentFor = async (context: CheckContext, operationId: string, type = methodFor(operationId)): Promise<Payment> => {
  const isWaiting = needsAuthorized(operationId) && context.api.method(type).kind === 'immediate'
  return (await create(context, type, isWaiting ? { capture: false } : {})).body
}

/**
 * A payment in the state that an operation works on: paid before a refund.
 * @throws {CheckEnded} where it cannot be paid, and is therefore not checked
 */
export const paymentFor = async (context: CheckContext, operationId: string, type: string): Promise<Payment> => {
  const payment = await unpaidPaymentFor(context, operationId, type)
  const isRefund = operationId === 'refundPayment' || operationId === 'requestRefund'
  return isRefund && context.api.method(type).kind !== 'immediate' ? pay(context, payment) : payment
}

/** Id of an object that an operation reaches: one of the run's own, or the document's where the target keeps no state. */
export const objectIdFor = async (context: CheckContext, operationId: string): Promise<string> => {
  const { api, capabilities } = context
  if (!capabilities.has('state') || !capabilities.has('writes')) return api.exampleId(operationId)
  if (api.operation(operationId).tag === 'Accounts') return (await openAccount(context)).body.id
  return (await unpaidPaymentFor(context, operationId)).id
}

/**
 * Sends wrong requests one after the other, all for one object. Where one was accepted, the next gets another object:
 * the response to a request does not depend on those before it.
 */
export const sendInTurn = async <Target>(make: () => Promise<Target>, requests: ((target: Target) => Promise<Exchange>)[]) => {
  let target: Target | undefined
  for (const request of requests) {
    target ??= await make()
    const { status } = await request(target)
    if (status < 300) target = undefined
  }
}
