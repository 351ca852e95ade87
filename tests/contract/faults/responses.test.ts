/** Every fault of ./responses.ts is found, under the right rule of the right operation. */

import { bodyFaults, errorFaults, headerFaults, schemaFaults, statusFaults } from '../../../scripts/faults/responses.ts'
import { findsAll } from './finds.ts'

findsAll([...schemaFaults, ...statusFaults, ...errorFaults, ...headerFaults, ...bodyFaults])
