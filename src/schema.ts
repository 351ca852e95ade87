/** Schemas as the document writes them, and what their references stand for. The page's script imports it, so nothing here is Node's. */

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

// biome-ignore lint/suspicious/noExplicitAny: the bundle is plain JSON, checked by three linters before it is written.
export type Json = any
export type OpenApiDocument = Json

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
