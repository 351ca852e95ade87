/** Ids that nothing has, and ids of what is somebody else's. */

import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import type { ApiDescription } from '../api/api-description.ts'
import { create, objectIdFor, openAccount, orderBy, requestExample, unknownId, unpaidPaymentFor } from '../api/fixtures.ts'
import type { CheckContext } from '../run/check-context.ts'
import { basicCredentials } from '../run/request.ts'
import type { Check } from './check.ts'

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

/** Pages of a list that are read in search of another merchant's payment. */
const maxPages = 20

/**
 * Both merchants list: by the number of each other's order, by the time in which both were made, and without a filter. What a list holds
 * of the other merchant is a finding wherever lists are read.
 */
const listOfOtherMerchant = async (context: CheckContext) => {
  const merchants = [{}, { authorization: basicCredentials(context.settings.otherSecretKey ?? '') }]
  const created: Payment[] = []
  for (const merchant of merchants)
    created.push((await context.expectAccepted('createPayment', { body: orderBy(context, 'konbini'), ...merchant })).body)
  const times = created.map(({ created_at: time }) => Date.parse(time))
  const timeOf = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
  const span = { start_time: timeOf(Math.min(...times) - 2000), end_time: timeOf(Math.max(...times) + 2000) }
  for (const merchant of merchants) {
    const lastPageOf = async (query: Record<string, string>) =>
      (await context.expectAccepted<PaymentList>('listPayments', { query, ...merchant })).body.last_page
    for (const { external_order_num: order } of created) await lastPageOf({ external_order_num: String(order) })
    for (let page = 1, last = 1; page <= Math.min(last, maxPages); page++)
      last = await lastPageOf({ ...span, per_page: '100', page: String(page) })
    // Whichever end of the whole list is the newest.
    const last = await lastPageOf({ per_page: '100' })
    if (last > 1) await lastPageOf({ per_page: '100', page: String(last) })
  }
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
