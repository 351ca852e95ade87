/** The depth of JSON texts, with brackets in strings left out. */
import { expect, test } from 'vitest'
import { isNestedBeyond } from '../src/json-depth.ts'

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
