/** The document's example of a prepaid card that holds less than the total, and of the further card that pays the rest. */
import type { Example, Operation } from './document.ts'
import { type JsonObject, jsonObjectOf } from './json-object.ts'
import { required } from './required.ts'

export type ShortCard = {
  paymentMethod: string
  /** Key of the example of createPayment, and its body. */
  createKey: string
  order: JsonObject
  /** Key of the example of updatePayment, and its body. */
  updateKey: string
  furtherCard: JsonObject
}

const detailsOf = (value: unknown) => jsonObjectOf(jsonObjectOf(value).payment_details)

/**
 * Finds the pair of examples.
 * @param operations of the document
 * @throws {Error} for a document without such a payment
 */
export const shortCardOf = (operations: Operation[]): ShortCard => {
  const examplesOf = (operationId: string, side: 'request' | 'response'): [string, Example][] => {
    const operation = operations.find((one) => one.operationId === operationId)
    return Object.entries((side === 'request' ? operation?.request : operation?.responses['200']?.body)?.examples ?? {})
  }
  const [createKey] = required(
    examplesOf('createPayment', 'response').find(([, { value }]) => Number(detailsOf(value).short_amount) > 0),
    'Example of a prepaid payment that is short',
  )
  const [updateKey, further] = required(
    examplesOf('updatePayment', 'request').find(([, { value }]) => jsonObjectOf(value).payment_details !== undefined),
    'Example of a further prepaid card',
  )
  const order = jsonObjectOf(examplesOf('createPayment', 'request').find(([key]) => key === createKey)?.[1].value)
  return { paymentMethod: String(detailsOf(order).type), createKey, order, updateKey, furtherCard: jsonObjectOf(further.value) }
}
