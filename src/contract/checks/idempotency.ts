/** Retries: the same key does it once, another key does it again. */

import type { Payment } from '../../../generated/schema.d.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import { create, newAccount, openAccount, orderBy, pay } from '../api/fixtures.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { Exchange } from '../run/exchange.ts'
import type { Check } from './check.ts'

const keyed = (key: string) => ({ 'X-KOMOJU-IDEMPOTENCY': key })

const idOf = ({ body }: Exchange) => (isJsonObject(body) ? body.id : undefined)

/** Checks that a retry got the first response again. */
const expectReplay = (context: CheckContext, operationId: string, first: Exchange, retry: Exchange) =>
  context.verify('idempotency.replay', {
    operationId,
    passed: retry.status === first.status && context.difference(first.body, retry.body) === undefined,
    message: () =>
      `The retry got ${retry.status}${retry.status === first.status ? `, and ${context.difference(first.body, retry.body)}` : ''}.`,
    exchanges: [first, retry],
    pointer: '#/components/parameters/IdempotencyKey',
  })

const replay = async (context: CheckContext, operationId: string, input: { path?: Record<string, string>; body: JsonObject }) => {
  const headers = keyed(context.freshName('key'))
  const first = await context.send(operationId, { ...input, headers })
  // The reference contradicts itself on refunds of cash payments: a target that rejects them is right as well.
  if (operationId === 'requestRefund' && first.status === 422) context.skip('the target takes no refund requests')
  context.verify('request.accepted', {
    operationId,
    passed: first.status === 200,
    message: () => `The valid request returned ${first.status}.`,
    exchanges: [first],
  })
  const retry = await context.send(operationId, { ...input, headers })
  expectReplay(context, operationId, first, retry)
  return { first, retry }
}

const replayChange = async (context: CheckContext, operationId: string, type: string, changes: JsonObject, body: JsonObject) => {
  const created = await create(context, type, changes)
  if (operationId === 'requestRefund') await pay(context, created.body)
  const { id } = created.body
  const { first, retry } = await replay(context, operationId, { path: { id }, body })
  const after = await context.expectAccepted('getPayment', { path: { id } })
  const difference = context.difference(first.body, after.body)
  context.verify('idempotency.replay', {
    operationId,
    passed: difference === undefined,
    message: () => `The retry did something again: ${difference}.`,
    exchanges: [first, retry, after.exchange],
    pointer: '#/components/parameters/IdempotencyKey',
  })
}

const createAtOnce = async (context: CheckContext) => {
  const body = orderBy(context, 'credit_card')
  const headers = keyed(context.freshName('key'))
  const raced = await context.race('createPayment', { body, headers }, 4)
  const accepted = raced.filter(({ status }) => status === 200)
  // Too early is a 409; now it is the payment.
  const retry = await context.send('createPayment', { body, headers })
  const ids = new Set([...accepted, retry].map(idOf))
  context.verify('idempotency.replay', {
    operationId: 'createPayment',
    passed: accepted.length > 0 && ids.size === 1 && retry.status === 200 && raced.every(({ status }) => status === 200 || status === 409),
    message: () =>
      `Four requests with one key at the same time: ${raced.map(({ status }) => status).join(', ')}, then ${retry.status}, ${ids.size} payments.`,
    exchanges: [...raced, retry],
    pointer: '#/components/parameters/IdempotencyKey',
  })
}

/** Keys that differ at their end or in case are different keys, also with the same body. */
const otherKeys = async (context: CheckContext) => {
  const key = `${context.freshName('key')}-${'x'.repeat(40)}`
  await verifyApart(context, key, `${key}y`)
  await verifyApart(context, `${key}a`, `${key}A`)
  // A number of an order may be taken; a customer may buy the same twice.
  const { external_order_num: _number, ...body } = orderBy(context, 'credit_card')
  await verifyApart(context, `${key}-one`, `${key}-other`, () => body)
}

const verifyApart = async (context: CheckContext, one: string, other: string, bodyOf = () => orderBy(context, 'credit_card')) => {
  const first = await context.expectAccepted('createPayment', { body: bodyOf(), headers: keyed(one) })
  const second = await context.expectAccepted('createPayment', { body: bodyOf(), headers: keyed(other) })
  context.verify('idempotency.key', {
    operationId: 'createPayment',
    passed: first.body.id !== second.body.id,
    message: () => 'Two requests with different keys got the same payment.',
    exchanges: [first.exchange, second.exchange],
    pointer: '#/components/parameters/IdempotencyKey',
  })
}

/** The same key with another body: what happens is the target's choice, but no second payment comes of it. */
const otherBody = async (context: CheckContext) => {
  const headers = keyed(context.freshName('key'))
  const first = await context.expectAccepted<Payment>('createPayment', { body: orderBy(context, 'credit_card', { amount: 100 }), headers })
  const second = await context.send('createPayment', { body: orderBy(context, 'credit_card', { amount: 200 }), headers })
  context.verify('idempotency.replay', {
    operationId: 'createPayment',
    passed: second.status >= 400 || idOf(second) === first.body.id,
    message: () => 'The same key with another body made a second payment.',
    exchanges: [first.exchange, second],
    pointer: '#/components/parameters/IdempotencyKey',
  })
}

const bankAccount = {
  amount: 503,
  customer_name: '山田太郎',
  bank_name: 'KOMOJU BANK',
  branch_number: '012',
  account_type: 'normal',
  account_number: '0123456',
  include_payment_method_fee: false,
}

/** Checks of `X-KOMOJU-IDEMPOTENCY`. */
export const idempotencyChecks = (): Check[] => {
  const check = (name: string, operationId: string, run: Check['run'], needs: Check['needs'] = []): Check => ({
    name,
    group: 'idempotency',
    operationId,
    needs: ['writes', 'state', ...needs],
    run,
  })
  const change = (operationId: string, type: string, changes: JsonObject, body: JsonObject, needs: Check['needs'] = []) =>
    check(
      `${operationId} is done once for each key`,
      operationId,
      (context) => replayChange(context, operationId, type, changes, body),
      needs,
    )
  return [
    check('createPayment is done once for each key', 'createPayment', async (context) => {
      await replay(context, 'createPayment', { body: orderBy(context, 'credit_card') })
      await replay(context, 'createPayment', { body: orderBy(context, 'konbini') })
    }),
    change('capturePayment', 'credit_card', { capture: false }, {}),
    change('cancelPayment', 'credit_card', { capture: false }, {}),
    change('refundPayment', 'credit_card', {}, { amount: 101 }),
    change('requestRefund', 'konbini', {}, bankAccount, ['pay']),
    check(
      'createAccount is done once for each key',
      'createAccount',
      async (context) => {
        await replay(context, 'createAccount', { body: newAccount(context) })
      },
      ['accounts'],
    ),
    check(
      'acceptServiceAgreement is done once for each key',
      'acceptServiceAgreement',
      async (context) => {
        const { body } = await openAccount(context)
        const agreement = { accepted_service_agreement_at: '2024-01-02T03:04:05Z', accepted_service_agreement_ip: '192.0.2.1' }
        await replay(context, 'acceptServiceAgreement', { path: { id: body.id }, body: agreement })
      },
      ['accounts'],
    ),
    check('one key at the same time makes one payment', 'createPayment', createAtOnce),
    check('other keys make other payments', 'createPayment', otherKeys),
    check('one key with another body makes no second payment', 'createPayment', otherBody),
  ]
}
