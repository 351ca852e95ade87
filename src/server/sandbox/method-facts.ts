/** How the sandbox plays each payment method, as `spec/payment-methods/<type>/sandbox.yaml` says. */
import { readFileSync } from 'node:fs'
import type { DeadlineRule } from './time.ts'

/**
 * How money moves: a card is charged at once or in two steps, a prepaid method at once, cash when the customer has paid it,
 * a redirect method when the customer has approved it.
 */
export type Flow = 'card' | 'prepaid' | 'cash' | 'redirect'

export type MethodFacts = {
  flow: Flow
  /** Undefined for a method without a deadline. */
  deadline?: DeadlineRule
  /** Templates of values that the sandbox makes up, by property of `payment_details`; `#` is a digit. */
  generated?: Record<string, string>
  /** Properties that are null while a property of the request has one of some values. */
  nullWhere?: Record<string, Record<string, unknown[]>>
  /** Properties that repeat another property of the request. */
  fromRequest?: Record<string, string>
}

/** Reads generated/sandbox.json. @returns facts by payment method */
export const readMethodFacts = (): Record<string, MethodFacts> =>
  (
    JSON.parse(readFileSync(new URL('../../../generated/sandbox.json', import.meta.url), 'utf8')) as {
      methods: Record<string, MethodFacts>
    }
  ).methods
