/** Calls that a collection of requests makes, in an order that works on a server with a memory: folder by folder, each its own object. */
import { type OpenApiDocument, type Operation, operationsOf } from '../../src/document.ts'
import { freshExample } from '../../src/fresh-example.ts'
import { jsonObjectOf } from '../../src/json-object.ts'
import { required } from '../../src/required.ts'
import { shortCardOf } from '../../src/short-card.ts'

export type CollectionCall = {
  name: string
  operation: Operation
  /** Path with the variable of the object's id, for example `/payments/{{payment_id}}`. */
  path: string
  /** JSON body, undefined where the operation takes none. */
  body: unknown
  /** Variable that keeps the id of the response. */
  keeps?: 'payment_id' | 'account_id'
  /** Whether the customer pays before the call, which only the sandbox can play. */
  isPaidFirst: boolean
}
export type CollectionFolder = { name: string; calls: CollectionCall[] }

type Step = { operationId: string; key?: string; body?: unknown; isPaidFirst?: boolean }

/** Calls of a collection for the operations of a document. */
export const foldersOf = (document: OpenApiDocument): CollectionFolder[] => {
  const operations = new Map(operationsOf(document).map((operation) => [operation.operationId, operation]))
  const operationOf = (operationId: string) => required(operations.get(operationId), operationId)
  const exampleOf = (operationId: string, key?: string) => {
    const examples = operationOf(operationId).request?.examples ?? {}
    const example = key === undefined ? Object.values(examples)[0] : examples[key]
    return example && freshExample(document, example)
  }
  const { createKey, updateKey } = shortCardOf([...operations.values()])
  const isCash = (method: string) => jsonObjectOf(jsonObjectOf(createdBy(method)).payment_details).instructions_url !== undefined
  const createdBy = (key: string) => operationOf('createPayment').responses['200']?.body?.examples[key]?.value
  const isWaiting = (key: string) => jsonObjectOf(createdBy(key)).status === 'authorized'

  /** A body without the order number of the page's samples, which each payment has but once. */
  const ownBody = (body: unknown, folder: string) =>
    jsonObjectOf(body).external_order_num === undefined
      ? body
      : { ...jsonObjectOf(body), external_order_num: `order-${folder}-{{$timestamp}}` }

  const callOf = (folder: string, { operationId, key, body, isPaidFirst = false }: Step): CollectionCall => {
    const operation = operationOf(operationId)
    const variable = operation.tag === 'Accounts' ? 'account_id' : 'payment_id'
    const value = body ?? exampleOf(operationId, key)
    return {
      name: operation.summary,
      operation,
      path: operation.path.replace('{id}', `{{${variable}}}`),
      body: operation.request && ownBody(value, folder),
      ...(operationId.startsWith('create') && { keeps: variable }),
      isPaidFirst,
    }
  }

  const stepsOf = (key: string): Step[] => {
    const steps: Step[] = [{ operationId: 'createPayment', key }, { operationId: 'getPayment' }]
    if (key === createKey) return [...steps, { operationId: 'updatePayment', key: updateKey }]
    if (exampleOf('refundPayment', key) !== undefined) steps.push({ operationId: 'refundPayment', key, isPaidFirst: isWaiting(key) })
    if (exampleOf('cancelPayment', key) === undefined) return steps
    const again = { ...jsonObjectOf(exampleOf('createPayment', key)), ...(!isWaiting(key) && { capture: false }) }
    return [...steps, { operationId: 'createPayment', body: again }, { operationId: 'cancelPayment', key }]
  }

  const card = jsonObjectOf(exampleOf('createPayment', 'credit_card'))
  const folder = (name: string, steps: Step[]): CollectionFolder => ({ name, calls: steps.map((step) => callOf(name, step)) })
  const keys = Object.keys(operationOf('createPayment').request?.examples ?? {})
  const [cash = 'konbini'] = keys.filter(isCash)
  return [
    ...keys.map((key) => folder(key, stepsOf(key))),
    folder('more', [
      { operationId: 'createPayment', body: { ...card, capture: false } },
      { operationId: 'updatePayment' },
      { operationId: 'capturePayment' },
      { operationId: 'createPayment', key: cash },
      { operationId: 'requestRefund', isPaidFirst: true },
      { operationId: 'listPayments' },
    ]),
    folder('accounts', [
      {
        operationId: 'createAccount',
        body: {
          ...jsonObjectOf(exampleOf('createAccount')),
          name: 'account-{{$timestamp}}',
        },
      },
      { operationId: 'getAccount' },
      { operationId: 'updateAccount' },
      { operationId: 'acceptServiceAgreement' },
    ]),
  ]
}
