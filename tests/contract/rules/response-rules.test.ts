/** What a finding about a response's body says first: the place, the value that was seen, and what it must be. */
import { expect, test } from 'vitest'
import { readApiModel } from '../../../src/contract/api/api-model.ts'
import { responseRulesOf } from '../../../src/contract/rules/response-rules.ts'
import type { Exchange } from '../../../src/contract/run/exchange.ts'
import { isJsonObject } from '../../../src/json-object.ts'

const api = readApiModel()
const rules = responseRulesOf(api, '/api/v1')
const examples = api.operation('createPayment').responses['200']?.body?.examples ?? {}
const payment = examples.credit_card?.value

const messagesFor = (changes: object) => {
  if (!isJsonObject(payment)) throw new Error('The document has no example of a card payment.')
  const exchange = { operationId: 'createPayment', body: JSON.parse(JSON.stringify({ ...payment, ...changes })) } as unknown as Exchange
  return rules.schemaRules(exchange).map(({ message }) => message())
}

test.each([
  ['a text in place of a number', { total: '1100' }, 'total is "1100" (text), must be of type number.'],
  ['null in place of a number', { total: null }, 'total is null, must be of type number.'],
  ['an object in place of a number', { total: {} }, 'total is an object, must be of type number.'],
  ['a text that is too long to show', { total: 'x'.repeat(99) }, `total is "${'x'.repeat(60)}…" (text), must be of type number.`],
  ['a property that is missing', { total: undefined }, 'total is missing.'],
])('%s', (_what, changes, message) => {
  expect(messagesFor(changes)).toEqual([message])
})

test('a text that is not written as required', () => {
  expect(messagesFor({ id: 'ABC' })[0]).toMatch(/^id .*"ABC" \(text\)/)
})

test('a conforming body has nothing to say', () => {
  expect(messagesFor({})).toEqual([''])
})
