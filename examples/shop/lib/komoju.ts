/** The shop's client. Its address is KOMOJU's, or with KOMOJU_URL the sandbox's. */
import { Komoju } from 'komoju-openapi'

export const komoju = () => new Komoju({ secretKey: process.env.KOMOJU_SECRET_KEY, baseUrl: process.env.KOMOJU_URL })

/** Ids of the payments that paid for an order, and of those that are over without. If two have paid, one has to be refunded. */
export type Order = { paidBy: Set<string>; over: Set<string> }

const orders = new Map<string, Order>()

/** An order by its number. A real shop has a database. */
export const orderOf = (number: string): Order => {
  const order = orders.get(number) ?? { paidBy: new Set(), over: new Set() }
  orders.set(number, order)
  return order
}
