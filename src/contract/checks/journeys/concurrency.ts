/** Requests that change one payment at the same time. */
import type { Payment } from '../../../../generated/schema.d.ts'
import type { JsonObject } from '../../../json-object.ts'
import { create } from '../../api/fixtures.ts'
import type { Accepted, CheckContext } from '../../run/check-context.ts'
import type { Journey } from './journey.ts'
import { at, authorizedCard } from './steps.ts'

const concurrently = async (
  context: CheckContext,
  operationId: string,
  before: Accepted,
  body: JsonObject,
  most: (after: Payment, accepted: number) => string | undefined,
) => {
  const exchanges = await context.race(operationId, at(before.body, body), 3)
  const after = await context.expectAccepted('getPayment', { path: { id: before.body.id } })
  const accepted = exchanges.filter(({ status }) => status === 200).length
  const problem = most(after.body, accepted)
  context.verify('state.concurrent', {
    operationId,
    passed: problem === undefined,
    message: () => `Three requests at the same time: ${accepted} accepted, ${problem}.`,
    exchanges: [before.exchange, ...exchanges, after.exchange],
    pointer: context.operationPointer(operationId),
  })
}

export const concurrencyJourneys = (): Journey[] => [
  {
    name: 'refund, capture and cancel at the same time',
    operationId: 'refundPayment',
    run: async (context) => {
      const captured = await create(context, 'credit_card', { amount: 1000, tax: 100 })
      await concurrently(context, 'refundPayment', captured, { amount: 600 }, (after, accepted) =>
        accepted > 1 || after.amount_refunded > after.total ? `amount_refunded is ${after.amount_refunded} of ${after.total}` : undefined,
      )
      await concurrently(context, 'capturePayment', await authorizedCard(context), {}, (after, accepted) =>
        accepted > 1 || after.status !== 'captured' ? `the payment is ${after.status}` : undefined,
      )
      await concurrently(context, 'cancelPayment', await authorizedCard(context), {}, (after, accepted) =>
        accepted > 1 || after.status !== 'cancelled' ? `the payment is ${after.status}` : undefined,
      )
    },
  },
]
