/** What the pages are made from. */
import type { OpenApiDocument } from '../../../document.ts'
import type { Hosts } from '../../hosts.ts'
import type { Clock } from '../clock.ts'
import type { createExamples } from '../examples.ts'
import type { Flow } from '../method-facts.ts'
import type { OnDemandFaults } from '../on-demand-faults.ts'
import type { RequestLog } from '../request-log.ts'
import type { Seeding } from '../seeding.ts'
import type { Settings } from '../settings.ts'
import type { State } from '../state/index.ts'
import type { Storage } from '../storage.ts'
import type { Webhooks } from '../webhooks/index.ts'
import type { Authority } from './authority.ts'

export type PageParts = {
  document: OpenApiDocument
  /** How the money of a payment method moves. */
  flowOf: (method: string) => Flow
  hosts: Hosts
  authority: Authority
  /** Whether the server accepts one key alone. */
  hasOwnKey: boolean
  state: State
  storage: Storage
  settings: Settings
  faults: OnDemandFaults
  clock: Clock
  webhooks: Webhooks
  requestLog: RequestLog
  addExamples: ReturnType<typeof createExamples>
  seeding: Seeding
}
