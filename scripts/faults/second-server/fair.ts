/**
 * Other right behaviours of the second server: each flips one decision that the pages leave open. Any number at once, by name.
 */

/** Each variant: its name, what it changes, where the pages (or the later sources) leave it open, the operation that shows it. */
const table = [
  [
    'newest-first',
    'lists begin with the newest payment',
    'payments, list: "a paginated list of payments" names no order; its sample has one',
    'listPayments',
  ],
  [
    'malformed-is-422',
    'a value of the wrong type is 422 invalid_parameter, not 400 bad_request',
    'the pages show no error at all; later documentation has both codes without saying which type errors get',
    'createPayment',
  ],
  [
    'foreign-is-403',
    "another merchant's object is 403 forbidden, not 404",
    'payments, get: "by its id" says nothing of other merchants; later documentation lists 403 and 404',
    'getPayment',
  ],
  [
    'empty-text-is-kept',
    'an empty description is kept as empty text',
    'payments, create: "Plaintext description", with no least length',
    'createPayment',
  ],
  [
    'null-description-clears',
    'description: null in an update clears it',
    'payments, update: description "can be changed"; null is not spoken of, real clients send it',
    'updatePayment',
  ],
  [
    'metadata-is-replaced',
    'an update replaces all of metadata',
    'payments, update: metadata "can be changed"; the sample does not show what was there before',
    'updatePayment',
  ],
  [
    'metadata-keeps-types',
    'numbers and booleans in metadata keep their type',
    'payments, create: "A set of key-value pairs", without the type of a value',
    'createPayment',
  ],
  [
    'long-metadata-keys-are-rejected',
    'metadata keys of more than 30 characters are rejected',
    'the pages give no bound; an SDK gives 30',
    'createPayment',
  ],
  [
    'numbers-are-no-text',
    'a JSON number for a text is malformed',
    'payments, samples: text is sent as text; numbers are not spoken of',
    'createPayment',
  ],
  [
    'exponent-is-malformed',
    '"1e3" is no number',
    'payments, create: amount uses . for decimals and no thousands separator; exponents are not spoken of',
    'createPayment',
  ],
  [
    'lower-case-currency-rejected',
    'currencies have to be in capitals',
    'payments, create: "3 letter ISO currency code"; ISO 4217 has them in capitals, the page does not say',
    'createPayment',
  ],
  [
    'pln-payments-accepted',
    'payments can be in PLN',
    'payments, create: any ISO code; accounts can have PLN as their default currency',
    'createPayment',
  ],
  [
    'capture-as-text-accepted',
    'capture: "false" is taken in JSON',
    'payments, create: "If false"; the samples send numbers, and debug, as text in JSON',
    'createPayment',
  ],
  [
    'unknown-details-are-ignored',
    'unknown properties of payment_details are ignored',
    'payments, create: "A hash or token", whose properties no table lists',
    'createPayment',
  ],
  [
    'accounts-take-nothing-unknown',
    'unknown properties of accounts are rejected',
    'accounts: no source says what happens to them',
    'createAccount',
  ],
  [
    'refund-request-takes-nothing-unknown',
    'unknown properties of a refund request are rejected',
    'payments, refund request: no source says what happens to them',
    'requestRefund',
  ],
  [
    'email-syntax-is-checked',
    'payment_details[email] has to look like an e-mail address',
    'payments, samples: only addresses are sent; no syntax is given',
    'createPayment',
  ],
  [
    'verification-value-is-checked',
    'verification_value has to have 3 or 4 digits',
    'payments, create sample: 123 is sent; no syntax is given',
    'createPayment',
  ],
  [
    'years-of-two-digits-rejected',
    "a card's year has to have four digits",
    'payments, create sample: 2025; only newer documentation asks for two digits',
    'createPayment',
  ],
  [
    'check-digit-is-not-checked',
    'card numbers without a right check digit are charged',
    'the test numbers are listed; of other numbers nothing is said',
    'createPayment',
  ],
  [
    'tax-has-a-largest-value',
    'tax is 9999999 at most',
    'payments, create: tax has no bound, amount has one in the 2019 schema',
    'createPayment',
  ],
  [
    'smallest-units',
    'sums count the smallest unit of the currency: 100 is one dollar',
    'payments, create: "Use a . as a decimal separator" does not say the unit; newer documentation counts smallest units',
    'createPayment',
  ],
  [
    'cash-costs-a-fee',
    'cash payments have a payment_method_fee of 185',
    'payments, refund request: "This fee is charged to customers for some payment methods"',
    'createPayment',
  ],
  [
    'order-numbers-are-unique',
    'an order number can be used once',
    'payments, create: "A unique ID from your application"; ten samples use 123',
    'createPayment',
  ],
  [
    'any-customer-is-known',
    'every well-formed customer id is a customer with a card',
    'payments, create: "The ID of an existing customer"; how customers come to be is not on the page',
    'createPayment',
  ],
  [
    'short-cards-are-declined',
    'a prepaid card that is short fails with insufficient_funds',
    'the page does not speak of short cards; insufficient_funds is among the later codes',
    'createPayment',
  ],
  [
    'second-cards-are-rejected',
    'an update takes no further prepaid card',
    'payments, update: "Only a payment\'s description and metadata can be changed"',
    'updatePayment',
  ],
  [
    'failed-payments-are-dropped',
    'a payment that failed is not kept',
    'payments, list: failed is a status only in an SDK; the page does not say what stays of a failure',
    'listPayments',
  ],
  [
    'fraudulent-is-422',
    'the code fraudulent has status 422, not 502',
    'later documentation gives 422; card failures are 502 elsewhere in it',
    'createPayment',
  ],
  [
    'refund-of-zero-rejected',
    'a refund of 0 is rejected',
    'payments, refund: amount may be 0; a known message wants more than 0: they disagree',
    'refundPayment',
  ],
  [
    'refund-requests-for-every-method',
    'a refund can be requested for any paid payment',
    'payments, refund request: "e.g. cash-based payment methods" is an example, no list',
    'requestRefund',
  ],
  [
    'bodies-of-capture-and-cancel-are-ignored',
    'bodies of capture and cancel are not read',
    'payments, capture and cancel: no parameters are listed',
    'capturePayment',
  ],
  [
    'errors-are-not-kept-for-retries',
    'a retry after an error runs again',
    'later documentation: "the first response" does not say whether errors count',
    'createPayment',
  ],
  ['retries-are-marked', 'a retry has the header Idempotent-Replayed', 'no source lists the headers of responses', 'createPayment'],
  [
    'at-most-100-a-page',
    'per_page above 100 counts as 100, and says so',
    'payments, list: "How many complete objects per page", without a maximum',
    'listPayments',
  ],
  [
    'more-than-100-a-page-rejected',
    'per_page above 100 is rejected',
    'payments, list: "How many complete objects per page", without a maximum',
    'listPayments',
  ],
  [
    'unknown-status-in-filter-rejected',
    'the status filter takes known statuses only',
    'payments, list: "The status of the payment", without a word on others',
    'listPayments',
  ],
  [
    'time-filters-are-inclusive',
    'start_time and end_time include the moment itself',
    'payments, list: "after this time" and "before this time", at unknown precision',
    'listPayments',
  ],
  [
    'dates-need-a-time',
    'start_time and end_time have to have a time of day',
    'payments, list: the format of a time is not given',
    'listPayments',
  ],
  ['times-in-seconds', 'times have no fraction of a second', 'payments, samples: seconds; no format is given', 'createPayment'],
  ['times-with-zero-offset', 'times end in +00:00, not Z', 'accounts, agreement: "ISO 8601", which has both', 'createPayment'],
  ['times-in-japan', 'times are in Japan and end in +09:00', 'accounts, agreement: "ISO 8601", which has any offset', 'createPayment'],
  [
    'account-names-may-repeat',
    'two accounts can have one name',
    'accounts, create: "unique name" does not say what happens to a second one',
    'createAccount',
  ],
  [
    'account-update-keeps-updated-at',
    "an account's updated_at does not move",
    'accounts, samples of update and agreement: it does not move',
    'acceptServiceAgreement',
  ],
  [
    'agreement-time-as-sent',
    "the agreement's time comes back in the form in which it was sent",
    'accounts, agreement: "ISO 8601" is what is sent; the form that comes back is not given',
    'acceptServiceAgreement',
  ],
  [
    'first-agreement-is-kept',
    'a second agreement changes nothing',
    'accounts, agreement: nothing is said of a second one',
    'acceptServiceAgreement',
  ],
  [
    'wrong-methods-are-405',
    'a method that a path does not have is 405',
    'the pages show no error; later documentation lists neither for wrong methods',
    'getPayment',
  ],
  ['other-messages', 'messages are worded otherwise', 'the pages show no message; programs go by the code', 'createPayment'],
  [
    'errors-without-details',
    'errors have no details',
    'later documentation: {code, message, param}; details came with newer versions',
    'createPayment',
  ],
  ['errors-with-decline-details', 'card failures have decline_details', 'an SDK: decline_details is optional', 'createPayment'],
  ['unauthorized-without-challenge', '401 has no WWW-Authenticate', 'no source lists the headers of responses', 'listPayments'],
  [
    'payments-have-more-properties',
    'payments have session, mcc and statement_descriptor',
    "the samples are those of their day; today's payments carry more",
    'createPayment',
  ],
  ['properties-in-another-order', 'properties are in the opposite order', 'RFC 8259, section 4: an object is unordered', 'createPayment'],
  ['json-is-indented', 'JSON is indented', 'RFC 8259, section 2: white space is free', 'createPayment'],
  ['json-is-ascii', 'JSON escapes all but ASCII', 'RFC 8259, section 7: any character may be escaped', 'createPayment'],
  ['content-type-has-a-charset', 'Content-Type names UTF-8', 'no source gives the parameter', 'createPayment'],
  [
    'responses-have-more-headers',
    'responses have X-Request-Id, Set-Cookie and the like',
    'no source lists the headers of responses',
    'createPayment',
  ],
  ['responses-have-an-etag', 'responses have an ETag', 'RFC 9110, section 8.8.3: any response may', 'createPayment'],
  ['header-names-in-lower-case', 'header names are in lower case', 'RFC 9110, section 5.1: names ignore case', 'createPayment'],
  ['responses-are-chunked', 'responses come in chunks, without a length', 'RFC 9112, section 7.1: any response may', 'createPayment'],
  ['connections-end', 'every connection ends after its response', 'RFC 9112, section 9.6: a server may', 'createPayment'],
  [
    'rate-limit-in-seconds',
    'more than 100 requests a second get 429, with Retry-After in seconds',
    'later documentation lists 429; RFC 9110, section 10.2.3, the header',
    'listPayments',
  ],
  [
    'rate-limit-with-a-date',
    'more than 100 requests a second get 429, with Retry-After as a date',
    'later documentation lists 429; RFC 9110, section 10.2.3, the header',
    'listPayments',
  ],
] as const satisfies readonly (readonly [name: string, changes: string, leftOpen: string, operation: string])[]

export type FairName = (typeof table)[number][0]

/** One other right behaviour. */
export interface FairVariant {
  name: FairName
  /** What it changes, in words. */
  changes: string
  /** Where the sources leave it open. */
  leftOpen: string
  /** An operation that shows it, by its operationId. */
  operation: string
}

/** Every other right behaviour. */
export const fairVariants: readonly FairVariant[] = table.map(([name, changes, leftOpen, operation]) => ({
  name,
  changes,
  leftOpen,
  operation,
}))
