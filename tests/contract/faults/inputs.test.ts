/** Every fault of ./inputs.ts is found, under the right rule of the right operation. */

import { findsAll } from './finds.ts'
import { acceptanceFaults, inputFaults, robustnessFaults } from './inputs.ts'

findsAll([...inputFaults, ...acceptanceFaults, ...robustnessFaults])
