/** What a finding about a response's body says first: the place, the value that was seen, and what it must be. */
import { describe, expect, test } from 'vitest'
import { readApiModel } from '../../../src/contract/api/api-model.ts'
import { responseRulesOf } from '../../../src/contract/rules/response-rules.ts'
import type { Exchange } from '../../../src/contract/run/exchange.ts'
import { settingsOf } from '../../../src/contract/run/options.ts'
import { Transport } from '../../../src/contract/run/transport.ts'
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

describe('a body that is no JSON for every reader', () => {
  const judged = async (body: string | Uint8Array<ArrayBuffer>) => {
    const settings = settingsOf({ url: 'http://127.0.0.1:1/api/v1', secretKey: 'sk_1', fetch: async () => new Response(body) })
    const request = { operationId: 'getPayment', method: 'GET', path: '/payments/1', headers: {}, body: undefined, encoding: undefined }
    const { passed, message } = rules.json(await new Transport(settings).send(request))
    return passed ? 'passed' : message()
  }
  const bytes = (...parts: (string | number)[]) =>
    new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part])))))

  test.each([
    ['bytes of Shift JIS', bytes('{"shop":"', 0x93, 0xfa, '"}'), 'The body of the response is not UTF-8.'],
    ['an emoji that is cut', bytes('{"shop":"', 0xf0, 0x9f, '"}'), 'The body of the response is not UTF-8.'],
    ['a key twice', '{"amount":1,"amount":1000}', 'An object of the response has a key twice.'],
    ['a key twice, once escaped', '{"a":{"b":1,"\\u0062":1}}', 'An object of the response has a key twice.'],
    ['half a surrogate pair', '{"a":"\\uD83D"}', 'A text of the response holds half a surrogate pair.'],
    ['a key with the other half', '{"\\ude00":1}', 'A text of the response holds half a surrogate pair.'],
    ['a byte order mark', '\ufeff{}', 'The body of the response is not JSON.'],
  ])('%s', async (_what, body, message) => expect(await judged(body)).toBe(message))

  test.each([
    ['a pair of surrogates', '{"a":"\\ud83d\\ude00"}'],
    ['the sign that stands for what is no UTF-8', '{"a":"\ufffd"}'],
    ['one key in two objects, and colons in texts', '[{"a":"b: c"},{"a":"\\"a\\":"}]'],
    ['what looks like half a pair', '{"a":"\\\\ud83d"}'],
  ])('is not %s', async (_what, body) => expect(await judged(body)).toBe('passed'))
})
