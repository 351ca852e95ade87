/** Registers a test for each fault. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fault } from '../../../scripts/faults/fault.ts'
import { hunt } from '../../../scripts/faults/hunt.ts'
import { createTarget } from '../../../scripts/faults/target.ts'
import { createSandbox } from '../../../src/server/sandbox/sandbox.ts'

export const findsAll = (faults: Fault[]) => {
  let sandbox: Awaited<ReturnType<typeof createSandbox>>
  beforeAll(async () => {
    sandbox = await createSandbox({})
  })
  afterAll(() => sandbox.close())

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', { timeout: 120_000 }, async (_name, fault) => {
    const target = await createTarget(fault.make(), sandbox)
    const { found, verdict } = await hunt(fault, target)
    await target.close()
    const said = verdict.findings.map(({ operationId, rule, message }) => `${operationId} ${rule}: ${message}`).join('\n')
    expect([...found.keys()].sort(), said).toEqual(fault.operations.toSorted())
    for (const { pointer, curl } of found.values()) {
      expect(pointer).toMatch(/^#\//)
      expect(curl.at(-1)).toMatch(/^curl /)
    }
  })
}
