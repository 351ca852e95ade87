/** What is remembered is made once, and only the latest of it. */
import { expect, test } from 'vitest'
import { rememberLatest } from '../src/latest.ts'

test('a result is made once while it is among the latest', () => {
  const made: number[] = []
  const double = rememberLatest((value: number) => {
    made.push(value)
    return 2 * value
  }, 2)
  expect([double(1), double(1), double(2), double(1)]).toEqual([2, 2, 4, 2])
  expect(made).toEqual([1, 2])
  // A third leaves no room for those before.
  expect([double(3), double(1)]).toEqual([6, 2])
  expect(made).toEqual([1, 2, 3, 1])
})
