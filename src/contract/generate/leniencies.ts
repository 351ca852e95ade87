/**
 * Wrong requests that a right server may accept, because the reference does not forbid them. docs/contract/leniency.md gives the
 * reason of each. The kit still sends them, and judges them only with `--strict`.
 */
import type { RuleId } from '../rules/rules.ts'

/** A value that breaks the document's schema of a request. */
export type WrongValue = {
  operationId: string
  /** The part of the body that is wrong. */
  path: (string | number)[]
  rule: RuleId
  value: unknown
  /** Whether the reference pages state what is broken, by the `x-source` of the schema or of what holds it. */
  isStated: boolean
  /** Whether the object that holds the part requires it. */
  isRequired: boolean
  /** Types and values of the schema that is broken. */
  types: string[]
  values: unknown[]
}

/** Parts of a refund that only a refund in cash uses. */
const cashRefundParts = ['name', 'email', 'phone']

const unstatedRules: RuleId[] = [
  'rejection.type',
  'rejection.pattern',
  'rejection.bound',
  'rejection.length',
  'rejection.format',
  'rejection.unknown',
]

const isScalar = (value: unknown) => typeof value === 'number' || typeof value === 'boolean'

const sameButForCase = (one: unknown, other: unknown) => String(one).toLowerCase() === String(other).toLowerCase()

/** Whether an operation needs no body, so that a right server may not read one. */
export const ignoresBody = (operationId: string) => operationId === 'capturePayment' || operationId === 'cancelPayment'

/** Each leniency by the name that it has in docs/contract/leniency.md. */
export const leniencies: Record<string, (wrong: WrongValue) => boolean> = {
  // An optional parameter that is null or empty counts as not given.
  absent: ({ path, value, isRequired }) => path.length > 0 && !isRequired && (value === null || value === ''),
  // What only a sample or a later source states is no ground for a rejection.
  unstated: ({ rule, isStated }) => !isStated && unstatedRules.includes(rule),
  flags: ({ rule, isStated, values }) => !isStated && rule === 'rejection.enum' && values.includes(true),
  // Unknown properties are rejected by create and update of payments, and ignored by the others.
  unknown: ({ rule, operationId }) => rule === 'rejection.unknown' && operationId !== 'createPayment' && operationId !== 'updatePayment',
  // A parameter of another payment method is a known one.
  variant: ({ rule }) => rule === 'rejection.variant',
  // No page says which parts of `fraud_details` go together, or that other operations look at them.
  'fraud-details': ({ operationId, path, rule }) =>
    (path[0] === 'fraud_details' && (operationId !== 'createPayment' || rule === 'rejection.required')) ||
    (path[0] === 'debug' && operationId !== 'createPayment'),
  // Only the schema of 2019 bounds a tax.
  tax: ({ path, rule, value }) => path[0] === 'tax' && rule === 'rejection.bound' && Number(value) > 0,
  // JSON has numbers and flags, a form has text: one stands for the other.
  scalar: ({ rule, value, types }) => rule === 'rejection.type' && types.includes('string') && !types.includes('number') && isScalar(value),
  spelling: ({ rule, value }) => rule === 'rejection.pattern' && (value === '1e3' || value === ' 12 '),
  case: ({ rule, value, values }) => rule === 'rejection.enum' && values.some((known) => sameButForCase(known, value)),
  'cash-refund': ({ operationId, path }) => operationId === 'refundPayment' && cashRefundParts.includes(String(path[0])),
  'ignored-body': ({ operationId }) => ignoresBody(operationId),
  // Metadata is the merchant's own: how long its keys are and what its values hold is nowhere stated.
  metadata: ({ path, rule }) => path[0] === 'metadata' && path.length > 1 && rule !== 'rejection.unknown',
}

/** Whether a right server may accept the value. */
export const isLenient = (wrong: WrongValue): boolean => Object.values(leniencies).some((applies) => applies(wrong))
