/** The sentences on top of BENCHMARKS.md say what its tables say. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { conclusionsOf } from '../../../scripts/bench/tools/conclusions.ts'

const text = readFileSync('BENCHMARKS.md', 'utf8')

test('BENCHMARKS.md begins with what its figures come to', () => {
  expect(text).toContain(`# Figures\n\n${conclusionsOf(text)}\n\nWritten by`)
})

test('another figure is another sentence, and a missing one an error', () => {
  expect(conclusionsOf(text.replace(/(## Servers under load[\s\S]*?\| mock \| \d+ \| )[\d.]+/, '$12.00'))).toContain(
    'The mock makes 2.0 times',
  )
  expect(() => conclusionsOf('')).toThrow('Client: time per call: komoju.payments.create')
})
