/** What is wrong with a body, in the words of the page. A backtick begins and ends code. */
import { type Breach, bracketed } from '../../../src/violations.ts'
import { choiceText, listText } from '../phrases.ts'
import type { Problem } from './body-check.ts'
import type { Expected, Fault } from './json-text.ts'
import { word } from './words.ts'

/** Letters of what stands in the text that a message repeats. */
const maxFoundLength = 24

const code = (text: string) => `\`${text}\``
const shortened = (text: string) => (text.length > maxFoundLength ? `${text.slice(0, maxFoundLength)}…` : text)
const valuesOf = (limit: unknown) => [limit].flat().map(String)
const oneOf = (values: unknown) => word('oneOf', { values: listText(valuesOf(values).map(code), word) })

const missingText = ({ alternatives, neededBy }: Breach) => {
  if (neededBy !== undefined) return word('neededBy', { name: code(neededBy) })
  if (!alternatives) return word('missing')
  const groups = alternatives.map((paths) =>
    paths.map((path) => code(bracketed(path))).reduce((one, other) => word('both', { one, other })),
  )
  return word('missingOneOf', { names: choiceText(groups, word) })
}

const formats: Record<string, string> = { uri: 'url', ipv4: 'ipAddress', ipv6: 'ipAddress', 'date-time': 'dateTime' }

const texts: Record<string, (limit: unknown) => string> = {
  additionalProperties: () => word('unknown'),
  exclusive: () => word('exclusive'),
  unknown_tag: oneOf,
  enum: oneOf,
  type: (limit) =>
    word('typed', {
      types: choiceText(
        valuesOf(limit).map((type) => word(type)),
        word,
      ),
    }),
  minimum: (min) => word('atLeast', { min: String(min) }),
  maximum: (max) => word('atMost', { max: String(max) }),
  minLength: (min) => (min === 1 ? word('notEmpty') : word('longerThan', { min: String(min) })),
  maxLength: (max) => word('shorterThan', { max: String(max) }),
  propertyNames: (limit) => word('longName', { max: String(Reflect.get(Object(limit), 'maxLength')) }),
  format: (format) => word(formats[String(format)] ?? 'unfit'),
}

const breachText = (breach: Breach): string => {
  const { rule, limit, meaning } = breach
  if (rule === 'missing') return missingText(breach)
  return meaning ? word('patterned', { meaning }) : (texts[rule]?.(limit) ?? word('unfit'))
}

const expectedText = (expected: Expected) => (/\w/.test(expected) ? word(expected) : code(expected))

const faultText = ({ expected, found, isString }: Fault) =>
  isString
    ? word('badString')
    : word('expected', {
        expected: choiceText(expected.map(expectedText), word),
        found: found === '' ? word('end') : code(shortened(found)),
      })

/** A problem as the page shows it: what it concerns, as the API names it, where, and what is wrong. */
export const textsOf = ({ fault, breach, line, column }: Problem): { name: string; place: string; message: string } =>
  fault
    ? { name: 'JSON', place: word('lineAndColumn', { line, column }), message: faultText(fault) }
    : { name: bracketed(breach.path) || word('body'), place: word('line', { line }), message: breachText(breach) }
