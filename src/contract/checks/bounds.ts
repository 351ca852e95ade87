/** Values at the documented bounds are accepted, and long or odd text comes back as it was sent. */
import type { Account } from '../../../generated/schema.d.ts'
import { type JsonObject, jsonObjectOf } from '../../json-object.ts'
import { create, newAccount, orderBy } from '../api/fixtures.ts'
import { type Encoding, encodings } from '../generate/encodings.ts'
import { paymentIn } from '../rules/payment-ledger.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { Check } from './check.ts'
import { verifyAccountEcho, verifyEcho } from './verifications.ts'

/** Digits that stand in no other text: a response that repeats them repeats a secret. */
const digits = (length: number) => '7309284165'.repeat(5).slice(0, length)

/** Changes of a payment by a method that the document allows just so. */
const detailsAtBounds: [type: string, details: JsonObject][] = [
  ['konbini', { expiry_days: 0 }],
  ['konbini', { expiry_days: 59 }],
  ['bank_transfer', { expiry_days: 59 }],
  ['credit_card', { month: '12' }],
  ['credit_card', { month: '1' }],
  ['credit_card', { month: '01' }],
  ...[16, 17, 18, 19, 20].map((length): [string, JsonObject] => ['net_cash', { prepaid_number: digits(length) }]),
  ['culture_voucher', { culture_id: digits(12) }],
  ['happy_money', { happy_money_password: digits(50) }],
]

const ordersAtBounds = (context: CheckContext): JsonObject[] => {
  const order = context.freshName()
  return [
    { external_order_num: `${order}-`.padEnd(255, 'x') },
    { metadata: { kit_request: context.freshName(), ['k'.repeat(30)]: 'v' } },
    { metadata: { kit_request: context.freshName(), long: 'v'.repeat(2000) } },
  ]
}

const checkBounds = async (context: CheckContext) => {
  for (const [type, changes] of detailsAtBounds) {
    const order = orderBy(context, type)
    const body = { ...order, payment_details: { ...jsonObjectOf(order.payment_details), ...changes } }
    const { body: payment, exchange } = await context.expectAccepted('createPayment', { body })
    verifyEcho(context, body, payment, exchange)
  }
  for (const changes of ordersAtBounds(context)) {
    const body = orderBy(context, 'konbini', changes)
    const { body: payment, exchange } = await context.expectAccepted('createPayment', { body })
    verifyEcho(context, body, payment, exchange)
  }
}

/** Every currency, and every time zone: one half of them in each encoding. A quick run takes some, with the first and those with a sign. */
const accountsAtBounds = ({ api, check, settings }: CheckContext): JsonObject[] => {
  const zones: string[] = api.document.components.schemas.TimeZone.enum
  const currencies: string[] = api.document.components.schemas.AccountCurrency.enum
  const half = encodings.indexOf(check.encoding ?? 'json')
  const isTaken = (zone: string, index: number) =>
    settings.quick ? index % 20 === 0 || /[+-]\d/.test(zone) : index % encodings.length === half
  return [...currencies.map((currency) => ({ default_currency: currency })), ...zones.filter(isTaken).map((zone) => ({ time_zone: zone }))]
}

const checkAccounts = async (context: CheckContext) => {
  for (const changes of accountsAtBounds(context)) {
    const request = { ...newAccount(context), ...changes }
    const { body, exchange } = await context.expectAccepted<Account & JsonObject>('createAccount', { body: request })
    verifyAccountEcho(context, request, body, exchange)
  }
}

/** Text that databases, templates and forms like to change. White space at the ends may go, so none has any. */
const oddTexts: JsonObject = {
  long: `${'0123456789'.repeat(60)}.`,
  markup: '<b>5 > 3 & 2</b> "quoted"',
  zeros: '000123',
  exponent: '1e3',
  word: 'null',
  flag: 'true',
  decomposed: 'e\u0301',
  CamelCase: 'Kept',
}

/** Verifies that a text was kept or the request rejected. */
const verifyKept = (
  context: CheckContext,
  operationId: string,
  what: string,
  sent: string,
  exchange: Parameters<CheckContext['verify']>[1]['exchanges'][number],
  got: unknown,
) =>
  context.verify('http.hostile-text', {
    operationId,
    passed: exchange.status >= 400 || String(got ?? '') === sent,
    message: () => `${what} ${JSON.stringify(sent.slice(0, 40))} comes back as ${JSON.stringify(String(got ?? '').slice(0, 60))}.`,
    exchanges: [exchange],
  })

const checkTexts = async (context: CheckContext) => {
  for (const [name, text] of Object.entries(oddTexts)) {
    const order = orderBy(context, 'konbini', { description: String(text) })
    const body = { ...order, metadata: { ...jsonObjectOf(order.metadata), [name]: text } }
    const exchange = await context.send('createPayment', { body })
    const payment = jsonObjectOf(exchange.body)
    verifyKept(context, 'createPayment', 'The description', String(text), exchange, payment.description)
    verifyKept(context, 'createPayment', `The metadata ${name}`, String(text), exchange, jsonObjectOf(payment.metadata)[name])
  }
  const number = `000${context.freshName('order').replaceAll(/\D/g, '')}${Date.now()}`
  const order = orderBy(context, 'konbini', { external_order_num: number })
  const exchange = await context.send('createPayment', { body: order })
  const { external_order_num: kept } = jsonObjectOf(exchange.body)
  verifyKept(context, 'createPayment', 'The order number', number, exchange, kept)
}

const checkLaterTexts = async (context: CheckContext) => {
  const long = String(oddTexts.long)
  const { body } = await create(context, 'credit_card')
  const path = { id: body.id }
  const updated = await context.send('updatePayment', { path, body: { description: long } })
  verifyKept(context, 'updatePayment', 'The description', long, updated, jsonObjectOf(updated.body).description)
  const { body: other } = await create(context, 'credit_card')
  const refunded = await context.send('refundPayment', { path: { id: other.id }, body: { amount: 100, description: long } })
  const refund = refunded.status === 200 ? paymentIn(refunded).refunds?.at(-1) : undefined
  verifyKept(context, 'refundPayment', 'The description', long, refunded, refund?.description)
}

/** Checks of bounds and of text. */
export const boundChecks = (): Check[] =>
  encodings.flatMap((encoding: Encoding): Check[] => {
    const suffix = encoding === 'form' ? ', in forms' : ''
    const check = (name: string, operationId: string, run: Check['run'], needs: Check['needs'] = []): Check => ({
      name: `${name}${suffix}`,
      kind: name,
      group: 'examples',
      operationId,
      encoding,
      needs: ['writes', 'state', ...needs],
      run,
    })
    return [
      check('createPayment takes values at their bounds', 'createPayment', checkBounds),
      check('createAccount takes every currency and time zone', 'createAccount', checkAccounts, ['accounts']),
      check('createPayment keeps long and odd text', 'createPayment', checkTexts),
      check('updates and refunds keep long text', 'updatePayment', checkLaterTexts),
    ]
  })
