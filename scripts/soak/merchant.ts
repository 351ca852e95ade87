/** What a merchant, its customers and its developer do, at random. */
import { randomUUID } from 'node:crypto'
import type { Payment, PaymentList } from '../../generated/schema.d.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { isJsonObject, type JsonObject, jsonObjectOf } from '../../src/json-object.ts'
import type { Book } from './book.ts'
import type { Client, Reply } from './client.ts'
import type { Problems } from './problems.ts'

const operations = operationsOf(readDocument())
const bodiesOf = (operationId: string): JsonObject[] =>
  Object.values(operations.find((operation) => operation.operationId === operationId)?.request?.examples ?? {}).map(({ value }) =>
    jsonObjectOf(value),
  )
const [paymentBodies, requestBodies, accountBodies] = ['createPayment', 'requestRefund', 'createAccount'].map(bodiesOf)

const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(Math.random() * values.length)]!
const chance = (share: number) => Math.random() < share

const pages = ['', '/events', '/requests', '/merchants', '/clock', '/new']
const statuses = ['authorized', 'captured', 'refunded', 'expired', 'cancelled', 'pending']
/** The longest jump: what is sent twice with one key is sent within the day that the key is remembered. */
const maxJumpHours = 12

export type MerchantParts = { name: string; send: Client; book: Book; problems: Problems }

const apiPath = (path: string) => `/api/v1${path}`
const isPayment = (body: unknown): body is Payment => isJsonObject(body) && body.resource === 'payment'

/** Requests about payments. */
const paymentActions = ({ name, send, book, problems }: MerchantParts) => {
  /** Sends a request about a payment, and takes what it makes of it. */
  const about = async (act: (payment: Payment) => Promise<Reply | undefined>, take: (earlier: Payment, later: Payment) => void) => {
    const payment = book.lend()
    if (!payment) return
    try {
      const reply = await act(payment)
      if (reply?.status === 200 && isPayment(reply.body)) take(payment, reply.body)
      else if (reply?.status === 404) problems.add('a payment is gone', payment.id)
    } finally {
      book.giveBack(payment)
    }
  }
  const change = (path: (payment: Payment) => string, fields: (payment: Payment) => JsonObject = () => ({}), method = 'POST') =>
    about((payment) => send({ path: path(payment), method, fields: fields(payment), form: chance(0.5) }), book.change.bind(book))

  const create = async () => {
    const fields = { ...pick(paymentBodies!), external_order_num: `${name}-${randomUUID()}`, description: 'x'.repeat(Math.random() * 200) }
    const headers: Record<string, string> = chance(0.5) ? { 'X-KOMOJU-IDEMPOTENCY': randomUUID() } : {}
    const request = { path: apiPath('/payments'), method: 'POST', fields, headers, form: chance(0.5) }
    const reply = await send(request)
    if (!reply) return
    if (!isPayment(reply.body)) return problems.add('a payment is not created', reply.text.slice(0, 300))
    book.add(reply.body)
    const again = 'X-KOMOJU-IDEMPOTENCY' in headers && chance(0.3) ? await send(request) : undefined
    if (again && again.text !== reply.text) problems.add('an idempotency key has two responses', again.text.slice(0, 300))
  }
  const refund = () =>
    about(
      ({ id, total, amount_refunded }) => {
        const fields = chance(0.5) ? {} : { amount: Math.max(1, Math.floor((total - amount_refunded) / 3)) }
        return send({ path: apiPath(`/payments/${id}/refund`), method: 'POST', fields, headers: { 'X-KOMOJU-IDEMPOTENCY': randomUUID() } })
      },
      (earlier, later) => {
        const added = later.refunds.length - earlier.refunds.length
        if (added !== 1) problems.add('a refund is not one refund', `${later.id}: ${added} more`)
        book.change(earlier, later)
      },
    )
  const collect = () =>
    about(async ({ id, refunds }) => {
      const open = refunds.find(({ status }) => status !== 'completed')
      return open && send({ path: `/sandbox/collect-refund/${id}`, method: 'POST', fields: { refund: open.id } })
    }, book.change.bind(book))
  return {
    create,
    refund,
    collect,
    read: () => about(({ id }) => send({ path: apiPath(`/payments/${id}`) }), book.compare.bind(book)),
    update: () =>
      change(
        ({ id }) => apiPath(`/payments/${id}`),
        () => ({ description: randomUUID(), metadata: { note: randomUUID() } }),
        'PATCH',
      ),
    capture: () => change(({ id }) => apiPath(`/payments/${id}/capture`)),
    cancel: () => change(({ id }) => apiPath(`/payments/${id}/cancel`)),
    requestRefund: () =>
      change(
        ({ id }) => apiPath(`/payments/${id}/refund_request`),
        () => ({ ...pick(requestBodies!), amount: 100 }),
      ),
    pay: () => change(({ id }) => `/sandbox/pay/${id}`),
    decline: () => change(({ id }) => `/sandbox/decline/${id}`),
  }
}

/** Reads a list, and checks that it keeps to what it says. */
const listOf = async ({ send, book, problems }: MerchantParts, query: Record<string, string>): Promise<PaymentList | undefined> => {
  const reply = await send({ path: apiPath(`/payments?${new URLSearchParams(query)}`) })
  if (!reply) return
  const list = reply.body as PaymentList
  if (reply.status !== 200) return void problems.add('a list is rejected', reply.text.slice(0, 300))
  const expected = Math.max(0, Math.min(list.per_page, list.total - (list.page - 1) * list.per_page))
  if (list.data.length !== expected || list.last_page !== Math.ceil(list.total / list.per_page))
    problems.add('a list is not as long as it says', `${JSON.stringify({ ...list, data: list.data.length })} of ${JSON.stringify(query)}`)
  for (const payment of list.data) {
    book.check(payment)
    if (query.status !== undefined && payment.status !== query.status)
      problems.add('a list holds another status', `${payment.id}: ${payment.status}`)
  }
  return list
}

/** Accounts, lists and pages. */
const otherActions = (parts: MerchantParts) => {
  const { name, send, book, problems } = parts
  const account = async () => {
    const path = apiPath('/accounts')
    const fields = { ...pick(accountBodies!), name: `${name} ${randomUUID()}` }
    const reply = await send({ path, method: 'POST', fields })
    if (!reply) return
    const { id } = jsonObjectOf(reply.body)
    if (typeof id !== 'string') return problems.add('an account is not created', reply.text.slice(0, 300))
    await send({ path: `${path}/${id}`, method: 'PATCH', fields: { time_zone: 'Asia/Tokyo' } })
    await send({ path: `${path}/${id}` })
  }
  const page = async () => {
    const [payment] = book.payments.slice(-1)
    const path = payment && chance(0.4) ? `/payments/${payment.id}` : pick(pages)
    const reply = await send({ path: `/sandbox${path}`, headers: { accept: 'text/html' } })
    if (reply && (reply.status !== 200 || !reply.text.includes('</html>')))
      problems.add('a page is broken', `${path}: ${reply.status} ${reply.text.slice(-200)}`)
  }
  return {
    account,
    page,
    list: () =>
      listOf(parts, {
        page: String(1 + Math.floor(Math.random() * 20)),
        per_page: pick(['10', '50', '100']),
        ...(chance(0.7) && { status: pick(statuses) }),
      }),
    ping: () => send({ path: '/sandbox/ping', method: 'POST', fields: {} }),
    jump: () => send({ path: '/sandbox/clock', method: 'POST', fields: { hours: Math.random() * maxJumpHours } }),
  }
}

/** Actions of a merchant, each as often as its number says beside the others. */
const weights = {
  create: 250,
  read: 150,
  refund: 120,
  list: 80,
  update: 70,
  pay: 100,
  capture: 60,
  cancel: 40,
  requestRefund: 30,
  collect: 30,
  decline: 20,
  account: 20,
  page: 40,
  ping: 2,
  jump: 2,
}
const names = Object.entries(weights).flatMap(([name, weight]) => Array<keyof typeof weights>(weight).fill(name as keyof typeof weights))

export type Merchant = {
  /** Does one thing. */
  act: () => Promise<unknown>
  /** Verifies, once nothing is under way, that everything is as it was said to be. @param isWhole whether the sandbox keeps every payment */
  verify: (isWhole: boolean) => Promise<void>
}

/** Makes a merchant. */
export const createMerchant = (parts: MerchantParts): Merchant => {
  const { book, send, problems } = parts
  const actions = { ...paymentActions(parts), ...otherActions(parts) }
  return {
    act: () => actions[pick(names)](),
    verify: async (isWhole) => {
      for (const payment of book.payments) {
        const reply = await send({ path: apiPath(`/payments/${payment.id}`) })
        if (reply && isPayment(reply.body)) book.compare(payment, reply.body)
        else if (reply) problems.add('a payment is gone', payment.id)
      }
      const all = await listOf(parts, {})
      const byStatus = await Promise.all([...statuses, 'failed'].map((status) => listOf(parts, { status })))
      const sum = byStatus.reduce((total, list) => total + (list?.total ?? 0), 0)
      if (all && all.total !== sum) problems.add('lists by status do not add up', `${sum} of ${all.total}`)
      if (all && isWhole && all.total !== book.created)
        problems.add('payments were lost, or made twice', `${book.created} were created, there are ${all.total}`)
    },
  }
}
