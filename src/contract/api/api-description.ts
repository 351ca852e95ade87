/** What the kit knows of the API before it judges anything. All of it is read from the document. */

import { type OpenApiDocument, type Operation, operationsOf, readDocument, resolveSchema, type SchemaObject } from '../../document.ts'
import { isJsonObject } from '../../json-object.ts'
import { isSecret } from '../../marked-secrets.ts'
import { required } from '../../required.ts'
import { type ShortCard, shortCardOf } from '../../short-card.ts'

/** How money arrives: at once, in cash after the customer was told how, or after the customer approved on another page. */
export type MethodKind = 'immediate' | 'cash' | 'redirect'

/** A payment method as the kit sees it. */
export type MethodModel = {
  type: string
  kind: MethodKind
  /** Properties that both the request and the response carry, and that repeat what was asked. */
  echoed: string[]
  /** Properties of the request that no response repeats. */
  secrets: string[]
  /** Numbers that fail on purpose, with the code they fail with. */
  failing: { property: string; value: string; error: string }[]
  /** Numbers that work. */
  working: { property: string; value: string; brand: string | undefined }[]
}

/** The API as the document describes it, with look-ups that throw for names that it does not have. */
export type ApiDescription = {
  document: OpenApiDocument
  operations: Map<string, Operation>
  methods: MethodModel[]
  /** Currencies that have cents. */
  currenciesWithCents: string[]
  /** @throws {Error} for an operation that the document does not have */
  operation: (operationId: string) => Operation
  /** @throws {Error} for a payment method that the document does not have */
  method: (type: string) => MethodModel
  /**
   * Request body of an operation.
   * @throws {Error} for an operation without one
   */
  requestOf: (operationId: string) => NonNullable<Operation['request']>
  /** Examples of an operation's 200, by key. */
  examplesOf: (operationId: string) => Record<string, { value: unknown }>
  /** Id in the document's own response: the only one that a server without state knows. */
  exampleId: (operationId: string) => string
  /** Examples of a prepaid card that is short. */
  shortCard: ShortCard
}

const methodsOf = (document: OpenApiDocument): MethodModel[] => {
  const { PaymentDetailsRequest, PaymentDetails } = document.components.schemas
  const resolve = (node: unknown) => resolveSchema(document, node)
  const mapping: Record<string, string> = PaymentDetailsRequest.discriminator.mapping
  return Object.entries(mapping).map(([type, $ref]) => {
    const request = resolve({ $ref }).properties as Record<string, SchemaObject>
    const response = resolve({ $ref: PaymentDetails.discriminator.mapping[type] }).properties as Record<string, SchemaObject>
    const secrets = Object.keys(request).filter((name) => isSecret(document, request[name]))
    const numbers = Object.entries(request).flatMap(([property, schema]) =>
      (schema['x-test-values'] ?? []).map((value) => ({ property, ...value })),
    )
    return {
      type,
      kind: 'instructions_url' in response ? 'cash' : 'redirect_url' in response ? 'redirect' : 'immediate',
      echoed: Object.keys(request).filter((name) => name in response && !secrets.includes(name)),
      secrets,
      failing: numbers.flatMap(({ property, value, error, anyCode }) =>
        error === undefined || anyCode ? [] : [{ property, value, error }],
      ),
      working: numbers.flatMap(({ property, value, error, brand }) => (error === undefined ? [{ property, value, brand }] : [])),
    }
  })
}

const currenciesWithCentsOf = ({ components }: OpenApiDocument) =>
  Object.entries<number>(components.schemas.PaymentCurrency['x-minor-units']).flatMap(([currency, decimals]) =>
    decimals === 2 ? [currency] : [],
  )

/** Returns a member of a map. @throws {Error} for a key that it does not have */
const lookUp = <Value>(what: string, name: string, known: Map<string, Value>): Value => {
  const value = known.get(name)
  if (value === undefined) throw new Error(`The document has no ${what} ${name}. It has ${[...known.keys()].join(', ')}.`)
  return value
}

const descriptionOf = (document: OpenApiDocument): ApiDescription => {
  const operations = new Map(operationsOf(document).map((operation) => [operation.operationId, operation]))
  const methods = methodsOf(document)
  const methodsByType = new Map(methods.map((method) => [method.type, method]))
  const operation = (operationId: string) => lookUp('operation', operationId, operations)
  const examplesOf = (operationId: string) => operation(operationId).responses['200']?.body?.examples ?? {}
  return {
    document,
    operations,
    methods,
    currenciesWithCents: currenciesWithCentsOf(document),
    operation,
    method: (type) => lookUp('payment method', type, methodsByType),
    requestOf: (operationId) => required(operation(operationId).request, `Body of ${operationId}`),
    examplesOf,
    exampleId: (operationId) => {
      const [first] = Object.values(examplesOf(operationId))
      if (!isJsonObject(first?.value)) throw new Error(`${operationId} shows no example of its response.`)
      return String(first.value.id)
    },
    shortCard: shortCardOf([...operations.values()]),
  }
}

let description: ApiDescription | undefined

/** Reads the document for the kit, once. */
export const readApiDescription = (): ApiDescription => {
  description ??= descriptionOf(readDocument())
  return description
}
