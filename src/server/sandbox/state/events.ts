/** Events, and what became of their deliveries. */
import { createHash } from 'node:crypto'
import type { Payment } from '../../../../generated/schema.d.ts'
import type { PaymentEventType } from '../payment.ts'
import type { Situation } from '../situations.ts'

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
  /** What the receiver's response begins with. Missing in databases of earlier versions. */
  response?: string
}

export type EventRecord = {
  event: SandboxEvent
  /** Whose event it is; undefined for the server's own, and in databases of earlier versions. */
  merchant?: string | undefined
  /** Situation of its payment. */
  situation?: Situation | undefined
  /** `kept` in a sandbox without a webhook. */
  state: 'kept' | 'pending' | 'delivered' | 'failed'
  /** Address of the webhook that it goes to, where it is not the first one's. */
  receiver?: string | undefined
  deliveries: Delivery[]
  /** When it is sent again, by the machine's clock; missing for one that is not waiting for that. */
  next_try_at?: string | undefined
  /** Number of the deliveries before it was sent again by hand. */
  triesBefore?: number
  /** How often it was sent again by hand. */
  timesSentAgain?: number
}

/** Whose an event is, and in which situation. */
export type EventOwner = Pick<EventRecord, 'merchant' | 'situation'>

type Addressed = Pick<EventRecord, 'event' | 'receiver'>

/**
 * Id of an event's record, or name of a payment's queue, for a webhook. Each further webhook has events and queues of its own, so that it
 * neither waits for another one nor holds it up.
 * @param receiver address of the webhook; undefined for the first, whose names are those from before there were several
 */
export const forReceiver = (name: string, receiver: string | undefined): string =>
  receiver === undefined ? name : `${name}-${createHash('sha256').update(receiver).digest('hex').slice(0, 12)}`

/** Id of the record of an event: the event's, and its webhook where that is not the first. */
export const recordIdOf = ({ event, receiver }: Addressed): string => forReceiver(event.id, receiver)

/** Name of the queue in which an event waits: of its payment, or of pings. */
export const queueOf = ({ event, receiver }: Addressed): string => forReceiver(event.data?.id ?? 'ping', receiver)

/** State of an event as it is looked for: those that wait for one webhook are apart from those that wait for another. */
export const indexedStateOf = ({ state, receiver }: Pick<EventRecord, 'state' | 'receiver'>): string =>
  state === 'pending' ? forReceiver(state, receiver) : state

/** Whether a queue is one of a webhook. */
export const isQueueOf = (name: string, receiver: string | undefined): boolean =>
  name === forReceiver(name.split('-', 1).join(''), receiver)
