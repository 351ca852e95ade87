/** The laws of the domain, which hold for every payment at every time. */
import { expect } from 'vitest'
import type { Payment, PaymentList } from '../../../generated/schema.d.ts'

const cashMethods = ['konbini', 'bank_transfer', 'pay_easy']
/** Amounts in a hundredth of their unit: whole numbers, which add up exactly. */
const cents = (amount: number) => Math.round(amount * 100)
const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + cents(amount), 0)
const idForm = /^[0-9a-z]{25}$/
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** Checks every law that one payment can show. */
export const keepsLaws = (payment: Payment) => {
  const { refunds, payment_details, status } = payment
  const broken: string[] = []
  const law = (name: string, holds: boolean) => holds || broken.push(name)
  const completed = total(refunds.filter((refund) => refund.status === 'completed').map(({ amount }) => amount))
  law('total is the sum', cents(payment.total) === total([payment.amount, payment.tax, payment.payment_method_fee]))
  law('amount_refunded is the sum of refunds', cents(payment.amount_refunded) === total(refunds.map(({ amount }) => amount)))
  law('no more is refunded than was paid', cents(payment.amount_refunded) <= cents(payment.total))
  law('captured_at tells of capture', (payment.captured_at !== null) === (status === 'captured' || status === 'refunded'))
  law(
    'refunded means all is back',
    (status === 'refunded') === (refunds.length > 0 && completed === cents(payment.total) && payment.captured_at !== null),
  )
  const isCash = cashMethods.includes(payment_details?.type ?? '')
  const throughBank = payment.refund_requests.some((request) => request.status === 'completed')
  for (const refund of refunds) {
    law('a refund is of its payment', refund.payment === payment.id && refund.currency === payment.currency)
    const isTransferred = refund.redirect_url === null && refund.status === 'completed' && throughBank
    law('what is collected in cash has a page', (refund.redirect_url !== null) === (isCash && !isTransferred))
  }
  law(
    'ids',
    [payment.id, ...refunds.map(({ id }) => id), ...payment.refund_requests.map(({ id }) => id)].every((id) => idForm.test(id)),
  )
  const times = [payment.created_at, payment.captured_at, payment.payment_deadline, ...refunds.map(({ created_at }) => created_at)]
  law('times', times.every((time) => time === null || timeForm.test(time))) // biome-ignore format: one law
  law(
    'no secret comes back',
    !/4111111111111111|1111111111111111|verification_value|_password|prepaid_number/.test(JSON.stringify(payment)),
  )
  expect(broken, JSON.stringify(payment)).toEqual([])
}

/** Checks the laws of a list and of all that it holds. */
export const listKeepsLaws = (list: PaymentList) => {
  expect(list.last_page).toBe(Math.ceil(list.total / list.per_page))
  expect(list.data.length).toBe(Math.max(0, Math.min(list.per_page, list.total - (list.page - 1) * list.per_page)))
  for (const payment of list.data) keepsLaws(payment)
}
