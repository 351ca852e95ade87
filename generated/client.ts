/** Client of generated/openapi.yaml. Written by `npm run build`: edit spec/ or scripts/client/ instead. */
import { type ApiPromise, type Call, callOf, type Pages, pagesOf } from '../src/client/call.ts'
import type { CallOptions, KomojuOptions } from '../src/client/options.ts'
import { type RawClient, rawClientOf } from '../src/client/raw.ts'
import type { BodyInput, Choosing, Chosen, QueryInput } from '../src/client/select.ts'
import type {
  PaymentAuthorizedEvent,
  PaymentCapturedEvent,
  PaymentUpdatedEvent,
  PaymentExpiredEvent,
  PaymentCancelledEvent,
  PaymentRefundCreatedEvent,
  PaymentRefundedEvent,
  PaymentFailedEvent,
  RefundRequestUpdatedEvent,
  PingEvent,
  Account,
  CreateAccountRequest,
  UpdateAccountRequest,
  AcceptServiceAgreementRequest,
  PaymentList,
  Payment,
  CreatePaymentRequest,
  UpdatePaymentRequest,
  RefundPaymentRequest,
  RequestRefundRequest,
  CancelPaymentRequest,
  operations,
  paths,
} from './schema.d.ts'

/** Address of the API. */
const home = 'https://komoju.com/api/v1'

/** openapi-fetch's client of the API, which takes the options of a call beside its own. */
export type KomojuClient = RawClient<paths>

/**
 * Makes openapi-fetch's client of the API, for its middleware and for what the methods of `Komoju` leave out: `client.POST('/payments', { body })` resolves to `{ data, error, response }`.
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const createKomojuClient = (options: KomojuOptions): KomojuClient => rawClientOf<paths>(options, home)

/** Filters of `listPayments`. */
export type ListPaymentsQuery = QueryInput<NonNullable<operations['listPayments']['parameters']['query']>, 'start_time' | 'end_time'>

/** Event of a webhook; `type` tells what happened. */
export type WebhookEvent =
  | PaymentAuthorizedEvent
  | PaymentCapturedEvent
  | PaymentUpdatedEvent
  | PaymentExpiredEvent
  | PaymentCancelledEvent
  | PaymentRefundCreatedEvent
  | PaymentRefundedEvent
  | PaymentFailedEvent
  | RefundRequestUpdatedEvent
  | PingEvent

const knownCodes =
  /^(?:bad_request|unauthorized|request_failed|forbidden|not_found|conflict|unprocessable_entity|missing_parameter|invalid_parameter|invalid_payment_type|invalid_token|invalid_currency|not_refundable|not_capturable|not_cancellable|not_chargebackable|fraudulent|too_many_requests|internal_server_error|bad_gateway|insufficient_funds|used_number|card_declined|invalid_password|bad_verification_value|exceeds_limit|card_expired|invalid_number|invalid_account|restricted_account|other_error|invalid_user_key|other_invalid|service_unavailable|gateway_timeout)$/

/** Code of an error that this version knows. KOMOJU can add codes. */
export type KnownErrorCode =
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

/** Whether this version knows the code of an error, for a `switch` over `error.code` that the compiler checks. */
export const isKnownCode = (code: string): code is KnownErrorCode => knownCodes.test(code)

/** `CreatePaymentRequest` whose `payment_details.type` is `Type`. */
export type CreatePaymentRequestWith<Type extends NonNullable<Payment['payment_details']>['type']> = Choosing<
  BodyInput<CreatePaymentRequest, 'metadata'>,
  'payment_details',
  'type',
  Type
>

/** `Payment` whose `payment_details.type` is `Type`. */
export type PaymentWith<Type extends NonNullable<Payment['payment_details']>['type']> = Chosen<Payment, 'payment_details', 'type', Type>

/** `UpdatePaymentRequest` whose `payment_details.type` is `Type`. */
export type UpdatePaymentRequestWith<Type extends NonNullable<Payment['payment_details']>['type']> = Choosing<
  BodyInput<UpdatePaymentRequest, 'metadata'>,
  'payment_details',
  'type',
  Type
>

/** Accounts that a platform opens for its submerchants. Beta. */
export class Accounts {
  readonly #call: Call

  constructor(call: Call) {
    this.#call = call
  }

  /**
   * Create an account.
   *
   * Opens an account for a submerchant, with one merchant for live and one for test payments. Its owner then accepts the service agreement: `accounts.acceptServiceAgreement`. Beta: ask KOMOJU for access first.
   *
   * @throws {KomojuError} 422: Parameter is missing or has a value that is not allowed.
   */
  create(body: CreateAccountRequest, options?: CallOptions): ApiPromise<Account> {
    return this.#call('POST', '/accounts', { body }, options)
  }

  /**
   * Get an account.
   *
   * Returns one account as it stands now. Beta: ask KOMOJU for access first.
   *
   * @param id Identifier of the account.
   */
  get(id: string, options?: CallOptions): ApiPromise<Account> {
    return this.#call('GET', '/accounts/{id}', { path: { id } }, options)
  }

  /**
   * Update an account.
   *
   * Changes the default currency and the time zone of an account. The name stays. Beta: ask KOMOJU for access first.
   *
   * @param id Identifier of the account.
   * @throws {KomojuError} 422: Parameter has a value that is not allowed.
   */
  update(id: string, body?: UpdateAccountRequest, options?: CallOptions): ApiPromise<Account> {
    return this.#call('PATCH', '/accounts/{id}', { path: { id }, body }, options)
  }

  /**
   * Accept the service agreement.
   *
   * Records that the owner of the account accepted the service agreement. The caller makes sure that the owner has read the Payment Processing Service Terms of Use, or 代金収納代行サービス利用規約. Beta: ask KOMOJU for access first.
   *
   * @param id Identifier of the account.
   * @throws {KomojuError} 422: Parameter is missing or has a value that is not allowed.
   */
  acceptServiceAgreement(id: string, body: AcceptServiceAgreementRequest, options?: CallOptions): ApiPromise<Account> {
    return this.#call('POST', '/accounts/{id}/accept_service_agreement', { path: { id }, body }, options)
  }
}

/** Payments, from creation to refund. */
export class Payments {
  readonly #call: Call

  constructor(call: Call) {
    this.#call = call
  }

  /**
   * List payments.
   *
   * Returns the payments that match every filter, one page at a time. Use it to reconcile orders; to follow one payment, use `payments.get` or webhooks. Times filter by creation: for what was captured in a period, list from further back and read `captured_at`.
   *
   * @throws {KomojuError} 422: Parameter has a value that is not allowed.
   */
  list(query?: ListPaymentsQuery, options?: CallOptions): Pages<PaymentList> {
    return pagesOf<PaymentList>((page = query?.page) => this.#call('GET', '/payments', { query: { ...query, page } }, options))
  }

  /**
   * Create a payment.
   *
   * Charges an amount with one of the 15 payment methods, a token, or a stored customer. Send exactly one of `payment_details` and `customer`.
   * A card payment is returned as `captured`, or as `authorized` with `capture: false`; a prepaid payment as `captured`. A cash payment is returned as `authorized`, with instructions for the customer, and a redirect payment as `authorized` with a `redirect_url`; a webhook tells when the money arrives.
   *
   * @throws {KomojuError} 402: Request is valid, but the payment failed. 422: Parameter is missing or wrong, or KOMOJU rejects the payment for its currency, its token or the fraud check. 502: Payment provider or card issuer declined, or gave no usable response.
   */
  create<Type extends NonNullable<Payment['payment_details']>['type'] = NonNullable<Payment['payment_details']>['type']>(
    body: CreatePaymentRequestWith<Type>,
    options?: CallOptions,
  ): ApiPromise<PaymentWith<Type>> {
    return this.#call('POST', '/payments', { body }, options)
  }

  /**
   * Get a payment.
   *
   * Returns one payment with its refunds and refund requests, as it stands now. Use it when a webhook arrives or a customer returns, before you ship.
   *
   * @param id Identifier of the payment.
   */
  get(id: string, options?: CallOptions): ApiPromise<Payment> {
    return this.#call('GET', '/payments/{id}', { path: { id } }, options)
  }

  /**
   * Update a payment.
   *
   * Changes the description and the metadata of a payment, or adds a further card to a prepaid payment that is short. `payment_details.short_amount` of the payment tells what is missing. Nothing else of a payment can change; to change an amount, cancel or refund and create a new payment.
   *
   * @param id Identifier of the payment.
   * @throws {KomojuError} 422: Parameter has a value that is not allowed. 502: Payment provider declined the further card, or gave no usable response.
   */
  update<Type extends NonNullable<Payment['payment_details']>['type'] = NonNullable<Payment['payment_details']>['type']>(
    id: string,
    body?: UpdatePaymentRequestWith<Type>,
    options?: CallOptions,
  ): ApiPromise<PaymentWith<Type>> {
    return this.#call('PATCH', '/payments/{id}', { path: { id }, body }, options)
  }

  /**
   * Capture a payment.
   *
   * Collects the money of a card payment that was created with `capture: false`. Works on authorized card payments only, before their deadline. It takes no amount and collects the total; to charge less, refund the difference.
   *
   * @param id Identifier of the payment.
   * @throws {KomojuError} 422: Payment is not an authorized card payment, or a parameter is wrong.
   */
  capture(id: string, options?: CallOptions): ApiPromise<Payment> {
    return this.#call('POST', '/payments/{id}/capture', { path: { id } }, options)
  }

  /**
   * Refund a payment.
   *
   * Returns all that is left of a captured payment, or the part that `amount` names.
   * A cash payment (konbini, bank_transfer, pay_easy) is not refunded at once: send the customer to the refund's `redirect_url`, where they choose the store that pays them. The refund stays `pending` until then. When completed refunds reach the total, the payment turns `refunded` and a payment.refunded webhook follows.
   *
   * @param id Identifier of the payment.
   * @throws {KomojuError} 422: Parameter is missing or wrong, or the payment cannot be refunded.
   */
  refund(id: string, body?: RefundPaymentRequest, options?: CallOptions): ApiPromise<Payment> {
    return this.#call('POST', '/payments/{id}/refund', { path: { id }, body }, options)
  }

  /**
   * Request a refund.
   *
   * Asks KOMOJU to send the money of a cash payment (konbini, bank_transfer, pay_easy) to the customer's bank account. Use it where a transfer suits the customer better than `payments.refund`, which pays cash payments out at a store. KOMOJU reviews the request before it transfers; a `refund_request.updated` webhook tells whether it is completed or rejected.
   *
   * @param id Identifier of the payment.
   * @throws {KomojuError} 422: Parameter is missing or wrong, or the payment cannot be refunded.
   */
  requestRefund(id: string, body: RequestRefundRequest, options?: CallOptions): ApiPromise<Payment> {
    return this.#call('POST', '/payments/{id}/refund_request', { path: { id }, body }, options)
  }

  /**
   * Cancel a payment.
   *
   * Gives up a payment that is pending or authorized: nothing is charged, a reserved amount is released. Captured payments cannot be cancelled; refund them.
   *
   * @param id Identifier of the payment.
   * @throws {KomojuError} 422: Payment is neither pending nor authorized, or a parameter is wrong.
   */
  cancel(id: string, body?: CancelPaymentRequest, options?: CallOptions): ApiPromise<Payment> {
    return this.#call('POST', '/payments/{id}/cancel', { path: { id }, body }, options)
  }
}

/**
 * Client of the API, with a method for every operation.
 * @example
 * const komoju = new Komoju({ secretKey: process.env.KOMOJU_SECRET_KEY })
 */
export class Komoju {
  /** Accounts that a platform opens for its submerchants. Beta. */
  readonly accounts: Accounts
  /** Payments, from creation to refund. */
  readonly payments: Payments

  /** @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options */
  constructor(options: KomojuOptions) {
    const call = callOf(options, home)
    this.accounts = new Accounts(call)
    this.payments = new Payments(call)
  }
}
