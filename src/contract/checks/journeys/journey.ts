/** What merchants do with a payment from its creation to its last refund, or must not be able to do. */
import type { Capability } from '../../run/capabilities.ts'
import type { CheckContext } from '../../run/check-context.ts'

export type Journey = {
  name: string
  /** What journeys share that differ in the payment method alone. The name where not given. */
  kind?: string
  operationId: string
  paymentMethod?: string
  needs?: Capability[]
  run: (context: CheckContext) => Promise<void>
}
