/**
 * Wrong requests made from right ones: each breaks one rule of the request's schema at one pointer,
 * and is still wrong when it arrives.
 */

import { isLeftOut, resolveRef, resolveSchema, type Schema, type SchemaObject, withScalarsMerged } from '../../document.ts'
import { isJsonObject, jsonObjectOf } from '../../json-object.ts'
import { required } from '../../required.ts'
import { bracketed } from '../../violations.ts'
import type { ApiModel } from '../api/api-model.ts'
import { isBranchOf } from '../api/json-pointer.ts'
import type { RuleId } from '../rules/rules.ts'
import { arrivesValid, encodeBody, withValueAt } from './encoding.ts'
import type { Encoding } from './encodings.ts'
import { isLenient, type WrongValue } from './leniencies.ts'
import { validValueOf } from './valid-requests.ts'

type Path = (string | number)[]

export type InvalidRequest = {
  /** What is wrong, for example `payment_details[store] is "no-such-value"`. */
  name: string
  rule: RuleId
  path: Path
  /** JSON pointer to the rule that the request breaks. */
  pointer: string
  body: unknown
  /** Whether a right server may accept it: then only `--strict` asks for a rejection. */
  isLenient: boolean
}

type Candidate = Omit<WrongValue, 'operationId'> & { pointer: string }

/** Where a schema is used: whether the reference states it, and whether the object around it requires it. */
type Use = { isStated: boolean; isRequired: boolean }

/** Whether the reference pages state a schema. Without a source of its own it is as stated as what holds it. */
const isStatedBy = (schema: SchemaObject, isHolderStated: boolean) => {
  const sources = schema['x-source']
  return sources === undefined ? isHolderStated : sources.includes('page')
}

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
const wrongValues = (schema: SchemaObject, path: Path, pointer: string, use: Use): Candidate[] => {
  const found: Candidate[] = []
  const types = [schema.type ?? []].flat()
  const values = schema.enum ?? []
  const add = (rule: RuleId, keyword: string, ...wrong: unknown[]) => {
    for (const value of wrong) found.push({ path, rule, pointer: `${pointer}/${keyword}`, value, types, values, ...use })
  }
  const { minimum, maximum, minLength, maxLength } = schema
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
    add('rejection.length', 'maxLength', schema.format === 'email' ? `${'x'.repeat(maxLength)}@example.com` : '8'.repeat(maxLength + 1))
  if (schema.pattern !== undefined) add('rejection.pattern', 'pattern', ...wrongTexts)
  if (schema.format !== undefined) add('rejection.format', 'format', ...wrongTexts)
  return found
}

/** A schema with the source of the reference to it, which knows best where it is stated. */
const sourcedAs = ({ 'x-source': sources }: SchemaObject, target: SchemaObject): SchemaObject =>
  sources ? { ...target, 'x-source': sources } : target

/** Candidates for a schema and everything inside it, along a valid value. */
const candidatesFor = (api: ApiModel, whole: Schema, pointer: string, value: unknown, path: Path, holder: Use): Candidate[] => {
  if (typeof whole === 'boolean') return []
  const { document } = api
  const schema = withScalarsMerged(whole)
  if (schema.$ref)
    return candidatesFor(api, sourcedAs(schema, resolveRef(document, schema)), schema.$ref, value, path, {
      ...holder,
      isStated: isStatedBy(schema, holder.isStated),
    })
  const use = { ...holder, isStated: isStatedBy(schema, holder.isStated) }
  const found = wrongValues(schema, path, pointer, use)
  const add = (candidate: Pick<Candidate, 'path' | 'rule' | 'pointer' | 'value'>) =>
    found.push({ types: [], values: [], ...use, ...candidate })
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  if (fields) {
    const isRequired = (key: string) => schema.required?.includes(key) ?? false
    for (const key of Object.keys(fields))
      add({ path: [...path, key], rule: 'rejection.required', pointer: `${pointer}/required`, value: undefined })
    const closed =
      schema.additionalProperties === false
        ? 'additionalProperties'
        : schema.unevaluatedProperties === false
          ? 'unevaluatedProperties'
          : undefined
    if (closed)
      add({ path: [...path, 'no_such_property'], rule: 'rejection.unknown', pointer: `${pointer}/${closed}`, value: 'unexpected' })
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      if (isLeftOut(property))
        add({ path: [...path, key], rule: 'rejection.exclusive', pointer: `${pointer}/properties/${key}`, value: 'unexpected' })
      else {
        const present = fields[key] ?? validValueOf(api, property, [...path, key])
        found.push(
          ...candidatesFor(api, property, `${pointer}/properties/${key}`, present, [...path, key], { ...use, isRequired: isRequired(key) }),
        )
      }
    const { propertyNames, additionalProperties: others } = schema
    if (propertyNames?.maxLength !== undefined)
      add({
        path: [...path, 'k'.repeat(Number(propertyNames.maxLength) + 1)],
        rule: 'rejection.length',
        pointer: `${pointer}/propertyNames`,
        value: 'value',
      })
    if (typeof others === 'object')
      found.push(...candidatesFor(api, others, `${pointer}/additionalProperties`, 'value', [...path, 'key'], { ...use, isRequired: false }))
  }
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const)
    for (const [index, branch] of (schema[keyword] ?? []).entries())
      if (keyword === 'allOf' || isBranchOf(api, schema, branch, value))
        found.push(...candidatesFor(api, branch, `${pointer}/${keyword}/${index}`, value, path, use))
  return found
}

/** Properties of other payment methods, put where they do not belong. */
const foreignProperties = (api: ApiModel, body: unknown): Candidate[] => {
  const details = (body as { payment_details?: Record<string, unknown> }).payment_details
  if (typeof details !== 'object') return []
  const { document } = api
  const { mapping }: { mapping: Record<string, string> } = document.components.schemas.PaymentDetailsRequest.discriminator
  const propertiesOf = (type: string) => resolveSchema(document, { $ref: required(mapping[type], type) }).properties ?? {}
  const own = propertiesOf(String(details.type))
  const foreign = new Map<string, unknown>()
  for (const type of Object.keys(mapping))
    for (const [name, schema] of Object.entries(propertiesOf(type)))
      if (!(name in own) && !foreign.has(name)) foreign.set(name, validValueOf(api, schema, ['payment_details', name]))
  return [...foreign].slice(0, 4).map(([name, value]) => ({
    path: ['payment_details', name],
    rule: 'rejection.variant',
    pointer: `${mapping[String(details.type)]}/additionalProperties`,
    value,
    isStated: false,
    isRequired: false,
    types: [],
    values: [],
  }))
}

/** Both, and neither, of the sources of payment details. */
const exclusivePair = (body: unknown): Candidate[] => {
  if (jsonObjectOf(body).payment_details === undefined) return []
  const union = '#/components/schemas/CreatePaymentRequest/oneOf'
  const stated = { isStated: true, isRequired: true, types: [], values: [] }
  return [
    { path: ['customer'], rule: 'rejection.exclusive', pointer: union, value: 'cus_unexpected', ...stated },
    { path: ['payment_details'], rule: 'rejection.exclusive', pointer: union, value: undefined, ...stated },
    { path: ['payment_details'], rule: 'rejection.pattern', pointer: '#/components/schemas/Token/pattern', value: 'unexpected', ...stated },
  ]
}

const nameOf = ({ path, value, rule }: Candidate) => {
  const where = path.length === 0 ? 'The body' : bracketed(path).replace(/k{20,}/, (keys) => `<${keys.length} characters>`)
  if (value === undefined) return `${where} is missing`
  return rule === 'rejection.unknown' || rule === 'rejection.variant' ? `${where} does not belong here` : `${where} is ${textOf(value)}`
}

/**
 * Wrong requests from a right one.
 * @param body a valid body of the operation
 * @returns one for each rule, pointer and kind of wrong value that can be seen in this encoding
 */
export const invalidRequests = (api: ApiModel, operationId: string, body: unknown, encoding: Encoding): InvalidRequest[] => {
  const known = made.get(api) ?? new Map<string, InvalidRequest[]>()
  made.set(api, known)
  const key = `${operationId} ${encoding} ${JSON.stringify(body)}`
  const found = known.get(key) ?? makeInvalidRequests(api, operationId, body, encoding)
  known.set(key, found)
  return found
}

const made = new WeakMap<ApiModel, Map<string, InvalidRequest[]>>()

const makeInvalidRequests = (api: ApiModel, operationId: string, body: unknown, encoding: Encoding): InvalidRequest[] => {
  const schema = api.requestOf(operationId).schema as SchemaObject
  const candidates = [
    ...exclusivePair(body),
    ...foreignProperties(api, body),
    ...candidatesFor(api, schema, `#/paths/${operationId}/requestBody`, body, [], { isStated: true, isRequired: true }),
  ]
  const seen = new Set<string>()
  const perRule = new Map<string, number>()
  const invalid: InvalidRequest[] = []
  for (const candidate of candidates) {
    const { path, value, rule, pointer } = candidate
    // An optional object that a fault reaches into is there with valid content.
    const base = withParents(api, schema, body, path)
    const wrong = path.length === 0 ? value : withValueAt(base, path, value)
    if (encoding === 'form' && (typeof wrong !== 'object' || wrong === null || Array.isArray(wrong))) continue
    const sent = encodeBody(wrong, encoding)
    if (seen.has(sent) || arrivesValid(schema, wrong, encoding, api.validator)) continue
    // A few wrong texts tell as much as all of them.
    const key = `${bracketed(path)} ${rule}`
    const count = perRule.get(key) ?? 0
    if (count >= (rule === 'rejection.type' || rule === 'rejection.pattern' ? 5 : 3)) continue
    perRule.set(key, count + 1)
    seen.add(sent)
    invalid.push({ name: nameOf(candidate), rule, path, pointer, body: wrong, isLenient: isLenient({ ...candidate, operationId }) })
  }
  return invalid
}

/** The body with the optional objects on the way to a pointer filled in. */
const withParents = (api: ApiModel, schema: Schema, body: unknown, path: Path): unknown => {
  const [key] = path
  if (path.length < 2 || key === undefined || !isJsonObject(body) || body[key] !== undefined) return body
  const resolved = resolveSchema(api.document, schema)
  const property = resolved.properties?.[key]
  return property === undefined ? body : { ...body, [key]: validValueOf(api, property, [key]) }
}
