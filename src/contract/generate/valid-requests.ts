/** Valid input: generated from the schemas, with values that a real server can accept where a schema alone is too wide. */

import fc from 'fast-check'
import { isLeftOut, resolveSchema, type Schema, type SchemaObject, withScalarsMerged } from '../../document.ts'
import { required } from '../../required.ts'
import { bracketed } from '../../violations.ts'
import type { ApiModel } from '../api/api-model.ts'

type Path = (string | number)[]

// One for all: building it walks all of Unicode.
const grapheme = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })

/** Text that every server keeps as it is: no control characters, no white space at the ends, in composed form. */
const plainText = (minLength: number, maxLength: number) =>
  fc
    .array(grapheme, { minLength: Math.max(1, minLength), maxLength: Math.min(maxLength, 24) })
    .map((signs) => signs.join('').normalize('NFC').trim())
    .filter((text) => text.length >= Math.max(1, minLength) && text.length <= maxLength && !/\p{C}/u.test(text))

const digits = (minLength: number, maxLength = minLength) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength })

/** A number as a number or as text; the API takes both. */
const numberOrText = (numbers: fc.Arbitrary<number>) => fc.oneof(numbers, numbers.map(String))

const email = fc.tuple(digits(1, 8), fc.constantFrom('a', 'first.last', 'x-y_z')).map(([number, name]) => `${name}${number}@example.com`)

const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_~'), minLength: 1, maxLength: 8 })

// Not `fc.webUrl`: building that takes more than a second, at every start of the kit.
const url = fc
  .tuple(
    digits(1, 6),
    fc.array(fc.oneof(word, fc.constant('%E6%B3%A8')), { maxLength: 3 }),
    fc.array(fc.tuple(word, word), { maxLength: 2 }),
  )
  .map(([shop, path, query]) => {
    const pairs = query.map(([name, value]) => `${name}=${value}`).join('&')
    return `https://shop${shop}.example.com/${path.join('/')}${pairs && `?${pairs}`}`
  })

const thisYear = new Date().getUTCFullYear()

/**
 * Values for what a schema leaves open and a server cannot: cards that exist, amounts that every method takes.
 * `three_d_secure` stays false, because true can ask the holder for more before the money moves.
 */
const knownValues: Record<string, fc.Arbitrary<unknown>> = {
  amount: numberOrText(fc.integer({ min: 100, max: 1000 })),
  tax: fc.oneof(numberOrText(fc.integer({ min: 0, max: 100 })), fc.constantFrom('auto', null)),
  three_d_secure: fc.constantFrom(false, 'false'),
  debug: fc.constantFrom(false, 'false'),
  year: numberOrText(fc.integer({ min: thisYear + 1, max: thisYear + 8 })),
  month: numberOrText(fc.integer({ min: 1, max: 12 })),
  phone: fc.tuple(digits(3), digits(4), digits(4)).map((parts) => parts.join('-')),
  expiry_days: numberOrText(fc.integer({ min: 14, max: 59 })),
  email,
  customer_email: email,
  verification_value: digits(3, 4),
  brand: fc.constant('docomo'),
  billing_address_zip: digits(7),
  accepted_service_agreement_ip: fc.oneof(fc.ipV4(), fc.constant('2001:db8::1')),
  customer_ip: fc.oneof(fc.ipV4(), fc.constant('2001:db8::1')),
}

const formats: Record<string, fc.Arbitrary<string>> = {
  email,
  uri: url,
  'date-time': fc
    .date({ min: new Date('2001-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}Z`),
}

/**
 * Generator of valid values of a schema.
 * @param path place in the request, which known values are found by
 * @param isFull whether objects hold all of their properties, also optional ones
 */
export const arbitraryOf = (api: ApiModel, whole: Schema, path: Path = [], isFull = false): fc.Arbitrary<unknown> => {
  const name = String(path.at(-1) ?? '')
  const known = path[0] === 'metadata' ? undefined : knownValues[name]
  if (known) return known
  if (typeof whole === 'boolean') return fc.constant('value')
  const schema = withScalarsMerged(whole)
  if (schema.$ref) return arbitraryOf(api, { ...resolveSchema(api.document, schema), ...without$ref(schema) }, path, isFull)
  if (schema.discriminator && schema.oneOf) return fc.oneof(...schema.oneOf.map((member) => arbitraryOf(api, member, path, isFull)))
  const testValues = schema['x-test-values']
  if (testValues) return fc.constantFrom(...testValues.filter(({ error }) => error === undefined).map(({ value }) => value))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const types = [schema.type ?? 'object'].flat()
  const { minLength = 0, maxLength = 40 } = schema
  const textOf = () => {
    if (schema.format) return required(formats[schema.format], `Generator of the format ${schema.format}`)
    return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : plainText(minLength, maxLength)
  }
  const ofType: Record<string, () => fc.Arbitrary<unknown>> = {
    string: textOf,
    number: () => fc.integer({ min: 0, max: 1000 }),
    integer: () => fc.integer({ min: 0, max: 1000 }),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
    object: () => objectOf(api, schema, path, isFull),
  }
  // Numbers that may come as text: the text is written from the number, so it fits the pattern.
  if (types.includes('string') && types.some((type) => type === 'number' || type === 'integer'))
    return schema.pattern ? numberOrText(fc.integer({ min: 1, max: 50 })) : fc.oneof(textOf(), fc.integer({ min: 0, max: 1000 }))
  return fc.oneof(...types.map((type) => required(ofType[type], `Generator of ${type}`)()))
}

const without$ref = ({ $ref: _ref, ...rest }: SchemaObject) => rest

const objectOf = (api: ApiModel, schema: SchemaObject, path: Path, isFull: boolean): fc.Arbitrary<unknown> => {
  const properties = Object.entries(schema.properties ?? {}).filter(([, property]) => !isLeftOut(property))
  if (properties.length === 0) {
    const key = fc
      .string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz_'), minLength: 1, maxLength: 30 })
      // Servers in JavaScript reject keys that mean something to it, and may.
      .filter((name) => !/^(__proto__|constructor|prototype|toString|valueOf|hasOwnProperty)$/.test(name))
    const value = fc.oneof(plainText(1, 40), fc.integer({ min: 0, max: 9999 }), fc.boolean())
    return fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true })
  }
  const model = Object.fromEntries(properties.map(([name, property]) => [name, arbitraryOf(api, property, [...path, name])]))
  return fc
    .record(model, { requiredKeys: isFull ? Object.keys(model) : (schema.required ?? []), noNullPrototype: true })
    .filter((value) => api.validator.conforms(schema, value))
}

const samples = new WeakMap<ApiModel, Map<string, unknown>>()

/** One valid value of a schema, the same at every call. Objects are full; where null is an alternative, it is not taken. */
export const validValueOf = (api: ApiModel, schema: Schema, path: Path): unknown => {
  const known = samples.get(api) ?? new Map<string, unknown>()
  samples.set(api, known)
  const key = `${bracketed(path)} ${JSON.stringify(schema)}`
  if (!known.has(key))
    known.set(key, fc.sample(arbitraryOf(api, schema, path, true), { numRuns: 20, seed: 1 }).find((value) => value !== null) ?? null)
  return known.get(key)
}
