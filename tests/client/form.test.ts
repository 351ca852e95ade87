import fc from 'fast-check'
import qs from 'qs'
import { describe, expect, test } from 'vitest'
import { formOf } from '../../src/client/form.ts'

describe('a form', () => {
  test.for([
    ['nested', { payment_details: { type: 'konbini', a: { b: 1 } } }, 'payment_details[type]=konbini&payment_details[a][b]=1'],
    ['arrays', { list: ['a', 'b'], inner: { list: [1] } }, 'list[]=a&list[]=b&inner[list][]=1'],
    ['null', { description: null }, 'description='],
    ['undefined left out', { a: undefined, b: { c: undefined }, d: 1 }, 'd=1'],
    ['nothing', {}, ''],
    ['falsy values', { a: 0, b: false, c: '' }, 'a=0&b=false&c='],
    ['non-ASCII', { name: '山田 太郎', emoji: '🍙' }, 'name=山田+太郎&emoji=🍙'],
    ['characters with a meaning', { 'a&b': 'c=d&e+f%20', x: '[1]' }, 'a%26b=c%3Dd%26e%2Bf%2520&x=[1]'],
  ] as [string, object, string][])('%s', ([, body, form]) => {
    const readable = formOf(body).replaceAll(/%(?!2|3D)[0-9A-F]{2}(?:%[89AB][0-9A-F])*/g, (escaped) => decodeURIComponent(escaped))
    expect(readable).toBe(form)
  })

  test('of any body is read back as its text', () => {
    // qs drops the names of an object's prototype.
    const key = fc.stringMatching(/^[a-z_]{1,10}$/).filter((name) => !(name in {}))
    const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null))
    const { body } = fc.letrec((tie) => ({
      body: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 4 }),
      value: fc.oneof({ depthSize: 'small', maxDepth: 3 }, leaf, tie('body')),
    }))
    const asText = (value: unknown): unknown =>
      value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asText(part)]))
        : String(value ?? '')
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
    fc.assert(
      fc.property(body, (value) => {
        expect(qs.parse(formOf(value as object))).toEqual(asText(value))
      }),
      { seed },
    )
  })
})
