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
  locale: string
  /** Address of the sandbox, for example `http://127.0.0.1:4010`. */
  origin: string
}

/** Address of the page that tells the customer how to pay. */
const instructionsUrl = ({ origin, locale, id }: DetailsContext) => `${origin}/${locale}/instructions/${id}`
/** Address of the page where the customer approves or declines. */
const redirectUrl = ({ origin, id }: DetailsContext) => `${origin}/offsite/new?uuid=${id}`

const testValueOf = ({ testValues }: MethodRules, property: string, value: unknown) =>
  testValues[property]?.find((testValue) => testValue.value === value)

/** Properties whose value is worked out, by name. */
const computed: Record<string, (method: MethodRules, input: DetailsInput, context: DetailsContext) => unknown> = {
  instructions_url: (_method, _input, context) => instructionsUrl(context),
  redirect_url: (_method, _input, context) => redirectUrl(context),
  brand: (method, { number }) => testValueOf(method, 'number', number)?.brand ?? brandOf(String(number)),
  last_four_digits: (_method, { number }) => String(number).slice(-4),
  month: (_method, { month }) => Number(month),
  year: (_method, { year }) => Number(year),
  short_amount: () => 0,
  prepaid_cards: (_method, { prepaid_number }, { total }) => [{ last_four_digits: String(prepaid_number).slice(-4), points: total }],
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
 * @throws {Rejection} `invalid_number` for a card number that cannot exist, `insufficient_funds` for a test number with less on it than the total
 */
export const detailsOf = (method: MethodRules, input: DetailsInput, context: DetailsContext): PaymentDetails => {
  if (method.flow === 'card' && !isCardNumber(String(input.number)))
    throw new Rejection('invalid_number', 'The card number is invalid.', 'payment_details[number]')
  for (const property of Object.keys(method.testValues)) {
    const balance = testValueOf(method, property, input[property])?.balance
    if (balance !== undefined && context.total > balance)
      throw new Rejection('insufficient_funds', `The prepaid card has ${balance} on it, less than the total.`, null)
  }
  return Object.fromEntries(
    method.properties.map(([name, schema]) => [name, responseOf(name, schema, method, input, context)]),
  ) as unknown as PaymentDetails
}
