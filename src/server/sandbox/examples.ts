/** Payments to begin with: one of each method, as the document's examples create them. */

import { type OpenApiDocument, operationOf } from '../../document.ts'
import { freshExample } from '../../fresh-example.ts'
import { required } from '../../required.ts'
import type { State } from './state/index.ts'

/** Makes a function that creates the payments of a merchant and says how many. */
export const createExamples = (document: OpenApiDocument, state: State) => {
  const operation = operationOf(document, 'createPayment')
  const { mapping }: { mapping: Record<string, string> } = document.components.schemas.PaymentDetailsRequest.discriminator
  const bodies = Object.entries(operation.request?.examples ?? {})
    .filter(([key]) => key in mapping)
    .map(([, example]) => freshExample(document, example))
  const createPayment = required(state.changes.createPayment, 'createPayment')
  return async (merchant: string, origin: string): Promise<number> => {
    for (const body of bodies) await state.transact((work) => createPayment({ parameters: {}, headers: {}, body, merchant, origin }, work))
    return bodies.length
  }
}
