/** Every pattern of the document takes linear time, so that no text can keep a server busy. */
import { checkSync } from 'recheck'
import { expect, test } from 'vitest'
import { readDocument } from '../../src/document.ts'

/** Patterns anywhere below a node, with their places. */
const patternsIn = (node: unknown, place = '#'): [place: string, pattern: string][] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) =>
        key === 'pattern' && typeof value === 'string' ? [[place, value] as [string, string]] : patternsIn(value, `${place}/${key}`),
      )
    : []

const patterns = patternsIn(readDocument())

test('the judge of patterns can fail', () => {
  expect(checkSync('^(a+)+$', 'u').status).toBe('vulnerable')
})
test('the document has patterns', () => expect(patterns.length).toBeGreaterThan(10))
test.for(patterns)('%s %s', ([, pattern]) => {
  // JSON Schema patterns are read with the `u` flag. What the judge cannot decide it tries at random, here always with the same seed.
  expect(checkSync(pattern, 'u', { randomSeed: 1 })).toMatchObject({
    status: 'safe',
    complexity: { type: expect.stringMatching(/^(safe|linear)$/) },
  })
})
