/** Test cards, test numbers and scenarios. */
import { isJsonObject, jsonObjectOf } from '../../../json-object.ts'
import { orderBy } from '../../api/fixtures.ts'
import { failureStatuses } from '../../rules/response-rules.ts'
import type { CheckContext } from '../../run/check-context.ts'
import type { Exchange } from '../../run/exchange.ts'
import { verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { cardDetails, createEchoed } from './steps.ts'

/** A server that returns 400 where the document says 422 may do so here. */
const acceptedStatuses = [400, ...failureStatuses]

const verifyFailure = async (context: CheckContext, exchange: Exchange, code: string) => {
  const error = isJsonObject(exchange.body) && isJsonObject(exchange.body.error) ? exchange.body.error : {}
  context.verify('test-mode.scenario', {
    operationId: 'createPayment',
    passed: acceptedStatuses.includes(exchange.status) && error.code === code,
    message: () => `Asked to fail with ${code}, got ${exchange.status} ${error.code ?? ''}.`,
    exchanges: [exchange],
    pointer: '#/components/parameters/Scenario',
  })
}

export const testModeJourneys = (): Journey[] => [
  {
    name: 'test cards have their brands',
    operationId: 'createPayment',
    paymentMethod: 'credit_card',
    needs: ['test-numbers'],
    run: async (context) => {
      for (const { value, brand } of context.api.method('credit_card').working) {
        const details = cardDetails(context, { number: value })
        const { body, exchange } = await createEchoed(context, 'credit_card', { payment_details: details })
        const returned = jsonObjectOf(body.payment_details).brand
        verifyResponse(context, 'test-mode.brand', {
          exchanges: [exchange],
          passed: brand === undefined || returned === brand,
          message: () => `The card has the brand ${returned} instead of ${brand}.`,
          pointer: '#/components/schemas/CreditCardRequest/properties/number/x-test-values',
        })
      }
    },
  },
  {
    name: 'test numbers fail as the document says',
    operationId: 'createPayment',
    needs: ['test-numbers'],
    run: async (context) => {
      for (const { type, failing } of context.api.methods)
        for (const { property, value, error } of failing) {
          const order = orderBy(context, type)
          order.payment_details = { ...jsonObjectOf(order.payment_details), [property]: value }
          await verifyFailure(context, await context.send('createPayment', { body: order }), error)
        }
    },
  },
  {
    name: 'scenarios fail as the document says',
    operationId: 'createPayment',
    needs: ['scenarios'],
    run: async (context) => {
      const scenarios = [
        ['credit_card', 'card_declined'],
        ['credit_card', 'insufficient_funds'],
        ['credit_card', 'exceeds_limit'],
        ['credit_card', 'card_expired'],
        ['konbini', 'insufficient_funds'],
      ] as const
      for (const [type, code] of scenarios)
        await verifyFailure(
          context,
          await context.send('createPayment', { body: orderBy(context, type), headers: { 'Komoju-Scenario': code } }),
          code,
        )
    },
  },
]
