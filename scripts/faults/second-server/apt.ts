/** What the kit has to make of the second server: of each fault, the rules that say what is wrong or why it looks away; and of fair variants. */
import type { RuleId } from '../../../src/contract/rules/rules.ts'
import type { Fault, FaultName, rules as pageRules } from './faults.ts'

/** A rule, or with a full stop at its end all rules that begin so. */
type AptRule = RuleId | 'response.' | 'rejection.' | 'invariant.' | 'list.' | 'id.' | 'credentials.' | 'error.'

const sideEffects: AptRule[] = ['invariant.', 'response.schema', 'state.refund-amount', 'rejection.read-only']
const rejected: AptRule[] = ['request.accepted', 'state.cancel', 'state.refund', 'state.update']
const accepted: AptRule[] = ['rejection.', 'response.schema']
const text: AptRule[] = ['http.hostile-text', 'request.echo', 'state.refund-request', 'state.update']
const encoding: AptRule[] = ['response.json', 'response.content-type', 'http.hostile-text', 'state.update']

/** The rules of the kit that say the same as a rule of the pages. */
const aptRules: Record<keyof typeof pageRules, AptRule[]> = {
  'JSON is UTF-8': encoding,
  'account create parameters': accepted,
  'account currencies': ['request.accepted'],
  'account sample': ['response.schema', 'account.merchants'],
  'account update changes two properties': ['account.state', 'rejection.read-only'],
  'agreement address': ['rejection.format'],
  'agreement is kept': ['account.state'],
  'agreement only agrees': ['account.state'],
  'agreement sample': ['request.accepted'],
  'amount is kept': ['request.echo'],
  'amount may be 0': accepted,
  'amount refunded': ['invariant.refunded'],
  'cancel is for waiting': ['state.cancel-rejected', 'state.cancel', 'request.accepted', 'invariant.captured-at', 'invariant.transition'],
  'cancel only cancels': sideEffects,
  'cancelled status': ['state.cancel', 'response.schema'],
  'capture is for authorized': ['state.capture-rejected', 'invariant.transition'],
  'capture is for cards': ['state.capture-rejected'],
  'capture only captures': sideEffects,
  'capture option': ['request.status'],
  'captured at': ['invariant.captured-at', 'invariant.times'],
  'card bounds': [...accepted, 'request.accepted'],
  'card numbers are secret': ['response.secrets', 'response.schema'],
  'card sample': ['request.accepted', 'response.schema', 'request.echo'],
  'cash refunds start pending': ['state.cash-refund', 'invariant.refund-redirect', 'rejection.read-only'],
  'changes are kept': ['consistency.get', 'account.state', 'account.unique-name', 'request.echo'],
  'complete payments': ['response.schema', 'invariant.immutable'],
  'create is closed': ['rejection.', 'invariant.'],
  currencies: ['response.schema', 'rejection.enum'],
  'deadline follows creation': ['invariant.times'],
  'deadline follows expiry days': ['invariant.times'],
  'default tax': ['request.tax'],
  'error body': ['error.shape', 'response.json', 'response.content-type'],
  'error codes': ['error.code', 'test-mode.scenario'],
  'error param': ['error.param'],
  'error statuses': accepted,
  'expiry bounds': ['request.accepted', 'rejection.bound'],
  'failures asked for': ['error.code', 'test-mode.scenario', 'rejection.no-trace'],
  'filters filter': ['list.', 'id.foreign'],
  'form encoding': ['request.echo', 'request.accepted', 'error.param'],
  'id format': ['response.schema', 'consistency.get'],
  'idempotency key bound': ['idempotency.key', 'response.server-error'],
  'ids are exact': ['id.unknown'],
  'keys are exact': ['credentials.'],
  'largest amount': ['request.accepted'],
  locales: ['request.echo', 'response.schema'],
  'merchants are apart': ['id.foreign', 'idempotency.key'],
  'metadata bounds': ['request.accepted'],
  'metadata is kept': text,
  'no request breaks the server': ['response.server-error', 'response.survives', 'response.reached'],
  'no thousands separator': accepted,
  'one of details and customer': ['rejection.exclusive'],
  'order number bound': ['request.accepted', 'rejection.length'],
  'page bounds': ['list.'],
  paging: ['list.'],
  'phone numbers': accepted,
  'prepaid bounds': ['request.accepted', 'rejection.'],
  'property types': ['response.schema'],
  'read shows what is kept': ['consistency.get', 'consistency.list', 'account.state', 'invariant.'],
  'reads change nothing': ['consistency.read', 'list.complete'],
  'refund amount is kept': ['state.refund-amount'],
  'refund belongs to payment': ['invariant.refund-belongs'],
  'refund needs a payment': ['state.refund-rejected', 'state.refund-request', 'state.refund-request-rejected', 'invariant.'],
  'refund of any amount': ['state.refund', 'request.accepted'],
  'refund of everything': ['state.refund', 'invariant.'],
  'refund only refunds': sideEffects,
  'refund request parameters': ['rejection.enum', 'rejection.required'],
  'refund requests start pending': ['state.refund-request', 'rejection.read-only'],
  'refund stays within total': ['state.refund-too-much', 'response.schema', 'invariant.refunded'],
  'refunded means all': ['state.refund', 'invariant.status-refunded'],
  'request only requests': ['state.refund-request', 'invariant.'],
  'required parameters': accepted,
  'responses are JSON': ['response.content-type'],
  'responses show the change': ['consistency.get', 'consistency.list'],
  'retry returns first': ['idempotency.replay', 'response.schema'],
  'scenario header': ['test-mode.scenario'],
  'short cards': ['state.short-card', 'request.status'],
  'status takes a list': ['list.complete'],
  stores: ['request.accepted', 'rejection.enum', 'response.schema'],
  'tax is kept': ['request.echo'],
  'tax is not negative': accepted,
  'tax is rounded half up': ['request.tax'],
  'test numbers': ['test-mode.scenario', 'test-mode.brand'],
  'text is kept': text,
  'time format': ['response.schema', 'invariant.times'],
  'time zones': ['request.accepted', ...accepted],
  'times are true': ['invariant.times', 'account.state', 'list.complete'],
  'total is the sum': ['invariant.total'],
  'update changes two properties': [...sideEffects, 'state.update', 'rejection.unknown'],
  'update has no state': rejected,
  'waiting is authorized': ['request.status'],
  'wrong keys are 401': ['credentials.'],
}

/** Whether a rule of the kit says what is wrong with a fault. */
export const isApt = ({ breaks }: Fault, rule: RuleId): boolean =>
  aptRules[breaks].some((apt) => (apt.endsWith('.') ? rule.startsWith(apt) : rule === apt))

/** Operations that show a fault as well as the one that it names as the first of many. */
const alsoShownAt: Partial<Record<FaultName, string>> = {
  'empty-json-body-is-500': 'createPayment',
  'foreign-account-readable': 'updateAccount',
  'foreign-payment-readable': 'capturePayment',
  'idempotency-key-of-100-is-500': 'cancelPayment',
  'idempotency-only-for-creations': 'capturePayment',
  'key-ignores-case': 'getPayment',
  'key-may-be-shortened': 'getPayment',
  'key-may-have-a-suffix': 'getPayment',
  'not-found-code-is-bad-request': 'capturePayment',
  'reading-without-key': 'getPayment',
  'times-in-japan-called-utc': 'listPayments',
  'wrong-key-is-403': 'createPayment',
}

/** Whether an operation is one that shows a fault, and not one that suffers from it. */
export const isRightOperation = ({ name, operation }: Fault, operationId: string): boolean =>
  operationId === operation || operationId === alsoShownAt[name]

/** Faults that are right by a decision of docs/contract/leniency.md, each with the decision: the kit finds nothing. */
export const leftFree: Partial<Record<FaultName, string>> = {
  'amount-zero-rejected': 'amounts',
  'any-phone-accepted': 'unstated',
  'capture-clears-deadline': 'deadline',
  'decline-is-200': 'test-mode',
  'description-trimmed': 'text',
  'error-param-with-dots': 'param',
  'expiry-days-ignored': 'deadline',
  'largest-amount-rejected': 'amounts',
  'metadata-constructor-lost': 'keys',
  'metadata-values-trimmed': 'text',
  'nulls-left-out': 'null',
  'page-zero-accepted': 'paging',
  'part-refund-of-cash-rejected': 'cash-refunds',
  'refund-request-on-refunded-accepted': 'cash-refunds',
  'scenario-ignored': 'test-mode',
  'short-card-is-captured': 'short-cards',
  'total-with-float-noise': 'noise',
  'twd-rejected': 'currencies',
  'year-2100-rejected': 'years',
}

/** Faults that the kit looks for with `--strict` alone. */
const strictOnly: ReadonlySet<FaultName> = new Set([
  'any-prepaid-length-accepted',
  'bank-transfer-expiry-of-13-accepted',
  'expiry-of-60-accepted',
  'month-13-accepted',
])

/** Whether a fault is one that only `--strict` asks about. */
export const isStrict = ({ name }: Fault): boolean => strictOnly.has(name)

/** Variants that the reference does not leave open after all, each with the sentence that forbids it. */
export const notFair: Record<string, string> = {
  'account-names-may-repeat': 'The accounts page calls the name of an account unique.',
  'times-in-japan': 'Every time of every sample is in UTC.',
}
