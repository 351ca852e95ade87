/** Situations that break shops in production, asked for by a payment's `metadata[sandbox]`. */
import { isJsonObject } from '../../json-object.ts'
import type { Breakage } from '../broken-response.ts'

/** Situations of the response that creates a payment, by how it breaks. The payment is made all the same. */
const breakages: Record<string, Breakage> = {
  lost_response: 'lost',
  hanging_response: 'hanging',
  empty_response: 'empty',
  html_response: 'html',
}

/** Situations of a payment's events. */
export type EventSituation = 'duplicate_events' | 'events_out_of_order' | 'late_events' | 'failed_then_captured'

const eventSituations: readonly EventSituation[] = ['duplicate_events', 'events_out_of_order', 'late_events', 'failed_then_captured']

/** How far the clock has to go on before late events come, in milliseconds. */
export const lateEventsMs = 3 * 60 * 60 * 1000

const nameOf = (metadata: unknown) => (isJsonObject(metadata) ? metadata.sandbox : undefined)

/** How the response to a body breaks; undefined for one that does not. */
export const breakageOf = (body: unknown): Breakage | undefined =>
  isJsonObject(body) ? breakages[String(nameOf(body.metadata))] : undefined

/** Situation of the events of a payment; undefined for one without. */
export const eventSituationOf = (payment: { metadata?: unknown } | null): EventSituation | undefined =>
  eventSituations.find((name) => name === nameOf(payment?.metadata))
