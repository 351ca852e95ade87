/** The sandbox's state: payments and accounts as they stand, what happened to them, and everything that can happen next. */
import { hash } from 'node:crypto'
import type {
  AcceptServiceAgreementRequest,
  CreateAccountRequest,
  CreatePaymentRequest,
  Payment,
  PaymentList,
  RefundPaymentRequest,
  RequestRefundRequest,
  UpdateAccountRequest,
  UpdatePaymentRequest,
} from '../../../generated/schema.d.ts'
import type { ApiRequest } from '../front.ts'
import { type AccountRecord, acceptServiceAgreement, createAccount, updateAccount } from './account.ts'
import type { Clock } from './clock.ts'
import {
  type Change,
  cancelPayment,
  capturePayment,
  completeRefund,
  createPayment,
  declinePayment,
  expirePayment,
  type PaymentEventType,
  type PaymentRecord,
  payPayment,
  refundPayment,
  requestRefund,
  settleRefundRequest,
  updatePayment,
} from './payment.ts'
import { newId } from './random.ts'
import { notFound, Rejection } from './rejection.ts'
import type { Rules } from './rules.ts'
import type { Maybe, Reader, Storage, Transaction } from './storage.ts'
import { isoTime, lastClockTime, timeOf } from './time.ts'

/** An event as a webhook carries it. */
export type SandboxEvent = {
  id: string
  type: PaymentEventType | 'ping'
  resource: 'event'
  data: Payment | null
  created_at: string
}
/** One try to deliver an event. */
export type Delivery = {
  at: string
  /** Status of the receiver's response; null where none came. */
  status: number | null
  /** Why no response came. */
  error: string | null
  milliseconds: number
}
export type EventRecord = {
  event: SandboxEvent
  /** `kept` where there is no webhook to deliver to. */
  state: 'kept' | 'pending' | 'delivered' | 'failed'
  deliveries: Delivery[]
  /** Number of the deliveries before it was sent again by hand. */
  triesBefore?: number
}

/** Whose a secret key's payments are. The key itself is kept nowhere. */
export const merchantOf = (secretKey: string): string => hash('sha256', secretKey).slice(0, 16)

const textOf = ({ id, external_order_num, description, payment_details }: Payment) =>
  [id, external_order_num, description, payment_details?.type, payment_details?.email].filter(Boolean).join(' ').toLowerCase()

const isOpen = ({ status }: Payment) => status === 'authorized' || status === 'pending'

const paymentRow = (record: PaymentRecord) => {
  const { payment, merchant } = record
  const { status, currency, external_order_num, created_at, payment_deadline } = payment
  const deadline = isOpen(payment) && payment_deadline !== null ? Date.parse(payment_deadline) : null
  return {
    id: payment.id,
    index: { merchant, status, currency, external_order_num, created_at, deadline, text: textOf(payment) },
    document: record,
  }
}

export const eventRow = (record: EventRecord) => {
  const { event, state } = record
  return { id: event.id, index: { payment: paymentOf(event), state, created_at: event.created_at }, document: record }
}

const accountRow = (record: AccountRecord) => ({
  id: record.account.id,
  index: { merchant: record.merchant, name: record.account.name },
  document: record,
})

const aheadOf = (setting: unknown): number => (setting as { ahead: number } | undefined)?.ahead ?? 0

/** Name of the queue in which an event waits: its payment, or `ping`. */
export const paymentOf = ({ data }: SandboxEvent): string => data?.id ?? 'ping'

/** A transaction that also gathers the events of what it changes. */
export type Work = Transaction & { events: EventRecord[] }
/** The operations that only read, and those that change. */
type StateRequest = Pick<ApiRequest, 'parameters' | 'body' | 'secretKey' | 'origin'>
type ReadHandler = (request: StateRequest, reader: Reader) => Maybe<unknown>
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

export type StateOptions = {
  storage: Storage
  clock: Clock
  rules: Rules
  /** State of a new event: `pending` where a webhook waits for it. */
  newEventState: 'kept' | 'pending'
}
export type State = ReturnType<typeof createState>

/** Makes the state. Listeners hear of changes after they are kept. */
export const createState = ({ storage, clock, rules, newEventState }: StateOptions) => {
  const listeners = new Set<(events: EventRecord[]) => void>()
  /** No open deadline lies before this time. */
  let nextDeadline = 0

  const eventOf = (type: SandboxEvent['type'], data: Payment | null): EventRecord => ({
    event: { id: newId(), type, resource: 'event', data, created_at: isoTime(clock.now()) },
    state: newEventState,
    deliveries: [],
  })

  const record = (work: Work, { record: changedRecord, events }: Change): Payment => {
    const { payment } = changedRecord
    const row = paymentRow(changedRecord)
    work.put('payments', row)
    for (const type of events) {
      const event = eventOf(type, payment)
      work.put('events', eventRow(event))
      work.events.push(event)
    }
    if (row.index.deadline !== null) nextDeadline = Math.min(nextDeadline, row.index.deadline)
    return payment
  }

  const announce = (events: EventRecord[], ...payments: string[]) => {
    if (storage.shared) storage.shared.announce([...payments, ...events.map(({ event }) => paymentOf(event))])
    else for (const listener of listeners) listener(events)
  }
  // Changes of this process come back the same way as those of the others.
  storage.shared?.listen({
    changed: () => {
      for (const listener of listeners) listener([])
    },
    lost: () => undefined,
  })

  const transact = async <T>(work: (work: Work) => Maybe<T>): Promise<T> => {
    const events: EventRecord[] = []
    const result = await storage.transact((transaction) => {
      // A database in the network may have to run the work again.
      events.length = 0
      return work({
        ...transaction,
        events,
        rollBack: () => {
          transaction.rollBack()
          events.length = 0
        },
      })
    })
    announce(events)
    return result
  }

  /** @throws {Rejection} `not_found` for what does not exist and for what belongs to another merchant */
  const recordOf = async <T extends { merchant: string }>(
    reader: Reader,
    collection: 'payments' | 'accounts',
    id: unknown,
    merchant?: string,
  ): Promise<T> => {
    const found = (await reader.get(collection, String(id))) as T | undefined
    if (!found || (merchant !== undefined && found.merchant !== merchant)) throw notFound()
    return found
  }

  const own = <T extends { merchant: string }>(reader: Reader, collection: 'payments' | 'accounts', request: StateRequest) =>
    recordOf<T>(reader, collection, request.parameters.id, merchantOf(request.secretKey))

  const changing =
    (change: (record: PaymentRecord, request: StateRequest) => Change): ChangeHandler =>
    async (request, work) =>
      record(work, change(await own<PaymentRecord>(work, 'payments', request), request))

  const listPayments: ReadHandler = async ({ parameters, secretKey }, reader) => {
    const { status, currency, external_order_num, start_time, end_time, page, per_page: perPage } = parameters as ListParameters
    const edge = (text: string | undefined, param: string) =>
      // Times of creation are kept in whole seconds: one within a second stands for the next.
      text === undefined ? undefined : isoTime(Math.ceil(timeOf(text, param) / 1000) * 1000)
    const { total, documents } = await reader.find('payments', {
      where: {
        merchant: merchantOf(secretKey),
        ...(status !== undefined && { status }),
        ...(currency !== undefined && { currency }),
        ...(external_order_num !== undefined && { external_order_num }),
      },
      range: { property: 'created_at', from: edge(start_time, 'start_time'), below: edge(end_time, 'end_time') },
      order: 'newest',
      skip: Math.min((page - 1) * perPage, Number.MAX_SAFE_INTEGER),
      take: perPage,
    })
    const data = (documents as PaymentRecord[]).map(({ payment }) => payment)
    return { resource: 'list', total, page, per_page: perPage, last_page: Math.ceil(total / perPage), data } satisfies PaymentList
  }

  const uniqueAccount: ChangeHandler = async ({ body, secretKey }, work) => {
    const request = body as CreateAccountRequest
    const merchant = merchantOf(secretKey)
    const { total } = await work.find('accounts', { where: { merchant, name: request.name }, take: 0 })
    if (total > 0) throw new Rejection('invalid_parameter', 'Parameter name is taken: another account has it.', 'name')
    const created = createAccount(request, merchant, clock.now())
    work.put('accounts', accountRow(created))
    return created.account
  }

  const changingAccount =
    (change: (record: AccountRecord, body: unknown) => AccountRecord): ChangeHandler =>
    async (request, work) => {
      const changed = change(await own<AccountRecord>(work, 'accounts', request), request.body)
      work.put('accounts', accountRow(changed))
      return changed.account
    }

  const reads: Record<string, ReadHandler> = {
    listPayments,
    getPayment: async (request, reader) => (await own<PaymentRecord>(reader, 'payments', request)).payment,
    getAccount: async (request, reader) => (await own<AccountRecord>(reader, 'accounts', request)).account,
  }
  const changes: Record<string, ChangeHandler> = {
    createPayment: ({ body, secretKey, origin }, work) =>
      record(work, createPayment(rules, body as CreatePaymentRequest, { merchant: merchantOf(secretKey), origin, now: clock.now() })),
    updatePayment: changing((found, { body }) => updatePayment(found, body as UpdatePaymentRequest)),
    capturePayment: changing((found) => capturePayment(found, clock.now())),
    cancelPayment: changing(cancelPayment),
    refundPayment: changing((found, { body, origin }) => refundPayment(found, body as RefundPaymentRequest, { origin, now: clock.now() })),
    requestRefund: changing((found, { body }) => requestRefund(found, body as RequestRefundRequest, clock.now())),
    createAccount: uniqueAccount,
    updateAccount: changingAccount((found, body) => updateAccount(found, body as UpdateAccountRequest, clock.now())),
    acceptServiceAgreement: changingAccount((found, body) =>
      acceptServiceAgreement(found, body as AcceptServiceAgreementRequest, clock.now()),
    ),
  }

  /** Takes up what other processes did to the clock and to the deadlines. */
  const keepUp = async () => {
    if (!storage.shared) return
    const { ahead, nextDeadline: earliest } = await storage.shared.look()
    clock.restore(ahead)
    nextDeadline = earliest
  }

  /** Expires what is past its deadline. Cheap where nothing is. */
  const expireDue = async () => {
    await keepUp()
    const now = clock.now()
    if (now <= nextDeadline) return
    await transact(async (work) => {
      const { documents } = await work.find('payments', { range: { property: 'deadline', below: now } })
      for (const due of documents as PaymentRecord[]) record(work, expirePayment(due))
      const range = { property: 'deadline', from: now }
      const [next] = (await work.find('payments', { range, order: 'range', take: 1 })).documents as PaymentRecord[]
      nextDeadline = next ? Date.parse(next.payment.payment_deadline!) : Number.POSITIVE_INFINITY
    })
  }

  /** What the customer, KOMOJU or time does to a payment, whoever's it is. */
  const happen = async (id: string, change: (record: PaymentRecord) => Change): Promise<PaymentRecord> => {
    await expireDue()
    return transact(async (work) => {
      const result = change(await recordOf<PaymentRecord>(work, 'payments', id))
      record(work, result)
      return result.record
    })
  }

  return {
    reads,
    changes,
    transact,
    expireDue,
    /** Keeps what became of an event. */
    saveEvent: async (record: EventRecord) => {
      await storage.transact(({ put }) => put('events', eventRow(record)))
      announce([], paymentOf(record.event))
    },
    /** Makes an event that tests the webhook. */
    ping: () =>
      transact((work) => {
        const ping = eventOf('ping', null)
        work.put('events', eventRow(ping))
        work.events.push(ping)
      }),
    /**
     * Puts the clock forward. What is due by then expires.
     * @param timeFrom the time to show, from the one that it shows; both in milliseconds since 1970
     * @throws {Rejection} `invalid_parameter` for a time before the clock's own, and for one that no payment's deadline can follow
     */
    setClock: async (timeFrom: (now: number) => number) => {
      const ahead = await storage.transact(async ({ get, put }) => {
        const before = aheadOf(await get('settings', 'clock'))
        const now = clock.now() - clock.ahead() + before
        const time = timeFrom(now)
        if (!(time <= lastClockTime))
          throw new Rejection('invalid_parameter', `The clock goes no further than ${isoTime(lastClockTime)}.`, 'to')
        if (!(time >= now)) throw new Rejection('invalid_parameter', 'The clock only goes forward. Reset the sandbox to go back.', 'to')
        const after = before + time - now
        put('settings', { id: 'clock', index: {}, document: { ahead: after } })
        return after
      })
      clock.restore(ahead)
      await expireDue()
      announce([])
    },
    /** Takes up what an earlier process left. */
    restore: async () => {
      clock.restore(aheadOf(await storage.get('settings', 'clock')))
      await expireDue()
    },
    /** Forgets everything; the clock shows the present again. */
    reset: async () => {
      await storage.clear()
      clock.restore(0)
      announce([])
    },
    /** Tells a listener of every change after it is kept; returns what stops that. */
    listen: (listener: (events: EventRecord[]) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** The customer pays, or approves. */
    pay: (id: string) => happen(id, (found) => payPayment(found, clock.now())),
    /** The customer declines on the redirect page. */
    decline: (id: string) => happen(id, declinePayment),
    /** The deadline passes, whenever it is. */
    expire: (id: string) => happen(id, expirePayment),
    /** The customer collects a cash refund. */
    collectRefund: (id: string, refundId: string) => happen(id, (found) => completeRefund(found, refundId)),
    /** KOMOJU decides on a refund request. */
    settleRefundRequest: (id: string, requestId: string, status: 'completed' | 'rejected', origin: string) =>
      happen(id, (found) => settleRefundRequest(found, requestId, status, { origin, now: clock.now() })),
  }
}
