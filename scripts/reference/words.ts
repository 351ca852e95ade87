/** What a schema accepts, in words that a reader takes in at a glance. */
import type { SchemaObject } from '../../src/document.ts'
import type { Translate } from '../../src/pages/translator.ts'
import { choiceText } from './phrases.ts'

const typeWords: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
}
const formatWords: Record<string, string> = { 'date-time': 'date and time', uri: 'URL', email: 'e-mail address' }

const isBoolean = ({ enum: values = [] }: SchemaObject) => values.includes(true) && values.includes(false)

/** Types that a schema allows, null last. */
const typesOf = ({ type, const: only }: SchemaObject) => {
  const types = [type ?? typeof (only ?? {})].flat()
  return { types: types.filter((name) => name !== 'null'), isNullable: types.includes('null') }
}

/** Type of a value, for example `number or string`, `date and time or null`. */
export const typeOf = (schema: SchemaObject, t: Translate): string => {
  const { types, isNullable } = typesOf(schema)
  const word = (name: string) => t((name === 'string' ? formatWords[schema.format ?? ''] : undefined) ?? typeWords[name] ?? name)
  const words = isBoolean(schema) ? [t('boolean')] : types.map(word)
  if (isNullable) words.push('null')
  return choiceText(words, t)
}

/** Digits are grouped from five on: a year is not. */
const number = (value: number) => (value < 10_000 ? String(value) : value.toLocaleString('en'))

const rangeOf = ({ minimum, maximum }: SchemaObject, t: Translate) => {
  if (minimum !== undefined && maximum !== undefined) return [t('{min} to {max}', { min: number(minimum), max: number(maximum) })]
  if (minimum !== undefined) return [t('At least {min}', { min: number(minimum) })]
  return maximum === undefined ? [] : [t('At most {max}', { max: number(maximum) })]
}

const lengthOf = ({ minLength = 0, maxLength }: SchemaObject, t: Translate) => {
  if (maxLength !== undefined && minLength === maxLength) return [t('{max} characters', { max: number(maxLength) })]
  if (maxLength !== undefined && minLength > 1) return [t('{min} to {max} characters', { min: minLength, max: number(maxLength) })]
  if (maxLength !== undefined) return [t('At most {max} characters', { max: number(maxLength) })]
  return minLength === 1 ? [t('Not empty')] : []
}

/** A meaning of English begins with `must`; in another language it may begin with a value. */
const capitalized = (meaning: string) => meaning.replace(/^must /, 'Must ')

/** Default worth saying: a value, written as code. */
const defaultOf = ({ default: value }: SchemaObject, t: Translate) =>
  value === undefined ? [] : [t('Default: {value}', { value: `\`${typeof value === 'string' ? value : JSON.stringify(value)}\`` })]

/** Bounds of a value as short Markdown texts: ranges, lengths, patterns by their meaning, the default. */
export const boundsOf = (schema: SchemaObject, t: Translate): string[] => {
  const meaning = schema['x-pattern-meaning']
  // A pattern that says what is accepted says the range of the number, too.
  const limits = [...(meaning ? [capitalized(meaning)] : rangeOf(schema, t)), ...(meaning && !schema.maxLength ? [] : lengthOf(schema, t))]
  const only = schema.const === undefined ? [] : [t('Always {value}', { value: `\`${String(schema.const)}\`` })]
  return [...only, ...limits, ...defaultOf(schema, t)]
}
