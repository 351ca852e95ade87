/** Every fault of ./states.ts is found, under the right rule of the right operation. */

import { lawFaults, stateFaults } from '../../../scripts/faults/states.ts'
import { findsAll } from './finds.ts'

findsAll([...stateFaults, ...lawFaults])
