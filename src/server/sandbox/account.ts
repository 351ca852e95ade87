/** Life of an account, as pure functions. */
import type { AcceptServiceAgreementRequest, Account, CreateAccountRequest, UpdateAccountRequest } from '../../../generated/schema.d.ts'
import { newId } from './random.ts'
import { isoTime, timeOf } from './time.ts'

export type AccountRecord = {
  /** Platform whose account it is. */
  merchant: string
  account: Account
}

const changed = (record: AccountRecord, account: Partial<Account>, now: number): AccountRecord => ({
  ...record,
  account: { ...record.account, ...account, updated_at: isoTime(now) },
})

/** New account, with a merchant for live and one for test payments. */
export const createAccount = (request: CreateAccountRequest, merchant: string, now: number): AccountRecord => ({
  merchant,
  account: {
    id: newId(),
    resource: 'account',
    name: request.name,
    default_currency: request.default_currency,
    time_zone: request.time_zone,
    live_merchant: newId(),
    test_merchant: newId(),
    accepted_service_agreement_at: null,
    accepted_service_agreement_ip: null,
    created_at: isoTime(now),
    updated_at: isoTime(now),
  },
})

/** Changes what may change. Everything else in the request is ignored. */
export const updateAccount = (record: AccountRecord, { default_currency, time_zone }: UpdateAccountRequest, now: number) =>
  changed(record, { ...(default_currency && { default_currency }), ...(time_zone && { time_zone }) }, now)

/**
 * Records the owner's acceptance. A later one replaces it.
 * @throws {Rejection} `invalid_parameter` for a time that no clock shows
 */
export const acceptServiceAgreement = (record: AccountRecord, request: AcceptServiceAgreementRequest, now: number) =>
  changed(
    record,
    {
      accepted_service_agreement_at: isoTime(timeOf(request.accepted_service_agreement_at, 'accepted_service_agreement_at')),
      accepted_service_agreement_ip: request.accepted_service_agreement_ip,
    },
    now,
  )
