/** Situations that break shops in production. A payment asks for one when it is created, by a header or by its metadata. */
import { isJsonObject } from '../../json-object.ts'
import type { ApiRequest } from '../front.ts'
import type { Flow } from './method-facts.ts'
import { Rejection } from './rejection.ts'

/** Header that asks for a situation. */
export const situationHeader = 'Sandbox-Situation'

const allFlows: readonly Flow[] = ['card', 'prepaid', 'cash', 'redirect']

/** What a situation is about: the response that creates the payment, its events, what customer and bank do, or the payment itself. */
type Situations = Record<string, { about: 'response' | 'events' | 'people' | 'payment'; flows: readonly Flow[] }>

/** Every situation, with the flows of the payment methods that it can happen to. */
export const situations = {
  lost_response: { about: 'response', flows: allFlows },
  hanging_response: { about: 'response', flows: allFlows },
  slow_response: { about: 'response', flows: allFlows },
  empty_response: { about: 'response', flows: allFlows },
  html_response: { about: 'response', flows: allFlows },
  duplicate_events: { about: 'events', flows: allFlows },
  simultaneous_events: { about: 'events', flows: allFlows },
  events_out_of_order: { about: 'events', flows: allFlows },
  late_events: { about: 'events', flows: allFlows },
  failed_then_captured: { about: 'people', flows: ['cash', 'redirect'] },
  declined_creation: { about: 'people', flows: ['card'] },
  paid_after_deadline: { about: 'people', flows: ['cash'] },
  paid_after_cancel: { about: 'people', flows: ['cash'] },
  paid_twice: { about: 'people', flows: ['cash'] },
  stale_cancel: { about: 'people', flows: allFlows },
  chargeback_on_refund: { about: 'people', flows: ['card'] },
  konbini_fee: { about: 'payment', flows: ['cash'] },
} as const satisfies Situations

export type Situation = keyof typeof situations

export const situationNames = Object.keys(situations) as Situation[]

/** How far the clock has to go on before late events come, in milliseconds. */
export const lateEventsMs = 3 * 60 * 60 * 1000

/** How far the clock has to go on before the event of the earlier attempt's cancel is sent: after the one that paid the order. */
export const staleCancelMs = 1000

/** How long a slow response takes: longer than most clients wait. */
export const slowResponseMs = 15 * 1000

/** What customers pay on top at a store: `payment_method_fee` of the situation with a fee. */
export const storeFee = 185

const isSituation = (name: unknown): name is Situation => typeof name === 'string' && Object.hasOwn(situations, name)

/** Whether a situation can happen to payments of a flow. */
export const isPlayedWith = (name: Situation, flow: Flow): boolean => {
  const flows: readonly Flow[] = situations[name].flows
  return flows.includes(flow)
}

/**
 * Situation that a request to create a payment asks for; undefined for one that asks for none.
 * @throws {Rejection} `invalid_parameter` for a header that names none; in metadata, any other value is the user's own
 */
export const situationOf = ({ headers, body }: Pick<ApiRequest, 'headers' | 'body'>): Situation | undefined => {
  const asked = headers[situationHeader.toLowerCase()]
  if (asked === undefined) return situationIn(body)
  if (isSituation(asked)) return asked
  throw new Rejection('invalid_parameter', 'Parameter {header} must be one of {names}.', situationHeader, {
    header: situationHeader,
    names: situationNames.join(', '),
  })
}

/** Situation that the metadata of a body asks for. */
export const situationIn = (body: unknown): Situation | undefined => {
  const name = isJsonObject(body) && isJsonObject(body.metadata) ? body.metadata.sandbox : undefined
  return isSituation(name) ? name : undefined
}

/** @throws {Rejection} `invalid_parameter` for a situation that cannot happen to a payment of that method */
export const assertPlayable = (situation: Situation | undefined, flow: Flow, method: string) => {
  if (situation !== undefined && !isPlayedWith(situation, flow))
    throw new Rejection(
      'invalid_parameter',
      'The situation {situation} cannot happen to a payment with {method}.',
      'payment_details[type]',
      {
        situation,
        method,
      },
    )
}
