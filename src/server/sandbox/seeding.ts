/** Payments of any status and age, made at once: for tests that need a state and not the way to it. */
import type { CreatePaymentRequest, Payment, PaymentStatus } from '../../../generated/schema.d.ts'
import type { Operation } from '../../document.ts'
import { isJsonObject, type JsonObject, jsonObjectOf } from '../../json-object.ts'
import type { Validator } from '../../validator.ts'
import { createRequestCheck } from '../request-check.ts'
import type { Clock } from './clock.ts'
import {
  cancelPayment,
  capturePayment,
  completeRefund,
  createPayment,
  declinePayment,
  expirePayment,
  type PaymentRecord,
  payPayment,
  refundPayment,
} from './payment.ts'
import { Rejection } from './rejection.ts'
import type { Rules } from './rules.ts'
import { situationIn } from './situations.ts'
import type { State } from './state/index.ts'
import type { Work } from './state/store.ts'
import { hourMs } from './time.ts'

/** A payment to begin with. */
export type Seed = {
  /** Payment method. `konbini` if not given. */
  method?: NonNullable<Payment['payment_details']>['type'] | undefined
  /** Status that it has. `authorized` if not given; a method that never has it is an error. */
  status?: PaymentStatus | undefined
  /** Its age in hours, 0 or more. */
  hours_ago?: number | undefined
  /** Properties of `createPayment`, over those of the document's example of the method. */
  body?: Partial<CreatePaymentRequest> | undefined
}

export type Seeding = ReturnType<typeof createSeeding>
export type SeedingParts = { createPayment: Operation; validator: Validator; rules: Rules; state: State; clock: Clock }
type Context = { origin: string; now: number }

/** Payments that one request seeds. */
const maxSeeds = 1000

const rejected = (message: string, param: string) => new Rejection('invalid_parameter', message, param)

const isCapturable = ({ flow, payment }: PaymentRecord) => flow === 'card' && payment.status === 'authorized'

const paid = (record: PaymentRecord, now: number) =>
  record.payment.status === 'captured' ? record : (isCapturable(record) ? capturePayment(record, now) : payPayment(record, now)).record

const refunded = (record: PaymentRecord, context: Context) => {
  const after = refundPayment(paid(record, context.now), {}, context).record
  const [refund] = after.payment.refunds
  return refund?.status === 'pending' ? completeRefund(after, refund.id).record : after
}

/** Ways from a new payment to each status. @throws {Rejection} for a status that its method never has */
const ways: Record<PaymentStatus, (record: PaymentRecord, context: Context) => PaymentRecord> = {
  authorized: (record) => record,
  pending: (record) => record,
  captured: (record, { now }) => paid(record, now),
  refunded,
  cancelled: (record) => cancelPayment(record).record,
  expired: (record) => expirePayment(record).record,
  failed: (record) => declinePayment(record).record,
}

const isStatus = (status: unknown): status is PaymentStatus => typeof status === 'string' && Object.hasOwn(ways, status)

/** A number from 0 up. */
const hoursOf = (value: unknown, param: string): number => {
  const hours = Number(value ?? 0)
  if (!(hours >= 0 && hours <= 1_000_000)) throw rejected(`Parameter ${param} must be a number of hours, 0 or more.`, param)
  return hours
}

/** Makes what seeds the payments of a merchant. It returns them, and makes no events. */
export const createSeeding = ({ createPayment: operation, validator, rules, state, clock }: SeedingParts) => {
  const check = createRequestCheck(operation, validator)

  /** Body that creates a payment: a seed's own, over the document's example of its method. */
  const bodyOf = ({ method = 'konbini', body, status }: JsonObject, param: string): CreatePaymentRequest => {
    const example = operation.request?.examples[String(method)]?.value
    if (!isJsonObject(example)) throw rejected(`Parameter ${param}[method] must be a payment method.`, `${param}[method]`)
    const isOpen = status === 'authorized' || status === 'cancelled' || status === 'expired'
    const capture = method === 'credit_card' && isOpen ? { capture: false } : {}
    return check.body({ ...example, ...capture, ...jsonObjectOf(body) }, false) as CreatePaymentRequest
  }

  const recordOf = (seed: unknown, index: number, merchant: string, origin: string): PaymentRecord => {
    const param = `payments[${index}]`
    const { status = 'authorized', hours_ago: hoursAgo, ...rest } = jsonObjectOf(seed)
    if (!isStatus(status)) throw rejected(`Parameter ${param}[status] must be a status of a payment.`, `${param}[status]`)
    const now = clock.now(merchant) - hoursOf(hoursAgo, `${param}[hours_ago]`) * hourMs
    const body = bodyOf({ ...rest, status }, param)
    const made = createPayment(rules, body, { merchant, origin, now, situation: situationIn(body) }).record
    const record = ways[status](made, { origin, now })
    if (record.payment.status !== status)
      throw rejected(`${param} cannot be ${status}: a new payment of its method is ${record.payment.status}.`, `${param}[status]`)
    return record
  }

  /** Payments that seeds stand for, not kept yet. @throws {Rejection} `invalid_parameter` for seeds that make none */
  const recordsOf = (merchant: string, seeds: unknown, origin: string): PaymentRecord[] => {
    if (!Array.isArray(seeds) || seeds.length > maxSeeds)
      throw rejected(`Parameter payments must be a list of at most ${maxSeeds}.`, 'payments')
    return seeds.map((seed, index) => recordOf(seed, index, merchant, origin))
  }

  return {
    recordsOf,
    /** @param work the transaction that they are made in; one of their own if not given */
    seed: async (merchant: string, seeds: unknown, origin: string, work?: Work) => {
      const records = recordsOf(merchant, seeds, origin)
      await (work ? state.seed(records, work) : state.transact((own) => state.seed(records, own)))
      return records.map(({ payment }) => payment)
    },
  }
}
