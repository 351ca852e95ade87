/** What the reference pages do not state says where it was read. The list is of places where the pages are known to be silent. */
import { describe, expect, test } from 'vitest'
import { operationsOf, readDocument, resolveRef, type SchemaObject } from '../../src/document.ts'

const document = readDocument()
type Sourced = { 'x-source'?: string[] }
const schema = (name: string): SchemaObject => document.components.schemas[name]
const property = (name: string, key: string) => schema(name).properties![key] as SchemaObject
/** Sources of a property: its own, or those of the schema that it refers to. */
const sourcesOf = (node: Sourced & { $ref?: string }) => node['x-source'] ?? (resolveRef(document, node) as Sourced)['x-source'] ?? []

/** Nothing on the pages bears these out: `page` alone would be a lie. */
const silent: [what: string, node: () => Sourced & { $ref?: string }][] = [
  ['the currencies of a payment', () => schema('PaymentCurrency')],
  ['the range of an amount', () => schema('AmountInput')],
  ['the forms of a tax', () => schema('TaxInput')],
  ['identifiers', () => schema('Id')],
  ['booleans as text', () => schema('BooleanInput')],
  ['the length of an order number', () => property('CreatePaymentRequest', 'external_order_num')],
  ['the order number as a filter', () => document.components.parameters.ExternalOrderNumFilter.schema],
  ['the length of an e-mail address', () => schema('Email')],
  ['the form of a phone number', () => schema('Phone')],
  ['the bounds of metadata', () => schema('MetadataInput')],
  ['the form of a token', () => schema('Token')],
  ['days until expiry', () => schema('ExpiryDaysInput')],
  ['days until expiry of a bank transfer', () => property('BankTransferRequest', 'expiry_days')],
  ['the length of a card number', () => property('CreditCardRequest', 'number')],
  ['the months', () => property('CreditCardRequest', 'month')],
  ['the years', () => property('CreditCardRequest', 'year')],
  ['3-D Secure', () => property('CreditCardRequest', 'three_d_secure')],
  ['the stores of a request', () => property('KonbiniRequest', 'store')],
  ['the stores of a response', () => schema('Store')],
  ['the brands of cards', () => schema('CardBrand')],
  ['the length of a prepaid number', () => schema('PrepaidNumber')],
  ['the length of a NET CASH number', () => property('NetCashRequest', 'prepaid_number')],
  ['the lengths of a Culture Voucher account', () => property('CultureVoucherRequest', 'culture_id')],
  ['the lengths of a Culture Voucher password', () => property('CultureVoucherRequest', 'culture_password')],
  ['the lengths of a Happy Money account', () => property('HappyMoneyRequest', 'happy_money_id')],
  ['the lengths of a Happy Money password', () => property('HappyMoneyRequest', 'happy_money_password')],
  ['the carrier of a Japanese phone', () => property('JapanMobileRequest', 'brand')],
  ['what LINE Pay needs', () => schema('LinePayRequest')],
  ['what Merpay needs', () => schema('MerpayRequest')],
  ['what Paidy needs', () => schema('PaidyRequest')],
  ['names that are not empty', () => schema('GivenNameKana')],
  ['what the fraud check needs', () => schema('FraudDetails')],
  ['email of a payment', () => property('CreatePaymentRequest', 'email')],
  ['debug', () => property('CreatePaymentRequest', 'debug')],
  ['return_url', () => property('CreatePaymentRequest', 'return_url')],
  ['cancel_url', () => property('CreatePaymentRequest', 'cancel_url')],
  ['partner_origin', () => property('CreatePaymentRequest', 'partner_origin')],
  ['fraud details of a refund', () => property('RefundPaymentRequest', 'fraud_details')],
  ['fraud details of a cancellation', () => property('CancelPaymentRequest', 'fraud_details')],
  ['the state failed', () => schema('PaymentStatus')],
  ['the states of a refund', () => property('Refund', 'status')],
  ['the states of a refund request', () => property('RefundRequest', 'status')],
  ['the codes of errors', () => schema('ErrorCode')],
  ['the parameter of an error', () => (schema('ErrorBody').properties!.error as SchemaObject).properties!.param as SchemaObject],
  ['the details of an error', () => (schema('ErrorBody').properties!.error as SchemaObject).properties!.details as SchemaObject],
  ['the default of page', () => document.components.parameters.Page.schema],
  ['the default of per_page', () => document.components.parameters.PerPage.schema],
  ['several states in one filter', () => document.components.parameters.StatusFilter],
  ['the idempotency key', () => document.components.parameters.IdempotencyKey],
  ['scenarios', () => document.components.parameters.Scenario],
]

describe('what the reference pages are silent on names its source', () => {
  test.each(silent)('%s', (_what, node) => {
    expect(sourcesOf(node()).filter((source) => source !== 'page')).not.toEqual([])
  })

  test('every error response', () => {
    const errors = operationsOf(document).flatMap(({ method, path }) =>
      Object.entries<Sourced & { $ref?: string }>(document.paths[path][method.toLowerCase()].responses).filter(
        ([status]) => status >= '400',
      ),
    )
    expect(errors.length).toBeGreaterThan(100)
    expect(errors.filter(([, response]) => sourcesOf(response).length === 0)).toEqual([])
  })

  test('every webhook', () => {
    const webhooks = Object.values<{ post: Sourced }>(document.webhooks)
    expect(webhooks.filter(({ post }) => !post['x-source']?.includes('docs'))).toEqual([])
  })
})
