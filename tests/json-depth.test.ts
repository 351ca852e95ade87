/** The depth and the size of JSON texts, with what is in strings left out. */
import { expect, test } from 'vitest'
import { isNestedBeyond, sizeOfJson } from '../src/json-depth.ts'

test.each([
  ['', 0, false],
  ['[]', 0, true],
  ['[[]]', 2, false],
  ['[{"a":[]}]', 2, true],
  ['{"a":"[[[[[["}', 1, false],
  ['{"a":"\\"[[[["}', 1, false],
  ['{"a\\\\":[[]]}', 2, true],
  ['['.repeat(100_000), 50, true],
])('%.20s is nested beyond %i: %s', (text, limit, expected) => {
  expect(isNestedBeyond(text, limit)).toBe(expected)
})

test.each([
  ['1', 1],
  ['[]', 2],
  ['[1,[2,"[,"]]', 5],
  ['{"a,[":{"b":[]}}', 4],
])('%s counts as %i values', (text, values) => {
  expect(sizeOfJson(text, 10).values).toBe(values)
})
