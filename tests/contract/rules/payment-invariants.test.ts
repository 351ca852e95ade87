/** The laws of a payment: every payment of the document keeps them, and each is broken by what it forbids, and by nothing else. */
import { describe, expect, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { readApiModel } from '../../../src/contract/api/api-model.ts'
import {
  type BrokenInvariant,
  brokenBetween,
  brokenInvariants,
  cashMethodsOf,
  defaultTaxes,
  firstDifference,
  isUtcTime,
} from '../../../src/contract/rules/payment-invariants.ts'
import type { RuleId } from '../../../src/contract/rules/rules.ts'

const { operations, methods } = readApiModel()
const cashMethods = cashMethodsOf(methods)
const rulesOf = (broken: BrokenInvariant[]) => [...new Set(broken.map(({ rule }) => rule))]

const examples = [...operations.values()].flatMap(({ operationId, responses }) =>
  Object.entries(responses['200']?.body?.examples ?? {}).flatMap(([key, { value }]) => {
    const { data, resource } = value as { data?: Payment[]; resource?: string }
    const payments = data ?? (resource === 'payment' ? [value as Payment] : [])
    return payments.map((payment, index): [string, Payment] => [`${operationId} ${key} ${index}`, payment])
  }),
)

test('the document shows payments in many states', () => {
  expect(examples.length).toBeGreaterThan(35)
  expect(new Set(examples.map(([, { status }]) => status)).size).toBeGreaterThan(3)
})

test.each(examples)('%s keeps every law', (_name, payment) => {
  expect(brokenInvariants(payment, cashMethods)).toEqual([])
  expect(brokenBetween(payment, structuredClone(payment))).toEqual([])
})

const exampleOf = (operationId: string, key: string) =>
  structuredClone(operations.get(operationId)!.responses['200']!.body!.examples[key]!.value) as Payment
const refund = (payment: Payment, changes: Partial<Payment['refunds'][number]> = {}): Payment['refunds'][number] => ({
  id: 'a'.repeat(25),
  resource: 'refund',
  amount: 100,
  currency: payment.currency,
  payment: payment.id,
  description: null,
  created_at: payment.created_at,
  status: 'completed',
  redirect_url: null,
  chargeback: false,
  ...changes,
})

/** A card payment of 1,000 yen and 100 of tax, captured, with 100 refunded. */
const captured = (): Payment => {
  const payment = exampleOf('createPayment', 'credit_card')
  Object.assign(payment, { amount: 1000, tax: 100, payment_method_fee: 0, total: 1100, currency: 'JPY' })
  Object.assign(payment, { status: 'captured', captured_at: payment.created_at, amount_refunded: 100 })
  payment.refunds = [refund(payment)]
  payment.refund_requests = []
  return payment
}

describe('one payment', () => {
  test('with a refund keeps every law', () => {
    expect(brokenInvariants(captured(), cashMethods)).toEqual([])
  })

  const broken: [rule: RuleId, what: string, change: (payment: Payment) => void, alsoBroken?: RuleId[]][] = [
    ['invariant.total', 'the tax is left out', (payment) => Object.assign(payment, { total: 1000 })],
    ['invariant.total', 'the fee is left out', (payment) => Object.assign(payment, { payment_method_fee: 150 })],
    ['invariant.refunded', 'the refunds add up to something else', (payment) => Object.assign(payment, { amount_refunded: 99 })],
    [
      'invariant.refunded',
      'more is refunded than was paid',
      (payment) => {
        payment.refunds = [refund(payment, { amount: 1200, status: 'pending' })]
        payment.amount_refunded = 1200
      },
    ],
    ['invariant.captured-at', 'a captured payment has no time of capture', (payment) => Object.assign(payment, { captured_at: null })],
    ['invariant.captured-at', 'a cancelled payment has one', (payment) => Object.assign(payment, { status: 'cancelled' })],
    [
      'invariant.status-refunded',
      'a part is refunded, and the status says all',
      (payment) => Object.assign(payment, { status: 'refunded' }),
    ],
    [
      'invariant.status-refunded',
      'all is refunded, and the status does not say so',
      (payment) => {
        payment.refunds = [refund(payment, { amount: 1100 })]
        payment.amount_refunded = 1100
      },
    ],
    [
      'invariant.refund-belongs',
      'a refund is of another payment',
      (payment) => Object.assign(payment.refunds[0]!, { payment: 'b'.repeat(25) }),
    ],
    [
      'invariant.refund-belongs',
      'a refund request is of another payment',
      (payment) => Object.assign(payment, { refund_requests: [{ id: 'c'.repeat(25), payment: 'b'.repeat(25) }] }),
    ],
    ['invariant.refund-belongs', 'a refund is in another currency', (payment) => Object.assign(payment.refunds[0]!, { currency: 'USD' })],
    [
      'invariant.refund-redirect',
      'the refund of a card has a page for the customer',
      (payment) => Object.assign(payment.refunds[0]!, { redirect_url: 'https://example.com' }),
    ],
    [
      'invariant.refund-redirect',
      'the refund of cash has none',
      (payment) => Object.assign(payment, { payment_details: { ...payment.payment_details, type: 'konbini' } }),
    ],
    ['invariant.times', 'a time has another offset', (payment) => Object.assign(payment, { created_at: '2024-01-02T03:04:05+09:00' })],
    [
      'invariant.times',
      'a refund is older than its payment',
      (payment) => Object.assign(payment.refunds[0]!, { created_at: '1970-01-01T00:00:00Z' }),
    ],
    [
      'invariant.times',
      'the capture is later than the refund of it',
      (payment) => Object.assign(payment, { captured_at: '2100-01-01T00:00:00Z' }),
    ],
    ['invariant.times', 'the time of a refund is none', (payment) => Object.assign(payment.refunds[0]!, { created_at: 'yesterday' })],
    [
      'invariant.unique-ids',
      'two refunds share an id',
      (payment) => {
        payment.refunds = [refund(payment, { amount: 50 }), refund(payment, { amount: 50 })]
      },
    ],
  ]
  test.each(broken)('%s: %s', (rule, _what, change) => {
    const payment = captured()
    change(payment)
    expect(rulesOf(brokenInvariants(payment, cashMethods))).toEqual([rule])
  })

  test('an amount in floating point is no finding', () => {
    const payment = { ...captured(), amount: 0.1, tax: 0.2, total: 0.3, refunds: [], amount_refunded: 0 }
    expect(brokenInvariants(payment, cashMethods)).toEqual([])
  })
})

describe('a payment before and after', () => {
  const broken: [rule: RuleId, what: string, change: (payment: Payment) => void][] = [
    ...(['amount', 'tax', 'payment_method_fee', 'total'] as const).map((name): [RuleId, string, (payment: Payment) => void] => [
      'invariant.immutable',
      name,
      (payment) => Object.assign(payment, { [name]: 5 }),
    ]),
    ['invariant.immutable', 'currency', (payment) => Object.assign(payment, { currency: 'KRW' })],
    ['invariant.immutable', 'order', (payment) => Object.assign(payment, { external_order_num: 'another' })],
    ['invariant.immutable', 'creation', (payment) => Object.assign(payment, { created_at: '2001-01-01T00:00:00Z' })],
    ['invariant.immutable', 'method', (payment) => Object.assign(payment, { payment_details: { type: 'paidy' } })],
    ['invariant.transition', 'captured, then authorized', (payment) => Object.assign(payment, { status: 'authorized' })],
    ['invariant.transition', 'captured, then cancelled', (payment) => Object.assign(payment, { status: 'cancelled' })],
    ['invariant.refunds-stay', 'a refund is gone', (payment) => Object.assign(payment, { refunds: [] })],
    ['invariant.refunds-stay', 'a refund is smaller', (payment) => Object.assign(payment.refunds[0]!, { amount: 99 })],
    ['invariant.refunds-stay', 'a completed refund is pending', (payment) => Object.assign(payment.refunds[0]!, { status: 'pending' })],
  ]
  test.each(broken)('%s: %s', (rule, _what, change) => {
    const later = captured()
    change(later)
    expect(rulesOf(brokenBetween(captured(), later))).toEqual([rule])
  })

  test('invariant.refunds-stay: a refund request is gone', () => {
    const earlier = captured()
    Object.assign(earlier, { refund_requests: [{ id: 'c'.repeat(25), payment: earlier.id }] })
    expect(rulesOf(brokenBetween(earlier, captured()))).toEqual(['invariant.refunds-stay'])
  })

  const allowed: [string, string][] = [
    ['pending', 'captured'],
    ['authorized', 'captured'],
    ['authorized', 'cancelled'],
    ['authorized', 'expired'],
    ['captured', 'refunded'],
  ]
  test.each(allowed)('from %s to %s it may move, and not back', (from, to) => {
    const [earlier, later] = [captured(), captured()]
    Object.assign(earlier, { status: from })
    Object.assign(later, { status: to })
    expect(brokenBetween(earlier, later)).toEqual([])
    expect(rulesOf(brokenBetween(later, earlier))).toEqual(['invariant.transition'])
  })
})

test.each([
  [104, 'JPY', [10]],
  [105, 'JPY', [11]],
  [10.05, 'USD', [1, 1.01]],
  [10.04, 'USD', [1]],
  [100, 'TWD', [10]],
])('the default tax of %d %s is one of %j', (amount, currency, expected) => {
  expect([...new Set(defaultTaxes(amount, currency))].sort()).toEqual(expected)
})

test.each([
  ['2024-01-02T03:04:05Z', true],
  ['2024-01-02T03:04:05.678Z', true],
  ['2024-01-02T03:04:05+00:00', true],
  ['2024-01-02T03:04:05+09:00', false],
  ['2024-01-02T03:04:05', false],
  ['2024-13-02T03:04:05Z', false],
  [1704164645, false],
])('%s is a time in UTC: %s', (text, expected) => {
  expect(isUtcTime(text)).toBe(expected)
})

test('two states of a thing differ in what counts, at the first place', () => {
  const difference = (one: unknown, other: unknown) => firstDifference(one, other, (path) => path !== 'unknown')
  expect(difference({ a: { b: [1, 2] } }, { a: { b: [1, 3] } })).toBe('a[b][1] was 2, now it is 3')
  expect(difference({ a: null }, {})).toBeUndefined()
  expect(difference({ at: '2024-01-02T03:04:05Z' }, { at: '2024-01-02T03:04:05.000Z' })).toBeUndefined()
  expect(difference({ url: 'https://example.com/?signature=1' }, { url: 'https://example.com/?signature=2' })).toBeUndefined()
  expect(difference({ url: 'https://example.com' }, { url: null })).toBe('url was "https://example.com", now it is null')
  expect(difference({ unknown: 1 }, { unknown: 2 })).toBeUndefined()
})

test('what a completed refund request transferred needs no page', () => {
  const payment = exampleOf('refundPayment', 'konbini')
  payment.refunds = [refund(payment, { amount: 50, status: 'completed', redirect_url: null })]
  payment.amount_refunded = 50
  expect(rulesOf(brokenInvariants(payment, cashMethods))).toContain('invariant.refund-redirect')
  const [request] = exampleOf('requestRefund', 'bank_account').refund_requests
  payment.refund_requests = [{ ...request!, payment: payment.id, status: 'completed' }]
  expect(rulesOf(brokenInvariants(payment, cashMethods))).not.toContain('invariant.refund-redirect')
})
