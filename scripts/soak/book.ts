/** What a merchant knows of its payments: each as it was last returned. What comes back later has to follow from it. */
import type { Payment } from '../../generated/schema.d.ts'
import { readApiModel } from '../../src/contract/api/api-model.ts'
import { brokenBetween, brokenInvariants, cashMethodsOf, firstDifference } from '../../src/contract/rules/payment-invariants.ts'
import type { Problems } from './problems.ts'

/** Payments that are remembered, the latest. A sandbox in memory forgets its oldest, too, and later. */
const maxKnown = 2000

export class Book {
  readonly #problems: Problems
  readonly #cashMethods = cashMethodsOf(readApiModel().methods)
  readonly #known = new Map<string, Payment>()
  /** Payments that a request is about: one at a time, so that what it makes of them can be foreseen. */
  readonly #busy = new Set<string>()
  /** Number of the payments that were created. */
  created = 0

  constructor(problems: Problems) {
    this.#problems = problems
  }

  get payments(): Payment[] {
    return [...this.#known.values()]
  }

  /** Lends a payment that no other request is about; undefined where there is none. */
  lend(): Payment | undefined {
    const ids = [...this.#known.keys()]
    const id = ids[Math.floor(Math.random() * ids.length)]
    if (id === undefined || this.#busy.has(id)) return
    this.#busy.add(id)
    return this.#known.get(id)
  }

  giveBack({ id }: Payment) {
    this.#busy.delete(id)
  }

  /** Checks what holds for every payment. */
  check(payment: Payment) {
    for (const { rule, message } of brokenInvariants(payment, this.#cashMethods)) this.#problems.add(rule, `${payment.id}: ${message}`)
  }

  /** Takes a payment that was created. */
  add(payment: Payment) {
    this.check(payment)
    this.created++
    this.#known.set(payment.id, payment)
    const [oldest] = this.#known.keys()
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest)
  }

  /** Takes what a change made of a payment. */
  change(earlier: Payment, later: Payment) {
    this.check(later)
    for (const { rule, message } of brokenBetween(earlier, later)) this.#problems.add(rule, `${later.id}: ${message}`)
    if (this.#known.has(later.id)) this.#known.set(later.id, later)
  }

  /** Takes a payment that was read: it is what it was, unless its deadline has passed. */
  compare(earlier: Payment, later: Payment) {
    const hasExpired = later.status === 'expired' && (earlier.status === 'authorized' || earlier.status === 'pending')
    const difference = firstDifference(earlier, later, (path) => !(hasExpired && path === 'status'))
    if (difference !== undefined) this.#problems.add('a change was lost, or made twice', `${later.id}: ${difference}`)
    this.change(earlier, later)
  }
}
