/** Mutants of the document: every constraint in it, removed or altered, one at a time. */
import type { OpenApiDocument, SchemaObject } from '../../src/document.ts'
import { isJsonObject, type JsonObject } from '../../src/json-object.ts'

export type Path = (string | number)[]
export type Mutant = {
  /** What sort of constraint it alters, for example `required` or `response status`. */
  kind: string
  /** Where, from the root of the document. */
  path: Path
  /** What it does there, for example `removed` or `16 → 17`. */
  change: string
  /** The mutated document. It shares everything else with the original. */
  apply: () => OpenApiDocument
}

type Add = (kind: string, path: Path, change: string, value?: unknown) => void

/** Copy of a document with one place changed, or removed where the value is undefined. */
export const edited = <T>(node: T, [key, ...rest]: Path, value: unknown): T => {
  if (key === undefined) return value as T
  if (Array.isArray(node)) {
    if (rest.length === 0 && value === undefined) return node.toSpliced(key as number, 1) as T
    return node.with(key as number, edited(node[key as number], rest, value)) as T
  }
  const { [key]: child, ...others } = node as JsonObject
  if (rest.length === 0 && value === undefined) return others as T
  return { ...(node as JsonObject), [key]: edited(child, rest, value) } as T
}

/** Place of a mutant as a reader finds it, for example `#/components/schemas/Email/maxLength`. */
export const shownPath = (path: Path) => `#/${path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

const otherOf = (value: unknown) => (typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}-mutant`)

const bounds = ['minimum', 'maximum']
const lengths = ['minLength', 'maxLength', 'minItems', 'maxItems']
const unions = ['oneOf', 'anyOf', 'allOf'] as const

const mutateTypes = (schema: SchemaObject, path: Path, add: Add) => {
  if (schema.type === undefined) return
  const types = [schema.type].flat()
  add('type', [...path, 'type'], 'removed')
  if (types.includes('null')) {
    const rest = types.filter((type) => type !== 'null')
    add('nullability', [...path, 'type'], 'null removed', rest.length > 0 ? rest : 'string')
  } else add('nullability', [...path, 'type'], 'null added', [...types, 'null'])
  if (types.length > 1)
    for (const type of types.filter((type) => type !== 'null'))
      add(
        'type',
        [...path, 'type'],
        `${type} removed`,
        types.filter((other) => other !== type),
      )
  const swapped = (from: string, to: string) => {
    const others = types.map((type) => (type === from ? to : type))
    if (types.includes(from)) add('type', [...path, 'type'], `${from} → ${to}`, Array.isArray(schema.type) ? others : to)
  }
  swapped('integer', 'number')
  swapped('number', 'integer')
}

const mutateRequired = ({ required = [], properties = {} }: SchemaObject, path: Path, add: Add) => {
  for (const [index, name] of required.entries()) add('required', [...path, 'required', index], `${name} removed`)
  for (const name of Object.keys(properties))
    if (!required.includes(name) && properties[name] !== false) add('required', [...path, 'required'], `${name} added`, [...required, name])
}

const mutateValues = (schema: SchemaObject, path: Path, add: Add) => {
  for (const [index, value] of schema.enum?.entries() ?? []) add('enum', [...path, 'enum', index], `${value} removed`)
  if (schema.enum) add('enum', [...path, 'enum'], 'unheard-of added', [...schema.enum, 'unheard-of'])
  if (schema.const !== undefined) {
    add('const', [...path, 'const'], 'removed')
    add('const', [...path, 'const'], 'altered', otherOf(schema.const))
  }
  for (const [kind, keywords] of [['bound', bounds], ['length', lengths]] as const) // biome-ignore format: a table
    for (const keyword of keywords) {
      const limit = schema[keyword]
      if (typeof limit !== 'number') continue
      add(kind, [...path, keyword], 'removed')
      add(kind, [...path, keyword], `${limit} → ${limit - 1}`, limit - 1)
      add(kind, [...path, keyword], `${limit} → ${limit + 1}`, limit + 1)
    }
  if (typeof schema.pattern === 'string') {
    add('pattern', [...path, 'pattern'], 'removed')
    add('pattern', [...path, 'pattern'], 'start unanchored', schema.pattern.replace(/^\^/, ''))
    add('pattern', [...path, 'pattern'], 'end unanchored', schema.pattern.replace(/\$$/, ''))
  }
  if (schema.format !== undefined) {
    add('format', [...path, 'format'], 'removed')
    add('format', [...path, 'format'], 'altered', schema.format === 'uuid' ? 'uri' : 'uuid')
  }
  if (schema.default !== undefined) {
    add('default', [...path, 'default'], 'removed')
    add('default', [...path, 'default'], 'altered', otherOf(schema.default))
  }
}

const mutateShape = (schema: SchemaObject, path: Path, add: Add) => {
  for (const name of Object.keys(schema.properties ?? {})) add('property', [...path, 'properties', name], 'removed')
  for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const) {
    if (schema[keyword] === undefined) continue
    add('additionalProperties', [...path, keyword], 'removed')
    if (schema[keyword] !== false) add('additionalProperties', [...path, keyword], 'forbidden', false)
  }
  if (schema.properties && schema.additionalProperties === undefined && schema.unevaluatedProperties === undefined)
    add('additionalProperties', [...path, 'additionalProperties'], 'forbidden', false)
  for (const [name, needs] of Object.entries((schema.dependentRequired as Record<string, string[]>) ?? {}))
    for (const [index, need] of needs.entries()) add('required', [...path, 'dependentRequired', name, index], `${need} removed`)
  if (schema.items !== undefined) add('items', [...path, 'items'], 'removed')
  for (const union of unions) for (const index of schema[union]?.keys() ?? []) add('union member', [...path, union, index], 'removed')
  if (schema.discriminator) {
    add('discriminator', [...path, 'discriminator'], 'removed')
    for (const tag of Object.keys(schema.discriminator.mapping ?? {}))
      add('discriminator', [...path, 'discriminator', 'mapping', tag], 'removed')
  }
}

const mutateSchema = (schema: unknown, path: Path, add: Add): void => {
  if (!isJsonObject(schema)) return
  // A member of a union is removed as a whole.
  const isMember = unions.includes(path.at(-2) as (typeof unions)[number])
  if (schema.$ref !== undefined && !isMember) add('reference', [...path, '$ref'], 'removed')
  mutateTypes(schema, path, add)
  mutateRequired(schema, path, add)
  mutateValues(schema, path, add)
  mutateShape(schema, path, add)
  for (const [name, property] of Object.entries((schema.properties as JsonObject) ?? {}))
    mutateSchema(property, [...path, 'properties', name], add)
  for (const keyword of ['items', 'additionalProperties', 'propertyNames']) mutateSchema(schema[keyword], [...path, keyword], add)
  for (const union of unions)
    for (const [index, member] of ((schema[union] as unknown[]) ?? []).entries()) mutateSchema(member, [...path, union, index], add)
}

const mutateParameter = (parameter: unknown, path: Path, add: Add) => {
  if (!isJsonObject(parameter) || parameter.$ref !== undefined) return
  if (parameter.in !== 'path') add('parameter', [...path, 'required'], parameter.required ? 'optional' : 'required', !parameter.required)
  for (const keyword of ['style', 'explode'])
    if (parameter[keyword] !== undefined) add('parameter', [...path, keyword], `${keyword} removed`)
  mutateSchema(parameter.schema, [...path, 'schema'], add)
}

const mutateContent = (content: unknown, path: Path, add: Add) => {
  for (const [type, body] of Object.entries((content as Record<string, JsonObject>) ?? {})) {
    const at = [...path, type]
    add('media type', at, 'removed')
    add('reference', [...at, 'schema', '$ref'], 'removed')
    for (const key of Object.keys((body.examples as JsonObject) ?? {})) add('example pairing', [...at, 'examples', key], 'removed')
    for (const name of Object.keys((body.encoding as JsonObject) ?? {})) {
      add('encoding', [...at, 'encoding', name], 'removed')
      for (const keyword of ['style', 'explode']) add('encoding', [...at, 'encoding', name, keyword], 'removed')
    }
  }
}

const mutateResponse = (response: unknown, path: Path, add: Add) => {
  if (!isJsonObject(response) || response.$ref !== undefined) return
  for (const name of Object.keys((response.headers as JsonObject) ?? {})) add('header', [...path, 'headers', name], 'removed')
  mutateContent(response.content, [...path, 'content'], add)
}

const mutateOperation = (operation: JsonObject, path: Path, add: Add) => {
  add('operation', path, 'removed')
  if (operation.security !== undefined) add('security', [...path, 'security'], 'removed')
  const body = operation.requestBody as JsonObject | undefined
  if (body) {
    add('request body', [...path, 'requestBody'], 'removed')
    add('request body', [...path, 'requestBody', 'required'], body.required ? 'optional' : 'required', !body.required)
    mutateContent(body.content, [...path, 'requestBody', 'content'], add)
  }
  for (const [status, response] of Object.entries(operation.responses as JsonObject)) {
    add('response status', [...path, 'responses', status], 'removed')
    mutateResponse(response, [...path, 'responses', status], add)
  }
}

const mutateParameters = (parameters: unknown, path: Path, add: Add) => {
  for (const [index, parameter] of ((parameters as unknown[]) ?? []).entries()) {
    add('parameter', [...path, 'parameters', index], 'removed')
    mutateParameter(parameter, [...path, 'parameters', index], add)
  }
}

const methods = ['get', 'put', 'post', 'patch', 'delete']

/**
 * All mutants of a document, in its order.
 * @param document the bundle
 */
export const mutantsOf = (document: OpenApiDocument): Mutant[] => {
  const mutants: Mutant[] = []
  const add: Add = (kind, path, change, value) => {
    mutants.push({ kind, path, change, apply: () => edited(document, path, value) })
  }
  for (const [index, server] of (document.servers as JsonObject[]).entries()) {
    add('server', ['servers', index], 'removed')
    for (const [name, variable] of Object.entries((server.variables as Record<string, JsonObject>) ?? {}))
      add('default', ['servers', index, 'variables', name, 'default'], 'altered', otherOf(variable.default))
  }
  add('security', ['security'], 'removed')
  for (const [name, scheme] of Object.entries<JsonObject>(document.components.securitySchemes)) {
    const path = ['components', 'securitySchemes', name]
    add('security', path, 'removed')
    add('security', [...path, 'scheme'], `${scheme.scheme} → bearer`, 'bearer')
  }
  for (const group of ['paths', 'webhooks'])
    for (const [name, item] of Object.entries<JsonObject>(document[group])) {
      mutateParameters(item.parameters, [group, name], add)
      for (const method of methods) {
        const operation = item[method] as JsonObject | undefined
        if (!operation) continue
        mutateOperation(operation, [group, name, method], add)
        mutateParameters(operation.parameters, [group, name, method], add)
      }
    }
  const { components } = document
  for (const [name, parameter] of Object.entries(components.parameters)) mutateParameter(parameter, ['components', 'parameters', name], add)
  for (const [name, header] of Object.entries<JsonObject>(components.headers))
    mutateSchema(header.schema, ['components', 'headers', name, 'schema'], add)
  for (const [name, response] of Object.entries(components.responses)) mutateResponse(response, ['components', 'responses', name], add)
  for (const [name, schema] of Object.entries(components.schemas)) mutateSchema(schema, ['components', 'schemas', name], add)
  return mutants
}
