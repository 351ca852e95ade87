/** The document in OpenAPI 3.0, for tools that read no 3.1. */
import type { OpenApiDocument, SchemaObject } from '../../src/document.ts'
import { isJsonObject } from '../../src/json-object.ts'

/** Keywords that 3.0 has no word for. What they ask for is lost. */
const lost = ['propertyNames', 'dependentRequired']

const schemaOf = (node: unknown): unknown => {
  if (typeof node === 'boolean') return node ? {} : { not: {} }
  const schema = { ...(node as SchemaObject) }
  for (const keyword of lost) delete schema[keyword]
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema
    return Object.keys(beside).length > 0
      ? { ...(schemaOf(beside) as object), allOf: [{ $ref }, ...(beside.allOf ?? []).map(schemaOf)] }
      : { $ref }
  }
  if (Array.isArray(schema.examples)) {
    ;[schema.example] = schema.examples
    delete schema.examples
  }
  if ('const' in schema) {
    schema.enum = [schema.const]
    delete schema.const
  }
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) if (schema[key]) schema[key] = schema[key].map(schemaOf) as SchemaObject[]
  if (schema.items !== undefined) schema.items = schemaOf(schema.items) as SchemaObject
  if (isJsonObject(schema.additionalProperties)) schema.additionalProperties = schemaOf(schema.additionalProperties) as SchemaObject
  if (schema.properties)
    schema.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, value]) => [name, schemaOf(value) as SchemaObject]),
    )
  if (schema.type === 'null') return { ...schema, type: 'string', nullable: true, enum: [null] }
  if (!Array.isArray(schema.type)) return schema
  const types = schema.type.filter((type) => type !== 'null')
  const nullable = types.length < schema.type.length && { nullable: true }
  const { type: _types, ...rest } = schema
  if (types.length === 1) return { ...rest, type: types[0], ...nullable }
  return { anyOf: types.map((type) => ({ ...rest, type, ...nullable })) }
}

/** Changes every schema below a node that is none itself. */
const convert = (node: unknown, key = ''): unknown => {
  if (Array.isArray(node)) return node.map((item) => convert(item))
  if (!isJsonObject(node)) return node
  if (key === 'schemas') return Object.fromEntries(Object.entries(node).map(([name, schema]) => [name, schemaOf(schema)]))
  // Examples are values, whatever their properties are called.
  if (key === 'examples') return node
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, name === 'schema' ? schemaOf(value) : convert(value, name)]))
}

/** Converts a 3.1 document. Webhooks and what only JSON Schema 2020-12 can say are lost; types of unions become alternatives. */
export const toOpenApi30 = (document: OpenApiDocument): OpenApiDocument => {
  const { webhooks: _webhooks, ...rest } = document
  const { summary: _summary, ...info } = document.info
  return { ...(convert(rest) as object), openapi: '3.0.3', info }
}
