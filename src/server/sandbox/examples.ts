/** Payments to begin with: one of each method, as the document's examples create them. */

import { type OpenApiDocument, operationOf } from '../../document.ts'
import { freshExample } from '../../fresh-example.ts'
import { required } from '../../required.ts'
import type { State } from './state/index.ts'
import type { Work } from './state/store.ts'

/** Makes a function that creates the payments of a merchant, all or none, and says how many. */
export const createExamples = (document: OpenApiDocument, state: State) => {
  const operation = operationOf(document, 'createPayment')
  const { mapping }: { mapping: Record<string, string> } = document.components.schemas.PaymentDetailsRequest.discriminator
  const bodies = Object.entries(operation.request?.examples ?? {})
    .filter(([key]) => key in mapping)
    .map(([, example]) => freshExample(document, example))
  const createPayment = required(state.changes.createPayment, 'createPayment')
  /** @param work the transaction that they are made in; one of their own if not given */
  return (merchant: string, origin: string, work?: Work): Promise<number> => {
    const add = async (within: Work) => {
      for (const body of bodies) await createPayment({ parameters: {}, headers: {}, body, merchant, origin }, within)
      return bodies.length
    }
    return work ? add(work) : state.transact(add)
  }
}
