/** Refunds in whole and in part, in cash and to a bank account. */

import { isJsonObject, type JsonObject } from '../../../json-object.ts'
import type { ApiDescription } from '../../api/api-description.ts'
import { create, pay } from '../../api/fixtures.ts'
import { sameAmount } from '../../rules/payment-invariants.ts'
import { paymentIn } from '../../rules/payment-ledger.ts'
import type { CheckContext } from '../../run/check-context.ts'
import { getSame, verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { at, authorizedCard, forbidden, refund } from './steps.ts'

const cashRefund = async (context: CheckContext, type: string) => {
  const created = await create(context, type)
  const paid = { body: await pay(context, created.body), exchange: created.exchange }
  await forbidden(context, 'cancelPayment', paid, { rule: 'state.cancel-rejected', what: 'Cancelling a paid payment' })
  const customer = { name: 'コモジュ太郎', email: 'test@example.com', phone: '080-1111-1111' }
  const exchange = await context.send('refundPayment', at(paid.body, { amount: 403, ...customer }))
  // The reference contradicts itself on refunds of cash payments: a target that rejects them is right as well.
  if (exchange.status === 422) context.skip(`the target refunds no ${type} payments`, 'refundPayment')
  if (!isJsonObject(exchange.body) || exchange.status !== 200) {
    verifyResponse(context, 'state.cash-refund', {
      exchanges: [exchange],
      passed: false,
      message: () => `A refund of a paid payment returns ${exchange.status}.`,
    })
    return
  }
  const first = { body: paymentIn(exchange), exchange }
  const [added] = first.body.refunds ?? []
  verifyResponse(context, 'state.cash-refund', {
    exchanges: [created.exchange, exchange],
    passed:
      added !== undefined &&
      sameAmount(added.amount, 403) &&
      added.redirect_url != null &&
      (added.status === undefined || added.status === 'pending') &&
      first.body.status === 'captured',
    message: () => `The refund is ${JSON.stringify(added ?? null)}, the payment ${first.body.status}.`,
  })
  await getSame(context, first.body, exchange)
  await forbidden(context, 'refundPayment', first, {
    rule: 'state.refund-too-much',
    what: 'A refund of more than what is left',
    body: {
      amount: first.body.total - 403 + 1,
      ...customer,
    },
  })
}

const refundRequest = async (context: CheckContext, type: string) => {
  const account = {
    amount: 503,
    customer_name: '山田太郎',
    bank_name: 'KOMOJU BANK',
    branch_number: '0123',
    account_type: 'normal',
    account_number: '01234567',
    include_payment_method_fee: false,
  }
  const created = await create(context, type)
  await forbidden(context, 'requestRefund', created, {
    rule: 'state.refund-request-rejected',
    what: 'A refund request for an unpaid payment',
    body: account,
  })
  const lacking = context.capabilities.reason('pay')
  if (lacking !== undefined) context.skip(lacking)
  const paid = await pay(context, created.body)
  const exchange = await context.send('requestRefund', at(paid, account))
  if (exchange.status === 422) context.skip(`the target takes no refund requests for ${type}`)
  const after = paymentIn(exchange)
  const added = after?.refund_requests?.at(-1) as JsonObject | undefined
  const kept = ['customer_name', 'bank_name', 'branch_number', 'account_number'] as const
  verifyResponse(context, 'state.refund-request', {
    exchanges: [created.exchange, exchange],
    passed:
      exchange.status === 200 &&
      after.refund_requests.length === 1 &&
      kept.every((name) => added?.[name] === account[name]) &&
      added?.status === 'pending' &&
      after.status === 'captured' &&
      sameAmount(after.amount_refunded, paid.amount_refunded),
    message: () => `The refund request is ${JSON.stringify(added ?? null)}, status ${exchange.status}.`,
  })
  if (exchange.status !== 200) return
  const same = await getSame(context, after, exchange)
  await forbidden(
    context,
    'requestRefund',
    { body: same, exchange },
    { rule: 'state.refund-too-much', what: 'A refund request for more than the total', body: { ...account, amount: same.total + 1 } },
  )
}

/** Parts are odd and no multiples of five: an amount that is rounded to a coin or a note shows. */
export const refundJourneys = (api: ApiDescription): Journey[] => [
  {
    name: 'refund a part, too much, the rest, and again',
    operationId: 'refundPayment',
    paymentMethod: 'credit_card',
    run: async (context) => {
      const captured = await create(context, 'credit_card', { amount: 1000, tax: 100 })
      await forbidden(context, 'refundPayment', captured, {
        rule: 'state.refund-too-much',
        what: 'A refund of more than the total',
        body: { amount: 1101 },
      })
      const part = await refund(context, captured, { amount: 303, status: 'captured', body: { amount: 303, description: 'one of three' } })
      const more = await refund(context, part, { amount: 207, status: 'captured', body: { amount: '207' } })
      await forbidden(context, 'refundPayment', more, {
        rule: 'state.refund-too-much',
        what: 'A refund of more than what is left',
        body: { amount: 591 },
      })
      const rest = await refund(context, more, { amount: 590, status: 'refunded', body: {} })
      await forbidden(context, 'refundPayment', rest, { rule: 'state.refund-rejected', what: 'A refund of nothing left' })
      await forbidden(context, 'refundPayment', rest, {
        rule: 'state.refund-too-much',
        what: 'A refund of 1 with nothing left',
        body: { amount: 1 },
      })
    },
  },
  {
    name: 'refund all at once, by default and by amount',
    operationId: 'refundPayment',
    run: async (context) => {
      const byDefault = await create(context, 'credit_card')
      await refund(context, byDefault, { amount: byDefault.body.total, status: 'refunded', body: {} })
      const byAmount = await create(context, 'credit_card')
      await refund(context, byAmount, { amount: byAmount.body.total, status: 'refunded', body: { amount: byAmount.body.total } })
      for (const type of ['bit_cash', 'nanaco']) {
        const prepaid = await create(context, type)
        await refund(context, prepaid, { amount: prepaid.body.total, status: 'refunded', body: {} })
      }
    },
  },
  {
    name: 'refund before the capture',
    operationId: 'refundPayment',
    run: async (context) => {
      await forbidden(context, 'refundPayment', await authorizedCard(context), {
        rule: 'state.refund-rejected',
        what: 'Refunding an authorized payment',
      })
      await forbidden(context, 'refundPayment', await create(context, 'konbini'), {
        rule: 'state.refund-rejected',
        what: 'Refunding an unpaid payment',
        body: {
          amount: 100,
          name: 'コモジュ太郎',
          email: 'test@example.com',
          phone: '080-1111-1111',
        },
      })
    },
  },
  {
    name: 'capture, cancel and refund without a body',
    operationId: 'refundPayment',
    run: async (context) => {
      const first = await authorizedCard(context)
      const { id } = first.body
      const captured = await context.expectAccepted('capturePayment', { path: { id } })
      const refunded = await context.expectAccepted('refundPayment', { path: { id } })
      verifyResponse(context, 'state.refund-amount', {
        exchanges: [captured.exchange, refunded.exchange],
        passed: refunded.body.status === 'refunded',
        message: () => `A refund without a body leaves the payment ${refunded.body.status}.`,
      })
      const second = await authorizedCard(context)
      await context.expectAccepted('cancelPayment', { path: { id: second.body.id } })
    },
  },
  ...api.methods
    .filter(({ kind }) => kind === 'cash')
    .flatMap(({ type }): Journey[] => [
      {
        name: `pay by ${type} and refund in cash`,
        kind: 'pay and refund in cash',
        operationId: 'refundPayment',
        paymentMethod: type,
        needs: ['pay'],
        run: (context) => cashRefund(context, type),
      },
      {
        name: `pay by ${type} and request a refund`,
        kind: 'pay in cash and request a refund',
        operationId: 'requestRefund',
        paymentMethod: type,
        run: (context) => refundRequest(context, type),
      },
    ]),
]
