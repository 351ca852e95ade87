/** Every fault of ./access.ts is found, under the right rule of the right operation. */
import { credentialFaults, idempotencyFaults, listFaults } from '../../../scripts/faults/access.ts'
import { findsAll } from './finds.ts'

findsAll([...credentialFaults, ...idempotencyFaults, ...listFaults])
