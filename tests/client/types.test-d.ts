/** What compiles and what must not. Every `@ts-expect-error` stands above one wrong line, and fails where that line compiles. */
import type * as api from 'komoju-openapi'
import { isPaymentEvent, type Komoju, type KomojuError, type verifyWebhook } from 'komoju-openapi'
import { describe, expectTypeOf, test } from 'vitest'

declare const komoju: Komoju
declare const client: api.KomojuClient
declare const id: string

const yen = { amount: 1000, currency: 'JPY' } as const
const konbini = { type: 'konbini', store: 'lawson', email: 'a@example.com' } as const

// One line a case, so that the comment above it covers the whole of it.
// biome-ignore format: see above
describe('payment methods: the response follows the request, and what the method does not take does not compile', () => {
  test('credit_card', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, name: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.CreditCardDetails>()
    // @ts-expect-error number is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', month: 12, year: 2030, name: 'x' } })
    // @ts-expect-error month is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', year: 2030, name: 'x' } })
    // @ts-expect-error year is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, name: 'x' } })
    // @ts-expect-error name is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030 } })
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, given_name: 'x', family_name: 'x' } })
    // @ts-expect-error family_name is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, given_name: 'x' } })
    // @ts-expect-error three_d_secure has no such value
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, name: 'x', three_d_secure: 'nothing' } })
    // @ts-expect-error number has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: [], month: 12, year: 2030, name: 'x' } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, name: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, name: 'x', store: 'lawson' } })
  })

  test('konbini', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'konbini', store: 'seven-eleven', email: 'a@example.com' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.KonbiniDetails>()
    // @ts-expect-error store is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'konbini', email: 'a@example.com' } })
    // @ts-expect-error email is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'konbini', store: 'seven-eleven' } })
    // @ts-expect-error store has no such value
    komoju.payments.create({ ...yen, payment_details: { type: 'konbini', store: 'nothing', email: 'a@example.com' } })
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'konbini', store: 'seven-eleven', email: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'konbini', store: 'seven-eleven', email: 'a@example.com', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'konbini', store: 'seven-eleven', email: 'a@example.com', prepaid_number: 'lawson' } })
  })

  test('bank_transfer', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.BankTransferDetails>()
    // @ts-expect-error email is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error phone is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error family_name is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error given_name is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', family_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error family_name_kana is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', given_name_kana: 'x' } })
    // @ts-expect-error given_name_kana is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x' } })
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: [], phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'bank_transfer', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x', store: 'lawson' } })
  })

  test('pay_easy', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.PayEasyDetails>()
    // @ts-expect-error email is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error phone is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error family_name is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error given_name is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', family_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error family_name_kana is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', given_name_kana: 'x' } })
    // @ts-expect-error given_name_kana is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x' } })
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: [], phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x' } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'pay_easy', email: 'a@example.com', phone: '0312345678', family_name: 'x', given_name: 'x', family_name_kana: 'x', given_name_kana: 'x', store: 'lawson' } })
  })

  test('web_money', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'web_money', prepaid_number: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.WebMoneyDetails>()
    // @ts-expect-error prepaid_number is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'web_money' } })
    // @ts-expect-error prepaid_number has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'web_money', prepaid_number: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'web_money', prepaid_number: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'web_money', prepaid_number: 'x', store: 'lawson' } })
  })

  test('bit_cash', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'bit_cash', prepaid_number: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.BitCashDetails>()
    // @ts-expect-error prepaid_number is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'bit_cash' } })
    // @ts-expect-error prepaid_number has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'bit_cash', prepaid_number: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'bit_cash', prepaid_number: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'bit_cash', prepaid_number: 'x', store: 'lawson' } })
  })

  test('nanaco', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'nanaco', prepaid_number: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.NanacoDetails>()
    // @ts-expect-error prepaid_number is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'nanaco' } })
    // @ts-expect-error prepaid_number has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'nanaco', prepaid_number: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'nanaco', prepaid_number: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'nanaco', prepaid_number: 'x', store: 'lawson' } })
  })

  test('net_cash', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'net_cash', prepaid_number: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.NetCashDetails>()
    // @ts-expect-error prepaid_number is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'net_cash' } })
    // @ts-expect-error prepaid_number has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'net_cash', prepaid_number: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'net_cash', prepaid_number: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'net_cash', prepaid_number: 'x', store: 'lawson' } })
  })

  test('mobile', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'mobile', email: 'a@example.com' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.MobileDetails>()
    // @ts-expect-error email is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'mobile' } })
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'mobile', email: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'mobile', email: 'a@example.com', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'mobile', email: 'a@example.com', store: 'lawson' } })
  })

  test('culture_voucher', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'culture_voucher', culture_id: 'x', culture_password: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.CultureVoucherDetails>()
    // @ts-expect-error culture_id is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'culture_voucher', culture_password: 'x' } })
    // @ts-expect-error culture_password is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'culture_voucher', culture_id: 'x' } })
    // @ts-expect-error culture_id has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'culture_voucher', culture_id: [], culture_password: 'x' } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'culture_voucher', culture_id: 'x', culture_password: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'culture_voucher', culture_id: 'x', culture_password: 'x', store: 'lawson' } })
  })

  test('happy_money', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'happy_money', happy_money_id: 'x', happy_money_password: 'x' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.HappyMoneyDetails>()
    // @ts-expect-error happy_money_id is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'happy_money', happy_money_password: 'x' } })
    // @ts-expect-error happy_money_password is missing
    komoju.payments.create({ ...yen, payment_details: { type: 'happy_money', happy_money_id: 'x' } })
    // @ts-expect-error happy_money_id has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'happy_money', happy_money_id: [], happy_money_password: 'x' } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'happy_money', happy_money_id: 'x', happy_money_password: 'x', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'happy_money', happy_money_id: 'x', happy_money_password: 'x', store: 'lawson' } })
  })

  test('line_pay', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'line_pay' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.LinePayDetails>()
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'line_pay', email: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'line_pay', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'line_pay', store: 'lawson' } })
  })

  test('merpay', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'merpay' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.MerpayDetails>()
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'merpay', email: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'merpay', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'merpay', store: 'lawson' } })
  })

  test('japan_mobile', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'japan_mobile' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.JapanMobileDetails>()
    // @ts-expect-error brand has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'japan_mobile', brand: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'japan_mobile', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'japan_mobile', store: 'lawson' } })
  })

  test('paidy', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: { type: 'paidy' } }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.PaidyDetails>()
    // @ts-expect-error email has another type
    komoju.payments.create({ ...yen, payment_details: { type: 'paidy', email: [] } })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, payment_details: { type: 'paidy', nothing: 'x' } })
    // @ts-expect-error property of another method
    komoju.payments.create({ ...yen, payment_details: { type: 'paidy', store: 'lawson' } })
  })
})

describe('payments', () => {
  test('exactly one of payment_details and customer', () => {
    komoju.payments.create({ ...yen, payment_details: konbini })
    komoju.payments.create({ ...yen, payment_details: 'tok_123' })
    komoju.payments.create({ ...yen, customer: 'x' })
    // @ts-expect-error neither
    komoju.payments.create({ ...yen })
    // @ts-expect-error both
    komoju.payments.create({ ...yen, payment_details: konbini, customer: 'x' })
    // @ts-expect-error both
    komoju.payments.create({ ...yen, payment_details: 'tok_123', customer: 'x' })
  })

  test('the other properties', () => {
    // @ts-expect-error amount is missing
    komoju.payments.create({ currency: 'JPY', payment_details: konbini })
    // @ts-expect-error currency is missing
    komoju.payments.create({ amount: 1000, payment_details: konbini })
    // @ts-expect-error no such currency
    komoju.payments.create({ ...yen, currency: 'GBP', payment_details: konbini })
    // @ts-expect-error no such locale
    komoju.payments.create({ ...yen, locale: 'fr', payment_details: konbini })
    // @ts-expect-error no such property
    komoju.payments.create({ ...yen, amout: 1000, payment_details: konbini })
    // @ts-expect-error no such payment method
    komoju.payments.create({ ...yen, payment_details: { type: 'cheque' } })
    // @ts-expect-error no type
    komoju.payments.create({ ...yen, payment_details: { store: 'lawson', email: 'a@example.com' } })
  })

  test('the response of a token or a customer can be any method, or none yet', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: 'tok_123' })).resolves.toEqualTypeOf<api.Payment>()
    expectTypeOf(komoju.payments.create({ ...yen, customer: 'x' })).resolves.toEqualTypeOf<api.Payment>()
    expectTypeOf(komoju.payments.create({} as api.CreatePaymentRequest)).resolves.toEqualTypeOf<api.Payment>()
  })

  test('the response of one of two methods is one of two', () => {
    const details = {} as api.KonbiniRequest | api.PayEasyRequest
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: details }))
      .resolves.toHaveProperty('payment_details')
      .toEqualTypeOf<api.KonbiniDetails | api.PayEasyDetails>()
  })

  test('a response can be passed on as a Payment', () => {
    expectTypeOf(komoju.payments.create({ ...yen, payment_details: konbini })).resolves.toExtend<api.Payment>()
  })

  test('a list is a page, and every payment', async () => {
    const list = komoju.payments.list({ status: ['authorized', 'captured'] })
    expectTypeOf(list).resolves.toEqualTypeOf<api.PaymentList>()
    for await (const payment of list) expectTypeOf(payment).toEqualTypeOf<api.Payment>()
    // @ts-expect-error no such status
    komoju.payments.list({ status: ['canceled'] })
    // @ts-expect-error no such filter
    komoju.payments.list({ order: 'asc' })
  })

  test('bodies of the other operations', () => {
    komoju.payments.refund(id)
    komoju.payments.refund(id, { amount: 100 })
    komoju.payments.capture(id, { idempotencyKey: 'order-1' })
    // @ts-expect-error no such property
    komoju.payments.refund(id, { amout: 100 })
    // @ts-expect-error the bank account is missing
    komoju.payments.requestRefund(id, { amount: 100 })
    // @ts-expect-error no such option
    komoju.payments.get(id, { retries: 3 })
  })
})

test('accounts', () => {
  expectTypeOf(
    komoju.accounts.create({ name: 'a', default_currency: 'JPY', time_zone: 'Asia/Tokyo' }),
  ).resolves.toEqualTypeOf<api.Account>()
  // @ts-expect-error no such time zone
  komoju.accounts.update(id, { time_zone: 'Tokyo' })
})

describe('switches are exhaustive', () => {
  const never = (value: never) => value

  test('payment methods', () => {
    const url = (details: api.PaymentDetails | null) => {
      switch (details?.type) {
        case 'konbini':
        case 'bank_transfer':
        case 'pay_easy':
          return details.instructions_url
        case 'line_pay':
        case 'merpay':
        case 'paidy':
        case 'mobile':
        case 'japan_mobile':
          return details.redirect_url
        case 'credit_card':
        case 'web_money':
        case 'bit_cash':
        case 'nanaco':
        case 'net_cash':
        case 'culture_voucher':
        case 'happy_money':
          return
        case undefined:
          return
        default:
          return never(details)
      }
    }
    expectTypeOf(url).returns.toEqualTypeOf<string | undefined>()
  })

  test('a forgotten payment method does not compile', () => {
    const type = {} as api.PaymentDetails['type']
    // @ts-expect-error the other methods are left
    if (type !== 'konbini') never(type)
  })

  test('webhook events', () => {
    const paid = (event: api.WebhookEvent) => {
      switch (event.type) {
        case 'payment.authorized':
        case 'payment.captured':
        case 'payment.updated':
        case 'payment.expired':
        case 'payment.cancelled':
        case 'payment.refund.created':
        case 'payment.refunded':
        case 'payment.failed':
        case 'refund_request.updated':
          return event.data
        case 'ping':
          // @ts-expect-error a ping carries no payment
          return event.data?.payment_details.type
        default:
          return never(event)
      }
    }
    expectTypeOf(paid).parameter(0).toEqualTypeOf<Awaited<ReturnType<typeof verifyWebhook>>>()
  })

  test('a guard leaves those about a payment', () => {
    const event = {} as api.WebhookEvent
    // @ts-expect-error a ping has no id of a payment
    never<string>(event.data?.id)
    if (isPaymentEvent(event)) expectTypeOf(event.data).toEqualTypeOf<api.Payment>()
  })
})

describe('errors', () => {
  test('the code is a known one, or a new one', () => {
    const { code } = {} as KomojuError
    expectTypeOf<'card_declined'>().toExtend<typeof code>()
    const isNew = (other: string) => code === other
    isNew('brand_new')
    // Known codes are not swallowed by the new ones: the editor offers them.
    expectTypeOf<typeof code>().not.toEqualTypeOf<string>()
  })

  test('what an error carries', () => {
    expectTypeOf<KomojuError>().toExtend<{ status: number; message: string; param: string | null; headers: Headers }>()
  })
})

describe('the openapi-fetch client', () => {
  test('bodies and responses', async () => {
    const { data, error } = await client.POST('/payments', { body: { ...yen, payment_details: konbini } })
    if (data) expectTypeOf(data).toEqualTypeOf<api.Payment>()
    else expectTypeOf(error).toEqualTypeOf<api.ErrorBody>()
  })

  test('wrong paths and bodies', () => {
    // @ts-expect-error no such path
    client.GET('/payment')
    // @ts-expect-error no body
    client.POST('/payments', {})
    // @ts-expect-error neither payment_details nor customer
    client.POST('/payments', { body: yen })
    // @ts-expect-error no id
    client.GET('/payments/{id}')
    // @ts-expect-error no such option
    client.GET('/payments', { retries: 3 })
    // @ts-expect-error the timeout is a number
    client.GET('/payments', { timeout: '3' })
    // @ts-expect-error no such method
    client.PATCH('/payments', {})
  })
})
