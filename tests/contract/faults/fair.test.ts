/** Servers that differ where the reference leaves them free: nothing is found on any of them. */
import { expect, test } from 'vitest'
import { fairVariants } from '../../../scripts/faults/fair.ts'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createTarget } from '../../../scripts/faults/target.ts'
import { runContract } from '../../../src/contract/run/run.ts'

test.each(fairVariants.map((variant) => [variant.name, variant] as const))('%s', { timeout: 120_000 }, async (_name, variant) => {
  const target = await createTarget(variant.make())
  // Generated requests and the details of all methods take long, and no variant is about them.
  const { findings } = await runContract({ ...inProcess(target), skip: ['generated', 'wrong detail of'] })
  await target.close()
  expect(findings.map(({ operationId, rule, message }) => `${operationId} ${rule}: ${message}`)).toEqual([])
})
