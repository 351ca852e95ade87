/** Limits that are the sandbox's own, so that no request makes it grow without bound. KOMOJU publishes none of them. */
import type { PaymentRecord } from './payment.ts'
import { Rejection } from './rejection.ts'

/** Refunds and refund requests of one payment. */
const maxRefunds = 100
/** Characters of a description. */
const maxDescriptionLength = 10_000
/** Characters of an account's name. */
const maxAccountNameLength = 1000
/** Keys of the metadata. */
const maxMetadataKeys = 100
/** Payments on one page of a list. */
const maxPerPage = 1000
/** Characters that a payment or an account may have as JSON. */
const maxObjectLength = 128 * 1024
/** Payments on a page that is not too large, whatever they are. */
const smallPage = 100
/** Characters that a page may have as JSON. */
const maxPageLength = 16 * 1024 * 1024
/** Operations whose requests make an object larger. All others still work on one that is as large as it may be. */
const growing = new Set(['createPayment', 'updatePayment', 'refundPayment', 'requestRefund', 'createAccount', 'updateAccount'])

const count = (number: number) => number.toLocaleString('en')

const tooLong = (param: string, limit: number) =>
  new Rejection('invalid_parameter', "Parameter {param} must have at most {limit} characters. This limit is the sandbox's own.", param, {
    param,
    limit: count(limit),
  })

/** @throws {Rejection} `invalid_parameter` for a description or metadata that is too large */
export const assertTexts = ({ description, metadata }: { description?: unknown; metadata?: unknown }) => {
  if (typeof description === 'string' && description.length > maxDescriptionLength) throw tooLong('description', maxDescriptionLength)
  if (typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length > maxMetadataKeys)
    throw new Rejection(
      'invalid_parameter',
      "Parameter metadata must have at most {limit} keys. This limit is the sandbox's own.",
      'metadata',
      { limit: maxMetadataKeys },
    )
}

/** @throws {Rejection} `invalid_parameter` for a name that is too long */
export const assertAccountName = (name: string) => {
  if (name.length > maxAccountNameLength) throw tooLong('name', maxAccountNameLength)
}

/** @throws {Rejection} `not_refundable` for a payment that has as many refunds as it can have */
export const assertRefunds = ({ payment: { refunds, refund_requests } }: PaymentRecord) => {
  if (refunds.length + refund_requests.length >= maxRefunds)
    throw new Rejection(
      'not_refundable',
      "The payment is not refundable: it has {limit} refunds and refund requests, which is the sandbox's own limit.",
      null,
      { limit: maxRefunds },
    )
}

/** @throws {Rejection} `invalid_parameter` for a page that is too large */
export const assertPerPage = (perPage: number) => {
  if (perPage > maxPerPage)
    throw new Rejection('invalid_parameter', "Parameter per_page must be at most {limit}. This limit is the sandbox's own.", 'per_page', {
      limit: count(maxPerPage),
    })
}

/** @throws {Rejection} `invalid_parameter` for an object that an operation has made too large */
export const assertObjectLength = (operationId: string, { length }: string) => {
  if (length > maxObjectLength && growing.has(operationId))
    throw new Rejection(
      'invalid_parameter',
      "The object would have more than {limit} characters as JSON. This limit is the sandbox's own.",
      null,
      {
        limit: count(maxObjectLength),
      },
    )
}

/** @throws {Rejection} `invalid_parameter` for a page whose payments are too large together */
export const assertPageLength = (payments: object[]) => {
  if (payments.length <= smallPage) return
  let length = 0
  for (const payment of payments) {
    length += JSON.stringify(payment).length
    if (length > maxPageLength)
      throw new Rejection(
        'invalid_parameter',
        "Parameter per_page is too large for these payments: they have more than {limit} characters as JSON. This limit is the sandbox's own.",
        'per_page',
        { limit: count(maxPageLength) },
      )
  }
}
