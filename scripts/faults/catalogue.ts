/** Every fault, in the order of the table. */
import { credentialFaults, idempotencyFaults, listFaults } from './access.ts'
import type { Fault } from './fault.ts'
import { acceptanceFaults, inputFaults, robustnessFaults } from './inputs.ts'
import { bodyFaults, errorFaults, headerFaults, schemaFaults, statusFaults } from './responses.ts'
import { rewriteFaults } from './rewrites.ts'
import { lawFaults, stateFaults } from './states.ts'

export const faults: Fault[] = [
  ...schemaFaults,
  ...statusFaults,
  ...stateFaults,
  ...lawFaults,
  ...inputFaults,
  ...acceptanceFaults,
  ...credentialFaults,
  ...errorFaults,
  ...headerFaults,
  ...robustnessFaults,
  ...bodyFaults,
  ...idempotencyFaults,
  ...listFaults,
  ...rewriteFaults,
]
