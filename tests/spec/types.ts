/**
 * Type tests: what the types of the document say that no validator can see. Compiling this file is the test; nothing here runs.
 * Also compiled against every mutant of the document that the validators let through.
 */
import type {
  AcceptServiceAgreementRequest,
  AccountCurrency,
  BooleanInput,
  CardBrand,
  CreatePaymentRequest,
  CreditCardRequest,
  components,
  ErrorBody,
  ErrorCode,
  FraudDetails,
  KonbiniRequest,
  Locale,
  Metadata,
  operations,
  PaymentCurrency,
  PaymentStatus,
  PingEvent,
  Refund,
  RefundRequest,
  RequestRefundRequest,
  Store,
  TimeZone,
  webhooks,
} from '../../generated/schema.d.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Expect<T extends true> = T
/** Any string, beside names that the editor offers. */
type Other = string & {}
type Query = NonNullable<operations['listPayments']['parameters']['query']>
type CreationHeader = NonNullable<operations['createPayment']['parameters']['header']>
type DeliveryHeader = webhooks['ping']['post']['parameters']['header']
type Headers = components['headers']

export type OpenSetsNameWhatIsKnown = [
  Expect<Equal<CardBrand, 'visa' | 'american_express' | 'master' | 'jcb' | 'diners_club' | Other>>,
  Expect<Equal<Store, KonbiniRequest['store'] | 'circle-k' | Other>>,
  Expect<
    Equal<
      ErrorCode,
      | 'bad_request'
      | 'unauthorized'
      | 'request_failed'
      | 'forbidden'
      | 'not_found'
      | 'conflict'
      | 'unprocessable_entity'
      | 'missing_parameter'
      | 'invalid_parameter'
      | 'invalid_payment_type'
      | 'invalid_token'
      | 'invalid_currency'
      | 'not_refundable'
      | 'not_capturable'
      | 'not_cancellable'
      | 'not_chargebackable'
      | 'fraudulent'
      | 'too_many_requests'
      | 'internal_server_error'
      | 'bad_gateway'
      | 'insufficient_funds'
      | 'used_number'
      | 'card_declined'
      | 'invalid_password'
      | 'bad_verification_value'
      | 'exceeds_limit'
      | 'card_expired'
      | 'invalid_number'
      | 'invalid_account'
      | 'restricted_account'
      | 'other_error'
      | 'invalid_user_key'
      | 'other_invalid'
      | 'service_unavailable'
      | 'gateway_timeout'
      | Other
    >
  >,
]

export type ClosedSets = [
  Expect<Equal<PaymentStatus, 'pending' | 'authorized' | 'captured' | 'expired' | 'cancelled' | 'refunded' | 'failed'>>,
  Expect<Equal<Refund['status'], 'pending' | 'completed' | undefined>>,
  Expect<Equal<RefundRequest['status'], 'pending' | 'rejected' | 'completed'>>,
  Expect<Equal<PaymentCurrency, 'JPY' | 'USD' | 'EUR' | 'TWD' | 'KRW'>>,
  Expect<Equal<AccountCurrency, PaymentCurrency | 'PLN'>>,
  Expect<Equal<Locale, 'en' | 'ja' | 'ko'>>,
  Expect<Equal<KonbiniRequest['store'], 'seven-eleven' | 'lawson' | 'family-mart' | 'ministop' | 'daily-yamazaki' | 'seicomart'>>,
  Expect<Equal<RequestRefundRequest['account_type'], 'normal' | 'checking'>>,
  Expect<Equal<Extract<TimeZone | BooleanInput, null>, never>>,
]

export type Parameters = [
  Expect<Equal<Query['status'], PaymentStatus[] | undefined>>,
  Expect<Equal<Query['currency'], PaymentCurrency | undefined>>,
  Expect<Equal<CreationHeader['Komoju-Scenario'], ErrorCode | undefined>>,
  Expect<Equal<DeliveryHeader['User-Agent'], 'Komoju-Webhook'>>,
  Expect<Equal<Headers['RetryAfter'], number>>,
]

export type Text = [
  Expect<Equal<NonNullable<FraudDetails>['customer_ip'], string | undefined>>,
  Expect<Equal<AcceptServiceAgreementRequest['accepted_service_agreement_ip'], string>>,
]

export type FreeForm = [
  Expect<Equal<Metadata, { [key: string]: unknown }>>,
  Expect<Equal<ErrorBody['error']['details'], { [key: string]: unknown } | null | undefined>>,
  Expect<Equal<ErrorBody['error']['decline_details'], { [key: string]: unknown } | null | undefined>>,
  Expect<Equal<PingEvent['data'], { [key: string]: unknown } | null>>,
]

const payment = { amount: 1000, currency: 'JPY' } as const
const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030 } as const

export const oneSource: CreatePaymentRequest[] = [
  { ...payment, payment_details: 'tok_1' },
  { ...payment, customer: '7h2ywj2xwzqm7g4e0s3ed9tmv' },
  // What is left out can be sent as null, which clients that serialise absent fields do.
  { ...payment, payment_details: 'tok_1', customer: null },
  { ...payment, payment_details: null, customer: '7h2ywj2xwzqm7g4e0s3ed9tmv' },
  // @ts-expect-error A payment needs a source.
  payment,
  // @ts-expect-error Both sources at once.
  { ...payment, payment_details: 'tok_1', customer: '7h2ywj2xwzqm7g4e0s3ed9tmv' },
  // @ts-expect-error A payment is an object.
  null,
]
type WithDetails = Extract<CreatePaymentRequest, { payment_details: unknown }>
type WithCustomer = Extract<CreatePaymentRequest, { customer: string }>
export type SourcesExcludeEachOther = [
  Expect<Equal<WithDetails['customer'], null | undefined>>,
  Expect<Equal<WithCustomer['payment_details'], null | undefined>>,
]

export const namedHolder: CreditCardRequest[] = [
  { ...card, name: 'Taro Yamada' },
  { ...card, given_name: 'Taro', family_name: 'Yamada' },
  // @ts-expect-error A card needs a name.
  card,
  // @ts-expect-error Half a name.
  { ...card, given_name: 'Taro' },
  // @ts-expect-error The other half.
  { ...card, family_name: 'Yamada' },
]
