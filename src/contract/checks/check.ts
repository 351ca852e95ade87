/** What a check is. */
import type { Encoding } from '../generate/encodings.ts'
import type { Capability } from '../run/capabilities.ts'
import type { CheckContext } from '../run/check-context.ts'

export type Check = {
  name: string
  /** What checks share that differ in the encoding, the payment method or the example alone. The name where not given. */
  kind?: string
  group: Group
  operationId: string
  encoding?: Encoding
  paymentMethod?: string
  /** What the target must be capable of. */
  needs: Capability[]
  run: (context: CheckContext) => Promise<void>
}

export const groups = [
  'examples',
  'rejections',
  'http',
  'credentials',
  'ids',
  'journeys',
  'idempotency',
  'accounts',
  'generated',
  'lists',
] as const
export type Group = (typeof groups)[number]
