/** Ids that nothing has, and ids of what is somebody else's. */
import type { Account } from '../../../generated/schema.d.ts'
import type { CheckSession } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, create, unknownId } from './check.ts'

const exampleBody = (session: CheckSession, operationId: string) => {
  const { request } = session.operationOf(operationId)
  return request ? { body: Object.values(request.examples)[0]?.value ?? {} } : {}
}

const unknown = async (session: CheckSession, operationId: string) => {
  for (const id of [unknownId, '0123456789abcdefghijklmno'])
    await session.reject(operationId, { path: { id }, ...exampleBody(session, operationId) }, 'id.unknown', 'An unknown id', {
      statuses: [404],
      place: session.responsePlace(operationId, 404),
    })
}

const otherKind = async (session: CheckSession, operationId: string) => {
  const isAccount = session.operationOf(operationId).tag === 'Accounts'
  const { body } = isAccount
    ? await create(session, 'credit_card')
    : await session.accept<Account>('createAccount', {
        body: { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' },
      })
  const what = isAccount ? 'The id of a payment' : 'The id of an account'
  await session.reject(operationId, { path: { id: body.id }, ...exampleBody(session, operationId) }, 'id.foreign', what, {
    statuses: [404],
    place: session.responsePlace(operationId, 404),
  })
}

const otherMerchant = async (session: CheckSession, operationId: string) => {
  const waits = operationId === 'capturePayment' || operationId === 'cancelPayment'
  const { body } = await create(session, 'credit_card', waits ? { capture: false } : {})
  const authorization = `Basic ${Buffer.from(`${session.settings.otherSecretKey}:`).toString('base64')}`
  const input = { path: { id: body.id }, authorization, ...exampleBody(session, operationId) }
  await session.reject(operationId, input, 'id.foreign', "Another merchant's payment", {
    statuses: [403, 404],
    place: session.responsePlace(operationId, 404),
  })
}

/** Checks of ids, for each operation that takes one. */
export const idChecks = (subject: Subject): Check[] =>
  [...subject.operations.values()]
    .filter(({ path }) => path.includes('{id}'))
    .flatMap(({ operationId, tag, method }): Check[] => {
      const writes: Check['needs'] = method === 'GET' ? [] : ['writes']
      const accounts: Check['needs'] = tag === 'Accounts' ? ['accounts'] : []
      const check = (name: string, needs: Check['needs'], run: Check['run']): Check => ({ name, group: 'ids', operationId, needs, run })
      return [
        check(`${operationId} finds no unknown id`, ['state', ...writes, ...accounts], (session) => unknown(session, operationId)),
        check(`${operationId} finds nothing of another kind`, ['state', 'writes', 'accounts'], (session) =>
          otherKind(session, operationId),
        ),
        ...(tag === 'Accounts'
          ? []
          : [
              check(`${operationId} finds nothing of another merchant`, ['state', 'writes', 'other-merchant'], (session) =>
                otherMerchant(session, operationId),
              ),
            ]),
      ]
    })
