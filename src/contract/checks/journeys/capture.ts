/** Captures, and every state from which nothing can be captured. */
import { create } from '../../api/fixtures.ts'
import type { CheckContext } from '../../run/check-context.ts'
import type { Journey } from './journey.ts'
import { allowed, authorizedCard, createEchoed, forbidden, refund } from './steps.ts'

/** An authorized card payment, in every state from which nothing can be captured. */
const captureJourney = async (context: CheckContext) => {
  const authorized = await createEchoed(context, 'credit_card', { capture: false })
  const captured = await allowed(context, 'capturePayment', authorized, { rule: 'state.capture', status: 'captured' })
  await forbidden(context, 'capturePayment', captured, { rule: 'state.capture-rejected', what: 'A second capture' })
  await forbidden(context, 'cancelPayment', captured, { rule: 'state.cancel-rejected', what: 'Cancelling after a capture' })
  const refunded = await refund(context, captured, { amount: captured.body.total, status: 'refunded', body: {} })
  await forbidden(context, 'capturePayment', refunded, { rule: 'state.capture-rejected', what: 'Capturing a refunded payment' })
}

export const captureJourneys = (): Journey[] => [
  { name: 'authorize, capture, capture again, refund', operationId: 'capturePayment', paymentMethod: 'credit_card', run: captureJourney },
  {
    name: 'capture what was captured at once, waits for cash or was cancelled',
    operationId: 'capturePayment',
    run: async (context) => {
      await forbidden(context, 'capturePayment', await create(context, 'credit_card'), {
        rule: 'state.capture-rejected',
        what: 'Capturing a captured payment',
      })
      await forbidden(context, 'capturePayment', await create(context, 'konbini'), {
        rule: 'state.capture-rejected',
        what: 'Capturing a konbini payment',
      })
      const cancelled = await allowed(context, 'cancelPayment', await authorizedCard(context), {
        rule: 'state.cancel',
        status: 'cancelled',
      })
      await forbidden(context, 'capturePayment', cancelled, { rule: 'state.capture-rejected', what: 'Capturing a cancelled payment' })
    },
  },
]
