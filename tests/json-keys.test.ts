/** Keys that stand twice are told from texts that look like keys. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasDuplicateKey } from '../src/json-keys.ts'

const isFound = (text: string) => hasDuplicateKey(text, JSON.parse(text))

test.each([
  ['{"a":1,"a":2}', true],
  ['{"a":1,"a":1}', true],
  ['{"b":[{"a":1 , "a" : 2}]}', true],
  ['{"a":1,"\\u0061":2}', true],
  ['{"__proto__":1,"__proto__":2}', true],
  ['{"a":{"a":1},"b":[{"a":1},{"a":1}]}', false],
  ['{"a":"\\":\\"","b":["\\"a\\":1",":"]}', false],
  ['["a",":","b"]', false],
  ['1', false],
])('%s: %s', (text, expected) => {
  expect(isFound(text)).toBe(expected)
})

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
test(`no value that was written by a program has one (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => !isFound(JSON.stringify(value, undefined, indent))),
    { seed },
  )
})
