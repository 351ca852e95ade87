/** Every fault of ./responses.ts is found, under the right rule of the right operation. */

import { findsAll } from './finds.ts'
import { bodyFaults, errorFaults, headerFaults, schemaFaults, statusFaults } from './responses.ts'

findsAll([...schemaFaults, ...statusFaults, ...errorFaults, ...headerFaults, ...bodyFaults])
