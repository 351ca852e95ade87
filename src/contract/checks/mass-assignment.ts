/** Properties that are real and may not be set: rejected, or without effect. */
import type { Account, Payment } from '../../../generated/schema.d.ts'
import { type JsonObject, jsonObjectOf } from '../../json-object.ts'
import { create, newAccount, openAccount, orderBy, pay, requestExample } from '../api/fixtures.ts'
import { isUtcTime } from '../rules/payment-invariants.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { Check } from './check.ts'
import { authorizedCard } from './journeys/steps.ts'

/** What a request tries to set, with a value that no payment of the check has. */
const forbidden: JsonObject = {
  id: 'zzzzzzzzzzzzzzzzzzzzzzzzz',
  status: 'refunded',
  total: 1,
  amount_refunded: 77,
  captured_at: '2020-01-01T00:00:00Z',
  created_at: '2020-01-01T00:00:00Z',
  payment_method_fee: 55,
}

/** Whether a value is the one that was sent, also as a time in another precision. */
const isSent = (value: unknown, sent: unknown) =>
  String(value) === String(sent) || (isUtcTime(value) && isUtcTime(sent) && Date.parse(String(value)) === Date.parse(String(sent)))

/** Sends each property alone, and verifies that an accepted one changed nothing. */
const verifyIgnored = async (
  context: CheckContext,
  operationId: string,
  properties: JsonObject,
  send: (
    property: JsonObject,
  ) => Promise<{ status: number; exchange: Parameters<CheckContext['verify']>[1]['exchanges'][number]; after: JsonObject }>,
) => {
  for (const [name, value] of Object.entries(properties)) {
    const { status, exchange, after } = await send({ [name]: value })
    context.verify('rejection.read-only', {
      operationId,
      passed: status >= 400 || !isSent(after[name], value),
      message: () => `${name} was set to ${JSON.stringify(value)}, which no request may.`,
      exchanges: [exchange],
      pointer: `#/components/schemas/${operationId.endsWith('Account') ? 'Account' : 'Payment'}/properties/${name}`,
    })
  }
}

const onCreate = (context: CheckContext) =>
  verifyIgnored(context, 'createPayment', forbidden, async (property) => {
    const exchange = await context.send('createPayment', { body: orderBy(context, 'konbini', property) })
    return { status: exchange.status, exchange, after: jsonObjectOf(exchange.body) }
  })

const onUpdate = async (context: CheckContext) => {
  const { body: payment } = await create(context, 'konbini')
  const properties = { ...forbidden, amount: 1, currency: 'KRW', external_order_num: context.freshName(), locale: 'ko', tax: 3 }
  await verifyIgnored(context, 'updatePayment', properties, async (property) => {
    const exchange = await context.send('updatePayment', { path: { id: payment.id }, body: property })
    const { body } = await context.expectAccepted<Payment & JsonObject>('getPayment', { path: { id: payment.id } })
    return { status: exchange.status, exchange, after: body }
  })
}

/** The last of a payment's refunds or refund requests. */
const lastOf = (payment: JsonObject, name: 'refunds' | 'refund_requests') => jsonObjectOf([payment[name]].flat().at(-1))

const onCapture = (context: CheckContext) =>
  verifyIgnored(context, 'capturePayment', { amount: 1, total: 1 }, async (property) => {
    const { body: payment } = await authorizedCard(context)
    const exchange = await context.send('capturePayment', { path: { id: payment.id }, body: property })
    return { status: exchange.status, exchange, after: jsonObjectOf(exchange.body) }
  })

const onRefund = async (context: CheckContext) => {
  const { body: payment } = await create(context, 'credit_card')
  await verifyIgnored(context, 'refundPayment', { status: 'pending' }, async (property) => {
    const exchange = await context.send('refundPayment', { path: { id: payment.id }, body: { amount: 100, ...property } })
    return { status: exchange.status, exchange, after: lastOf(jsonObjectOf(exchange.body), 'refunds') }
  })
}

const onRefundRequest = async (context: CheckContext) => {
  const { id } = await pay(context, (await create(context, 'konbini')).body)
  await verifyIgnored(context, 'requestRefund', { status: 'completed' }, async (property) => {
    const body = { ...requestExample(context.api, 'requestRefund'), amount: 100, ...property }
    const exchange = await context.send('requestRefund', { path: { id }, body })
    return { status: exchange.status, exchange, after: lastOf(jsonObjectOf(exchange.body), 'refund_requests') }
  })
}

const onAccounts = async (context: CheckContext) => {
  const { body: account } = await openAccount(context)
  const properties = {
    name: context.freshName('Account'),
    live_merchant: 'zzzzzzzzzzzzzzzzzzzzzzzzz',
    created_at: '2020-01-01T00:00:00Z',
    accepted_service_agreement_at: '2020-01-01T00:00:00Z',
  }
  await verifyIgnored(context, 'updateAccount', properties, async (property) => {
    const exchange = await context.send('updateAccount', { path: { id: account.id }, body: property })
    const { body } = await context.expectAccepted<Account & JsonObject>('getAccount', { path: { id: account.id } })
    return { status: exchange.status, exchange, after: body }
  })
  await verifyIgnored(context, 'createAccount', { id: 'zzzzzzzzzzzzzzzzzzzzzzzzz' }, async (property) => {
    const exchange = await context.send('createAccount', { body: { ...newAccount(context), ...property } })
    return { status: exchange.status, exchange, after: jsonObjectOf(exchange.body) }
  })
}

/** Checks of properties that only the server sets. */
export const massAssignmentChecks = (): Check[] => {
  const check = (name: string, operationId: string, run: Check['run'], needs: Check['needs'] = []): Check => ({
    name,
    group: 'rejections',
    operationId,
    needs: ['writes', 'state', ...needs],
    run,
  })
  return [
    check('createPayment sets nothing that is not its own', 'createPayment', onCreate),
    check('updatePayment sets nothing that is not its own', 'updatePayment', onUpdate),
    check('capturePayment sets nothing that is not its own', 'capturePayment', onCapture),
    check('refundPayment sets nothing that is not its own', 'refundPayment', onRefund),
    check('requestRefund sets nothing that is not its own', 'requestRefund', onRefundRequest, ['pay']),
    check('accounts keep what only KOMOJU sets', 'updateAccount', onAccounts, ['accounts']),
  ]
}
