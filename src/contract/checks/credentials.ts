/** Every operation without credentials and with wrong ones. */
import type { CheckSession, RequestInput } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, orderBy, sendInTurn } from './check.ts'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** A valid request, so that credentials are the only thing wrong with it. */
const validInput = async (session: CheckSession, operationId: string): Promise<() => RequestInput> => {
  const { request, path, tag, responses } = session.operationOf(operationId)
  const example = Object.values(request?.examples ?? {})[0]?.value ?? {}
  if (operationId === 'createPayment') return () => ({ body: orderBy(session, 'konbini') })
  if (operationId === 'createAccount') return () => ({ body: { ...(example as object), name: session.freshName('account') } })
  if (!path.includes('{id}')) return () => ({})
  let id = String((Object.values(responses['200']!.body!.examples)[0]!.value as { id: string }).id)
  if (session.has('state') && session.has('writes')) {
    const waits = operationId === 'capturePayment' || operationId === 'cancelPayment'
    const { body } =
      tag === 'Accounts'
        ? await session.accept('createAccount', {
            body: { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' },
          })
        : await session.accept('createPayment', { body: orderBy(session, 'credit_card', waits ? { capture: false } : {}) })
    id = body.id
  }
  return () => ({ path: { id }, ...(request && { body: example }) })
}

const checkCredentials = async (session: CheckSession, operationId: string) => {
  const { secretKey } = session.settings
  const place = '#/components/securitySchemes/secretKey'
  const wrong: [what: string, authorization: string][] = [
    ['A word that is no key', basic('not-a-key:')],
    ['An empty user name', basic(':')],
    ['A publishable key', basic('pk_test_notasecretkey:')],
    ['The key as the password', basic(`:${secretKey}`)],
    ['The key without its encoding', `Basic ${secretKey}`],
    ['Another scheme', 'Digest username="user", realm="KOMOJU", nonce="n", uri="/", response="r"'],
  ]
  await sendInTurn(
    () => validInput(session, operationId),
    [
      (input) =>
        session.reject(operationId, { ...input(), authorization: null }, 'credentials.missing', 'A request without credentials', {
          statuses: [401],
          place,
        }),
      ...wrong.map(
        ([what, authorization]) =>
          (input: () => RequestInput) =>
            session.reject(operationId, { ...input(), authorization }, 'credentials.wrong', what, { statuses: [400, 401, 403], place }),
      ),
    ],
  )
}

/** Checks of the credentials, for each operation. */
export const credentialChecks = (subject: Subject): Check[] =>
  [...subject.operations.values()].map(({ operationId, method, tag }) => ({
    name: `${operationId} wants credentials`,
    group: 'credentials',
    operationId,
    needs: [...(method === 'GET' ? [] : ['writes' as const]), ...(tag === 'Accounts' ? ['accounts' as const] : [])],
    run: (session) => checkCredentials(session, operationId),
  }))
