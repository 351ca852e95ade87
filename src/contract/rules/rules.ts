/** Every rule that the kit checks, in words: what has to be so, and what is the case where it is not. A finding names one of them. */

/** A rule: what holds on a right server, and what is seen on one that breaks it. A sentence each. */
export type Rule = { holds: string; broken: string }

export const rules = {
  // Any response
  'response.reached': { holds: 'Every request gets a response.', broken: 'A request gets no response.' },
  'response.server-error': { holds: 'No request makes the server fail.', broken: 'A request makes the server fail.' },
  'response.status': {
    holds: 'A response has a status that the document gives for its operation.',
    broken: 'A response has a status that the document does not give for its operation.',
  },
  'response.content-type': {
    holds: 'A response with a body says that it is JSON.',
    broken: 'A response with a body does not say that it is JSON.',
  },
  'response.json': {
    holds: 'The body of a response is JSON in UTF-8, each key once in its object.',
    broken: 'The body of a response is not JSON, or can be read in two ways.',
  },
  'response.schema': {
    holds: 'The body of a response conforms to the document.',
    broken: 'The body of a response breaks its schema.',
  },
  'response.secrets': {
    holds: 'No response repeats a secret key, a card number, a verification value, a prepaid number or a password.',
    broken: 'A response repeats a secret of a request.',
  },
  'response.survives': {
    holds: 'Whatever is sent, the server goes on responding.',
    broken: 'The server stops responding after a request.',
  },
  'error.shape': {
    holds: 'Every rejection carries an error with its code, its message and its parameter.',
    broken: 'A rejection carries no error object.',
  },
  'error.code': {
    holds: 'The code of an error is one that the document gives for the operation and this kind of status.',
    broken: 'An error has the code of another kind of error.',
  },
  'error.param': {
    holds: 'An error that names a parameter names the one at fault.',
    broken: 'An error names the wrong parameter.',
  },
  // Requests that are right
  'request.accepted': { holds: 'A valid request is accepted.', broken: 'A valid request is rejected.' },
  'request.echo': { holds: 'What was asked for comes back.', broken: 'What was asked for does not come back.' },
  'request.tax': {
    holds: 'A tax that is not given is 10 % of the amount, rounded half up.',
    broken: 'A tax is calculated or rounded wrongly.',
  },
  'request.status': {
    holds: 'A new payment has the status of its payment method.',
    broken: 'A new payment has the status of another payment method.',
  },
  // Requests that are wrong
  'rejection.required': {
    holds: 'A request without something required is rejected.',
    broken: 'A request without something required is accepted.',
  },
  'rejection.type': { holds: 'A value of the wrong type is rejected.', broken: 'A value of the wrong type is accepted.' },
  'rejection.enum': {
    holds: 'A value that is not one of the allowed ones is rejected.',
    broken: 'A value that is not one of the allowed ones is accepted.',
  },
  'rejection.const': {
    holds: 'A payment method that does not exist is rejected.',
    broken: 'A payment method that does not exist is accepted.',
  },
  'rejection.bound': { holds: 'A number outside its bounds is rejected.', broken: 'A number outside its bounds is accepted.' },
  'rejection.length': {
    holds: 'A text that is too short or too long is rejected.',
    broken: 'A text that is too short or too long is accepted.',
  },
  'rejection.pattern': {
    holds: 'A text that is not written as required is rejected.',
    broken: 'A text that is not written as required is accepted.',
  },
  'rejection.format': {
    holds: 'A text that breaks its format is rejected.',
    broken: 'A text that breaks its format is accepted.',
  },
  'rejection.unknown': {
    holds: 'A property that the document does not know is rejected.',
    broken: 'A property that the document does not know is accepted.',
  },
  'rejection.exclusive': {
    holds: 'Exactly one of payment_details and customer is sent.',
    broken: 'Both or neither of payment_details and customer are accepted.',
  },
  'rejection.variant': {
    holds: 'A property of another payment method is rejected.',
    broken: 'A property of another payment method is accepted.',
  },
  'rejection.read-only': {
    holds: 'What only the server sets is not set by a request.',
    broken: 'A request sets what only the server sets.',
  },
  'rejection.no-trace': {
    holds: 'A rejected request leaves nothing behind.',
    broken: 'A rejected request leaves a payment behind.',
  },
  'rejection.no-change': { holds: 'A rejected request changes nothing.', broken: 'A rejected request changes a payment.' },
  // Credentials and HTTP
  'credentials.missing': {
    holds: 'A request without credentials returns 401.',
    broken: 'A request without credentials does not return 401.',
  },
  'credentials.wrong': {
    holds: 'A request with credentials that are none is rejected with 401 or 403.',
    broken: 'A request with wrong credentials is not rejected with 401 or 403.',
  },
  'http.malformed': { holds: 'A body that does not parse is rejected.', broken: 'A body that does not parse is accepted.' },
  'http.content-type': {
    holds: 'A body of a content type that the document does not list is rejected.',
    broken: 'A body of a content type that the document does not list is accepted.',
  },
  'http.empty-body': {
    holds: 'An empty body is rejected where the document requires one.',
    broken: 'An empty body is accepted where the document requires one.',
  },
  'http.unknown-path': {
    holds: 'A path that the document does not have returns 404.',
    broken: 'A path that the document does not have is served.',
  },
  'http.wrong-method': {
    holds: 'A method that the document does not have is rejected.',
    broken: 'A method that the document does not have is served.',
  },
  'http.hostile-text': {
    holds: 'Text in any script, of any length and with any sign is kept as it is, or rejected.',
    broken: 'A text comes back changed.',
  },
  // Ids
  'id.unknown': { holds: 'An id that no object has returns 404.', broken: 'An id that no object has does not return 404.' },
  'id.malformed': { holds: 'A text that cannot be an id is rejected.', broken: 'A text that cannot be an id is accepted.' },
  'id.foreign': {
    holds: 'An object of another kind or of another merchant is out of reach.',
    broken: 'An object of another kind or of another merchant is within reach.',
  },
  // Invariants
  'invariant.total': {
    holds: 'total = amount + tax + payment_method_fee.',
    broken: 'total is not amount + tax + payment_method_fee.',
  },
  'invariant.refunded': {
    holds: 'amount_refunded is the sum of the refunds, and never above total.',
    broken: 'amount_refunded is not the sum of the refunds, or is above total.',
  },
  'invariant.captured-at': {
    holds: 'captured_at is set exactly when the payment is captured or refunded.',
    broken: 'captured_at does not fit the status of the payment.',
  },
  'invariant.status-refunded': {
    holds: 'A payment is refunded exactly when its completed refunds reach its total.',
    broken: 'The status of a payment does not fit its completed refunds.',
  },
  'invariant.refund-belongs': {
    holds: 'A refund has the id and the currency of its payment.',
    broken: 'A refund has the id or the currency of another payment.',
  },
  'invariant.refund-redirect': {
    holds: 'A refund has a redirect_url exactly where the customer collects cash.',
    broken: 'The redirect_url of a refund does not fit its payment method.',
  },
  'invariant.times': { holds: 'Times are ISO 8601 in UTC.', broken: 'A time is not ISO 8601 in UTC, or comes too early.' },
  'invariant.unique-ids': { holds: 'No two objects share an id.', broken: 'Two objects share an id.' },
  'invariant.immutable': {
    holds: 'What a payment was created with never changes.',
    broken: 'Something that a payment was created with changes.',
  },
  'invariant.side-effects': {
    holds: 'A change changes what it is for, and nothing else of the payment.',
    broken: 'A change changes something else of the payment as well.',
  },
  'invariant.transition': {
    holds: 'A payment moves from state to state only as its operations allow.',
    broken: 'A payment moves to a state that its operations do not allow.',
  },
  'invariant.refunds-stay': {
    holds: 'A refund that was made stays as it was made.',
    broken: 'A refund that was made changes or disappears.',
  },
  // States
  'state.capture': {
    holds: 'An authorized card payment can be captured.',
    broken: 'An authorized card payment cannot be captured.',
  },
  'state.capture-rejected': {
    holds: 'Only an authorized card payment can be captured, and only once.',
    broken: 'A payment that is no authorized card payment is captured.',
  },
  'state.cancel': {
    holds: 'A payment that is not yet captured can be cancelled.',
    broken: 'A payment that is not yet captured cannot be cancelled.',
  },
  'state.cancel-rejected': {
    holds: 'A payment that is captured, refunded or cancelled cannot be cancelled.',
    broken: 'A payment that is captured, refunded or cancelled is cancelled.',
  },
  'state.refund': {
    holds: 'A captured payment can be refunded, in whole or in part.',
    broken: 'A captured payment cannot be refunded.',
  },
  'state.refund-rejected': {
    holds: 'A payment that is not captured, or has nothing left, cannot be refunded.',
    broken: 'A payment that is not captured, or has nothing left, is refunded.',
  },
  'state.refund-amount': {
    holds: 'A refund returns the amount asked for, or all that is left.',
    broken: 'A refund returns another amount than the one asked for.',
  },
  'state.refund-too-much': { holds: 'No more than what is left can be refunded.', broken: 'More than what is left is refunded.' },
  'state.cash-refund': {
    holds: 'A cash refund is pending, with a page for the customer.',
    broken: 'A cash refund is not pending, or has no page for the customer.',
  },
  'state.refund-request': {
    holds: 'A refund request comes back with the bank account asked for.',
    broken: 'A refund request comes back with another bank account.',
  },
  'state.refund-request-rejected': {
    holds: 'A refund cannot be requested for a payment that is not captured.',
    broken: 'A refund is requested for a payment that is not captured.',
  },
  'state.update': {
    holds: 'An update changes the description and the metadata, and nothing else.',
    broken: 'An update does not change what it names, or changes something else.',
  },
  'state.short-card': {
    holds: 'A prepaid payment that is short waits for a further card, and is captured with it.',
    broken: 'A prepaid payment that is short does not wait for a further card.',
  },
  'state.paid': { holds: 'A cash payment that was paid is captured.', broken: 'A cash payment that was paid is not captured.' },
  'state.concurrent': {
    holds: 'Requests at the same time cannot do together what they cannot do one after the other.',
    broken: 'Requests at the same time do together what they cannot do one after the other.',
  },
  'test-mode.scenario': {
    holds: 'A failure that was asked for has the code asked for, and creates nothing captured.',
    broken: 'A failure that was asked for does not happen, or has another code.',
  },
  'test-mode.brand': {
    holds: 'A test card has the brand that the document gives.',
    broken: 'A test card has another brand than the document gives.',
  },
  // Lists
  'list.page': {
    holds: 'A list says its page, its size and its last page, and keeps to them.',
    broken: 'A list does not keep to the page, the size and the last page that it says.',
  },
  'list.filter': {
    holds: 'Every payment of a list matches every filter.',
    broken: 'A list holds a payment that does not match its filters.',
  },
  'list.complete': { holds: 'A list holds every payment that matches, once.', broken: 'A list lacks a payment that matches.' },
  'list.pages': {
    holds: 'The pages of a list add up to the whole, without overlap.',
    broken: 'The pages of a list overlap, or do not add up to the whole.',
  },
  'consistency.read': { holds: 'Reading changes nothing.', broken: 'Reading a payment changes it.' },
  'consistency.get': {
    holds: 'A payment is what the last response said it is.',
    broken: 'A payment is not what the last response said it is.',
  },
  'consistency.list': {
    holds: 'A payment in a list is what the last response said it is.',
    broken: 'A payment in a list is not what the last response said it is.',
  },
  // Idempotency
  'idempotency.replay': {
    holds: 'A retry with the same key gets the first response, and does nothing again.',
    broken: 'A retry with the same key does not get the first response, or does something again.',
  },
  'idempotency.key': {
    holds: 'Requests with different keys are different requests.',
    broken: 'Requests with different keys count as the same request.',
  },
  // Accounts
  'account.state': {
    holds: 'An account keeps what it was created and updated with.',
    broken: 'An account does not keep what it was created or updated with.',
  },
  'account.unique-name': {
    holds: 'The name of an account is unlike that of every other account.',
    broken: 'Two accounts have the same name.',
  },
  'account.merchants': {
    holds: 'An account has one merchant for live and another for test payments.',
    broken: 'An account has the same merchant for live and for test payments.',
  },
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof rules

/** What is wrong where a rule is broken, without its full stop: the beginning of a line. */
export const brokenRule = (rule: RuleId): string => rules[rule].broken.replace(/\.$/, '')
