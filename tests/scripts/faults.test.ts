/** The table of faults has a row for each, and misses none that the kit has to find. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faults } from '../../scripts/faults/catalogue.ts'
import { sandboxFaultsOf } from '../../scripts/faults/kinds.ts'
import { leftFree } from '../../scripts/faults/second-server/apt.ts'
import { faults as secondFaults } from '../../scripts/faults/second-server/faults.ts'

const rows = readFileSync('docs/contract/faults.md', 'utf8')
  .split('\n')
  .map((line) => line.split(/ ?(?<!\\)\| ?/).slice(1, -1))
  .filter(({ length }) => length === 6)
  .slice(2)

test('every fault of both servers has its row, in the order of the catalogues', () => {
  const expected = [
    ...faults.map(({ name, operation }) => ['sandbox', name, operation]),
    ...secondFaults.map(({ name, changes, operation }) => ['second server', `${name}: ${changes}`, operation]),
  ]
  expect(rows.map((cells) => cells.slice(0, 3))).toEqual(expected)
})

test('every fault is found, or left free by a decision that its row names', () => {
  const wrong = rows.filter(([server, fault = '', , found]) => {
    const decision = server === 'second server' ? leftFree[fault.split(':')[0] as keyof typeof leftFree] : undefined
    return found !== (decision === undefined ? 'yes' : `no: [${decision}](leniency.md)`)
  })
  expect(wrong).toEqual([])
})

test('the first operation named is one at fault', () => {
  expect(rows.filter(([, , , , , named = '']) => named.includes('**'))).toEqual([])
})

test.each(Object.entries(sandboxFaultsOf))('both servers have faults of the kind: %s', (kind, names) => {
  expect(names.filter((name) => !faults.some((fault) => fault.name === name))).toEqual([])
  expect(names.length).toBeGreaterThanOrEqual(5)
  expect(secondFaults.filter((fault) => fault.kind === kind).length).toBeGreaterThanOrEqual(5)
})
