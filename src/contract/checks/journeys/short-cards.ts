/** Prepaid cards that hold less than the total, and the further card that pays the rest. */
import type { ApiDescription } from '../../api/api-description.ts'
import { create, shortOrder } from '../../api/fixtures.ts'
import { sameAmount } from '../../rules/payment-invariants.ts'
import { getSame, verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { allowed, forbidden } from './steps.ts'

/** What the prepaid cards of a payment lack, and what they hold. */
const prepaidOf = (details: unknown) => {
  const { short_amount: short = 0, prepaid_cards: cards = [] } = (details ?? {}) as {
    short_amount?: number
    prepaid_cards?: { points: number }[]
  }
  return { short, paid: cards.reduce((sum, { points }) => sum + points, 0) }
}

export const shortCardJourneys = ({ shortCard: { furtherCard, paymentMethod } }: ApiDescription): Journey[] => [
  {
    name: 'a short prepaid card waits for a further one',
    operationId: 'updatePayment',
    paymentMethod,
    needs: ['short-cards'],
    run: async (context) => {
      const created = await context.expectAccepted('createPayment', { body: shortOrder(context) })
      const { short, paid } = prepaidOf(created.body.payment_details)
      verifyResponse(context, 'state.short-card', {
        exchanges: [created.exchange],
        passed: created.body.status === 'pending' && short > 0 && sameAmount(short + paid, created.body.total),
        message: () =>
          `The payment is ${created.body.status}, its cards hold ${paid} of ${created.body.total}, and short_amount is ${short}.`,
      })
      await getSame(context, created.body, created.exchange)
      const captured = await allowed(context, 'updatePayment', created, {
        rule: 'state.short-card',
        status: 'captured',
        body: furtherCard,
      })
      verifyResponse(context, 'state.short-card', {
        exchanges: [captured.exchange],
        passed: sameAmount(prepaidOf(captured.body.payment_details).short, 0),
        message: () => `The payment is captured, and short_amount is ${prepaidOf(captured.body.payment_details).short}.`,
      })
    },
  },
  {
    name: 'cancel a payment whose prepaid card is short',
    operationId: 'cancelPayment',
    paymentMethod,
    needs: ['short-cards'],
    run: async (context) => {
      const created = await context.expectAccepted('createPayment', { body: shortOrder(context) })
      await allowed(context, 'cancelPayment', created, { rule: 'state.cancel', status: 'cancelled' })
    },
  },
  {
    name: 'a further card for a payment that lacks none is rejected',
    operationId: 'updatePayment',
    paymentMethod,
    needs: ['short-cards'],
    run: async (context) => {
      const what = 'A further card for a captured payment'
      await forbidden(context, 'updatePayment', await create(context, paymentMethod), {
        rule: 'state.short-card',
        what,
        body: furtherCard,
      })
    },
  },
]
