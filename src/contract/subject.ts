/** What the kit knows of the API. All of it is read from the document. */
import { type OpenApiDocument, type Operation, operationsOf, readDocument, resolveRef, type SchemaObject } from '../document.ts'
import { createValidator, type Validator } from '../validator.ts'

/** How money arrives: at once, in cash after the customer was told how, or after the customer approved on another page. */
export type MethodKind = 'immediate' | 'cash' | 'redirect'

export type PaymentMethod = {
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

export type Subject = {
  document: OpenApiDocument
  validator: Validator
  operations: Map<string, Operation>
  methods: PaymentMethod[]
}

type TestValue = { value: string; error?: string; brand?: string }

/** Secrets of a request: what its description says no response repeats. */
const isSecret = (schema: SchemaObject) => /No response repeats it/.test(String(schema.description))

const methodsOf = (document: OpenApiDocument): PaymentMethod[] => {
  const { PaymentDetailsRequest, PaymentDetails } = document.components.schemas
  const resolve = (node: unknown) => resolveRef(document, node) as SchemaObject
  const mapping = PaymentDetailsRequest.discriminator.mapping as Record<string, string>
  return Object.entries(mapping).map(([type, $ref]) => {
    const request = resolve({ $ref }).properties as Record<string, SchemaObject>
    const response = resolve({ $ref: PaymentDetails.discriminator.mapping[type] }).properties as Record<string, SchemaObject>
    const secrets = Object.keys(request).filter((name) => isSecret({ ...resolve(request[name]), ...request[name] }))
    const numbers = Object.entries(request).flatMap(([property, schema]) =>
      ((schema['x-test-values'] as TestValue[] | undefined) ?? []).map((value) => ({ property, ...value })),
    )
    return {
      type,
      kind: 'instructions_url' in response ? 'cash' : 'redirect_url' in response ? 'redirect' : 'immediate',
      echoed: Object.keys(request).filter((name) => name in response && !secrets.includes(name)),
      secrets,
      failing: numbers.flatMap(({ property, value, error }) => (error === undefined ? [] : [{ property, value, error }])),
      working: numbers.flatMap(({ property, value, error, brand }) => (error === undefined ? [{ property, value, brand }] : [])),
    }
  })
}

let subject: Subject | undefined

/** Reads the document for the kit, once. */
export const readSubject = (): Subject => {
  if (subject) return subject
  const document = readDocument()
  subject = {
    document,
    validator: createValidator(document),
    operations: new Map(operationsOf(document).map((operation) => [operation.operationId, operation])),
    methods: methodsOf(document),
  }
  return subject
}
