/**
 * The invariants of a payment as pure functions. A property that is absent counts as null;
 * amounts compare to a millionth, so that a sum in floating point is not a finding.
 */
import type { Payment } from '../../../generated/schema.d.ts'
import type { MethodModel } from '../api/api-description.ts'
import { type RuleId, rules } from './rules.ts'

type InvariantId = Extract<RuleId, `invariant.${string}`>

/** Invariants of a payment against what it was before. */
export const invariantsBetween = [
  'invariant.immutable',
  'invariant.transition',
  'invariant.refunds-stay',
  'invariant.side-effects',
] as const satisfies InvariantId[]
type InvariantBetween = (typeof invariantsBetween)[number]
type InvariantAlone = Exclude<InvariantId, InvariantBetween>

/** Invariants of a payment alone: all others. */
export const invariantsAlone = Object.keys(rules).filter(
  (rule): rule is InvariantAlone => rule.startsWith('invariant.') && !invariantsBetween.some((between) => between === rule),
)

export type BrokenInvariant<Rule extends InvariantId = InvariantId> = { rule: Rule; property: string; message: string }

export const sameAmount = (one: number, other: number) => Math.abs(one - other) < 1e-6

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** Whether a text is an ISO 8601 time in UTC: with `Z` or an offset of zero, with or without fractions. */
export const isUtcTime = (text: unknown) =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]00:?00)$/.test(text) && !Number.isNaN(Date.parse(text))

/** Decimal places of a currency's smallest unit. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/**
 * Default taxes that a currency allows: 10 % rounded half up to its smallest unit, or to whole units
 * for currencies whose fractions nobody uses.
 */
export const defaultTaxes = (amount: number, currency: string): number[] =>
  [...new Set([decimalsOf(currency), 0])].map((decimals) => {
    // In ten-thousandths, so that half is exact.
    const tenThousandths = Math.round(amount * 1000)
    const unit = 10_000 / 10 ** decimals
    return (Math.floor((tenThousandths + unit / 2) / unit) * unit) / 10_000
  })

type Check = (rule: InvariantAlone, property: string, holds: boolean, message: string) => void

/** What clocks of several processes may differ by, with times that are rounded to seconds. */
export const clockToleranceMs = 2000

/** Times are in UTC, and none is before what has to precede it. */
const checkTimes = (payment: Payment, check: Check) => {
  const { created_at: createdAt, captured_at: capturedAt, payment_deadline: deadline } = payment
  const refunds = payment.refunds ?? []
  const times: [string, unknown][] = [
    ['created_at', createdAt],
    ['captured_at', capturedAt],
    ['payment_deadline', deadline],
    ...refunds.map((refund): [string, unknown] => ['refunds', refund.created_at]),
  ]
  for (const [property, time] of times)
    check('invariant.times', property, time == null || isUtcTime(time), `${property} holds the time ${String(time)}`)
  check(
    'invariant.times',
    'payment_deadline',
    !(Date.parse(String(deadline)) < Date.parse(createdAt)),
    `payment_deadline ${deadline} is before created_at ${createdAt}`,
  )
  for (const refund of refunds)
    for (const [property, time] of times.slice(0, 2))
      check(
        'invariant.times',
        'refunds',
        !(Date.parse(refund.created_at) < Date.parse(String(time)) - clockToleranceMs),
        `a refund was made at ${refund.created_at}, before ${property} ${time}`,
      )
}

/** Invariants that hold for a payment alone. */
export const brokenInvariants = (payment: Payment, cashMethods: string[]): BrokenInvariant<InvariantAlone>[] => {
  const broken: BrokenInvariant<InvariantAlone>[] = []
  const check: Check = (rule, property, holds, message) => {
    if (!holds) broken.push({ rule, property, message })
  }
  const { status, amount, tax, payment_method_fee: fee = 0, total, amount_refunded: refunded, captured_at: capturedAt } = payment
  const refunds = payment.refunds ?? []
  check(
    'invariant.total',
    'total',
    sameAmount(total, amount + tax + fee),
    `total is ${total}, amount ${amount} + tax ${tax} + payment_method_fee ${fee} is ${amount + tax + fee}`,
  )
  const refundSum = sum(refunds.map((refund) => refund.amount))
  check(
    'invariant.refunded',
    'amount_refunded',
    sameAmount(refunded, refundSum),
    `amount_refunded is ${refunded}, the refunds add up to ${refundSum}`,
  )
  check('invariant.refunded', 'amount_refunded', refunded < total + 1e-6, `amount_refunded ${refunded} is above total ${total}`)
  const isCaptured = status === 'captured' || status === 'refunded'
  check(
    'invariant.captured-at',
    'captured_at',
    isCaptured === (capturedAt != null),
    `status is ${status}, captured_at is ${capturedAt ?? 'null'}`,
  )
  const completed = sum(refunds.filter((refund) => refund.status === 'completed').map((refund) => refund.amount))
  const throughBank = (payment.refund_requests ?? []).some((request) => request.status === 'completed')
  // A refund that does not say its status may be either.
  const isTold = refunds.every((refund) => refund.status !== undefined)
  if (total > 0 && !throughBank && isTold)
    check(
      'invariant.status-refunded',
      'status',
      (status === 'refunded') === sameAmount(completed, total),
      `status is ${status}, completed refunds are ${completed} of ${total}`,
    )
  for (const refund of refunds) {
    check('invariant.refund-belongs', 'refunds', refund.payment === payment.id, `a refund names the payment ${refund.payment}`)
    check('invariant.refund-belongs', 'refunds', refund.currency === payment.currency, `a refund is in ${refund.currency}`)
    const type = payment.payment_details?.type
    if (type !== undefined && refund.redirect_url !== undefined)
      check(
        'invariant.refund-redirect',
        'refunds',
        // What a completed refund request transferred, nobody has to collect.
        cashMethods.includes(type) === (refund.redirect_url !== null) || (refund.redirect_url === null && throughBank),
        `the refund of a ${type} payment has the redirect_url ${refund.redirect_url}`,
      )
  }
  for (const request of payment.refund_requests ?? [])
    check(
      'invariant.refund-belongs',
      'refund_requests',
      request.payment === payment.id,
      `a refund request names the payment ${request.payment}`,
    )
  checkTimes(payment, check)
  const ids = [...refunds, ...(payment.refund_requests ?? [])].map(({ id }) => id)
  check('invariant.unique-ids', 'refunds', new Set(ids).size === ids.length, 'two refunds share an id')
  return broken
}

const transitions: Record<string, string[]> = {
  pending: ['authorized', 'captured', 'expired', 'cancelled', 'failed'],
  authorized: ['captured', 'expired', 'cancelled', 'failed'],
  captured: ['refunded'],
}

const lasting = ['amount', 'tax', 'payment_method_fee', 'total', 'currency', 'external_order_num', 'locale'] as const

/** Invariants that hold between an earlier and a later state of the same payment. */
export const brokenBetween = (earlier: Payment, later: Payment): BrokenInvariant<InvariantBetween>[] => {
  const broken: BrokenInvariant<InvariantBetween>[] = []
  for (const property of lasting)
    if ((earlier[property] ?? null) !== (later[property] ?? null))
      broken.push({ rule: 'invariant.immutable', property, message: `${property} was ${earlier[property]}, now it is ${later[property]}` })
  if (Date.parse(earlier.created_at) !== Date.parse(later.created_at))
    broken.push({
      rule: 'invariant.immutable',
      property: 'created_at',
      message: `created_at was ${earlier.created_at}, now it is ${later.created_at}`,
    })
  const [was, is] = [earlier.payment_details?.type, later.payment_details?.type]
  if (was !== undefined && is !== was)
    broken.push({ rule: 'invariant.immutable', property: 'payment_details', message: `the payment method was ${was}, now it is ${is}` })
  if (earlier.status !== later.status && !transitions[earlier.status]?.includes(later.status))
    broken.push({ rule: 'invariant.transition', property: 'status', message: `status went from ${earlier.status} to ${later.status}` })
  for (const refund of earlier.refunds ?? []) {
    const now = later.refunds?.find(({ id }) => id === refund.id)
    if (!now) broken.push({ rule: 'invariant.refunds-stay', property: 'refunds', message: `the refund ${refund.id} is gone` })
    else if (!sameAmount(now.amount, refund.amount) || (refund.status === 'completed' && now.status !== 'completed'))
      broken.push({
        rule: 'invariant.refunds-stay',
        property: 'refunds',
        message: `the refund ${refund.id} was ${refund.amount} and ${refund.status}, now it is ${now.amount} and ${now.status}`,
      })
  }
  for (const request of earlier.refund_requests ?? [])
    if (!later.refund_requests?.some(({ id }) => id === request.id))
      broken.push({ rule: 'invariant.refunds-stay', property: 'refund_requests', message: `the refund request ${request.id} is gone` })
  return broken
}

/** Properties that each change may change. An update changes what it names, which its own check looks at. */
const changed: Record<string, readonly string[]> = {
  capturePayment: ['status', 'captured_at', 'payment_deadline'],
  cancelPayment: ['status', 'payment_deadline'],
  refundPayment: ['status', 'amount_refunded', 'refunds'],
  requestRefund: ['status', 'amount_refunded', 'refunds', 'refund_requests'],
  updatePayment: ['description', 'metadata'],
}

/** Whether an update can have paid what a prepaid card lacked, which changes what payments are made of. */
const isFurtherCard = ({ status, payment_details: details }: Payment) =>
  status === 'pending' && details != null && 'short_amount' in details

/**
 * What a change changed beyond what it is for.
 * @param difference first place where two states differ, by the properties that the document knows
 */
export const sideEffectsOf = (
  operationId: string,
  earlier: Payment,
  later: Payment,
  difference: (one: unknown, other: unknown) => string | undefined,
): BrokenInvariant<InvariantBetween>[] => {
  const allowed = changed[operationId]
  if (!allowed || (operationId === 'updatePayment' && isFurtherCard(earlier))) return []
  const rest = (payment: Payment) => Object.fromEntries(Object.entries(payment).filter(([name]) => !allowed.includes(name)))
  const found = difference(rest(earlier), rest(later))
  if (found === undefined) return []
  const [property = 'id'] = found.split(/[[ ]/)
  return [{ rule: 'invariant.side-effects', property, message: found }]
}

/** Addresses may differ between responses, because it can carry a signature; everything else may not. */
const isAddress = (value: unknown) => typeof value === 'string' && /^https?:\/\//.test(value)

const sameTime = (one: unknown, other: unknown) =>
  isUtcTime(one) && isUtcTime(other) && Date.parse(String(one)) === Date.parse(String(other))

/**
 * First place where two states of the same thing differ, undefined where none does.
 * Null is the same as absent, a time is the same in any precision, an address may carry another signature.
 * @param isCompared whether a property counts; what the document does not know may come and go
 */
export const firstDifference = (one: unknown, other: unknown, isCompared: (path: string) => boolean, path = ''): string | undefined => {
  if (one == null && other == null) return
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)])
    for (const key of keys) {
      const inner = path === '' ? key : `${path}[${key}]`
      if (!isCompared(inner)) continue
      const found = firstDifference(one[key as keyof typeof one], other[key as keyof typeof other], isCompared, inner)
      if (found) return found
    }
    return
  }
  if (one === other || (isAddress(one) && isAddress(other)) || sameTime(one, other)) return
  return `${path} was ${JSON.stringify(one)}, now it is ${JSON.stringify(other)}`
}

/** Methods paid in cash: a refund of theirs needs the customer. */
export const cashMethodsOf = (methods: MethodModel[]) => methods.filter(({ kind }) => kind === 'cash').map(({ type }) => type)
