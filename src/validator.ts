/**
 * The one judge of messages: Ajv decides whether a value conforms to a schema of the document,
 * and a walk over the schema says why not, in the words of the branch that the sender chose.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type OpenApiDocument, resolveRef, type Schema, type SchemaObject } from './document.ts'

/** What is wrong with a value. */
export type Violation = {
  /** Where, as keys and indexes from the top of the value. */
  path: (string | number)[]
  /** `missing`, `unknown_tag` (no member of a union has this tag), or the keyword of the schema that the value breaks. */
  rule: string
  /** What is wrong, in words that do not repeat the value. */
  message: string
}

export type Validator = {
  /** Whether a value conforms. */
  conforms: (schema: Schema, value: unknown) => boolean
  /** Why a value does not conform, missing properties first; empty where it does. */
  violations: (schema: Schema, value: unknown) => Violation[]
}

type Path = (string | number)[]
type Fields = Record<string, unknown>

/** Keywords that look at the value itself, not at what is inside it. */
const ownKeywords = [
  'type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength',
  'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'propertyNames',
] // biome-ignore format: a table

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `payment_details[store]`, as the API names parameters. */
export const bracketed = (path: Path) => path.map((key, index) => (index === 0 ? String(key) : `[${key}]`)).join('')

/** Values in words, each once, cut where there are too many to read. */
const listed = (values: unknown[]) => {
  const names = [...new Set(values.map(String))]
  return names.length > 40 ? `${names.slice(0, 10).join(', ')} … (${names.length} values)` : names.join(', ')
}

/** What the value has to be, for a keyword that it breaks. */
const expectation = (keyword: string, limit: unknown): string => {
  const words: Record<string, string> = {
    type: `must be of type ${listed([limit].flat())}`,
    enum: `must be one of ${listed([limit].flat())}`,
    const: `must be ${limit}`,
    minimum: `must be greater than or equal to ${limit}`,
    maximum: `must be less than or equal to ${limit}`,
    minLength: limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`,
    maxLength: `must have at most ${limit} characters`,
    pattern: 'is not written as required',
    format: `must be a valid ${limit}`,
    propertyNames: 'has a key that is too long',
  }
  return words[keyword] ?? `breaks ${keyword} ${JSON.stringify(limit)}`
}

/** What a pattern asks for, where the document says so in words. */
const meaningOf = (schema: SchemaObject, keyword: string) =>
  keyword === 'pattern' ? (schema['x-pattern-meaning'] as string | undefined) : undefined

/**
 * Makes a validator of a document's schemas. Schemas compile at their first use.
 * @param document the bundle
 */
export const createValidator = (document: OpenApiDocument): Validator => {
  // The linters have checked the schemas themselves; to check them again takes longer than to compile them.
  const ajv = new Ajv2020({ strict: false, discriminator: true, validateFormats: true, allowUnionTypes: true, validateSchema: false })
  addFormats.default(ajv)

  // Ajv knows no `mapping` and resolves references only within a schema: both are settled once, on a copy.
  const forAjv = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(forAjv)
    if (!isFields(node)) return node
    const copy: Fields = {}
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string' && value.startsWith('#')) copy[key] = `document${value}`
      else if (key === 'discriminator' && isFields(value)) copy[key] = { propertyName: value.propertyName }
      else copy[key] = forAjv(value)
    }
    return copy
  }
  ajv.addSchema({ $id: 'document', components: forAjv({ schemas: document.components?.schemas ?? {} }) as SchemaObject })

  const compiled = new Map<Schema, (value: unknown) => boolean>()
  const compile = (schema: Schema, source: () => unknown) => {
    let validate = compiled.get(schema)
    if (!validate) {
      validate = ajv.compile(source() as SchemaObject) as (value: unknown) => boolean
      compiled.set(schema, validate)
    }
    return validate
  }
  const conforms = (schema: Schema, value: unknown) => compile(schema, () => forAjv(schema))(value)

  const ownChecks = new Map<SchemaObject, [keyword: string, limit: unknown, holds: (value: unknown) => boolean][]>()
  const checksOf = (schema: SchemaObject) => {
    let checks = ownChecks.get(schema)
    if (!checks) {
      checks = ownKeywords
        .filter((keyword) => keyword in schema)
        .map((keyword) => [keyword, schema[keyword], ajv.compile({ [keyword]: forAjv(schema[keyword]) })])
      ownChecks.set(schema, checks)
    }
    return checks
  }

  /** Properties that a schema, with everything it applies to the value, has an opinion on. */
  const knownProperties = (schema: Schema, value: unknown): Set<string> => {
    if (typeof schema === 'boolean') return new Set()
    const parts = [
      ...(schema.allOf ?? []),
      ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter((branch) => conforms(branch, value)),
    ]
    if (schema.$ref) parts.push(resolveRef(document, { $ref: schema.$ref }))
    return new Set([...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => [...knownProperties(part, value)])])
  }

  const explainUnion = (branches: Schema[], schema: SchemaObject, value: unknown, path: Path): Violation[] => {
    if (branches.some((branch) => conforms(branch, value))) {
      const several = schema.oneOf === branches && branches.filter((branch) => conforms(branch, value)).length > 1
      return several ? [{ path, rule: 'oneOf', message: 'matches more than one alternative' }] : []
    }
    const tag = schema.discriminator?.propertyName
    if (tag && isFields(value)) {
      const mapping = schema.discriminator?.mapping ?? {}
      const named = String(value[tag])
      if (!Object.hasOwn(value, tag)) return [{ path: [...path, tag], rule: 'missing', message: 'is missing' }]
      if (!Object.hasOwn(mapping, named))
        return [{ path: [...path, tag], rule: 'unknown_tag', message: `must be one of ${Object.keys(mapping).join(', ')}` }]
      return explain(resolveRef(document, { $ref: mapping[named]! }), value, path)
    }
    const attempts = branches.map((branch) => explain(branch, value, path))
    const wrongKind = (attempt: Violation[]) => attempt.some(({ rule, path: at }) => rule === 'type' && at.length === path.length)
    const rightKind = attempts.filter((attempt) => !wrongKind(attempt))
    const candidates = rightKind.length > 0 ? rightKind : attempts
    // What every alternative misses is named together: "payment_details or customer".
    if (candidates.every((attempt) => attempt.every(({ rule }) => rule === 'missing')) && candidates.length > 1) {
      const names = candidates.map((attempt) => attempt.map(({ path: at }) => bracketed(at)).join(' and '))
      return [{ ...candidates[0]![0]!, message: `is missing: send ${names.join(' or ')}` }]
    }
    return candidates.reduce((best, attempt) => (attempt.length < best.length ? attempt : best))
  }

  const explainFields = (schema: SchemaObject, value: Fields, path: Path): Violation[] => {
    const found: Violation[] = []
    const missing = (key: string, message = 'is missing') => found.push({ path: [...path, key], rule: 'missing', message })
    for (const key of schema.required ?? []) if (!Object.hasOwn(value, key)) missing(key)
    for (const [key, needs] of Object.entries((schema.dependentRequired as Record<string, string[]>) ?? {}))
      if (Object.hasOwn(value, key)) for (const need of needs) if (!Object.hasOwn(value, need)) missing(need, `is missing: ${key} needs it`)
    for (const [key, part] of Object.entries(schema.properties ?? {}))
      if (Object.hasOwn(value, key)) {
        if (part === false) found.push({ path: [...path, key], rule: 'exclusive', message: 'is not allowed here' })
        else found.push(...explain(part, value[key], [...path, key]))
      }
    const rest = schema.additionalProperties ?? schema.unevaluatedProperties
    if (rest !== undefined && rest !== true) {
      const known =
        schema.additionalProperties === undefined ? knownProperties(schema, value) : new Set(Object.keys(schema.properties ?? {}))
      // Alternatives that failed say why themselves: their properties are not unknown.
      for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
        if (typeof branch === 'object') for (const key of Object.keys(branch.properties ?? {})) known.add(key)
      for (const key of Object.keys(value))
        if (!known.has(key)) {
          if (rest === false) found.push({ path: [...path, key], rule: 'additionalProperties', message: 'is not a known parameter' })
          else found.push(...explain(rest, value[key], [...path, key]))
        }
    }
    return found
  }

  const explain = (schema: Schema, value: unknown, path: Path): Violation[] => {
    if (schema === true || conforms(schema, value)) return []
    if (schema === false) return [{ path, rule: 'exclusive', message: 'is not allowed here' }]
    const own: Violation[] = checksOf(schema)
      .filter(([, , holds]) => !holds(value))
      .map(([keyword, limit]) => ({ path, rule: keyword, message: meaningOf(schema, keyword) ?? expectation(keyword, limit) }))
    if (own.some(({ rule }) => rule === 'type')) return own.filter(({ rule }) => rule === 'type')
    if (schema.$ref) own.push(...explain(resolveRef(document, { $ref: schema.$ref }), value, path))
    if (isFields(value)) own.push(...explainFields(schema, value, path))
    if (Array.isArray(value) && schema.items)
      for (const [index, item] of value.entries()) own.push(...explain(schema.items, item, [...path, index]))
    for (const part of schema.allOf ?? []) own.push(...explain(part, value, path))
    for (const branches of [schema.oneOf, schema.anyOf]) if (branches) own.push(...explainUnion(branches, schema, value, path))
    return own
  }

  const violations = (schema: Schema, value: unknown): Violation[] => {
    if (conforms(schema, value)) return []
    const found = explain(schema, value, [])
    if (found.length === 0) return [{ path: [], rule: 'schema', message: 'does not conform' }]
    return found.sort((a, b) => Number(b.rule === 'missing') - Number(a.rule === 'missing'))
  }

  return { conforms, violations }
}
