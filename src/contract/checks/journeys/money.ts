/** Decimals: an amount with a fraction comes back as it was sent, and only a tax is rounded. */

import { isJsonObject, type JsonObject } from '../../../json-object.ts'
import { orderBy } from '../../api/fixtures.ts'
import { sameAmount } from '../../rules/payment-invariants.ts'
import { paymentIn } from '../../rules/payment-ledger.ts'
import type { CheckContext } from '../../run/check-context.ts'
import { verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { at } from './steps.ts'

/** An amount in dollars as the target counts it: with decimals, or in cents. */
const dollarsFor = ({ capabilities }: CheckContext, amount: number) =>
  capabilities.smallestUnitCurrencies.has('USD') ? Math.round(amount * 100) : amount

/** Creates a payment in dollars with cents. Skips for a target without dollars. */
const createWithCents = async (context: CheckContext, changes: JsonObject) => {
  const exchange = await context.send('createPayment', { body: orderBy(context, 'credit_card', { currency: 'USD', ...changes }) })
  if (exchange.status === 400 || exchange.status === 422) return context.skip('the target takes no dollars with cents')
  if (exchange.status !== 200 || !isJsonObject(exchange.body)) return context.skip(`a payment in dollars returns ${exchange.status}`)
  return { body: paymentIn(exchange), exchange }
}

const decimals = async (context: CheckContext) => {
  const dollars = (amount: number) => dollarsFor(context, amount)
  for (const [amount, tax] of [
    [dollars(100.25), dollars(10.55)],
    [String(dollars(99.99)), String(dollars(0.01))],
    [dollars(0.5), dollars(0.05)],
  ] as const) {
    const { body, exchange } = await createWithCents(context, { amount, tax })
    verifyResponse(context, 'request.echo', {
      exchanges: [exchange],
      passed: sameAmount(body.amount, Number(amount)) && sameAmount(body.tax, Number(tax)),
      message: () => `Asked for ${amount} and a tax of ${tax} USD, got ${body.amount} and ${body.tax}.`,
      pointer: '#/components/schemas/AmountInput',
    })
  }
  const payment = await createWithCents(context, { amount: dollars(100.25), tax: dollars(10.55) })
  const part = dollars(33.33)
  const refunded = await context.expectAccepted('refundPayment', at(payment.body, { amount: part }), 'state.refund')
  verifyResponse(context, 'state.refund-amount', {
    exchanges: [payment.exchange, refunded.exchange],
    passed: sameAmount(refunded.body.amount_refunded, part),
    message: () => `Asked to refund ${part} USD, amount_refunded is ${refunded.body.amount_refunded}.`,
  })
}

const roundedTax = async (context: CheckContext) => {
  for (const [tax, expected] of [
    ['10.5', 11],
    ['10.4', 10],
  ] as const) {
    const exchange = await context.send('createPayment', { body: orderBy(context, 'credit_card', { amount: 1000, tax }) })
    if (exchange.status === 400 || exchange.status === 422) return context.skip('the target takes no tax with decimals in yen')
    const { tax: rounded } = paymentIn(exchange)
    verifyResponse(context, 'request.tax', {
      exchanges: [exchange],
      passed: rounded !== undefined && sameAmount(rounded, expected),
      message: () => `A tax of ${tax} JPY is ${rounded} instead of ${expected}.`,
      pointer: '#/components/schemas/TaxInput',
    })
  }
}

export const moneyJourneys = (): Journey[] => [
  { name: 'amounts, taxes and refunds with cents', operationId: 'createPayment', paymentMethod: 'credit_card', run: decimals },
  { name: 'a tax more precise than the yen', operationId: 'createPayment', paymentMethod: 'credit_card', run: roundedTax },
]
