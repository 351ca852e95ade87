/**
 * A model of the sandbox, far simpler than the sandbox, and the steps that both take: fast-check makes up the order.
 * After each step the sandbox has to return what the model foresees, and to keep the laws.
 */

import fc from 'fast-check'
import { expect } from 'vitest'
import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import { operationsOf, readDocument } from '../../../src/document.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import type { createClient, SendOptions } from './client.ts'
import { keepsLaws, listKeepsLaws } from './laws.ts'

type Part = { id: string; cents: number; isOpen: boolean }
type ModelPayment = {
  id: string
  type: string
  currency: string
  status: string
  total: number
  deadline: number | null
  refunds: Part[]
  requests: Part[]
  description: string | null
  metadata: JsonObject
  /** What the card's holder brings about by passing 3-D Secure; null for a payment without. */
  passed: 'captured' | 'authorized' | null
}
/** The clock is everybody's: also what a failed run has put forward stays so. */
export type Model = { payments: ModelPayment[]; clock: { ahead: number } }
export type Real = { api: ReturnType<typeof createClient>; count: () => void }
type Expectation = { status: number; code?: string }

const decimals: Record<string, number> = { JPY: 0, KRW: 0, USD: 2, EUR: 2, TWD: 2 }
const cash = ['konbini', 'bank_transfer', 'pay_easy']
const redirect = ['mobile', 'line_pay', 'merpay', 'japan_mobile', 'paidy']
const examples = operationsOf(readDocument()).find(({ operationId }) => operationId === 'createPayment')!.request!.examples
const methods = Object.keys(readDocument().components.schemas.PaymentDetailsRequest.discriminator.mapping)
const detailsOf = (type: string) => (examples[type]!.value as { payment_details: JsonObject }).payment_details

const cents = (amount: number) => Math.round(amount * 100)
const totalOf = (parts: Part[]) => parts.reduce((sum, part) => sum + part.cents, 0)
/** Cents that nobody has refunded or asked for. */
const restOf = ({ total, refunds, requests }: ModelPayment) => total - totalOf(refunds) - totalOf(requests.filter(({ isOpen }) => isOpen))
const hasRefundLeft = (payment: ModelPayment) =>
  payment.status === 'captured' && (restOf(payment) > 0 || (payment.total === 0 && payment.refunds.length === 0))

/** Whether nobody has paid a payment yet. */
const isOpen = ({ status }: ModelPayment) => status === 'authorized' || status === 'pending'

const passTime = ({ payments, clock }: Model) => {
  for (const payment of payments)
    if (isOpen(payment) && payment.deadline !== null && payment.deadline < Date.now() + clock.ahead) payment.status = 'expired'
}

const agree = (shown: Payment, payment: ModelPayment) => {
  keepsLaws(shown)
  expect({
    status: shown.status,
    total: cents(shown.total),
    refunds: shown.refunds.map((refund) => ({ id: refund.id, cents: cents(refund.amount), isOpen: refund.status === 'pending' })),
    requests: shown.refund_requests.map(({ id, status }) => ({ id, isOpen: status === 'pending' })),
    description: shown.description,
    metadata: shown.metadata,
    type: shown.payment_details?.type,
  }).toEqual({
    status: payment.status,
    total: payment.total,
    refunds: payment.refunds,
    requests: payment.requests.map(({ id, isOpen }) => ({ id, isOpen })),
    description: payment.description,
    metadata: payment.metadata,
    type: payment.type,
  })
}

const settle = (payment: ModelPayment) => {
  if (payment.refunds.length > 0 && totalOf(payment.refunds.filter(({ isOpen }) => !isOpen)) === payment.total) payment.status = 'refunded'
}

type Command = fc.AsyncCommand<Model, Real>
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run: async (model, real) => {
    passTime(model)
    await run(model, real)
  },
  toString: () => name,
})

/** A step on one of the payments; nothing happens while there is none. */
const onPayment = (name: string, pick: number, run: (payment: ModelPayment, model: Model, real: Real) => Promise<void>) =>
  command(`${name} of payment ${pick}`, async (model, real) => {
    const payment = model.payments[pick % Math.max(1, model.payments.length)]
    if (payment) await run(payment, model, real)
  })

const send = async (
  real: Real,
  method: string,
  path: string,
  body: JsonObject | undefined,
  options: SendOptions,
  expected: Expectation,
) => {
  real.count()
  const response = await real.api.send(method, path, body, options)
  const code = (response.body as { error?: { code: string } }).error?.code
  expect({ status: response.status, ...(code && { code }) }, response.text).toEqual(expected)
  return response.body as Payment
}

const ok = { status: 200 }
const rejectedWith = (code: string) => ({ status: 422, code })

type Input = {
  type: string
  amount: number
  tax: number | null
  currency: string
  capture: boolean
  secure: boolean
  encoding: 'json' | 'form'
}
const create = ({ type, amount, tax, currency, capture, secure, encoding }: Input) =>
  command(`create ${type} ${amount} ${currency}`, async (model, real) => {
    const units = 10 ** decimals[currency]!
    const isSecure = secure && type === 'credit_card'
    const body: JsonObject = {
      amount: amount / units,
      currency,
      capture,
      payment_details: { ...detailsOf(type), ...(isSecure && { three_d_secure: true }) },
      ...(tax !== null && { tax: tax / units }),
    }
    const foreseenTax = tax ?? Math.floor((amount + 5) / 10)
    const total = ((amount + foreseenTax) * 100) / units
    const shown = await send(real, 'POST', '/payments', body, { encoding }, ok)
    const waits = cash.includes(type) || redirect.includes(type) || (type === 'credit_card' && !capture)
    const payment: ModelPayment = {
      id: shown.id,
      type,
      currency,
      // The test card holds 2,000 yen.
      status: isSecure || (type === 'web_money' && total > 2000_00) ? 'pending' : waits ? 'authorized' : 'captured',
      total,
      deadline: shown.payment_deadline === null ? null : Date.parse(shown.payment_deadline),
      refunds: [],
      requests: [],
      description: null,
      metadata: {},
      passed: isSecure ? (capture ? 'captured' : 'authorized') : null,
    }
    expect(shown.payment_deadline === null).toBe(!['credit_card', ...cash, 'nanaco', 'net_cash'].includes(type))
    agree(shown, payment)
    model.payments.push(payment)
  })

const capture = (pick: number) =>
  onPayment('capture', pick, async (payment, _model, real) => {
    const can = payment.type === 'credit_card' && payment.status === 'authorized'
    const shown = await send(real, 'POST', `/payments/${payment.id}/capture`, {}, {}, can ? ok : rejectedWith('not_capturable'))
    if (!can) return
    payment.status = 'captured'
    agree(shown, payment)
  })

const cancel = (pick: number) =>
  onPayment('cancel', pick, async (payment, _model, real) => {
    const can = isOpen(payment)
    const shown = await send(real, 'POST', `/payments/${payment.id}/cancel`, undefined, {}, can ? ok : rejectedWith('not_cancellable'))
    if (!can) return
    payment.status = 'cancelled'
    agree(shown, payment)
  })

/** What the customer or time does on the sandbox's pages. */
const act = async (real: Real, action: string, payment: ModelPayment, fields: JsonObject, can: boolean) => {
  real.count()
  const response = await fetch(`${real.api.origin}/sandbox/${action}/${payment.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })
  expect(response.status, action).toBe(can ? 200 : 422)
  return (await response.json()) as Payment
}

const pay = (pick: number) =>
  onPayment('pay', pick, async (payment, _model, real) => {
    const isChallenged = payment.passed !== null && payment.status === 'pending'
    const can = isChallenged || (payment.status === 'authorized' && payment.type !== 'credit_card')
    const shown = await act(real, 'pay', payment, {}, can)
    if (!can) return
    payment.status = isChallenged ? (payment.passed ?? '') : 'captured'
    agree(shown, payment)
  })

const decline = (pick: number) =>
  onPayment('decline', pick, async (payment, _model, real) => {
    const isChallenged = payment.passed !== null && payment.status === 'pending'
    const can = isChallenged || (payment.status === 'authorized' && redirect.includes(payment.type))
    const shown = await act(real, 'decline', payment, {}, can)
    if (!can) return
    payment.status = 'failed'
    agree(shown, payment)
  })

const expire = (pick: number) =>
  onPayment('expire', pick, async (payment, _model, real) => {
    const can = isOpen(payment)
    const shown = await act(real, 'expire', payment, {}, can)
    if (!can) return
    payment.status = 'expired'
    agree(shown, payment)
  })

/** Amount of which `share` percent of the rest is asked for, exact in the payment's currency. */
const amountFor = (payment: ModelPayment, share: number) => {
  const unit = 100 / 10 ** decimals[payment.currency]!
  return (Math.floor((restOf(payment) * share) / 100 / unit) * unit) / 100
}

const refund = (pick: number, share: number | null, encoding: 'json' | 'form') =>
  onPayment(`refund ${share ?? 'all'} %`, pick, async (payment, _model, real) => {
    const rest = restOf(payment)
    const amount = share === null ? rest / 100 : amountFor(payment, share)
    const expected = !hasRefundLeft(payment)
      ? rejectedWith('not_refundable')
      : cents(amount) > rest
        ? rejectedWith('invalid_parameter')
        : ok
    const shown = await send(real, 'POST', `/payments/${payment.id}/refund`, share === null ? {} : { amount }, { encoding }, expected)
    if (expected !== ok) return
    const { id } = shown.refunds.at(-1)!
    payment.refunds.push({ id, cents: cents(amount), isOpen: cash.includes(payment.type) })
    settle(payment)
    agree(shown, payment)
  })

const collect = (pick: number) =>
  onPayment('collect a refund', pick, async (payment, _model, real) => {
    const open = payment.refunds.find(({ isOpen }) => isOpen)
    if (!open) return
    const shown = await act(real, 'collect-refund', payment, { refund: open.id }, true)
    open.isOpen = false
    settle(payment)
    agree(shown, payment)
  })

const bankAccount = { customer_name: 'a', bank_name: 'b', branch_number: '1', account_type: 'normal', account_number: '1' }
const request = (pick: number, share: number, encoding: 'json' | 'form') =>
  onPayment(`request a refund of ${share} %`, pick, async (payment, _model, real) => {
    const amount = amountFor(payment, share)
    const can = cash.includes(payment.type) && hasRefundLeft(payment)
    const expected = !can ? rejectedWith('not_refundable') : cents(amount) > restOf(payment) ? rejectedWith('invalid_parameter') : ok
    const body = { ...bankAccount, amount, include_payment_method_fee: true }
    const shown = await send(real, 'POST', `/payments/${payment.id}/refund_request`, body, { encoding }, expected)
    if (expected !== ok) return
    payment.requests.push({ id: shown.refund_requests.at(-1)!.id, cents: cents(amount), isOpen: true })
    agree(shown, payment)
  })

const decide = (pick: number, isCompleted: boolean) =>
  onPayment(`${isCompleted ? 'complete' : 'reject'} a refund request`, pick, async (payment, _model, real) => {
    const open = payment.requests.find(({ isOpen }) => isOpen)
    if (!open) return
    const shown = await act(real, isCompleted ? 'complete-request' : 'reject-request', payment, { request: open.id }, true)
    open.isOpen = false
    if (isCompleted) payment.refunds.push({ id: shown.refunds.at(-1)!.id, cents: open.cents, isOpen: false })
    settle(payment)
    agree(shown, payment)
  })

const patch = (pick: number, description: string, encoding: 'json' | 'form') =>
  onPayment('patch', pick, async (payment, _model, real) => {
    payment.description = description
    payment.metadata = { note: description }
    const body = { description, metadata: payment.metadata }
    agree(await send(real, 'PATCH', `/payments/${payment.id}`, body, { encoding }, ok), payment)
  })

const get = (pick: number) =>
  onPayment('get', pick, async (payment, _model, real) =>
    agree(await send(real, 'GET', `/payments/${payment.id}`, undefined, {}, ok), payment),
  )

type Filters = { status: string[]; currency: string | null; page: number; perPage: number }
const list = ({ status, currency, page, perPage }: Filters) =>
  command(`list ${status} ${currency} page ${page} by ${perPage}`, async (model, real) => {
    const query = new URLSearchParams({ page: String(page), per_page: String(perPage) })
    if (status.length > 0) query.set('status', status.join(','))
    if (currency) query.set('currency', currency)
    const shown = (await send(real, 'GET', `/payments?${query}`, undefined, {}, ok)) as unknown as PaymentList
    listKeepsLaws(shown)
    const foreseen = model.payments
      .filter((payment) => (status.length === 0 || status.includes(payment.status)) && (!currency || payment.currency === currency))
      .reverse()
    expect(shown.total).toBe(foreseen.length)
    expect(shown.data.map(({ id }) => id)).toEqual(foreseen.slice((page - 1) * perPage, page * perPage).map(({ id }) => id))
  })

const wait = (hours: number) =>
  command(`wait ${hours} h`, async (model, real) => {
    const body = new URLSearchParams({ hours: String(hours) })
    const before = Date.now()
    const { now } = (await (await fetch(`${real.api.origin}/sandbox/clock`, { method: 'POST', body })).json()) as { now: string }
    model.clock.ahead += hours * 3600_000
    // Times have whole seconds.
    expect(Date.parse(now)).toBeGreaterThan(before + model.clock.ahead - 1000)
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now() + model.clock.ahead)
  })

const pick = fc.nat({ max: 40 })
const encoding = fc.constantFrom('json', 'form')
const share = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, 100, 101, 250))
const steps: fc.Arbitrary<Command>[] = [
  ...[1, 2, 3].map(() =>
    fc
      .record({
        type: fc.constantFrom(...methods),
        amount: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 3_000_000 })),
        tax: fc.option(fc.integer({ min: 0, max: 1000 })),
        currency: fc.constantFrom(...Object.keys(decimals)),
        capture: fc.boolean(),
        secure: fc.boolean(),
        encoding,
      })
      .map(create),
  ),
  pick.map(capture),
  pick.map(cancel),
  pick.map(pay),
  pick.map(pay),
  pick.map(decline),
  pick.map(expire),
  ...[1, 2].map(() => fc.tuple(pick, fc.option(share), encoding).map((input) => refund(...input))),
  pick.map(collect),
  pick.map(collect),
  fc.tuple(pick, share, encoding).map((input) => request(...input)),
  fc.tuple(pick, fc.boolean()).map((input) => decide(...input)),
  fc.tuple(pick, fc.string({ minLength: 1, maxLength: 20 }), encoding).map((input) => patch(...input)),
  pick.map(get),
  fc
    .record({
      status: fc.subarray(['pending', 'authorized', 'captured', 'expired', 'cancelled', 'refunded', 'failed'], { maxLength: 3 }),
      currency: fc.option(fc.constantFrom('JPY', 'USD')),
      page: fc.integer({ min: 1, max: 3 }),
      perPage: fc.integer({ min: 1, max: 8 }),
    })
    .map(list),
]

/** Steps of one merchant, in any order. @param hasClock whether time passes too, for everybody */
export const stepsOf = (hasClock: boolean, maxCommands: number) =>
  fc.commands([...steps, ...(hasClock ? [fc.integer({ min: 1, max: 60 }).map(wait)] : [])], { maxCommands, size: 'max' })

/** Runs that make a failure smaller, at most. They are counted and not timed: a slow machine is no failure. */
const mostShrinks = 150

/**
 * The model against the sandbox, with clients that take their steps at the same time.
 * @throws what the first failing client found, made smaller, with the seed
 */
export const expectModel = async (
  clients: fc.Arbitrary<Iterable<Command>[]>,
  setup: () => { model: Model; real: Real },
  { seed, numRuns }: { seed: number; numRuns: number },
) => {
  let left = Number.POSITIVE_INFINITY
  await fc.assert(
    fc.asyncProperty(clients, async (all) => {
      if (left-- <= 0) return
      const ends = await Promise.allSettled(all.map((commands) => fc.asyncModelRun(setup, commands)))
      const failed = ends.find((end) => end.status === 'rejected')
      if (!failed) return
      left = Math.min(left, mostShrinks)
      throw failed.reason
    }),
    { seed, numRuns, includeErrorInReport: true },
  )
}
