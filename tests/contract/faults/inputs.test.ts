/** Every fault of ./inputs.ts is found, under the right rule of the right operation. */

import { acceptanceFaults, inputFaults, robustnessFaults } from '../../../scripts/faults/inputs.ts'
import { findsAll } from './finds.ts'

findsAll([...inputFaults, ...acceptanceFaults, ...robustnessFaults])
