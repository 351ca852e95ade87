/**
 * Wrong requests made from right ones: each breaks one rule of the request's schema at one place,
 * and is still wrong when it arrives.
 */
import { resolveRef, type Schema, type SchemaObject } from '../document.ts'
import { bracketed } from '../validator.ts'
import { arrivesValid, type Encoding, encodeBody, withValueAt } from './encoding.ts'
import { isBranchOf } from './places.ts'
import type { RuleId } from './rules.ts'
import { sampleOf } from './samples.ts'
import type { Subject } from './subject.ts'

type Path = (string | number)[]

export type RequestFault = {
  /** What is wrong, for example `payment_details[store] is "no-such-value"`. */
  name: string
  rule: RuleId
  path: Path
  /** JSON pointer to the rule that the request breaks. */
  place: string
  body: unknown
}

type Candidate = { path: Path; rule: RuleId; place: string; value: unknown; name?: string }

const wrongTypes: unknown[] = [{ unexpected: 'value' }, ['unexpected'], 12.5, true, 'unexpected', null]

/** Whether a value is of one of a schema's types, so that only its content can be wrong. */
const isOfType = (types: string[], value: unknown) =>
  types.includes(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value) ||
  (types.includes('integer') && Number.isInteger(value))

/** Texts that break formats and patterns, most of them by little. */
const wrongTexts = ['unexpected', '', '1,000', '1e3', '-1', ' 12 ', '12abc', '999.999.999.999', 'name@', 'not an address', 'tok']

const textOf = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 40 ? `${text.slice(0, 37)}… (${text.length - 2} characters)` : text
}

/** Wrong values for what a schema itself says; none for what is inside. */
const wrongValues = (schema: SchemaObject, path: Path, place: string): Candidate[] => {
  const found: Candidate[] = []
  const add = (rule: RuleId, keyword: string, ...values: unknown[]) => {
    for (const value of values) found.push({ path, rule, place: `${place}/${keyword}`, value })
  }
  const types = [schema.type ?? []].flat()
  const { minimum, maximum, minLength, maxLength } = schema as Record<string, number | undefined>
  if (schema.const !== undefined) add('rejection.const', 'const', 'no_such_value')
  else if (schema.enum) {
    add('rejection.enum', 'enum', 'no_such_value')
    const text = schema.enum.find((value): value is string => typeof value === 'string' && value.toUpperCase() !== value)
    if (text !== undefined) add('rejection.enum', 'enum', text.toUpperCase())
    const capital = schema.enum.find((value): value is string => typeof value === 'string' && value.toLowerCase() !== value)
    if (capital !== undefined) add('rejection.enum', 'enum', capital.toLowerCase())
  }
  if (types.length > 0) add('rejection.type', 'type', ...wrongTypes.filter((value) => !isOfType(types, value)))
  if (minimum !== undefined) add('rejection.bound', 'minimum', minimum - 1, String(minimum - 1))
  if (maximum !== undefined) add('rejection.bound', 'maximum', maximum + 1, String(maximum + 1))
  if (types.includes('integer')) add('rejection.type', 'type', (minimum ?? 0) + 1.5)
  if (minLength !== undefined) add('rejection.length', 'minLength', 'x'.repeat(minLength - 1))
  if (maxLength !== undefined)
    add('rejection.length', 'maxLength', schema.format === 'email' ? `${'x'.repeat(maxLength)}@example.com` : '1'.repeat(maxLength + 1))
  if (schema.pattern !== undefined) add('rejection.pattern', 'pattern', ...wrongTexts)
  if (schema.format !== undefined) add('rejection.format', 'format', ...wrongTexts)
  return found
}

/** Candidates for a schema and everything inside it, along a valid value. */
const candidatesFor = (subject: Subject, schema: Schema, place: string, value: unknown, path: Path): Candidate[] => {
  if (typeof schema === 'boolean') return []
  const { document, validator } = subject
  if (schema.$ref) return candidatesFor(subject, resolveRef(document, schema), schema.$ref, value, path)
  const found = wrongValues(schema, path, place)
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  if (fields) {
    for (const key of Object.keys(fields))
      found.push({ path: [...path, key], rule: 'rejection.required', place: `${place}/required`, value: undefined })
    const closed =
      schema.additionalProperties === false
        ? 'additionalProperties'
        : schema.unevaluatedProperties === false
          ? 'unevaluatedProperties'
          : undefined
    if (closed)
      found.push({ path: [...path, 'no_such_property'], rule: 'rejection.unknown', place: `${place}/${closed}`, value: 'unexpected' })
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      if (property === false)
        found.push({ path: [...path, key], rule: 'rejection.exclusive', place: `${place}/properties/${key}`, value: 'unexpected' })
      else {
        const present = fields[key] ?? sampleOf(subject, property, [...path, key])
        found.push(...candidatesFor(subject, property, `${place}/properties/${key}`, present, [...path, key]))
      }
    const { propertyNames, additionalProperties: others } = schema as { propertyNames?: SchemaObject; additionalProperties?: Schema }
    if (propertyNames?.maxLength !== undefined)
      found.push({
        path: [...path, 'k'.repeat(Number(propertyNames.maxLength) + 1)],
        rule: 'rejection.length',
        place: `${place}/propertyNames`,
        value: 'value',
      })
    if (typeof others === 'object')
      found.push(...candidatesFor(subject, others, `${place}/additionalProperties`, 'value', [...path, 'key']))
  }
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const)
    for (const [index, branch] of (schema[keyword] ?? []).entries())
      if (keyword === 'allOf' || isBranchOf(document, schema, branch, value, validator))
        found.push(...candidatesFor(subject, branch, `${place}/${keyword}/${index}`, value, path))
  return found
}

/** Properties of other payment methods, put where they do not belong. */
const foreignProperties = (subject: Subject, body: unknown): Candidate[] => {
  const details = (body as { payment_details?: Record<string, unknown> }).payment_details
  if (typeof details !== 'object') return []
  const { document } = subject
  const { mapping } = document.components.schemas.PaymentDetailsRequest.discriminator as { mapping: Record<string, string> }
  const propertiesOf = (type: string) => (resolveRef(document, { $ref: mapping[type]! }) as SchemaObject).properties ?? {}
  const own = propertiesOf(String(details.type))
  const foreign = new Map<string, unknown>()
  for (const type of Object.keys(mapping))
    for (const [name, schema] of Object.entries(propertiesOf(type)))
      if (!(name in own) && !foreign.has(name)) foreign.set(name, sampleOf(subject, schema, ['payment_details', name]))
  return [...foreign].slice(0, 4).map(([name, value]) => ({
    path: ['payment_details', name],
    rule: 'rejection.variant',
    place: `${mapping[String(details.type)]}/additionalProperties`,
    value,
  }))
}

/** Both, and neither, of the sources of payment details. */
const exclusivePair = (body: unknown): Candidate[] =>
  (body as Record<string, unknown>).payment_details === undefined
    ? []
    : [
        {
          path: ['customer'],
          rule: 'rejection.exclusive',
          place: '#/components/schemas/CreatePaymentRequest/oneOf',
          value: 'cus_unexpected',
        },
        {
          path: ['payment_details'],
          rule: 'rejection.exclusive',
          place: '#/components/schemas/CreatePaymentRequest/oneOf',
          value: undefined,
        },
        { path: ['payment_details'], rule: 'rejection.pattern', place: '#/components/schemas/Token/pattern', value: 'unexpected' },
      ]

const nameOf = ({ path, value, rule }: Candidate) => {
  const where = path.length === 0 ? 'The body' : bracketed(path).replace(/k{20,}/, (keys) => `<${keys.length} characters>`)
  if (value === undefined) return `${where} is missing`
  return rule === 'rejection.unknown' || rule === 'rejection.variant' ? `${where} does not belong here` : `${where} is ${textOf(value)}`
}

/**
 * Wrong requests from a right one.
 * @param body a valid body of the operation
 * @returns one fault for each rule, place and kind of wrong value that can be seen in this encoding
 */
export const requestFaults = (subject: Subject, operationId: string, body: unknown, encoding: Encoding): RequestFault[] => {
  const known = made.get(subject) ?? new Map<string, RequestFault[]>()
  made.set(subject, known)
  const key = `${operationId} ${encoding} ${JSON.stringify(body)}`
  if (!known.has(key)) known.set(key, makeFaults(subject, operationId, body, encoding))
  return known.get(key)!
}

const made = new WeakMap<Subject, Map<string, RequestFault[]>>()

const makeFaults = (subject: Subject, operationId: string, body: unknown, encoding: Encoding): RequestFault[] => {
  const { request } = subject.operations.get(operationId)!
  const schema = request!.schema as SchemaObject
  const candidates = [
    ...exclusivePair(body),
    ...foreignProperties(subject, body),
    ...candidatesFor(subject, schema, `#/paths/${operationId}/requestBody`, body, []),
  ]
  const seen = new Set<string>()
  const perRule = new Map<string, number>()
  const faults: RequestFault[] = []
  for (const candidate of candidates) {
    const { path, value, rule, place } = candidate
    // An optional object that a fault reaches into is there with valid content.
    const base = withParents(subject, schema, body, path)
    const wrong = path.length === 0 ? value : withValueAt(base, path, value)
    if (encoding === 'form' && (typeof wrong !== 'object' || wrong === null || Array.isArray(wrong))) continue
    const sent = encodeBody(wrong, encoding)
    if (seen.has(sent) || arrivesValid(schema, wrong, encoding, subject.validator)) continue
    // A handful of wrong texts tells as much as all of them.
    const key = `${bracketed(path)} ${rule}`
    const count = perRule.get(key) ?? 0
    if (count >= (rule === 'rejection.type' || rule === 'rejection.pattern' ? 5 : 3)) continue
    perRule.set(key, count + 1)
    seen.add(sent)
    faults.push({ name: nameOf(candidate), rule, path, place, body: wrong })
  }
  return faults
}

/** The body with the optional objects on the way to a place filled in. */
const withParents = (subject: Subject, schema: Schema, body: unknown, path: Path): unknown => {
  const [key] = path
  if (path.length < 2 || typeof body !== 'object' || body === null || (body as Record<string, unknown>)[key!] !== undefined) return body
  const resolved = resolveRef(subject.document, schema) as SchemaObject
  const property = resolved.properties?.[key!]
  return property === undefined ? body : { ...body, [key!]: sampleOf(subject, property, [key!]) }
}
