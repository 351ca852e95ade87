/** The document as code reads it: its operations with their parameters, bodies, responses and examples, every reference resolved. */
import { readFileSync } from 'node:fs'
import { required } from './required.ts'
import { type Json, type OpenApiDocument, resolveRef, type Schema } from './schema.ts'

export {
  isLeftOut,
  type OpenApiDocument,
  resolveRef,
  resolveSchema,
  type Schema,
  type SchemaObject,
  type TestValue,
  withScalarsMerged,
} from './schema.ts'

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

const methods: Method[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/** Reads generated/openapi.json. */
export const readDocument = (): OpenApiDocument => JSON.parse(readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8'))

/** Changes every value of a record. The result has no prototype: a key that a client names is there or it is not. */
const mapValues = <T, U>(record: Record<string, T> | undefined, change: (value: T) => U): Record<string, U> =>
  Object.assign(Object.create(null), Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, change(value)])))

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
