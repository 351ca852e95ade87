/** The document as code reads it: its operations with their parameters, bodies, responses and examples, every reference resolved. */
import { readFileSync } from 'node:fs'
import { required } from './required.ts'

/** Value with a meaning in test mode: the error it causes, the card's brand, the money on a prepaid card in yen. */
export type TestValue = {
  value: string
  error?: string
  brand?: string
  balance?: number
  /** Whether KOMOJU names no code for the failure: the mock and the sandbox chose one. */
  anyCode?: boolean
  /** Whether the sandbox alone knows the value, and KOMOJU does not. */
  local?: boolean
}

export type Schema = boolean | SchemaObject
export type SchemaObject = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema
  unevaluatedProperties?: Schema
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  discriminator?: { propertyName: string; mapping?: Record<string, string> }
  default?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  propertyNames?: SchemaObject
  dependentRequired?: Record<string, string[]>
  'x-source'?: string[]
  'x-pattern-meaning'?: string
  'x-test-values'?: TestValue[]
  [keyword: string]: unknown
}
export type Example = {
  summary?: string
  description?: string
  value: unknown
  'x-retry'?: 'never' | 'later' | 'same_key'
  'x-typos'?: Record<string, string>
}
export type Body = { schema: Schema; examples: Record<string, Example> }
export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description: string
  schema: Schema
  example: unknown
  'x-source'?: string[]
}
export type OperationResponse = { description: string; headers: Record<string, { example?: unknown }>; body: Body | undefined }
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
export type Operation = {
  operationId: string
  method: Method
  /** Path with its parameters in braces, for example `/payments/{id}`. */
  path: string
  tag: string
  summary: string
  description: string
  parameters: Parameter[]
  /** Body of the request, undefined where the operation takes none. JSON and form share it. */
  request:
    | (Body & {
        required: boolean
        mediaTypes: string[]
        /** Names of the properties that the operation knows. */
        properties: string[]
        /** Whether it rejects others, or ignores them. */
        isClosed: boolean
      })
    | undefined
  /** Responses by status, for example `200`. */
  responses: Record<string, OperationResponse>
}

// biome-ignore lint/suspicious/noExplicitAny: the bundle is plain JSON, checked by three linters before it is written.
type Json = any
export type OpenApiDocument = Json

const methods: Method[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/** Reads generated/openapi.json. */
export const readDocument = (): OpenApiDocument => JSON.parse(readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8'))

/**
 * What a node of the document stands for: itself, or what its `$ref` names.
 * @throws {Error} where the reference leads nowhere, which the lint excludes for the project's own bundle
 */
export const resolveRef = (document: OpenApiDocument, node: Json): Json => {
  if (!node?.$ref) return node
  const target = (node.$ref as string)
    .split('/')
    .slice(1)
    .reduce((parent, key) => parent?.[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')], document)
  if (target === undefined) throw new Error(`The document has no ${node.$ref}`)
  return resolveRef(document, target)
}

/** The schema that a node of the document stands for; a boolean schema has no keywords. */
export const resolveSchema = (document: OpenApiDocument, node: unknown): SchemaObject => resolveRef(document, node)

/** Changes every value of a record. The result has no prototype: a key that a client names is there or it is not. */
const mapValues = <T, U>(record: Record<string, T> | undefined, change: (value: T) => U): Record<string, U> =>
  Object.assign(Object.create(null), Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, change(value)])))

/** Whether a schema takes null alone, which is how an alternative says that a property is left out. */
export const isLeftOut = (schema: Schema) => typeof schema === 'object' && schema.type === 'null'

const scalarTypes = ['string', 'number', 'integer', 'boolean', 'null']

/**
 * Reads `anyOf` of scalars of different types, such as a number or the same number as text, as one schema of several types.
 * Each keyword in it concerns one of the types, so both say the same.
 */
export const withScalarsMerged = (schema: SchemaObject): SchemaObject => {
  const members = (schema.anyOf ?? []).filter((member) => typeof member === 'object')
  const types = members.map(({ type }) => type)
  const isMerged = types.every((type) => typeof type === 'string' && scalarTypes.includes(type)) && new Set(types).size === types.length
  if (members.length === 0 || members.length !== schema.anyOf?.length || !isMerged) return schema
  const { anyOf: _anyOf, ...rest } = schema
  const values = members.map((member) => member.enum ?? (member.type === 'boolean' ? [true, false] : undefined))
  const hasValues = values.every((list) => list !== undefined)
  return Object.assign(rest, ...members, { type: types }, hasValues && { enum: values.flat() })
}

/** All operations of a document, in its order. */
export const operationsOf = (document: OpenApiDocument): Operation[] => {
  const resolve = (node: Json) => resolveRef(document, node)
  const bodyOf = (mediaType: Json): Body => ({ schema: mediaType.schema, examples: mapValues(mediaType.examples, resolve) })
  const responseOf = (node: Json): OperationResponse => {
    const { description, headers, content } = resolve(node)
    const json = content?.['application/json']
    return { description, headers: mapValues(headers, resolve), body: json && bodyOf(json) }
  }
  return Object.entries<Json>(document.paths).flatMap(([path, item]) => {
    const pathItem = resolve(item)
    return methods
      .filter((method) => pathItem[method.toLowerCase()])
      .map((method) => {
        const node = pathItem[method.toLowerCase()]
        const requestBody = resolve(node.requestBody)
        const requestSchema = resolve(requestBody?.content['application/json'].schema)
        return {
          operationId: node.operationId,
          method,
          path,
          tag: node.tags[0],
          summary: node.summary,
          description: node.description,
          parameters: [...(pathItem.parameters ?? []), ...(node.parameters ?? [])].map((parameter) => {
            const { required = false, ...rest } = resolve(parameter)
            return { required, ...rest }
          }),
          request: requestBody && {
            required: requestBody.required ?? false,
            mediaTypes: Object.keys(requestBody.content),
            properties: Object.keys(requestSchema.properties ?? {}),
            isClosed: requestSchema.additionalProperties === false,
            ...bodyOf(requestBody.content['application/json']),
          },
          responses: mapValues(node.responses, responseOf),
        }
      })
  })
}

/** An operation of a document. @throws {Error} for one that it does not have */
export const operationOf = (document: OpenApiDocument, operationId: string): Operation =>
  required(
    operationsOf(document).find((operation) => operation.operationId === operationId),
    operationId,
  )
