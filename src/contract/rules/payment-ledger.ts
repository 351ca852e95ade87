/** What a run knows of each payment: what was last said of it, when, and by what. The invariants across time are held against it. */
import type { Payment } from '../../../generated/schema.d.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import type { Exchange } from '../run/exchange.ts'

/** What was last said of a payment, when, and by what; and the rejections since. */
export type LedgerEntry = { payment: Payment; exchange: Exchange; respondedAt: number; rejected: Exchange[] }

/** An order: the exchange that sent it, and the payment that came of it. */
export type Order = { exchange: Exchange; paymentId: string | undefined }

export const isPayment = (value: unknown): value is Payment =>
  isJsonObject(value) && value.resource === 'payment' && typeof value.id === 'string'

/** The payment that a response holds; one of another shape has its finding already. */
export const paymentIn = ({ body }: Exchange): Payment => body as Payment

/** Whether an exchange returned a list of payments. */
export const isList = ({ operationId, status }: Exchange) => operationId === 'listPayments' && status >= 200 && status < 300

export class PaymentLedger {
  readonly payments = new Map<string, LedgerEntry>()
  /** Orders by their number. */
  readonly orders = new Map<string, Order>()
  readonly #ownersOfIds = new Map<string, { order: string; exchange: Exchange }>()
  /** The request that created each payment, with its merchant's credentials. */
  readonly #creations = new Map<string, Exchange>()
  readonly #runId: string
  /** Idempotency keys that got a response, with the credentials that they were sent with. */
  readonly #usedKeys = new Set<string>()
  #moment = 0

  /** @param runId what the number of every order of the run begins with */
  constructor(runId: string) {
    this.#runId = runId
  }

  /** Counts requests and responses: which was before which, whatever a clock says. */
  nextMoment(): number {
    return ++this.#moment
  }

  /** Whether a response repeats an earlier one because of its idempotency key: then it tells of a state that may be over. */
  isReplay({ requestHeaders, status }: Exchange): boolean {
    const key = requestHeaders['X-KOMOJU-IDEMPOTENCY']
    if (key === undefined || status === 0 || status >= 400) return false
    const used = `${requestHeaders.authorization} ${key}`
    if (this.#usedKeys.has(used)) return true
    this.#usedKeys.add(used)
    return false
  }

  /** Number of the order that a body carries, in the property for it or in its metadata. */
  orderOf(body: JsonObject): string | undefined {
    const inMetadata = isJsonObject(body.metadata) ? body.metadata.kit_request : undefined
    return [inMetadata, body.external_order_num].find((name): name is string => typeof name === 'string' && name.startsWith(this.#runId))
  }

  /** What is known of a payment from before a moment. A response that was under way meanwhile may tell of before or after. */
  knownBefore(paymentId: string, moment: number): LedgerEntry | undefined {
    const known = this.payments.get(paymentId)
    return known && moment > known.respondedAt ? known : undefined
  }

  /** Takes what a response says of its payments. A list is compared with what was said before, and teaches nothing. */
  update(found: Payment[], exchange: Exchange, askedAt: number) {
    for (const payment of found) {
      const isLater = this.knownBefore(payment.id, askedAt) !== undefined
      if (exchange.method !== 'GET' || !this.payments.has(payment.id) || (isLater && !isList(exchange)))
        this.payments.set(payment.id, { payment, exchange, respondedAt: this.nextMoment(), rejected: [] })
    }
  }

  /** Takes the rejection of a request about a payment. */
  addRejection(paymentId: string, exchange: Exchange) {
    this.payments.get(paymentId)?.rejected.push(exchange)
  }

  /** Takes the response to an order. The first payment that came of it counts. */
  addOrder(order: string, exchange: Exchange) {
    if (this.orders.get(order)?.paymentId) return
    this.orders.set(order, { exchange, paymentId: isPayment(exchange.body) ? exchange.body.id : undefined })
  }

  /** The order that a payment's id was first returned for. */
  ownerOf(paymentId: string, order: string, exchange: Exchange) {
    const owner = this.#ownersOfIds.get(paymentId) ?? { order, exchange }
    this.#ownersOfIds.set(paymentId, owner)
    return owner
  }

  /** Takes the creation of a payment by either merchant. */
  addCreation(exchange: Exchange) {
    if (exchange.status !== 200 || !isPayment(exchange.body)) return
    if (!this.#creations.has(exchange.body.id)) this.#creations.set(exchange.body.id, exchange)
  }

  /** The creation of a payment that a response holds though another merchant made it, undefined where none is. */
  foreignIn(found: Payment[], { requestHeaders }: Exchange): Exchange | undefined {
    return found
      .map(({ id }) => this.#creations.get(id))
      .find((creation) => creation && creation.requestHeaders.authorization !== requestHeaders.authorization)
  }
}
