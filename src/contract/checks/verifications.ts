/** Verifications that checks have in common. */

import type { Payment } from '../../../generated/schema.d.ts'
import { isJsonObject, type JsonObject, jsonObjectOf } from '../../json-object.ts'
import { clockToleranceMs } from '../rules/payment-invariants.ts'
import { paymentIn } from '../rules/payment-ledger.ts'
import type { RuleId } from '../rules/rules.ts'
import { type CheckContext, CheckEnded } from '../run/check-context.ts'
import type { Exchange } from '../run/exchange.ts'

type ResponseVerification = {
  /** What was sent and returned; the last exchange is the one that is verified. */
  exchanges: Exchange[]
  passed: boolean
  message: () => string
  pointer?: string
}

/** Verifies one thing about the response of an operation. @returns whether it passed */
export const verifyResponse = (context: CheckContext, rule: RuleId, verification: ResponseVerification): boolean => {
  const operationId = verification.exchanges.at(-1)?.operationId ?? context.check.operationId
  return context.verify(rule, { ...verification, operationId })
}

/**
 * Who is at fault where getPayment does not show what the last response said. It is getPayment where it neither shows a payment nor says
 * that there is none, where two of its responses differ, or where a list shows what was returned; otherwise the operation that returned
 * what is not kept.
 */
const culpritOf = async (context: CheckContext, expected: Payment, evidence: Exchange, shown: Exchange): Promise<string> => {
  if (shown.status !== 200) return shown.status === 404 ? evidence.operationId : 'getPayment'
  const again = await context.send('getPayment', { path: { id: expected.id } })
  if (context.difference(shown.body, again.body) !== undefined) return 'getPayment'
  const { external_order_num: order } = expected
  if (!order?.startsWith(context.runId)) return evidence.operationId
  const list = await context.send('listPayments', { query: { external_order_num: order } })
  const data = jsonObjectOf(list.body).data
  const listed = Array.isArray(data) ? data.find((payment) => jsonObjectOf(payment).id === expected.id) : undefined
  return listed !== undefined && context.difference(expected, listed) === undefined ? 'getPayment' : evidence.operationId
}

/** Gets a payment and verifies that it is what the last response said. */
export const getSame = async (context: CheckContext, expected: Payment, evidence: Exchange): Promise<Payment> => {
  const exchange = await context.send('getPayment', { path: { id: expected.id } })
  const difference = exchange.status === 200 ? context.difference(expected, exchange.body) : `getPayment returns ${exchange.status}`
  const isSame = context.verify('consistency.get', {
    operationId: difference === undefined ? evidence.operationId : await culpritOf(context, expected, evidence, exchange),
    passed: difference === undefined,
    message: () => `The payment is not what ${evidence.operationId} said: ${difference}.`,
    exchanges: [evidence, exchange],
    pointer: context.operationPointer('getPayment'),
  })
  if (!isSame && exchange.status !== 200) throw new CheckEnded()
  return paymentIn(exchange)
}

/** Statuses that a new payment of a method can have. Where the customer has yet to act, both names for waiting are right. */
export const firstStatuses = (context: CheckContext, type: string, capture: unknown = true): string[] => {
  if (context.api.method(type).kind !== 'immediate') return ['authorized', 'pending']
  return type === 'credit_card' && String(capture) === 'false' ? ['authorized'] : ['captured']
}

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Whether a value came back. A form has only text, so a number and its text are the same; null and absent are the same. */
const cameBack = (sent: unknown, got: unknown) => {
  if (sent === null || sent === undefined || sent === '') return got == null || got === ''
  if (typeof got === 'number') return Number(sent) === got
  return asText(sent) === asText(got)
}

/** Verifies that a new payment is the one that was asked for. */
export const verifyEcho = (context: CheckContext, request: JsonObject, payment: Payment, exchange: Exchange) => {
  const details = isJsonObject(request.payment_details) ? request.payment_details : {}
  const type = typeof details.type === 'string' ? details.type : undefined
  const returned = jsonObjectOf(payment.payment_details)
  const sent: [path: string[], value: unknown, got: unknown][] = [
    [['amount'], request.amount, payment.amount],
    [['currency'], request.currency, payment.currency],
    [['external_order_num'], request.external_order_num, payment.external_order_num],
    [['description'], request.description, payment.description],
    [['locale'], request.locale ?? 'ja', payment.locale],
    ...Object.entries(jsonObjectOf(request.metadata) ?? {}).map(([key, value]): [string[], unknown, unknown] => [
      ['metadata'],
      value,
      jsonObjectOf(payment.metadata)[key],
    ]),
  ]
  if (!Number.isNaN(Number(request.tax ?? Number.NaN))) sent.push([['tax'], request.tax, payment.tax])
  for (const name of type === undefined ? [] : context.api.method(type).echoed)
    if (details[name] !== undefined) sent.push([['payment_details'], details[name], returned[name]])
  if (typeof details.number === 'string') sent.push([['payment_details'], details.number.slice(-4), returned.last_four_digits])
  for (const [path, value, got] of sent)
    context.verify('request.echo', {
      operationId: 'createPayment',
      passed: cameBack(value, got),
      message: () => `Asked for ${path.join('')} ${JSON.stringify(value)}, got ${JSON.stringify(got)}.`,
      exchanges: [exchange],
      pointer: `#/components/schemas/Payment/properties/${path[0]}`,
    })
  const { created_at: createdAt, captured_at: capturedAt } = payment
  context.verify('invariant.times', {
    operationId: 'createPayment',
    // Both happen during the request.
    passed: !(Date.parse(String(capturedAt)) > Date.parse(createdAt) + exchange.duration + clockToleranceMs),
    message: () => `The payment was created at ${createdAt}, and captured at ${capturedAt}.`,
    exchanges: [exchange],
    pointer: '#/components/schemas/Payment/properties/captured_at',
  })
  if (type !== undefined) {
    const isShort = Number(returned.short_amount) > 0
    const statuses = isShort ? ['pending'] : firstStatuses(context, type, request.capture)
    context.verify('request.status', {
      operationId: 'createPayment',
      passed: statuses.includes(payment.status),
      message: () => `A new ${type} payment is ${payment.status} instead of ${statuses.join(' or ')}.`,
      exchanges: [exchange],
      pointer: context.operationPointer('createPayment', 'description'),
    })
  }
}

/** Verifies that a created account has what was asked for. */
export const verifyAccountEcho = (context: CheckContext, request: JsonObject, account: JsonObject, exchange: Exchange) => {
  for (const [name, value] of Object.entries(request))
    context.verify('request.echo', {
      operationId: 'createAccount',
      passed: account[name] === value,
      message: () => `Asked for ${name} ${JSON.stringify(value)}, got ${JSON.stringify(account[name])}.`,
      exchanges: [exchange],
      pointer: `#/components/schemas/Account/properties/${name}`,
    })
}
