/** One thing wrong in every request, in both encodings: rejected, in the error's shape, naming the parameter, without effect. */

import { isJsonObject, type JsonObject } from '../../json-object.ts'
import { bracketed } from '../../violations.ts'
import type { ApiDescription } from '../api/api-description.ts'
import type { ApiModel } from '../api/api-model.ts'
import { createExample, openAccount, ownOrder, pay, requestExample, sendInTurn, unpaidPaymentFor } from '../api/fixtures.ts'
import { type Encoding, encodings } from '../generate/encodings.ts'
import type { InvalidRequest } from '../generate/invalid-requests.ts'
import type { CheckContext } from '../run/check-context.ts'
import { settleAll } from '../run/settle-all.ts'
import type { Check } from './check.ts'

/** Invalid requests are made from generated ones, and what generates them takes long to load: a list of the checks does without. */
const invalidRequests = async (api: ApiModel, operationId: string, body: unknown, encoding: Encoding): Promise<InvalidRequest[]> =>
  (await import('../generate/invalid-requests.ts')).invalidRequests(api, operationId, body, encoding)

const isInDetails = ({ path }: InvalidRequest) => path[0] === 'payment_details' && path.length > 1

/** Names of the parameters that a path goes through, in any spelling. */
const spellings = (path: (string | number)[]) => path.map(String)

const namesParameter = (param: string, request: InvalidRequest) => {
  const named = param.split(/[^A-Za-z0-9_]+/).filter(Boolean)
  const allowed = new Set(spellings(request.path))
  if (request.rule === 'rejection.exclusive') for (const name of ['customer', 'payment_details']) allowed.add(name)
  // A wrong type of payment method makes every other property of it wrong as well.
  if (request.path.at(-1) === 'type' || request.path.length === 0) return true
  // A property that does not belong to the payment method can be blamed on the details, or on their type.
  if (request.rule === 'rejection.variant' || request.rule === 'rejection.unknown')
    for (const name of ['payment_details', 'type']) allowed.add(name)
  // Names of the holder stand for each other.
  if (/name$/.test(String(request.path.at(-1)))) for (const name of ['name', 'given_name', 'family_name']) allowed.add(name)
  if (request.path[0] === 'fraud_details') allowed.add('customer_ip')
  return named.some((name) => allowed.has(name))
}

/** Sends an invalid request, and verifies its rejection unless the reference leaves that open. */
const sendInvalid = async (context: CheckContext, operationId: string, request: InvalidRequest, path?: Record<string, string>) => {
  const input = { ...(path && { path }), body: request.body }
  if (request.isLenient && !context.settings.strict) return context.send(operationId, input)
  const { rule, name: what, pointer, isLenient: isStricter } = request
  const exchange = await context.expectRejected(operationId, input, { rule, what, pointer, isStricter })
  const error = isJsonObject(exchange.body) && isJsonObject(exchange.body.error) ? exchange.body.error : undefined
  if (exchange.status >= 400 && exchange.status < 500 && typeof error?.param === 'string')
    context.verify('error.param', {
      operationId,
      passed: namesParameter(error.param, request),
      message: () => `${request.name}, and the error names ${error.param}.`,
      exchanges: [exchange],
      pointer: '#/components/schemas/ErrorBody/properties/error/properties/param',
    })
  return exchange
}

/** The invalid requests that are sent: all, or with `--quick` one for each parameter and rule. */
const sampled = ({ settings }: CheckContext, invalid: InvalidRequest[]) =>
  settings.quick
    ? [...Map.groupBy(invalid, ({ path, rule }) => `${bracketed(path)} ${rule}`).values()].flatMap(([first]) => first ?? [])
    : invalid

/** Invalid requests that create something: each stands for itself. */
const sendInvalidCreations = (context: CheckContext, operationId: string, invalid: (() => InvalidRequest)[]) =>
  settleAll(invalid.map((invalidOf) => sendInvalid(context, operationId, invalidOf())))

/** Invalid requests that change something. */
const sendInvalidChanges = (context: CheckContext, operationId: string, make: () => Promise<string>, invalid: InvalidRequest[]) =>
  sendInTurn(
    make,
    invalid.map((request) => (id: string) => sendInvalid(context, operationId, request, { id })),
  )

/** The same in a body that is an order of its own, so that each trace can be told from the others. */
const invalidOrders = async (context: CheckContext, type: string, wanted: (request: InvalidRequest) => boolean) => {
  const { encoding = 'json' } = context.check
  const body = ownOrder({ freshName: () => 'kit-order' }, createExample(context.api, type))
  const invalid = await invalidRequests(context.api, 'createPayment', body, encoding)
  return sampled(context, invalid.filter(wanted)).map((request) => () => {
    if (!isJsonObject(request.body)) return request
    const order = context.freshName()
    const named: JsonObject = { ...request.body }
    const [first] = request.path
    if (first !== 'external_order_num') named.external_order_num = order
    if (first !== 'metadata') named.metadata = { kit_request: order }
    return { ...request, body: named }
  })
}

const rejectPaymentChange = async (context: CheckContext, operationId: string) => {
  const { api } = context
  const { encoding = 'json' } = context.check
  const make = async () => {
    if (!context.capabilities.has('state')) return api.exampleId(operationId)
    const payment = await unpaidPaymentFor(context, operationId)
    return (operationId === 'requestRefund' && context.capabilities.has('pay') ? await pay(context, payment) : payment).id
  }
  const examples = Object.values(api.requestOf(operationId).examples).map(({ value }) => value as JsonObject)
  const fullest = examples.reduce((most, example) => (Object.keys(example).length > Object.keys(most).length ? example : most), {})
  await sendInvalidChanges(context, operationId, make, sampled(context, await invalidRequests(api, operationId, fullest, encoding)))
}

const rejectAccount = async (context: CheckContext, operationId: string) => {
  const { api } = context
  const { encoding = 'json' } = context.check
  const example = requestExample(api, operationId)
  if (operationId === 'createAccount') {
    const invalid = sampled(context, await invalidRequests(api, operationId, { ...example, name: 'kit-account' }, encoding))
    const named = invalid.map(
      (request) => () =>
        isJsonObject(request.body) && request.path[0] !== 'name'
          ? { ...request, body: { ...request.body, name: context.freshName('Account') } }
          : request,
    )
    await sendInvalidCreations(context, operationId, named)
    return
  }
  const make = async () => (context.capabilities.has('state') ? (await openAccount(context)).body.id : api.exampleId(operationId))
  await sendInvalidChanges(context, operationId, make, sampled(context, await invalidRequests(api, operationId, example, encoding)))
}

const badQueries: [name: string, value: string][] = [
  ['page', '0'],
  ['page', '-1'],
  ['page', 'unexpected'],
  ['per_page', '0'],
  ['per_page', '-1'],
  ['per_page', 'unexpected'],
  ['currency', 'XXX'],
  ['status', 'no_such_status'],
  ['start_time', 'yesterday'],
  ['end_time', 'yesterday'],
  ['external_order_num', 'x'.repeat(256)],
]

/** Wrong filters: rejected, or returning a list that is right in itself. */
const rejectQueries = async (context: CheckContext) => {
  await settleAll(
    badQueries.map(async ([name, value]) => {
      const exchange = await context.send('listPayments', { query: { [name]: value } })
      const { status, body } = exchange
      if (status >= 500) return
      const data = isJsonObject(body) && Array.isArray(body.data) ? body.data : []
      const isPaging = name === 'page' || name === 'per_page' || name.endsWith('_time')
      context.verify('list.filter', {
        operationId: 'listPayments',
        passed: status === 400 || status === 422 || (status === 200 && (isPaging || data.length === 0)),
        message: () => `${name}=${value.slice(0, 20)} returns ${status} and ${data.length} payments.`,
        exchanges: [exchange],
        pointer: `#/components/parameters/${name === 'page' ? 'Page' : name === 'per_page' ? 'PerPage' : name}`,
      })
    }),
  )
}

/** Checks of everything that is wrong with a request by the document's schemas. */
export const rejectionChecks = (api: ApiDescription): Check[] => {
  const checks: Check[] = []
  for (const encoding of encodings) {
    const suffix = encoding === 'form' ? ' in a form' : ''
    checks.push({
      name: `createPayment rejects every wrong parameter${suffix}`,
      kind: 'wrong parameters of createPayment',
      group: 'rejections',
      operationId: 'createPayment',
      encoding,
      needs: ['writes'],
      run: async (context) => {
        await sendInvalidCreations(context, 'createPayment', await invalidOrders(context, 'konbini', (request) => !isInDetails(request)))
      },
    })
    for (const { type } of api.methods)
      checks.push({
        name: `createPayment rejects every wrong detail of ${type}${suffix}`,
        kind: 'wrong details of a payment method',
        group: 'rejections',
        operationId: 'createPayment',
        encoding,
        paymentMethod: type,
        needs: ['writes'],
        run: async (context) => {
          await sendInvalidCreations(context, 'createPayment', await invalidOrders(context, type, isInDetails))
        },
      })
    for (const { operationId, request, tag } of api.operations.values()) {
      if (!request || operationId === 'createPayment') continue
      checks.push({
        name: `${operationId} rejects every wrong parameter${suffix}`,
        kind: `wrong parameters of ${operationId}`,
        group: 'rejections',
        operationId,
        encoding,
        needs: tag === 'Accounts' ? ['writes', 'accounts'] : ['writes'],
        run: (context) => (tag === 'Accounts' ? rejectAccount(context, operationId) : rejectPaymentChange(context, operationId)),
      })
    }
  }
  checks.push({
    name: 'listPayments returns no wrong filter with payments',
    group: 'rejections',
    operationId: 'listPayments',
    needs: ['state'],
    run: rejectQueries,
  })
  return checks
}
