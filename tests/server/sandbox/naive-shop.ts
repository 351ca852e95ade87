/** A shop that does what comes to mind first. It works with one payment, and fails in production. */
import { setTimeout } from 'node:timers/promises'
import type { Payment } from '../../../generated/schema.d.ts'

export type ReceivedEvent = { id: string; type: string; data: Payment }
type GetPayment = (id: string) => Promise<Payment>

const givingUp = new Set(['payment.failed', 'payment.expired', 'payment.cancelled'])

export class NaiveShop {
  readonly #states = new Map<string, string>()
  readonly #shipments: string[] = []
  readonly #refunded = new Map<string, number>()
  readonly #parcels = new Set<string>()
  readonly #price: (order: string) => number

  /** @param price what an order costs, with tax */
  constructor(price: (order: string) => number) {
    this.#price = price
  }

  /** Ships what was ordered as soon as the API says 200. */
  checkOut({ external_order_num: order }: Payment) {
    this.#shipments.push(String(order))
  }

  /** Believes each event. */
  receive({ type, data }: ReceivedEvent) {
    const order = String(data.external_order_num)
    const isGivenUp = this.#states.get(order) === 'given up'
    if (type === 'payment.captured' && !isGivenUp && data.total === this.#price(order)) this.#shipments.push(order)
    if (type === 'payment.refund.created') this.#refunded.set(order, (this.#refunded.get(order) ?? 0) + data.amount_refunded)
    this.#states.set(order, givingUp.has(type) ? 'given up' : data.status)
  }

  /** Asks the API, as it should, and looks whether it has shipped before it ships; meanwhile another event does the same. */
  async receiveCarefully({ data }: ReceivedEvent, getPayment: GetPayment) {
    const { id, external_order_num } = data
    const order = String(external_order_num)
    if ((await getPayment(id)).status !== 'captured' || this.#parcels.has(order)) return
    // A label is printed.
    await setTimeout(500)
    this.#parcels.add(order)
    this.#shipments.push(order)
  }

  /** What became of an order. */
  outcomeOf(order: string) {
    return {
      shipments: this.#shipments.filter((shipped) => shipped === order).length,
      state: this.#states.get(order),
      refunded: this.#refunded.get(order) ?? 0,
    }
  }
}
