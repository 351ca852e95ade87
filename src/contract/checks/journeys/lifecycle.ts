/** What no state of a payment allows: the waiting, the ended, and the retry of a request whose payment has moved on. */
import type { JsonObject } from '../../../json-object.ts'
import type { ApiDescription } from '../../api/api-description.ts'
import { create, orderBy } from '../../api/fixtures.ts'
import type { CheckContext } from '../../run/check-context.ts'
import { basicCredentials } from '../../run/request.ts'
import { verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { allowed, at, authorizedCard, forbidden, refund } from './steps.ts'

/** A payment that waits for its customer cannot be captured or refunded, and can be cancelled. */
const waiting = async (context: CheckContext, type: string) => {
  const created = await create(context, type)
  await forbidden(context, 'capturePayment', created, { rule: 'state.capture-rejected', what: `Capturing an unpaid ${type} payment` })
  await forbidden(context, 'refundPayment', created, {
    rule: 'state.refund-rejected',
    what: `Refunding an unpaid ${type} payment`,
    body: { amount: 100 },
  })
  await allowed(context, 'cancelPayment', created, { rule: 'state.cancel', status: 'cancelled' })
}

const manyRefunds = async (context: CheckContext, type: string) => {
  let payment = await create(context, type, { amount: 1000, tax: 100 })
  for (const amount of [101, 203, 307, 389]) payment = await refund(context, payment, { amount, status: 'captured', body: { amount } })
  await refund(context, payment, { amount: payment.body.total - 1000, status: 'refunded', body: {} })
}

const keyed = (key: string) => ({ 'X-KOMOJU-IDEMPOTENCY': key })

/** A retry gets the first response, also after the payment has moved on. */
const lateRetry = async (context: CheckContext) => {
  const body: JsonObject = orderBy(context, 'credit_card', { capture: false })
  const headers = keyed(context.freshName('key'))
  const first = await context.expectAccepted('createPayment', { body, headers })
  const captured = await context.expectAccepted('capturePayment', at(first.body))
  const retry = await context.send('createPayment', { body, headers })
  verifyResponse(context, 'idempotency.replay', {
    exchanges: [first.exchange, captured.exchange, retry],
    passed: retry.status === 200 && context.difference(first.body, retry.body) === undefined,
    message: () => `After a capture, the retry got ${retry.status}, and ${context.difference(first.body, retry.body)}.`,
    pointer: '#/components/parameters/IdempotencyKey',
  })
}

/** Two merchants may use the same key. */
const keysOfMerchants = async (context: CheckContext) => {
  const headers = keyed(context.freshName('key'))
  const first = await context.expectAccepted('createPayment', { body: orderBy(context, 'konbini'), headers })
  const authorization = basicCredentials(context.settings.otherSecretKey ?? '')
  const other = await context.expectAccepted('createPayment', { body: orderBy(context, 'konbini'), headers, authorization })
  verifyResponse(context, 'idempotency.key', {
    exchanges: [first.exchange, other.exchange],
    passed: first.body.id !== other.body.id,
    message: () => "Another merchant's request with the same key got the first merchant's payment.",
    pointer: '#/components/parameters/IdempotencyKey',
  })
}

const noRefundRequest = { customer_name: 'A', bank_name: 'B', branch_number: '012', account_type: 'normal', account_number: '0123456' }

/** No refund can be requested for a payment that ended otherwise. */
const refundRequests = async (context: CheckContext) => {
  const body = { amount: 100, include_payment_method_fee: false, ...noRefundRequest }
  const cancelled = await allowed(context, 'cancelPayment', await create(context, 'konbini'), { rule: 'state.cancel', status: 'cancelled' })
  const what = 'A refund request for a cancelled payment'
  await forbidden(context, 'requestRefund', cancelled, { rule: 'state.refund-request-rejected', what, body })
  const authorized = await authorizedCard(context)
  await forbidden(context, 'requestRefund', authorized, {
    rule: 'state.refund-request-rejected',
    what: 'A refund request for an authorized card payment',
    body,
  })
}

export const lifecycleJourneys = (api: ApiDescription): Journey[] => [
  ...api.methods
    .filter(({ kind }) => kind === 'redirect')
    .map(
      ({ type }): Journey => ({
        name: `a ${type} payment that waits for its customer`,
        kind: 'a payment that waits for its customer',
        operationId: 'cancelPayment',
        paymentMethod: type,
        run: (context) => waiting(context, type),
      }),
    ),
  { name: 'five refunds of one payment', operationId: 'refundPayment', run: (context) => manyRefunds(context, 'credit_card') },
  { name: 'part refunds of a prepaid payment', operationId: 'refundPayment', run: (context) => manyRefunds(context, 'nanaco') },
  { name: 'a retry after the payment has moved on', operationId: 'createPayment', run: lateRetry },
  { name: 'the same key of two merchants', operationId: 'createPayment', needs: ['other-merchant'], run: keysOfMerchants },
  { name: 'refund requests for payments that ended', operationId: 'requestRefund', run: refundRequests },
]
