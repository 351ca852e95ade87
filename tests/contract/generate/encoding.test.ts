/** Bodies as they travel: bracketed forms, and what is left of a fault on the way. */
import fc from 'fast-check'
import qs from 'qs'
import { expect, test } from 'vitest'
import { readApiModel } from '../../../src/contract/api/api-model.ts'
import { arrivesValid, encodeBody, valueAt, withValueAt } from '../../../src/contract/generate/encoding.ts'

const { validator, operations } = readApiModel()

test.each([
  ['flat', { amount: 100, capture: false }, 'amount=100&capture=false'],
  ['nested', { payment_details: { type: 'konbini' } }, 'payment_details%5Btype%5D=konbini'],
  ['deeply nested', { a: { b: { c: 1 } } }, 'a%5Bb%5D%5Bc%5D=1'],
  ['a list', { a: ['x', 'y'] }, 'a%5B0%5D=x&a%5B1%5D=y'],
  ['null is empty', { description: null }, 'description='],
  ['what is absent stays so', { description: undefined, amount: 1 }, 'amount=1'],
  ['a space is a plus, a plus is escaped', { name: 'a b+c' }, 'name=a+b%2Bc'],
  ['signs that mean something', { name: 'a&b=c%[d]' }, 'name=a%26b%3Dc%25%5Bd%5D'],
  ['any script', { name: 'コモ' }, 'name=%E3%82%B3%E3%83%A2'],
])('a form: %s', (_name, body, text) => {
  expect(encodeBody(body, 'form')).toBe(text)
  expect(encodeBody(body, 'json')).toBe(JSON.stringify(body))
})

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
test(`what goes into a form comes out of it (seed ${seed})`, () => {
  const key = fc.stringMatching(/^[a-z_]{1,8}$/)
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(key, fc.oneof({ maxDepth: 3 }, fc.string(), tie('tree')), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  }))
  fc.assert(
    fc.property(tree, (body) => {
      expect(qs.parse(encodeBody(body, 'form'), { depth: 10 })).toEqual(body)
    }),
    { seed },
  )
})

test('a value is put in at any place, and nothing else changes', () => {
  const body = { a: { b: ['x', 'y'] }, c: 1 }
  expect(withValueAt(body, ['a', 'b', 1], 'z')).toEqual({ a: { b: ['x', 'z'] }, c: 1 })
  expect(withValueAt(body, ['a', 'b'], undefined)).toEqual({ a: {}, c: 1 })
  expect(withValueAt(body, ['d', 'e'], 2)).toEqual({ a: { b: ['x', 'y'] }, c: 1, d: { e: 2 } })
  expect(withValueAt(body, [], 3)).toBe(3)
  expect(body).toEqual({ a: { b: ['x', 'y'] }, c: 1 })
  expect([valueAt(body, ['a', 'b', 0]), valueAt(body, ['a', 'x', 'y'])]).toEqual(['x', undefined])
})

const { schema, examples } = operations.get('createPayment')!.request!
const right = examples.konbini!.value as Record<string, unknown>
test.each([
  ['a right body', right, true, true],
  ['a required property is missing', withValueAt(right, ['amount'], undefined), false, false],
  ['a wrong word in a nested property', withValueAt(right, ['payment_details', 'store'], 'corner'), false, false],
  // Only JSON can tell a number from its text, and null from nothing.
  ['a text that is a number', withValueAt(right, ['external_order_num'], 12), false, true],
  ['null where it is allowed, and empty text is not', withValueAt(right, ['tax'], null), true, true],
  ['null where it is not', withValueAt(right, ['currency'], null), false, false],
])('what arrives: %s', (_name, body, inJson, inForm) => {
  expect([arrivesValid(schema, body, 'json', validator), arrivesValid(schema, body, 'form', validator)]).toEqual([inJson, inForm])
})
