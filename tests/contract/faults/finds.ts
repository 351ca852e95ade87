/** Registers a test for each fault. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fault } from '../../../scripts/faults/fault.ts'
import { type Hunt, hunt } from '../../../scripts/faults/hunt.ts'
import { createTarget } from '../../../scripts/faults/target.ts'
import { createSandbox } from '../../../src/server/sandbox/sandbox.ts'

const checksOf = JSON.parse(readFileSync('scripts/faults/checks.json', 'utf8')) as Record<string, string[]>

export const findsAll = (faults: Fault[]) => {
  let sandbox: Awaited<ReturnType<typeof createSandbox>>
  beforeAll(async () => {
    sandbox = await createSandbox({})
  })
  afterAll(() => sandbox.close())

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', { timeout: 120_000 }, async (_name, fault) => {
    const huntWith = async (checks: string[] | undefined): Promise<Hunt> => {
      const target = await createTarget(fault.make(), sandbox)
      const result = await hunt(fault, target, checks)
      await target.close()
      return result
    }
    // What found it when the table was written finds it in a moment; where that no longer does, another check may.
    const first = await huntWith(checksOf[fault.name])
    const { found, verdict } = first.found.size === fault.operations.length ? first : await huntWith(undefined)
    const said = verdict.findings.map(({ operationId, rule, message }) => `${operationId} ${rule}: ${message}`).join('\n')
    expect([...found.keys()].sort(), said).toEqual(fault.operations.toSorted())
    for (const { pointer, curl } of found.values()) {
      expect(pointer).toMatch(/^#\//)
      expect(curl.at(-1)).toMatch(/^curl /)
    }
  })
}
