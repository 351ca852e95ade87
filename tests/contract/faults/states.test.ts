/** Every fault of ./states.ts is found, under the right rule of the right operation. */

import { findsAll } from './finds.ts'
import { lawFaults, stateFaults } from './states.ts'

findsAll([...stateFaults, ...lawFaults])
