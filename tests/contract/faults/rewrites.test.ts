/** Every fault of scripts/faults/rewrites.ts is found, under the right rule of the right operation. */
import { rewriteFaults } from '../../../scripts/faults/rewrites.ts'
import { findsAll } from './finds.ts'

findsAll(rewriteFaults)
