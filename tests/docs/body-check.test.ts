/** The page's check of a body: it agrees with the servers' judge, says each thing once, and knows where it stands. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCorpus } from '../../scripts/mutation/corpus.ts'
import { createBodyCheck } from '../../scripts/reference/browser/body-check.ts'
import { positionOf, readJson, tokensOf } from '../../scripts/reference/browser/json-text.ts'
import { requestSchemasOf } from '../../scripts/reference/model/request-schemas.ts'
import { callsOf } from '../../scripts/reference/samples/call.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { createValidator } from '../../src/validator.ts'

const document = readDocument()
const schemas = requestSchemasOf(document)
const { breachesOf, problemsOf } = createBodyCheck(schemas)
const { conforms } = createValidator(document)
const bodyOf = new Map(operationsOf(document).map(({ operationId, request }) => [operationId, request?.schema]))

describe('the judge of the page', () => {
  type Case = { operationId: string; value: unknown; why: string }
  const { messages } = readCorpus(document)
  const details: string[] = Object.values(document.components.schemas.PaymentDetailsRequest.discriminator.mapping)
  const isDetails = (schema: string) => details.includes(`#/components/schemas/${schema}`)
  const cases: Case[] = [
    ...callsOf(document)
      .filter(({ operation }) => operation.request)
      .map(({ operation: { operationId }, example, body = {} }) => ({ operationId, value: body, why: example })),
    ...Object.entries(schemas.bodies).flatMap(([operationId, name]) =>
      messages.filter(({ schema }) => schema === name).map(({ value, why }) => ({ operationId, value, why })),
    ),
    // What a payment method takes travels in the body of a payment.
    ...messages
      .filter(({ schema }) => isDetails(schema))
      .map(({ schema, value, why }) => ({
        operationId: 'createPayment',
        value: { amount: 1000, currency: 'JPY', payment_details: value },
        why: `${schema} ${why}`,
      })),
  ]
  const right = cases.filter(({ operationId, value }) => conforms(bodyOf.get(operationId) ?? true, value))

  test(`agrees with the servers' on ${cases.length} bodies, ${right.length} of them right`, () => {
    const differing = cases.filter((one) => (breachesOf(one.operationId, one.value).length === 0) !== right.includes(one))
    expect(differing).toEqual([])
    expect(right.length).toBeGreaterThan(200)
    expect(cases.length - right.length).toBeGreaterThan(350)
  })

  test('takes the body of every sample', () => {
    const samples = callsOf(document).filter(({ operation }) => operation.method !== 'GET')
    expect(samples.flatMap(({ operation, body }) => problemsOf(operation.operationId, body ? JSON.stringify(body) : ''))).toEqual([])
    expect(samples.length).toBeGreaterThan(30)
  })
})

describe('reasons', () => {
  const konbini = { type: 'konbini', store: 'lawson', email: 'taro@example.com' }
  const payment = { amount: 1000, currency: 'JPY', payment_details: konbini }
  const methods = Object.keys(document.components.schemas.PaymentDetailsRequest.discriminator.mapping)
  test.for<[what: string, body: unknown, expected: string[]]>([
    ['a wrong value', { ...payment, payment_details: { ...konbini, store: 'x' } }, ['payment_details.store enum']],
    ['an unknown property', { ...payment, payment_details: { ...konbini, foo: 1 } }, ['payment_details.foo additionalProperties']],
    ['a missing property', { ...payment, payment_details: { type: 'konbini', store: 'lawson' } }, ['payment_details.email missing']],
    ['an unknown type', { ...payment, payment_details: { type: 'x', foo: 1 } }, ['payment_details.type unknown_tag']],
    ['no type', { ...payment, payment_details: {} }, ['payment_details.type missing']],
    ['no source', { amount: 1000, currency: 'JPY' }, ['payment_details missing']],
    ['two sources', { ...payment, customer: 'x' }, ['customer exclusive']],
    ['no object', [], [' type']],
    [
      'each of several',
      { amount: -1, payment_details: { type: 'konbini', store: 'x', phone: '1', foo: 1 } },
      [
        'currency missing',
        'payment_details.email missing',
        'amount minimum',
        'payment_details.store enum',
        'payment_details.phone pattern',
        'payment_details.foo additionalProperties',
      ],
    ],
  ])('%s', ([_what, body, expected]) => {
    expect(breachesOf('createPayment', body).map(({ path, rule }) => `${path.join('.')} ${rule}`)).toEqual(expected)
  })
  test('an unknown type lists all types', () => {
    expect(methods).toHaveLength(15)
    expect(breachesOf('createPayment', { ...payment, payment_details: { type: 'x' } })).toMatchObject([{ limit: methods }])
  })
})

describe('places', () => {
  const text =
    '{\n  "amount": 1000,\n  "currency": "JPY",\n  "payment_details": {\n    "type": "konbini",\n    "store": "x",\n    "foo": [1]\n  }\n}'
  test('a value, a member and what surrounds a missing one, from top to bottom', () => {
    const problems = problemsOf('createPayment', text).map(({ span, line, column }) => [line, column, text.slice(span.start, span.end)])
    expect(problems).toEqual([
      [4, 22, text.slice(text.indexOf('{', 1), text.lastIndexOf('}') - 1).trimEnd()],
      [6, 14, '"x"'],
      [7, 5, '"foo": [1]'],
    ])
  })
  test('a body that is empty lacks what an empty object lacks', () => {
    expect(problemsOf('createPayment', ' \n').map(({ breach }) => breach?.path)).toEqual([['amount'], ['currency'], ['payment_details']])
    expect(problemsOf('capturePayment', '')).toEqual([])
  })
  test.for<[text: string, line: number, column: number, expected: string, found: string]>([
    ['', 1, 1, 'value', ''],
    ['{', 1, 2, 'name', ''],
    ['{"a": 1,\n}', 2, 1, 'name', '}'],
    ['{"a" 1}', 1, 6, ':', '1'],
    ['{"a": }', 1, 7, 'value', '}'],
    ['{"a": 1\n "b": 2}', 2, 2, ', }', '"b"'],
    ["{'a': 1}", 1, 2, 'name', "'a'"],
    ['[1, 2', 1, 6, ', ]', ''],
    ['[01]', 1, 3, ', ]', '1'],
    ['[undefined]', 1, 2, 'value', 'undefined'],
    ['{} {}', 1, 4, 'end', '{'],
    ['["🗾", "open]', 1, 7, 'value', '"'],
    ['["a\\x"]', 1, 2, 'value', '"'],
  ])('%j is no JSON', ([text, line, column, expected, found]) => {
    const read = readJson(text)
    expect(
      read.fault && { ...positionOf(text, read.fault.start), expected: read.fault.expected.join(' '), found: read.fault.found },
    ).toEqual({
      line,
      column,
      expected,
      found,
    })
    expect(() => JSON.parse(text)).toThrow()
  })
  test('what JSON.parse takes is read, each value where it stands, and nothing else', () => {
    const parsed = (text: string) => {
      try {
        return { value: JSON.parse(text) as unknown }
      } catch {
        return undefined
      }
    }
    const typed = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', '0', '\\', ' ', 'x')).map(([json, at, letter]) => {
      const index = at % (json.length + 1)
      return json.slice(0, index) + letter + json.slice(index + (letter === '' ? 1 : 0))
    })
    fc.assert(
      fc.property(fc.oneof(fc.json(), typed), (text) => {
        const read = readJson(text)
        expect(read.fault ? undefined : { value: read.value }).toEqual(parsed(text))
        if (read.fault) return
        const whole = read.places.valueAt([])
        expect(JSON.parse(text.slice(whole?.start, whole?.end))).toEqual(read.value)
        for (const key of Object.keys(Object(read.value))) {
          const span = read.places.valueAt([Array.isArray(read.value) ? Number(key) : key])
          if (typeof read.value === 'object')
            expect(JSON.parse(text.slice(span?.start, span?.end))).toEqual(Reflect.get(Object(read.value), key))
        }
      }),
      { numRuns: 2000 },
    )
  })
  test('tokens are a text without its white space', () => {
    const { tokens, end } = tokensOf('{"a": ["b", -1.5e3, true]}')
    expect(tokens.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'mark {', 'name "a"', 'mark :', 'mark [', 'string "b"', 'mark ,', 'literal -1.5e3', 'mark ,', 'literal true', 'mark ]', 'mark }',
    ]) // biome-ignore format: a list
    expect(end).toBe(26)
  })
})
