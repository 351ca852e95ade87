/** Cancellations, and every state that cannot be cancelled. */
import { create } from '../../api/fixtures.ts'
import type { Journey } from './journey.ts'
import { allowed, authorizedCard, forbidden, refund } from './steps.ts'

export const cancelJourneys = (): Journey[] => [
  {
    name: 'cancel, and cancel again',
    operationId: 'cancelPayment',
    run: async (context) => {
      for (const before of [await authorizedCard(context), await create(context, 'konbini'), await create(context, 'bank_transfer')]) {
        const cancelled = await allowed(context, 'cancelPayment', before, { rule: 'state.cancel', status: 'cancelled' })
        await forbidden(context, 'cancelPayment', cancelled, { rule: 'state.cancel-rejected', what: 'A second cancellation' })
        await forbidden(context, 'refundPayment', cancelled, { rule: 'state.refund-rejected', what: 'Refunding a cancelled payment' })
      }
    },
  },
  {
    name: 'cancel a captured and a refunded payment',
    operationId: 'cancelPayment',
    run: async (context) => {
      const captured = await create(context, 'credit_card')
      await forbidden(context, 'cancelPayment', captured, { rule: 'state.cancel-rejected', what: 'Cancelling a captured payment' })
      const partly = await refund(context, captured, { amount: 101, status: 'captured', body: { amount: 101 } })
      await forbidden(context, 'cancelPayment', partly, { rule: 'state.cancel-rejected', what: 'Cancelling a partly refunded payment' })
      const refunded = await refund(context, partly, { amount: captured.body.total - 101, status: 'refunded', body: {} })
      await forbidden(context, 'cancelPayment', refunded, { rule: 'state.cancel-rejected', what: 'Cancelling a refunded payment' })
    },
  },
]
