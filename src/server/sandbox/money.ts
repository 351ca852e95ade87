/** Amounts: numbers in units of their currency, exact at the currency's number of decimals. */
import { Rejection } from './rejection.ts'

/** A number exact at `decimals` places; mends what binary fractions add. */
const exact = (value: number, decimals: number) => Math.round(value * 10 ** decimals) / 10 ** decimals

/** Sum of amounts of one currency. */
export const sum = (decimals: number, ...amounts: number[]): number =>
  exact(
    amounts.reduce((total, amount) => total + amount, 0),
    decimals,
  )

/**
 * Amount that a request names, as a number or as text.
 * @throws {Rejection} `invalid_parameter` where the amount is more precise than its currency: another amount must not be charged in its place
 */
export const amountOf = (input: number | string, decimals: number, param: string): number => {
  const amount = Number(input)
  if (exact(amount, decimals) !== amount)
    throw new Rejection(
      'invalid_parameter',
      'Parameter {param} has more than {decimals} decimals, which its currency does not have.',
      param,
      { param, decimals },
    )
  return amount
}

/** Rounds a decimal number half up, by its digits: 0.285 with two decimals is 0.29, though its binary value lies below. */
export const roundHalfUp = (input: number | string, decimals: number): number => {
  const text = String(input)
  // Only numbers below a millionth are written with an exponent here, and no currency is that precise.
  if (text.includes('e')) return 0
  const [whole = '0', fraction = ''] = text.split('.')
  const kept = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  return (kept + (Number(fraction[decimals] ?? 0) >= 5 ? 1 : 0)) / 10 ** decimals
}

/**
 * Tax of a payment.
 * @param input what the request says: an amount, `auto`, null, or nothing
 * @param percent rate that `auto`, null and nothing stand for
 */
export const taxOf = (input: number | string | null | undefined, amount: number, decimals: number, percent: number): number => {
  if (input !== undefined && input !== null && input !== 'auto') return roundHalfUp(input, decimals)
  const minorUnits = Math.round(amount * 10 ** decimals)
  return Math.floor((minorUnits * percent + 50) / 100) / 10 ** decimals
}
