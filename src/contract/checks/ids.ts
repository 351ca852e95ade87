/** Ids that nothing has, and ids of what is somebody else's. */

import type { PaymentList } from '../../../generated/schema.d.ts'
import type { ApiDescription } from '../api/api-description.ts'
import { create, objectIdFor, openAccount, orderBy, requestExample, unknownId, unpaidPaymentFor } from '../api/fixtures.ts'
import type { CheckContext } from '../run/check-context.ts'
import { basicCredentials } from '../run/request.ts'
import type { Check } from './check.ts'
import { verifyResponse } from './verifications.ts'

const exampleBody = ({ api }: CheckContext, operationId: string) =>
  api.operation(operationId).request ? { body: requestExample(api, operationId) } : {}

const unknown = async (context: CheckContext, operationId: string) => {
  for (const id of [unknownId, '0123456789abcdefghijklmno'])
    await context.expectRejected(
      operationId,
      { path: { id }, ...exampleBody(context, operationId) },
      { rule: 'id.unknown', what: 'An unknown id', statuses: [404], pointer: context.responsePointer(operationId, 404) },
    )
}

/** Ids that are almost right: another case, one character less or more. */
const almost = async (context: CheckContext, operationId: string) => {
  const id = await objectIdFor(context, operationId)
  for (const [what, wrong] of [
    ['An id in capitals', id.toUpperCase()],
    ['A shortened id', id.slice(0, -1)],
    ['An id with a suffix', `${id}0`],
  ] as const)
    if (wrong !== id)
      await context.expectRejected(
        operationId,
        { path: { id: wrong } },
        { rule: 'id.unknown', what, statuses: [404, 400, 422], pointer: context.responsePointer(operationId, 404) },
      )
}

/** Keys that are almost right must not reach the merchant's payments: rejected, or another merchant's that has none. */
const almostKeys = async (context: CheckContext) => {
  const { secretKey } = context.settings
  const { body } = await create(context, 'konbini')
  for (const [what, key] of [
    ['The secret key in capitals', secretKey.toUpperCase()],
    ['A shortened secret key', secretKey.slice(0, -1)],
    ['The secret key with a suffix', `${secretKey}0`],
  ] as const)
    await context.expectRejected(
      'getPayment',
      { path: { id: body.id }, authorization: basicCredentials(key) },
      { rule: 'credentials.wrong', what, statuses: [401, 403, 404], pointer: '#/components/securitySchemes/secretKey' },
    )
}

const otherKind = async (context: CheckContext, operationId: string) => {
  const isAccount = context.api.operation(operationId).tag === 'Accounts'
  const { body } = isAccount ? await create(context, 'credit_card') : await openAccount(context)
  const what = isAccount ? 'The id of a payment' : 'The id of an account'
  await context.expectRejected(
    operationId,
    { path: { id: body.id }, ...exampleBody(context, operationId) },
    { rule: 'id.foreign', what: what, statuses: [404], pointer: context.responsePointer(operationId, 404) },
  )
}

const otherMerchant = async (context: CheckContext, operationId: string) => {
  const isAccount = context.api.operation(operationId).tag === 'Accounts'
  const { id } = isAccount ? (await openAccount(context)).body : await unpaidPaymentFor(context, operationId, 'credit_card')
  const authorization = basicCredentials(context.settings.otherSecretKey ?? '')
  const input = { path: { id }, authorization, ...exampleBody(context, operationId) }
  await context.expectRejected(operationId, input, {
    rule: 'id.foreign',
    what: `Another merchant's ${isAccount ? 'account' : 'payment'}`,
    statuses: [403, 404],
    pointer: context.responsePointer(operationId, 404),
  })
}

const listOfOtherMerchant = async (context: CheckContext) => {
  const authorization = basicCredentials(context.settings.otherSecretKey ?? '')
  const body = orderBy(context, 'konbini')
  const created = await context.expectAccepted('createPayment', { body, authorization })
  const query = { external_order_num: String(body.external_order_num) }
  const list = await context.expectAccepted<PaymentList>('listPayments', { query })
  verifyResponse(context, 'id.foreign', {
    exchanges: [created.exchange, list.exchange],
    passed: list.body.data.length === 0,
    message: () => "The list holds another merchant's payment.",
  })
}

/** Checks of ids, for each operation that takes one. */
export const idChecks = (api: ApiDescription): Check[] => [
  {
    name: 'a secret key that is almost right reaches nothing',
    group: 'credentials',
    operationId: 'getPayment',
    needs: ['state', 'writes'],
    run: almostKeys,
  },
  {
    name: 'listPayments lists nothing of another merchant',
    group: 'ids',
    operationId: 'listPayments',
    needs: ['state', 'writes', 'other-merchant'],
    run: listOfOtherMerchant,
  },
  ...[...api.operations.values()]
    .filter(({ path }) => path.includes('{id}'))
    .flatMap(({ operationId, tag, method }): Check[] => {
      const writes: Check['needs'] = method === 'GET' ? [] : ['writes']
      const accounts: Check['needs'] = tag === 'Accounts' ? ['accounts'] : []
      const check = (name: string, needs: Check['needs'], run: Check['run']): Check => ({ name, group: 'ids', operationId, needs, run })
      return [
        ...(method === 'GET'
          ? [
              check(`${operationId} finds nothing for an id that is almost right`, ['state', 'writes', ...accounts], (context) =>
                almost(context, operationId),
              ),
            ]
          : []),
        check(`${operationId} finds no unknown id`, ['state', ...writes, ...accounts], (context) => unknown(context, operationId)),
        check(`${operationId} finds nothing of another kind`, ['state', 'writes', 'accounts'], (context) =>
          otherKind(context, operationId),
        ),
        check(`${operationId} finds nothing of another merchant`, ['state', 'writes', 'other-merchant', ...accounts], (context) =>
          otherMerchant(context, operationId),
        ),
      ]
    }),
]
