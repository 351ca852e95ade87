/** Every operation with every one of its examples, in both encodings: accepted, with the response that the document says. */

import type { Account } from '../../../generated/schema.d.ts'
import type { Operation } from '../../document.ts'
import { isJsonObject, jsonObjectOf } from '../../json-object.ts'
import { required } from '../../required.ts'
import type { ApiDescription } from '../api/api-description.ts'
import { newAccount, ownOrder, paymentFor, shortOrder } from '../api/fixtures.ts'
import { type Encoding, encodings } from '../generate/encodings.ts'
import { defaultTaxes, sameAmount } from '../rules/payment-invariants.ts'
import { paymentIn } from '../rules/payment-ledger.ts'
import type { Capability } from '../run/capabilities.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { Check } from './check.ts'
import { getSame, verifyEcho, verifyResponse } from './verifications.ts'

/** Methods paid by an example: the key of an example that is a payment method names it. */
const methodOfExample = (api: ApiDescription, operation: Operation, key: string) => {
  if (api.methods.some(({ type }) => type === key)) return key
  return operation.operationId === 'requestRefund' ? 'konbini' : 'credit_card'
}

/** Id in the document's own response to an example: what a server without state knows. */
const exampleId = (operation: Operation, key: string) => {
  const examples = operation.responses['200']?.body?.examples ?? {}
  const example = required(examples[key] ?? Object.values(examples)[0], `Example of ${operation.operationId}`)
  return String(jsonObjectOf(example.value).id)
}

const checkCreation = async (context: CheckContext, example: unknown) => {
  const request = ownOrder(context, example)
  const { body, exchange } = await context.expectAccepted('createPayment', { body: request })
  if (!context.capabilities.has('state')) return
  verifyEcho(context, request, body, exchange)
  if (request.tax === undefined)
    verifyResponse(context, 'request.tax', {
      exchanges: [exchange],
      passed: defaultTaxes(Number(request.amount), String(request.currency)).some((tax) => sameAmount(tax, body.tax)),
      message: () => `The tax of ${request.amount} ${request.currency} is ${body.tax}.`,
      pointer: '#/components/schemas/TaxInput',
    })
  await getSame(context, body, exchange)
}

const checkAccount = async (context: CheckContext, operation: Operation, body: unknown) => {
  const created = await context.expectAccepted<Account>('createAccount', { body: newAccount(context) })
  await context.expectAccepted<Account>(operation.operationId, { path: { id: created.body.id }, body })
}

const checkExample = async (context: CheckContext, operation: Operation, key: string) => {
  const { operationId } = operation
  const example = required(context.api.requestOf(operationId).examples[key], `Example ${key} of ${operationId}`).value
  if (operationId === 'createPayment') return checkCreation(context, example)
  if (operationId === 'createAccount') {
    await context.expectAccepted<Account>(operationId, { body: { ...jsonObjectOf(example), name: context.freshName('Account') } })
    return
  }
  if (!context.capabilities.has('state')) {
    await context.expectAccepted(operationId, { path: { id: exampleId(operation, key) }, body: example })
    return
  }
  if (operation.tag === 'Accounts') return checkAccount(context, operation, example)
  const type = methodOfExample(context.api, operation, key)
  const before =
    key === context.api.shortCard.updateKey
      ? (await context.expectAccepted('createPayment', { body: shortOrder(context) })).body
      : await paymentFor(context, operationId, type)
  const isCash = context.api.method(type).kind === 'cash'
  // The reference contradicts itself on refunds of cash payments: a target that rejects them is right as well.
  if (isCash && (operationId === 'refundPayment' || operationId === 'requestRefund')) {
    const exchange = await context.send(operationId, { path: { id: before.id }, body: example })
    if (exchange.status === 422 && isJsonObject(exchange.body)) context.skip(`the target has no ${operationId} for ${type}`)
    verifyResponse(context, 'request.accepted', {
      exchanges: [exchange],
      passed: exchange.status === 200,
      message: () => `The valid request returned ${exchange.status}.`,
    })
    if (exchange.status === 200) await getSame(context, paymentIn(exchange), exchange)
    return
  }
  const { body, exchange } = await context.expectAccepted(operationId, { path: { id: before.id }, body: example })
  await getSame(context, body, exchange)
}

const encodingName: Record<Encoding, string> = { json: 'JSON', form: 'a form' }

const needsOf = ({ shortCard }: ApiDescription, operation: Operation, key: string): Capability[] => {
  // Prepaid cards that are short, which a target may not know.
  if (key === shortCard.createKey || key === shortCard.updateKey) return ['writes', 'state', 'short-cards']
  return operation.tag === 'Accounts' ? ['writes', 'accounts'] : ['writes']
}

/** Checks of every example of every request. */
export const exampleChecks = (api: ApiDescription): Check[] =>
  [...api.operations.values()].flatMap((operation) =>
    Object.keys(operation.request?.examples ?? {}).flatMap((key) =>
      encodings.map((encoding): Check => {
        const isMethod = api.methods.some(({ type }) => type === key)
        return {
          name: `${operation.operationId} works as in the example ${key}, sent as ${encodingName[encoding]}`,
          kind: `examples of ${operation.operationId}`,
          group: 'examples',
          operationId: operation.operationId,
          encoding,
          ...(isMethod && { paymentMethod: key }),
          needs: needsOf(api, operation, key),
          run: (context) => checkExample(context, operation, key),
        }
      }),
    ),
  )
