/** Steps that journeys have in common. */
import type { Payment } from '../../../../generated/schema.d.ts'
import { type JsonObject, jsonObjectOf } from '../../../json-object.ts'
import { create, orderBy } from '../../api/fixtures.ts'
import { sameAmount } from '../../rules/payment-invariants.ts'
import type { RuleId } from '../../rules/rules.ts'
import type { Accepted, CheckContext } from '../../run/check-context.ts'
import { getSame, verifyEcho, verifyResponse } from '../verifications.ts'

export const at = ({ id }: Payment, body: JsonObject = {}) => ({ path: { id }, body })

/** Sends what the payment's state forbids, and checks that it is rejected and changes nothing. */
export const forbidden = async (
  context: CheckContext,
  operationId: string,
  before: Accepted,
  { rule, what, body = {} }: { rule: RuleId; what: string; body?: JsonObject },
) => {
  const exchange = await context.expectRejected(operationId, at(before.body, body), {
    rule,
    what,
    statuses: [400, 409, 422],
    evidence: [before.exchange],
    pointer: context.responsePointer(operationId, 422),
  })
  const after = await context.expectAccepted('getPayment', { path: { id: before.body.id } })
  const difference = context.difference(before.body, after.body)
  context.verify('rejection.no-change', {
    operationId,
    passed: difference === undefined || exchange.status < 400,
    message: () => `${what} was rejected, and yet ${difference}.`,
    exchanges: [before.exchange, exchange, after.exchange],
    pointer: context.operationPointer(operationId),
  })
}

/** Does something that the payment's state allows, and checks the state after it, in the response and in a get. */
export const allowed = async (
  context: CheckContext,
  operationId: string,
  before: Accepted,
  { rule, status, body = {} }: { rule: RuleId; status: Payment['status']; body?: JsonObject },
): Promise<Accepted> => {
  const after = await context.expectAccepted(operationId, at(before.body, body), rule)
  verifyResponse(context, rule, {
    exchanges: [before.exchange, after.exchange],
    passed: after.body.status === status && after.body.id === before.body.id,
    message: () =>
      `The payment is ${after.body.status} instead of ${status}${after.body.id === before.body.id ? '' : ', and another one'}.`,
  })
  await getSame(context, after.body, after.exchange)
  return after
}

/** Refunds, and checks that just this was refunded. */
export const refund = async (
  context: CheckContext,
  before: Accepted,
  { amount, status, body }: { amount: number; status: Payment['status']; body: JsonObject },
): Promise<Accepted> => {
  const after = await allowed(context, 'refundPayment', before, { rule: 'state.refund', status, body })
  const known = new Set(before.body.refunds.map(({ id }) => id))
  const added = after.body.refunds.filter(({ id }) => !known.has(id))
  const [first] = added
  verifyResponse(context, 'state.refund-amount', {
    exchanges: [before.exchange, after.exchange],
    passed:
      added.length === 1 &&
      sameAmount(first?.amount ?? Number.NaN, amount) &&
      sameAmount(after.body.amount_refunded, before.body.amount_refunded + amount),
    message: () =>
      `Asked to refund ${amount}, got refunds of ${added.map((item) => item.amount).join(', ') || 'nothing'} and amount_refunded ${after.body.amount_refunded} after ${before.body.amount_refunded}.`,
  })
  if (typeof body.description === 'string' && first)
    verifyResponse(context, 'request.echo', {
      exchanges: [after.exchange],
      passed: first.description === body.description,
      message: () => `The refund has the description ${JSON.stringify(first.description)}.`,
      pointer: '#/components/schemas/Refund/properties/description',
    })
  return after
}

/** Creates a payment, and verifies that it is what was asked for. */
export const createEchoed = async (context: CheckContext, type: string, changes: JsonObject = {}): Promise<Accepted> => {
  const request = orderBy(context, type, changes)
  const created = await context.expectAccepted('createPayment', { body: request })
  verifyEcho(context, request, created.body, created.exchange)
  return created
}

export const cardDetails = (context: CheckContext, changes: JsonObject) => ({
  ...jsonObjectOf(orderBy(context, 'credit_card').payment_details),
  ...changes,
})

export const authorizedCard = (context: CheckContext) => create(context, 'credit_card', { capture: false })
