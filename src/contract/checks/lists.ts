/**
 * Lists, over everything that the run created. These checks run after all others, one after the other,
 * so that nothing moves while they turn pages.
 */

import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import { create } from '../api/fixtures.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { Exchange } from '../run/exchange.ts'
import { settleAll } from '../run/settle-all.ts'
import type { Check } from './check.ts'
import { verifyResponse } from './verifications.ts'

type Query = Record<string, string>
type Page = { body: PaymentList; exchange: Exchange }
/** All pages of a list; there is always a first one. */
type Pages = [Page, ...Page[]]

const listSchema = '#/components/schemas/PaymentList/properties/'

/** Gets a page and checks what it says about itself and its items. */
const getPage = async (context: CheckContext, query: Query): Promise<Page> => {
  const page = await context.expectAccepted<PaymentList>('listPayments', { query })
  const { body, exchange } = page
  const verifyPage = (passed: boolean, message: string, property: string) =>
    verifyResponse(context, 'list.page', { exchanges: [exchange], passed, message: () => message, pointer: listSchema + property })
  verifyPage(
    body.last_page === Math.ceil(body.total / body.per_page),
    `last_page is ${body.last_page} with total ${body.total} and per_page ${body.per_page}.`,
    'last_page',
  )
  verifyPage(body.data.length <= body.per_page, `The page holds ${body.data.length} payments, per_page is ${body.per_page}.`, 'data')
  verifyPage(
    body.page >= body.last_page || body.data.length === body.per_page,
    `Page ${body.page} of ${body.last_page} holds ${body.data.length} of ${body.per_page} payments.`,
    'data',
  )
  // Nobody else adds to an order of the run's own.
  if (query.external_order_num !== undefined && body.page === 1 && body.last_page <= 1)
    verifyPage(body.total === body.data.length, `total is ${body.total}, and the only page holds ${body.data.length} payments.`, 'total')
  if (query.page !== undefined) verifyPage(String(body.page) === query.page, `Asked for page ${query.page}, got ${body.page}.`, 'page')
  if (query.per_page !== undefined)
    verifyPage(body.per_page <= Number(query.per_page), `Asked for ${query.per_page} a page, got ${body.per_page}.`, 'per_page')
  for (const [name, matches] of Object.entries(filters)) {
    const value = query[name]
    if (value === undefined) continue
    const stranger = body.data.find((payment) => !matches(payment, value))
    verifyResponse(context, 'list.filter', {
      exchanges: [exchange],
      passed: stranger === undefined,
      message: () =>
        `Filtered by ${name}=${value}, and the list holds ${JSON.stringify(stranger && { id: stranger.id, status: stranger.status, currency: stranger.currency, external_order_num: stranger.external_order_num, created_at: stranger.created_at })}.`,
      pointer: context.operationPointer('listPayments', 'parameters'),
    })
  }
  return page
}

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000)

/** Whether a payment matches a filter. Whether the bounds of a time belong to it is the target's choice. */
const filters: Record<string, (payment: Payment, value: string) => boolean> = {
  status: ({ status }, value) => value.split(',').includes(status),
  currency: ({ currency }, value) => currency === value,
  external_order_num: ({ external_order_num: order }, value) => order === value,
  start_time: ({ created_at: created }, value) => seconds(created) >= seconds(value),
  end_time: ({ created_at: created }, value) => seconds(created) <= seconds(value),
}

/** All pages of a list. Starts again where somebody else's payment changed the total under way. */
const getAll = async (context: CheckContext, query: Query, perPage: string): Promise<Pages> => {
  for (let tries = 0; tries < 4; tries++) {
    const first = await getPage(context, { ...query, per_page: perPage, page: '1' })
    const rest = await settleAll(
      Array.from({ length: Math.min(Math.max(first.body.last_page - 1, 0), 2000) }, (_, index) =>
        getPage(context, { ...query, per_page: perPage, page: String(index + 2) }),
      ),
    )
    const pages: Pages = [first, ...rest]
    if (pages.every(({ body }) => body.total === first.body.total)) return pages
    // Once the span of a query is over, as spans of the run's own payments soon are, nobody can add to it.
    await context.pause((tries + 1) * 1000)
  }
  return context.skip('the list kept changing while it was read')
}

/** Checks that pages hold every payment once, and as many as they say. */
const verifyWhole = (context: CheckContext, pages: Pages) => {
  const ids = pages.flatMap(({ body }) => body.data.map(({ id }) => id))
  const total = pages[0].body.total
  const evidence = pages.slice(0, 3).map(({ exchange }) => exchange)
  verifyResponse(context, 'list.pages', {
    exchanges: evidence,
    passed: new Set(ids).size === ids.length && ids.length === total,
    message: () => `The pages hold ${ids.length} payments, ${new Set(ids).size} different ones, and total is ${total}.`,
    pointer: `${listSchema}total`,
  })
}

/** Span of the target's own clock that the run's payments were created in. */
const ownSpan = (context: CheckContext) => {
  const times = [...context.ledger.payments.values()]
    .filter(({ payment }) => isOwn(context, payment))
    .map(({ payment }) => Date.parse(payment.created_at))
    .filter((time) => !Number.isNaN(time))
  if (times.length === 0) return context.skip('no payment was created')
  const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
  const inJapan = (time: number) => `${new Date(time + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`
  return {
    from: iso(Math.min(...times) - 2000),
    to: iso(Math.max(...times) + 2000),
    before: iso(Math.min(...times) - 60_000),
    fromInJapan: inJapan(Math.min(...times) - 2000),
    toInJapan: inJapan(Math.max(...times) + 2000),
  }
}

const isOwn = (context: CheckContext, { metadata, external_order_num: order }: Payment) =>
  String((metadata as Record<string, unknown> | null)?.kit_request ?? order ?? '').startsWith(context.runId)

/** Everything that the run created is listed as it is, and nothing else of the run. */
const checkEverything = async (context: CheckContext) => {
  const { from, to } = ownSpan(context)
  const pages = await getAll(context, { start_time: from, end_time: to }, '100')
  verifyWhole(context, pages)
  const listed = new Map(pages.flatMap(({ body, exchange }) => body.data.map((payment) => [payment.id, { payment, exchange }] as const)))
  for (const [id, { payment, exchange, rejected }] of context.ledger.payments) {
    if (!isOwn(context, payment)) continue
    const found = listed.get(id)
    const createdBy = [...context.ledger.orders.values()].find(({ paymentId }) => paymentId === id)?.exchange ?? exchange
    const isThere = context.verify('list.complete', {
      operationId: 'listPayments',
      passed: found !== undefined,
      message: () => `The list from ${from} to ${to} does not hold the payment ${id}, created at ${payment.created_at}.`,
      exchanges: [createdBy, pages[0].exchange],
      pointer: `${listSchema}data`,
    })
    if (!isThere || !found) continue
    const difference = context.difference(payment, found.payment)
    const [culprit] = rejected
    context.verify(culprit ? 'rejection.no-change' : 'consistency.list', {
      operationId: culprit?.operationId ?? 'listPayments',
      passed: difference === undefined,
      message: () =>
        culprit
          ? `Rejected requests changed the payment ${id}: ${difference}.`
          : `The payment ${id} in the list is not what ${exchange.operationId} said: ${difference}.`,
      exchanges: [exchange, ...(culprit ? [culprit] : []), found.exchange],
      pointer: culprit ? context.operationPointer(culprit.operationId) : `${listSchema}data`,
    })
  }
  const rejectedOrders = new Map([...context.ledger.orders].filter(([, { exchange }]) => exchange.status >= 400))
  const traces = [...listed.values()].filter(({ payment }) => {
    const order = context.ledger.orderOf(payment)
    // A payment that could not be made may be kept as failed.
    return payment.status !== 'failed' && order !== undefined && rejectedOrders.has(order)
  })
  const [trace] = traces
  const culprit = trace && rejectedOrders.get(context.ledger.orderOf(trace.payment) ?? '')?.exchange
  context.verify('rejection.no-trace', {
    operationId: 'createPayment',
    passed: trace === undefined,
    message: () => (trace ? `${traces.length} rejected requests are in the list, the first as the payment ${trace.payment.id}.` : ''),
    exchanges: trace && culprit ? [culprit, trace.exchange] : [pages[0].exchange],
    pointer: context.operationPointer('createPayment'),
  })
}

const checkFilters = async (context: CheckContext) => {
  const { from, to, before, fromInJapan, toInJapan } = ownSpan(context)
  // What a rejected request changed is that request's fault, not the filter's.
  const certain = [...context.ledger.payments.values()].filter(({ rejected }) => rejected.length === 0)
  const own = certain.map(({ payment }) => payment).filter((payment) => isOwn(context, payment))
  const span = { start_time: from, end_time: to }
  const verifyOwn = (query: Query, pages: Pages, expected: Payment[]) => {
    const ids = new Set(pages.flatMap(({ body }) => body.data.map(({ id }) => id)))
    const missing = expected.find(({ id }) => !ids.has(id))
    verifyResponse(context, 'list.complete', {
      exchanges: [pages[0].exchange],
      passed: missing === undefined,
      message: () => `Filtered by ${new URLSearchParams(query)}, the list lacks the payment ${missing?.id}.`,
      pointer: `${listSchema}data`,
    })
  }
  const queries: [Query, (payment: Payment) => boolean][] = [
    [{ ...span, status: 'captured' }, ({ status }) => status === 'captured'],
    [{ ...span, status: 'refunded,cancelled' }, ({ status }) => status === 'refunded' || status === 'cancelled'],
    [{ ...span, currency: 'KRW' }, ({ currency }) => currency === 'KRW'],
    [{ ...span, currency: 'JPY', status: 'authorized' }, ({ currency, status }) => currency === 'JPY' && status === 'authorized'],
  ]
  for (const [query, matches] of queries) {
    const pages = await getAll(context, query, '100')
    verifyWhole(context, pages)
    verifyOwn(query, pages, own.filter(matches))
  }
  for (const payment of own.filter(({ external_order_num: order }) => order?.startsWith(context.runId)).slice(0, 2)) {
    const query = { external_order_num: String(payment.external_order_num) }
    const page = await getPage(context, query)
    verifyOwn(query, [page], [payment])
  }
  const { status } = await context.send('listPayments', { query: { start_time: fromInJapan } })
  // Times that a target does not parse it rejects, and may.
  if (status === 200) {
    const query = { start_time: fromInJapan, end_time: toInJapan, currency: 'KRW' }
    verifyOwn(
      query,
      await getAll(context, query, '100'),
      own.filter(({ currency }) => currency === 'KRW'),
    )
  }
  const [someOrder] = own.flatMap(({ external_order_num: order }) => (order?.startsWith(context.runId) ? [order] : []))
  // The run's names are in both cases, and this one begins others.
  for (const almost of someOrder === undefined ? [] : [someOrder.toUpperCase(), someOrder.toLowerCase(), someOrder.slice(0, -1)])
    await getPage(context, { external_order_num: almost })
  const empty: Query[] = [
    { external_order_num: context.freshName() },
    { start_time: '2100-01-01T00:00:00Z' },
    { end_time: '2000-01-01T00:00:00Z' },
    { start_time: before, end_time: before, external_order_num: own[0]?.external_order_num ?? context.freshName() },
  ]
  for (const query of empty) {
    const { body, exchange } = await getPage(context, query)
    verifyResponse(context, 'list.page', {
      exchanges: [exchange],
      passed: body.total === 0 && body.data.length === 0 && body.last_page === 0,
      message: () =>
        `Nothing matches ${new URLSearchParams(query)}, and the list has total ${body.total}, last_page ${body.last_page} and ${body.data.length} payments.`,
      pointer: `${listSchema}total`,
    })
  }
}

const checkPages = async (context: CheckContext) => {
  for (let index = 0; index < 5; index++) await create(context, 'konbini')
  const { from, to } = ownSpan(context)
  const query = { start_time: from, end_time: to, currency: 'KRW' }
  const pages = await getAll(context, query, '7')
  verifyWhole(context, pages)
  // A page of one divides every total: there is no last page that is not full.
  await getPage(context, { start_time: from, end_time: to, per_page: '1' })
  const { body, exchange } = await getPage(context, {})
  verifyResponse(context, 'list.page', {
    exchanges: [exchange],
    passed: body.page === 1,
    message: () => `Without a page, the list is page ${body.page}.`,
    pointer: `${listSchema}page`,
  })
  verifyResponse(context, 'list.page', {
    exchanges: [exchange],
    passed: body.per_page === 10,
    message: () => `Without per_page, a page holds ${body.per_page}.`,
    pointer: `${listSchema}per_page`,
  })
  const beyond = await context.send('listPayments', { query: { ...query, page: '100000' } })
  const items = beyond.status === 200 ? (beyond.body as PaymentList).data?.length : 0
  verifyResponse(context, 'list.page', {
    exchanges: [beyond],
    passed: [200, 400, 404, 422].includes(beyond.status) && items === 0,
    message: () => `A page after the last returns ${beyond.status} and ${items} payments.`,
    pointer: `${listSchema}page`,
  })
}

const checkGets = async (context: CheckContext) => {
  const own = context.capabilities.has('writes') ? (await create(context, 'konbini')).body.external_order_num : null
  const { body, exchange } = await getPage(context, own ? { external_order_num: own } : {})
  const [first] = body.data
  if (!first) return context.skip('the target has no payment')
  const { body: payment, exchange: gotten } = await context.expectAccepted('getPayment', { path: { id: first.id } })
  const difference = context.difference(first, payment)
  context.verify('consistency.list', {
    operationId: 'listPayments',
    passed: difference === undefined,
    message: () => `The payment ${first.id} in the list is not what getPayment says: ${difference}.`,
    exchanges: [exchange, gotten],
    pointer: `${listSchema}data`,
  })
}

const readsOf = (context: CheckContext, { id, external_order_num: order }: Payment) => ({
  get: async () => {
    const { body, exchange } = await context.expectAccepted('getPayment', { path: { id } })
    return { payment: body, exchange }
  },
  list: async () => {
    const { body, exchange } = await getPage(context, { external_order_num: String(order) })
    return { payment: body.data.find((payment) => payment.id === id), exchange }
  },
})

/** Reads a payment by turns: where a list or a get is followed by another state, it changed it. */
const checkReads = async (context: CheckContext, type: string) => {
  const { body } = await create(context, type)
  const { get, list } = readsOf(context, body)
  const verifySame = (before: Awaited<ReturnType<typeof list>>, culprit: Exchange, after: typeof before) => {
    const difference = context.difference(before.payment, after.payment)
    context.verify('consistency.read', {
      operationId: culprit.operationId,
      passed: difference === undefined,
      message: () => `Reading changed the payment ${body.id}: ${difference}.`,
      exchanges: [before.exchange, culprit, after.exchange],
    })
  }
  const first = await list()
  const second = await list()
  verifySame(first, first.exchange, second)
  const gotten = await get()
  const third = await list()
  verifySame(second, gotten.exchange, third)
  verifySame(gotten, gotten.exchange, await get())
}

/** Checks of lists, in the order in which they run. */
export const listChecks = (): Check[] => [
  { name: 'listPayments says what getPayment says', group: 'lists', operationId: 'listPayments', needs: ['state'], run: checkGets },
  {
    name: 'reading a payment changes nothing',
    group: 'lists',
    operationId: 'getPayment',
    needs: ['state', 'writes'],
    run: async (context) => {
      await checkReads(context, 'konbini')
      await checkReads(context, 'credit_card')
    },
  },
  { name: 'listPayments turns its pages', group: 'lists', operationId: 'listPayments', needs: ['state', 'writes'], run: checkPages },
  { name: 'listPayments keeps to its filters', group: 'lists', operationId: 'listPayments', needs: ['state', 'writes'], run: checkFilters },
  {
    name: 'listPayments holds everything that was created, and nothing that was rejected',
    group: 'lists',
    operationId: 'listPayments',
    needs: ['state', 'writes'],
    run: checkEverything,
  },
]
