/** Registers a test for each fault of some kinds: the report names an apt rule and the right operation first. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isApt, isRightOperation, leftFree } from '../../../scripts/faults/second-server/apt.ts'
import { type FaultKind, faults } from '../../../scripts/faults/second-server/faults.ts'
import { huntOnSecondServer } from '../../../scripts/faults/second-server/hunt.ts'

/** Kinds of faults in what a request may be, and in what it changes; the others are in what is returned. */
export const kindsOfRequests: FaultKind[] = ['side effects', 'decimals', 'bounds', 'mass assignment', 'text', 'lifecycle']

export const findsAll = (isWanted: (kind: FaultKind) => boolean) => {
  const wanted = faults.filter(({ kind }) => isWanted(kind))
  const free = wanted.filter(({ name }) => name in leftFree)

  // A list that seems to change is read again after seconds.
  test.concurrent.each(wanted.filter(({ name }) => !(name in leftFree)).map((fault) => [fault.name, fault] as const))(
    '%s',
    { timeout: 300_000 },
    async (_name, fault) => {
      const causes = await huntOnSecondServer(fault)
      const said = causes.map(({ rule, operations }) => `${rule}: ${operations.join(', ')}`).join('\n')
      const [first] = causes
      if (!first) throw new Error(`Nothing was found: ${fault.changes}.`)
      expect(isApt(fault, first.rule), `${fault.breaks}\n${said}`).toBe(true)
      expect(isRightOperation(fault, first.operations[0] ?? ''), `${fault.operation}\n${said}`).toBe(true)
    },
  )

  test.concurrent.each(free.map((fault) => [fault.name, fault] as const))('%s is left free', { timeout: 300_000 }, async (_name, fault) => {
    const decisions = readFileSync('docs/contract/leniency.md', 'utf8')
    expect(decisions).toMatch(new RegExp(`^(\\| ${leftFree[fault.name]} \\||- \\*\\*${leftFree[fault.name]}\\*\\*)`, 'm'))
    expect(await huntOnSecondServer(fault)).toEqual([])
  })
}
