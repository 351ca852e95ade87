/** Card numbers: whether one can exist, and whose it is. */

const brands: [brand: string, prefix: RegExp][] = [
  ['visa', /^4/],
  ['master', /^(5[1-5]|2[2-7])/],
  ['american_express', /^3[47]/],
  ['diners_club', /^3[0689]/],
  ['jcb', /^35/],
]

/** Whether a card can have this number: its length and its check digit (Luhn) are right. */
export const isCardNumber = (number: string): boolean => {
  if (!/^\d{12,19}$/.test(number)) return false
  const total = [...number].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
  return total % 10 === 0
}

/** Brand of a card by the start of its number. */
export const brandOf = (number: string): string => brands.find(([, prefix]) => prefix.test(number))?.[0] ?? 'other'
