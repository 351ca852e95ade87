/** The API's operations on the state, by operationId: those that read, and those that change. */
import type {
  AcceptServiceAgreementRequest,
  CreateAccountRequest,
  CreatePaymentRequest,
  PaymentList,
  RefundPaymentRequest,
  RequestRefundRequest,
  UpdateAccountRequest,
  UpdatePaymentRequest,
} from '../../../../generated/schema.d.ts'
import type { ApiRequest } from '../../front.ts'
import { type AccountRecord, acceptServiceAgreement, createAccount, updateAccount } from '../account.ts'
import { assertAccountName, assertPageLength, assertPerPage, assertRefunds, assertTexts } from '../limits.ts'
import {
  type Change,
  cancelPayment,
  capturePayment,
  createPayment,
  type PaymentRecord,
  refundPayment,
  requestRefund,
  updatePayment,
} from '../payment.ts'
import { KeptRejection, Rejection } from '../rejection.ts'
import { declineCreation } from '../situation-changes.ts'
import { situationOf } from '../situations.ts'
import type { Maybe, Query, Reader } from '../storage.ts'
import { isoTime, timeOf } from '../time.ts'
import type { Expiry } from './expiry.ts'
import { accountRow } from './rows.ts'
import type { StateStore, Work } from './store.ts'

/** A request as the state sees it: whose it is, and not with which key it was sent. */
export type StateRequest = Pick<ApiRequest, 'parameters' | 'body' | 'origin' | 'headers'> & { merchant: string }
type ReadHandler = (request: StateRequest, reader: Reader) => Maybe<object>
type ChangeHandler = (request: StateRequest, work: Work) => Maybe<unknown>

type ListParameters = {
  status?: string[]
  currency?: string
  external_order_num?: string
  start_time?: string
  end_time?: string
  page: number
  per_page: number
}

/** Body of a request, which the front has checked against the operation's schema. */
const bodyOf = <Body>({ body }: Pick<StateRequest, 'body'>) => body as Body

const secondMs = 1000

/** Times of creation are kept in whole seconds: one within a second stands for the next. */
const edgeOf = (text: string | undefined, param: string) =>
  text === undefined ? undefined : isoTime(Math.ceil(timeOf(text, param) / secondMs) * secondMs)

const listPayments = async ({ parameters, merchant }: StateRequest, { findCurrent }: Expiry) => {
  const { status, currency, external_order_num, start_time, end_time, page, per_page: perPage } = parameters as ListParameters
  assertPerPage(perPage)
  const query: Query = {
    where: {
      merchant,
      ...(status !== undefined && { status }),
      ...(currency !== undefined && { currency }),
      ...(external_order_num !== undefined && { external_order_num }),
    },
    range: { property: 'created_at', from: edgeOf(start_time, 'start_time'), below: edgeOf(end_time, 'end_time') },
    order: 'newest',
    skip: Math.min((page - 1) * perPage, Number.MAX_SAFE_INTEGER),
    take: perPage,
  }
  const { total, documents } = await findCurrent(query, merchant)
  const data = documents.map(({ payment }) => payment)
  assertPageLength(data)
  return { resource: 'list', total, page, per_page: perPage, last_page: Math.ceil(total / perPage), data } satisfies PaymentList
}

/** The operations of a state. */
export const operationsOfState = (
  store: StateStore,
  expiry: Expiry,
): { reads: Record<string, ReadHandler>; changes: Record<string, ChangeHandler> } => {
  const { clock, rules } = store

  /** The object that a request names, if it is its merchant's own. */
  const requireOwned = <C extends 'payments' | 'accounts'>(reader: Reader, collection: C, { parameters, merchant }: StateRequest) =>
    store.documentOf(reader, collection, parameters.id, merchant)

  const paymentCommand =
    (change: (record: PaymentRecord, request: StateRequest) => Change): ChangeHandler =>
    async (request, work) =>
      store.savePayment(work, change(await requireOwned(work, 'payments', request), request))

  const accountCommand =
    (change: (record: AccountRecord, request: StateRequest) => AccountRecord): ChangeHandler =>
    async (request, work) => {
      const changed = change(await requireOwned(work, 'accounts', request), request)
      work.put('accounts', accountRow(changed))
      return changed.account
    }

  const createUniqueAccount: ChangeHandler = async (stateRequest, work) => {
    const request = bodyOf<CreateAccountRequest>(stateRequest)
    const { merchant } = stateRequest
    assertAccountName(request.name)
    await work.lock(`account ${merchant} ${request.name}`)
    const { total } = await work.find('accounts', { where: { merchant, name: request.name }, take: 0 })
    if (total > 0) throw new Rejection('invalid_parameter', 'Parameter name is taken: another account has it.', 'name')
    const created = createAccount(request, merchant, clock.now(merchant))
    work.put('accounts', accountRow(created))
    return created.account
  }

  const reads: Record<string, ReadHandler> = {
    listPayments: (request) => listPayments(request, expiry),
    getPayment: async (request, reader) => (await requireOwned(reader, 'payments', request)).payment,
    getAccount: async (request, reader) => (await requireOwned(reader, 'accounts', request)).account,
  }
  const changes: Record<string, ChangeHandler> = {
    createPayment: async (request, work) => {
      const { merchant, origin } = request
      const body = bodyOf<CreatePaymentRequest>(request)
      assertTexts(body)
      const situation = situationOf(request)
      const created = createPayment(rules, body, { merchant, origin, now: clock.now(merchant), situation })
      if (situation !== 'declined_creation') return store.savePayment(work, created)
      await store.savePayment(work, declineCreation(created))
      throw new KeptRejection('card_declined', 'The card was declined.')
    },
    updatePayment: paymentCommand((found, request) => {
      const body = bodyOf<UpdatePaymentRequest>(request)
      assertTexts(body)
      return updatePayment(rules, found, body, clock.now(found.merchant))
    }),
    capturePayment: paymentCommand((found) => capturePayment(found, clock.now(found.merchant))),
    cancelPayment: paymentCommand(cancelPayment),
    refundPayment: paymentCommand((found, request) => {
      const body = bodyOf<RefundPaymentRequest>(request)
      assertTexts(body)
      assertRefunds(found)
      return refundPayment(found, body, { origin: request.origin, now: clock.now(found.merchant) })
    }),
    requestRefund: paymentCommand((found, request) => {
      assertRefunds(found)
      return requestRefund(found, bodyOf<RequestRefundRequest>(request), clock.now(found.merchant))
    }),
    createAccount: createUniqueAccount,
    updateAccount: accountCommand((found, request) =>
      updateAccount(found, bodyOf<UpdateAccountRequest>(request), clock.now(found.merchant)),
    ),
    acceptServiceAgreement: accountCommand((found, request) =>
      acceptServiceAgreement(found, bodyOf<AcceptServiceAgreementRequest>(request), clock.now(found.merchant)),
    ),
  }
  return { reads, changes }
}
