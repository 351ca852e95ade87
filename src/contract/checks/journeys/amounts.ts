/** Amounts, taxes and currencies. */

import { isJsonObject, type JsonObject } from '../../../json-object.ts'
import type { ApiDescription } from '../../api/api-description.ts'
import { orderBy } from '../../api/fixtures.ts'
import { sameAmount } from '../../rules/payment-invariants.ts'
import { paymentIn } from '../../rules/payment-ledger.ts'
import type { CheckContext } from '../../run/check-context.ts'
import { settleAll } from '../../run/settle-all.ts'
import { verifyEcho, verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { createEchoed } from './steps.ts'

/** A flag as text is all that a form has; in JSON a target may insist on a boolean. */
const captureAsText = async (context: CheckContext, capture: string) => {
  if (context.check.encoding === 'form') return void (await createEchoed(context, 'credit_card', { capture }))
  const request = orderBy(context, 'credit_card', { capture })
  const exchange = await context.send('createPayment', { body: request })
  if (exchange.status === 400 || exchange.status === 422) return
  verifyResponse(context, 'request.accepted', {
    exchanges: [exchange],
    passed: exchange.status === 200 && isJsonObject(exchange.body),
    message: () => `The valid request returned ${exchange.status}.`,
  })
  if (exchange.status === 200) verifyEcho(context, request, paymentIn(exchange), exchange)
}

export const amountsJourneys = (api: ApiDescription): Journey[] => [
  {
    name: 'amounts, taxes and flags as text and as numbers',
    operationId: 'createPayment',
    run: async (context) => {
      const changes: JsonObject[] = [
        { amount: '1000', tax: '80' },
        { amount: 1000, tax: 80 },
        { amount: 1000, tax: 0 },
        { amount: '1000', tax: '0.0' },
        { amount: 1000, tax: 'auto' },
        { amount: 1000, tax: null },
        { amount: 555 },
        { amount: 104 },
        { amount: 105 },
        { amount: 994 },
      ]
      await settleAll(
        changes.map(async (change) => {
          const { body, exchange } = await createEchoed(context, 'credit_card', change)
          if (!Number.isNaN(Number(change.tax ?? Number.NaN))) return
          const expected = Math.floor((Number(change.amount) + 5) / 10)
          verifyResponse(context, 'request.tax', {
            exchanges: [exchange],
            passed: sameAmount(body.tax, expected),
            message: () => `The tax of ${change.amount} JPY is ${body.tax} instead of ${expected}.`,
            pointer: '#/components/schemas/TaxInput',
          })
        }),
      )
      for (const capture of ['false', 'true']) await captureAsText(context, capture)
      for (const type of ['konbini', 'bit_cash']) await createEchoed(context, type, { capture: false })
    },
  },
  {
    name: 'every currency that the target takes',
    operationId: 'createPayment',
    paymentMethod: 'credit_card',
    run: async (context) => {
      const { enum: currencies }: { enum: string[] } = api.document.components.schemas.PaymentCurrency
      for (const currency of currencies) {
        const request = orderBy(context, 'credit_card', { currency, amount: 1000, tax: 100 })
        const exchange = await context.send('createPayment', { body: request })
        // A merchant need not take every currency; the one of the examples it does.
        if (exchange.status === 422 && currency !== 'JPY') continue
        if (exchange.status !== 200 || !isJsonObject(exchange.body)) {
          verifyResponse(context, 'request.accepted', {
            exchanges: [exchange],
            passed: false,
            message: () => `A payment in ${currency} returns ${exchange.status}.`,
          })
          continue
        }
        verifyEcho(context, request, paymentIn(exchange), exchange)
      }
    },
  },
]
