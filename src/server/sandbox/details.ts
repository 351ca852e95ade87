/** `payment_details` of the response: what the method returns, and of the request only what is not secret. */

import type { PaymentDetails } from '../../../generated/schema.d.ts'
import type { SchemaObject } from '../../document.ts'
import { brandOf, isCardNumber } from './card.ts'
import { fill } from './random.ts'
import { Rejection } from './rejection.ts'
import type { MethodRules } from './rules.ts'

export type DetailsInput = Record<string, unknown>
export type DetailsContext = {
  id: string
  total: number
  /** What the prepaid card pays of the total. */
  points: number
  locale: string
  /** Address of the sandbox, for example `http://127.0.0.1:4020`. */
  origin: string
  /** Whether the customer has to pass 3-D Secure first. */
  isChallenged: boolean
}

/** Address of the page that tells the customer how to pay. */
const instructionsUrl = ({ origin, locale, id }: DetailsContext) => `${origin}/${locale}/instructions/${id}`
/** Address of the page where the customer approves or declines. */
const redirectUrl = ({ origin, id }: DetailsContext) => `${origin}/offsite/new?uuid=${id}`
/** Address of the page where the customer authenticates with 3-D Secure. */
const challengeUrl = ({ origin, id }: DetailsContext) => `${origin}/3d-secure/${id}`

const testValueOf = ({ testValues }: MethodRules, property: string, value: unknown) =>
  testValues[property]?.find((testValue) => testValue.value === value)

/** What a prepaid card pays: all of an amount, or what its test number says is on it. */
export const pointsOf = (method: MethodRules, input: DetailsInput, amount: number): number => {
  const balance = testValueOf(method, 'prepaid_number', input.prepaid_number)?.balance
  return balance === undefined ? amount : Math.min(balance, amount)
}

/** Prepaid card of a request, as a response shows it. */
export const prepaidCardOf = ({ prepaid_number }: DetailsInput, points: number) => ({
  last_four_digits: String(prepaid_number).slice(-4),
  points,
})

/** Properties whose value is worked out, by name. */
const computed: Record<string, (method: MethodRules, input: DetailsInput, context: DetailsContext) => unknown> = {
  instructions_url: (_method, _input, context) => instructionsUrl(context),
  redirect_url: (_method, _input, context) => redirectUrl(context),
  brand: (method, { number }) => testValueOf(method, 'number', number)?.brand ?? brandOf(String(number)),
  last_four_digits: (_method, { number }) => String(number).slice(-4),
  month: (_method, { month }) => Number(month),
  // Two digits are a year of this century.
  year: (_method, { year }) => (Number(year) < 100 ? 2000 + Number(year) : Number(year)),
  short_amount: (_method, _input, { total, points }) => total - points,
  prepaid_cards: (_method, input, { points }) => [prepaidCardOf(input, points)],
}

const responseOf = (name: string, schema: SchemaObject, method: MethodRules, input: DetailsInput, context: DetailsContext): unknown => {
  if (schema.const !== undefined) return schema.const
  const { generated = {}, nullWhere = {}, fromRequest = {} } = method
  if (Object.entries(nullWhere[name] ?? {}).some(([key, values]) => values.includes(input[key]))) return null
  if (generated[name] !== undefined) return fill(generated[name])
  return computed[name]?.(method, input, context) ?? input[fromRequest[name] ?? name] ?? null
}

/**
 * Details of a payment, as its payment method returns them.
 * @throws {Rejection} `invalid_number` for a card number that cannot exist
 */
export const detailsOf = (method: MethodRules, input: DetailsInput, context: DetailsContext): PaymentDetails => {
  if (method.flow === 'card' && !isCardNumber(String(input.number)))
    throw new Rejection('invalid_number', 'The card number is invalid.', 'payment_details[number]')
  const details = Object.fromEntries(method.properties.map(([name, schema]) => [name, responseOf(name, schema, method, input, context)]))
  return { ...details, ...(context.isChallenged && { redirect_url: challengeUrl(context) }) } as unknown as PaymentDetails
}
