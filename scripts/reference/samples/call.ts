/** The calls that the samples show: one for each example of each operation. */
import { type Method, type OpenApiDocument, type Operation, operationsOf } from '../../../src/document.ts'
import { freshExample } from '../../../src/fresh-example.ts'

export type Call = {
  operation: Operation
  /** Key of the example, the same in the request and in the response. */
  example: string
  method: Method
  /** Path below the base URL with its id filled in, for example `/payments/dp6f5pozrrh0nypa62joe09sd/capture`. */
  path: string
  /** Id in the path, undefined where the path has none. */
  id: string | undefined
  /** Body to send, undefined where there is nothing to say: no body at all, or an empty one. */
  body: Record<string, unknown> | undefined
  /** Response that the document shows for this call. */
  response: unknown
}

/** Where the samples call. */
export const baseUrl = 'https://komoju.com/api/v1'

/**
 * All calls of a document, in its order.
 * @throws {Error} where a request's example has no response of the same key, which the lint excludes
 */
export const callsOf = (document: OpenApiDocument): Call[] =>
  operationsOf(document).flatMap((operation) =>
    Object.entries(operation.responses['200']?.body?.examples ?? {}).map(([example, { value }]) => {
      const request = operation.request?.examples[example]
      if (operation.request && !request) throw new Error(`${operation.operationId}: no request example is called ${example}.`)
      const body = request && (freshExample(document, request) as Record<string, unknown> | undefined)
      const id = operation.path.includes('{id}') ? (value as { id: string }).id : undefined
      return {
        operation,
        example,
        method: operation.method,
        path: operation.path.replace('{id}', id ?? ''),
        id,
        body: body && Object.keys(body).length > 0 ? body : undefined,
        response: value,
      }
    }),
  )
