/** Events, and what became of their deliveries. */
import type { Payment } from '../../../../generated/schema.d.ts'
import type { PaymentEventType } from '../payment.ts'

/** An event as a webhook carries it. */
export type SandboxEvent = {
  id: string
  type: PaymentEventType | 'ping'
  resource: 'event'
  data: Payment | null
  created_at: string
}

/** One try to deliver an event. */
export type Delivery = {
  at: string
  /** Status of the receiver's response; null for a delivery without one. */
  status: number | null
  /** Why no response came. */
  error: string | null
  milliseconds: number
}

export type EventRecord = {
  event: SandboxEvent
  /** Whose event it is; undefined for the server's own, and in databases of earlier versions. */
  merchant?: string | undefined
  /** `kept` in a sandbox without a webhook. */
  state: 'kept' | 'pending' | 'delivered' | 'failed'
  deliveries: Delivery[]
  /** Number of the deliveries before it was sent again by hand. */
  triesBefore?: number
}

/** Name of the queue in which an event waits: its payment's id, or `ping`. */
export const queueOf = ({ data }: SandboxEvent): string => data?.id ?? 'ping'
