/** Servers that differ where the reference leaves them free: nothing is found on any of them. */
import { fairVariants } from '../../../scripts/faults/fair.ts'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createTarget, inRow } from '../../../scripts/faults/target.ts'
import { runContract } from '../../../src/contract/run/run.ts'
import { areFair } from './together.ts'

const alone = [
  'cash payments are not refunded',
  'refund requests are not taken',
  'there are no accounts',
  'there is no test mode',
  'cards take yen only',
  // Others go by the codes.
  'codes are general',
  // Others make several requests of one.
  'every twentieth request is one too many',
]

areFair(
  fairVariants.map((variant) => [variant.name, variant]),
  alone,
  6,
  async (variants) => {
    const target = await createTarget(inRow(variants.map(({ make }) => make())))
    // Generated requests and the details of all methods take long, and no variant is about them.
    const { findings } = await runContract({ ...inProcess(target), skip: ['generated', 'wrong detail of'] })
    await target.close()
    return findings.map(({ operationId, rule, message }) => `${operationId} ${rule}: ${message}`)
  },
)
