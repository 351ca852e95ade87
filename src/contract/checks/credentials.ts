/** Every operation without credentials and with wrong ones. */

import type { ApiDescription } from '../api/api-description.ts'
import { objectIdFor, orderBy, requestExample, sendInTurn } from '../api/fixtures.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { RequestInput } from '../run/request.ts'
import type { Check } from './check.ts'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** A valid request, so that credentials are the only thing wrong with it. */
const validInput = async (context: CheckContext, operationId: string): Promise<() => RequestInput> => {
  const { request, path } = context.api.operation(operationId)
  if (operationId === 'createPayment') return () => ({ body: orderBy(context, 'konbini') })
  const example = requestExample(context.api, operationId)
  if (operationId === 'createAccount') return () => ({ body: { ...example, name: context.freshName('Account') } })
  if (!path.includes('{id}')) return () => ({})
  const id = await objectIdFor(context, operationId)
  return () => ({ path: { id }, ...(request && { body: example }) })
}

const checkCredentials = async (context: CheckContext, operationId: string) => {
  const { secretKey } = context.settings
  const pointer = '#/components/securitySchemes/secretKey'
  const wrong: [what: string, authorization: string][] = [
    ['A word that is no key', basic('not-a-key:')],
    ['An empty user name', basic(':')],
    ['A publishable key', basic('pk_test_notasecretkey:')],
    ['The key as the password', basic(`:${secretKey}`)],
    ['The key without its encoding', `Basic ${secretKey}`],
    ['Another scheme', 'Digest username="user", realm="KOMOJU", nonce="n", uri="/", response="r"'],
  ]
  await sendInTurn(
    () => validInput(context, operationId),
    [
      (input) =>
        context.expectRejected(
          operationId,
          { ...input(), authorization: null },
          { rule: 'credentials.missing', what: 'A request without credentials', statuses: [401], pointer },
        ),
      ...wrong.map(
        ([what, authorization]) =>
          (input: () => RequestInput) =>
            context.expectRejected(
              operationId,
              { ...input(), authorization },
              { rule: 'credentials.wrong', what, statuses: [400, 401, 403], pointer },
            ),
      ),
    ],
  )
}

/** Checks of the credentials, for each operation. */
export const credentialChecks = (api: ApiDescription): Check[] =>
  [...api.operations.values()].map(({ operationId, method, tag }) => ({
    name: `${operationId} wants credentials`,
    group: 'credentials',
    operationId,
    needs: [...(method === 'GET' ? [] : ['writes' as const]), ...(tag === 'Accounts' ? ['accounts' as const] : [])],
    run: (context) => checkCredentials(context, operationId),
  }))
