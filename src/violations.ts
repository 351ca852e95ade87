/**
 * Why a value does not conform: a walk over the schema, by the branch that the sender chose. It has no judge of its own, so that the servers
 * and the page's script, whose judges differ, give the same reasons.
 */

import { isJsonObject, type JsonObject } from './json-object.ts'
import { required } from './required.ts'
import { isLeftOut, type OpenApiDocument, resolveRef, type Schema, type SchemaObject, withScalarsMerged } from './schema.ts'

type Path = (string | number)[]

/** Reasons after which the rest of a list or a map is not looked at: a million items that are wrong are no more than a hundred. */
const maxReasons = 100

/** What is wrong with a value, as facts to put into words. Nothing in it repeats the value. */
export type Breach = {
  /** Where, as keys and indexes from the top of the value. */
  path: Path
  /**
   * `missing`, `exclusive` (another property excludes this one), `unknown_tag` (no member of a union has this tag), `schema` (no more is known),
   * or the keyword of the schema that the value breaks.
   */
  rule: string
  /** What the rule asks for: the keyword's value, or the tags. */
  limit?: unknown
  /** What a pattern accepts, where the document says so in words. */
  meaning?: string | undefined
  /** What can be sent instead of what is missing: one of these groups. */
  alternatives?: Path[][]
  /** Property that needs the one which is missing. */
  neededBy?: string
}

/** What is wrong with a value, in words. */
export type Violation = Pick<Breach, 'path' | 'rule'> & {
  /** What is wrong, in words that do not repeat the value. */
  message: string
}

/** What the walk asks the compiler of schemas. */
type Judge = {
  conforms: (schema: Schema, value: unknown) => boolean
  /** Whether a value conforms to one keyword of a schema alone. */
  compileKeyword: (keyword: string, limit: unknown) => (value: unknown) => boolean
}

type KeywordCheck = { keyword: string; limit: unknown; passes: (value: unknown) => boolean }

/** Keywords that look at the value itself, not at what is inside it. */
const ownKeywords = [
  'type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength',
  'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'propertyNames',
] // biome-ignore format: a table

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

const missingText = ({ alternatives, neededBy }: Breach) => {
  if (alternatives) return `is missing: send ${alternatives.map((paths) => paths.map(bracketed).join(' and ')).join(' or ')}`
  return neededBy === undefined ? 'is missing' : `is missing: ${neededBy} needs it`
}

/** A breach in words: `must be one of lawson, seicomart`. */
export const violationOf = (breach: Breach): Violation => {
  const { path, rule, limit, meaning } = breach
  const words: Record<string, () => string> = {
    missing: () => missingText(breach),
    exclusive: () => 'is not allowed here',
    additionalProperties: () => 'is not a known parameter',
    unknown_tag: () => expectation('enum', limit),
    oneOf: () => 'matches more than one alternative',
    schema: () => 'does not conform',
  }
  return { path, rule, message: meaning ?? words[rule]?.() ?? expectation(rule, limit) }
}

/** The first of each reason: what two parts of a schema say of one value is said once. */
const distinct = (breaches: Breach[]): Breach[] => {
  const byReason = new Map<string, Breach>()
  for (const breach of breaches) {
    const key = JSON.stringify([breach.path, breach.rule])
    if (!byReason.has(key)) byReason.set(key, breach)
  }
  return [...byReason.values()]
}

/** Whether an alternative is not the one that the sender chose: a property that makes it is not there, or one is that it excludes. */
const isOther = (attempt: Breach[], path: Path) =>
  attempt.some(({ rule, path: at }) => (rule === 'missing' || rule === 'exclusive') && at.length === path.length + 1)

/** Explains why values do not conform to the schemas of a document. */
export class Explainer {
  readonly #document: OpenApiDocument
  readonly #judge: Judge
  readonly #mergedSchemas = new Map<SchemaObject, SchemaObject>()
  readonly #keywordChecks = new Map<SchemaObject, KeywordCheck[]>()

  constructor(document: OpenApiDocument, judge: Judge) {
    this.#document = document
    this.#judge = judge
  }

  #checksOf(schema: SchemaObject): KeywordCheck[] {
    const known = this.#keywordChecks.get(schema)
    if (known) return known
    const checks = ownKeywords
      .filter((keyword) => keyword in schema)
      .map((keyword) => ({ keyword, limit: schema[keyword], passes: this.#judge.compileKeyword(keyword, schema[keyword]) }))
    this.#keywordChecks.set(schema, checks)
    return checks
  }

  /** The schema with a number or text as one schema of both types, the same object each time. */
  #merged(schema: SchemaObject): SchemaObject {
    const known = this.#mergedSchemas.get(schema) ?? withScalarsMerged(schema)
    this.#mergedSchemas.set(schema, known)
    return known
  }

  /** Properties that a schema, with everything it applies to the value, has an opinion on. */
  #knownProperties(schema: Schema, value: unknown): Set<string> {
    if (typeof schema === 'boolean') return new Set()
    const parts = [
      ...(schema.allOf ?? []),
      ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter((branch) => this.#judge.conforms(branch, value)),
    ]
    if (schema.$ref) parts.push(resolveRef(this.#document, { $ref: schema.$ref }))
    return new Set([...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => [...this.#knownProperties(part, value)])])
  }

  #explainUnion(branches: Schema[], schema: SchemaObject, value: unknown, path: Path): Breach[] {
    if (branches.some((branch) => this.#judge.conforms(branch, value))) {
      const several = schema.oneOf === branches && branches.filter((branch) => this.#judge.conforms(branch, value)).length > 1
      return several ? [{ path, rule: 'oneOf' }] : []
    }
    const tag = schema.discriminator?.propertyName
    if (tag && isJsonObject(value)) {
      const mapping = schema.discriminator?.mapping ?? {}
      const named = String(value[tag])
      if (!Object.hasOwn(value, tag)) return [{ path: [...path, tag], rule: 'missing' }]
      if (!Object.hasOwn(mapping, named)) return [{ path: [...path, tag], rule: 'unknown_tag', limit: Object.keys(mapping) }]
      return this.#explain(resolveRef(this.#document, { $ref: required(mapping[named], named) }), value, path)
    }
    const attempts = branches.map((branch) => this.#explain(branch, value, path))
    const wrongKind = (attempt: Breach[]) => attempt.some(({ rule, path: at }) => rule === 'type' && at.length === path.length)
    const rightKind = attempts.filter((attempt) => !wrongKind(attempt))
    const likely = rightKind.length > 0 ? rightKind : attempts
    const chosen = likely.filter((attempt) => !isOther(attempt, path))
    const candidates = chosen.length > 0 ? chosen : likely
    // What every alternative misses is named together: "payment_details or customer".
    if (candidates.every((attempt) => attempt.every(({ rule }) => rule === 'missing')) && candidates.length > 1) {
      const alternatives = candidates.map((attempt) => attempt.map(({ path: at }) => at))
      return [{ ...required(candidates[0]?.[0], 'Breach'), alternatives }]
    }
    return candidates.reduce((best, attempt) => (attempt.length < best.length ? attempt : best))
  }

  #explainObject(schema: SchemaObject, value: JsonObject, path: Path): Breach[] {
    const found: Breach[] = []
    for (const key of schema.required ?? []) if (!Object.hasOwn(value, key)) found.push({ path: [...path, key], rule: 'missing' })
    for (const [neededBy, needs] of Object.entries(schema.dependentRequired ?? {}))
      if (Object.hasOwn(value, neededBy))
        for (const need of needs) if (!Object.hasOwn(value, need)) found.push({ path: [...path, need], rule: 'missing', neededBy })
    for (const [key, part] of Object.entries(schema.properties ?? {}))
      if (Object.hasOwn(value, key)) {
        if (isLeftOut(part) && value[key] !== null) found.push({ path: [...path, key], rule: 'exclusive' })
        else found.push(...this.#explain(part, value[key], [...path, key]))
      }
    const rest = schema.additionalProperties ?? schema.unevaluatedProperties
    if (rest !== undefined && rest !== true) {
      const known =
        schema.additionalProperties === undefined ? this.#knownProperties(schema, value) : new Set(Object.keys(schema.properties ?? {}))
      // Alternatives that failed say why themselves: their properties are not unknown.
      for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
        if (typeof branch === 'object') for (const key of Object.keys(branch.properties ?? {})) known.add(key)
      for (const key of Object.keys(value)) {
        if (found.length >= maxReasons) break
        if (!known.has(key)) {
          if (rest === false) found.push({ path: [...path, key], rule: 'additionalProperties' })
          else found.push(...this.#explain(rest, value[key], [...path, key]))
        }
      }
    }
    return found
  }

  #explain(whole: Schema, value: unknown, path: Path): Breach[] {
    if (typeof whole === 'boolean' || this.#judge.conforms(whole, value)) return []
    const schema = this.#merged(whole)
    const own: Breach[] = this.#checksOf(schema)
      .filter(({ passes }) => !passes(value))
      .map(({ keyword, limit }) => ({
        path,
        rule: keyword,
        limit,
        ...(keyword === 'pattern' && { meaning: schema['x-pattern-meaning'] }),
      }))
    if (own.some(({ rule }) => rule === 'type')) return own.filter(({ rule }) => rule === 'type')
    if (schema.$ref) own.push(...this.#explain(resolveRef(this.#document, { $ref: schema.$ref }), value, path))
    if (isJsonObject(value)) own.push(...this.#explainObject(schema, value, path))
    if (Array.isArray(value) && schema.items)
      for (const [index, item] of value.entries()) {
        if (own.length >= maxReasons) break
        own.push(...this.#explain(schema.items, item, [...path, index]))
      }
    for (const part of schema.allOf ?? []) own.push(...this.#explain(part, value, path))
    for (const branches of [schema.oneOf, schema.anyOf]) if (branches) own.push(...this.#explainUnion(branches, schema, value, path))
    return own
  }

  /** Why a value does not conform, each reason once, missing properties first; empty if it does. */
  explain(schema: Schema, value: unknown): Breach[] {
    if (this.#judge.conforms(schema, value)) return []
    const found = distinct(this.#explain(schema, value, []))
    if (found.length === 0) return [{ path: [], rule: 'schema' }]
    return found.sort((a, b) => Number(b.rule === 'missing') - Number(a.rule === 'missing'))
  }
}
