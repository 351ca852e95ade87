/** What the checks of a run share, as their contexts use it. */
import type { ApiModel } from '../api/api-model.ts'
import type { PaymentLedger } from '../rules/payment-ledger.ts'
import type { ResponseRules } from '../rules/response-rules.ts'
import type { Secrets } from '../rules/secrets.ts'
import type { Capabilities } from './capabilities.ts'
import type { Settings } from './options.ts'
import type { Recorder } from './recorder.ts'
import type { Transport } from './transport.ts'

export interface RunParts {
  readonly settings: Settings
  readonly api: ApiModel
  /** What every name of the run begins with. */
  readonly runId: string
  readonly capabilities: Capabilities
  readonly ledger: PaymentLedger
  readonly secrets: Secrets
  readonly responseRules: ResponseRules
  readonly transport: Transport
  readonly recorder: Recorder
  /** A name that no other request of any run carries. */
  freshName(what?: string): string
  /** First place where two states of the same thing differ, undefined where none does. */
  difference(one: unknown, other: unknown): string | undefined
}
