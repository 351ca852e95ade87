/** Events as programs see them: what was sent, to whom, and what became of it. */
import type { WebhookEvent } from '../../../generated/client.ts'
import type { Delivery, EventRecord } from './state/events.ts'
import type { Wait } from './webhooks/waits.ts'

export type EventView = {
  /** The event as the webhook carries it. */
  event: WebhookEvent
  /** Address of the webhook that it goes to; null in a sandbox without one. Each webhook has an entry of its own. */
  webhook: string | null
  /** `kept` in a sandbox without a webhook; `pending` until it is received, or has failed after its last try. */
  state: 'kept' | 'pending' | 'delivered' | 'failed'
  /** Tries so far, the first one first. */
  deliveries: Delivery[]
  /**
   * What a pending event waits for: its next try, deliveries to be resumed, a time of its merchant's clock or the next event of its
   * payment (both as its situation asks for), or an event before it. Null for one that goes out now, and for all others.
   */
  waits_for: Wait['for'] | null
  /** Until when it waits, ISO 8601, as far as that is known: by the merchant's clock for `clock`, by the machine's for all else. */
  waits_until: string | null
}

/** An event with what it waits for. @param firstWebhook address that records leave out */
export const eventViewOf = (
  { event, receiver, state, deliveries }: EventRecord,
  wait: Wait | undefined,
  firstWebhook: string | undefined,
): EventView => ({
  // Which type goes with which data, the document says, and each delivery is checked against it.
  event: event as WebhookEvent,
  webhook: (state === 'kept' ? undefined : (receiver ?? firstWebhook)) ?? null,
  state,
  deliveries,
  waits_for: wait?.for ?? null,
  waits_until: (wait && 'until' in wait ? wait.until : undefined) ?? null,
})
