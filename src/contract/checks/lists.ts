/**
 * Lists, over everything that the run created. These checks run after all others, one after the other,
 * so that nothing moves while they turn pages.
 */
import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import type { Exchange } from '../exchange.ts'
import { type CheckSession, together } from '../session.ts'
import { type Check, create, expectThat } from './check.ts'

type Query = Record<string, string>
type Page = { body: PaymentList; exchange: Exchange }

const place = '#/components/schemas/PaymentList/properties/'

/** Gets a page and checks what it says about itself and its items. */
const getPage = async (session: CheckSession, query: Query): Promise<Page> => {
  const page = await session.accept<PaymentList>('listPayments', { query })
  const { body, exchange } = page
  const expectPage = (holds: boolean, message: string, property: string) =>
    expectThat(session, 'list.page', [exchange], holds, message, place + property)
  expectPage(
    body.last_page === Math.ceil(body.total / body.per_page),
    `last_page is ${body.last_page} with total ${body.total} and per_page ${body.per_page}.`,
    'last_page',
  )
  expectPage(body.data.length <= body.per_page, `The page holds ${body.data.length} payments, per_page is ${body.per_page}.`, 'data')
  expectPage(
    body.page >= body.last_page || body.data.length === body.per_page,
    `Page ${body.page} of ${body.last_page} holds ${body.data.length} of ${body.per_page} payments.`,
    'data',
  )
  if (query.page !== undefined) expectPage(String(body.page) === query.page, `Asked for page ${query.page}, got ${body.page}.`, 'page')
  if (query.per_page !== undefined)
    expectPage(body.per_page <= Number(query.per_page), `Asked for ${query.per_page} a page, got ${body.per_page}.`, 'per_page')
  for (const [name, matches] of Object.entries(filters)) {
    const value = query[name]
    if (value === undefined) continue
    const stranger = body.data.find((payment) => !matches(payment, value))
    expectThat(
      session,
      'list.filter',
      [exchange],
      stranger === undefined,
      `Filtered by ${name}=${value}, and the list holds ${JSON.stringify(stranger && { id: stranger.id, status: stranger.status, currency: stranger.currency, external_order_num: stranger.external_order_num, created_at: stranger.created_at })}.`,
      session.operationPlace('listPayments', 'parameters'),
    )
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
const getAll = async (session: CheckSession, query: Query, perPage: string): Promise<Page[]> => {
  for (let tries = 0; tries < 4; tries++) {
    const first = await getPage(session, { ...query, per_page: perPage, page: '1' })
    const rest = await together(
      Array.from({ length: Math.min(Math.max(first.body.last_page - 1, 0), 2000) }, (_, index) =>
        getPage(session, { ...query, per_page: perPage, page: String(index + 2) }),
      ),
    )
    const pages = [first, ...rest]
    if (pages.every(({ body }) => body.total === first.body.total)) return pages
    // Once the span of a query is over, as spans of the run's own payments soon are, nobody can add to it.
    await session.pause((tries + 1) * 1000)
  }
  return session.leave('the list kept changing while it was read')
}

/** Checks that pages hold every payment once, and as many as they say. */
const expectWhole = (session: CheckSession, pages: Page[]) => {
  const ids = pages.flatMap(({ body }) => body.data.map(({ id }) => id))
  const total = pages[0]!.body.total
  const evidence = pages.slice(0, 3).map(({ exchange }) => exchange)
  expectThat(
    session,
    'list.pages',
    evidence,
    new Set(ids).size === ids.length && ids.length === total,
    `The pages hold ${ids.length} payments, ${new Set(ids).size} different ones, and total is ${total}.`,
    `${place}total`,
  )
}

/** Span of the target's own clock that the run's payments were created in. */
const ownSpan = (session: CheckSession) => {
  const times = [...session.payments.values()]
    .filter(({ payment }) => isOwn(session, payment))
    .map(({ payment }) => Date.parse(payment.created_at))
    .filter((time) => !Number.isNaN(time))
  if (times.length === 0) return session.leave('no payment was created')
  const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
  return { from: iso(Math.min(...times) - 2000), to: iso(Math.max(...times) + 2000), before: iso(Math.min(...times) - 60_000) }
}

const isOwn = (session: CheckSession, { metadata, external_order_num: order }: Payment) =>
  String((metadata as Record<string, unknown> | null)?.kit_request ?? order ?? '').startsWith(session.runId)

/** Everything that the run created is listed as it is, and nothing else of the run. */
const checkEverything = async (session: CheckSession) => {
  const { from, to } = ownSpan(session)
  const pages = await getAll(session, { start_time: from, end_time: to }, '100')
  expectWhole(session, pages)
  const listed = new Map(pages.flatMap(({ body, exchange }) => body.data.map((payment) => [payment.id, { payment, exchange }] as const)))
  for (const [id, { payment, exchange, rejected }] of session.payments) {
    if (!isOwn(session, payment)) continue
    const found = listed.get(id)
    const createdBy = [...session.orders.values()].find(({ paymentId }) => paymentId === id)?.exchange ?? exchange
    const isThere = session.expect('list.complete', {
      operationId: 'listPayments',
      holds: found !== undefined,
      message: `The list from ${from} to ${to} does not hold the payment ${id}, created at ${payment.created_at}.`,
      exchanges: [createdBy, pages[0]!.exchange],
      place: `${place}data`,
    })
    if (!isThere) continue
    const difference = session.difference(payment, found!.payment)
    const [culprit] = rejected
    session.expect(culprit ? 'rejection.no-change' : 'consistency.list', {
      operationId: culprit?.operationId ?? 'listPayments',
      holds: difference === undefined,
      message: culprit
        ? `Rejected requests changed the payment ${id}: ${difference}.`
        : `The payment ${id} in the list is not what ${exchange.operationId} said: ${difference}.`,
      exchanges: [exchange, ...(culprit ? [culprit] : []), found!.exchange],
      place: culprit ? session.operationPlace(culprit.operationId) : `${place}data`,
    })
  }
  const rejectedOrders = new Map([...session.orders].filter(([, { exchange }]) => exchange.status >= 400))
  const traces = [...listed.values()].filter(({ payment }) => {
    const order = session.orderOf(payment)
    return order !== undefined && rejectedOrders.has(order)
  })
  const [trace] = traces
  const culprit = trace && rejectedOrders.get(session.orderOf(trace.payment)!)!.exchange
  session.expect('rejection.no-trace', {
    operationId: 'createPayment',
    holds: trace === undefined,
    message: trace ? `${traces.length} rejected requests are in the list, the first as the payment ${trace.payment.id}.` : '',
    exchanges: trace ? [culprit!, trace.exchange] : [pages[0]!.exchange],
    place: session.operationPlace('createPayment'),
  })
}

const checkFilters = async (session: CheckSession) => {
  const { from, to, before } = ownSpan(session)
  const own = [...session.payments.values()].map(({ payment }) => payment).filter((payment) => isOwn(session, payment))
  const span = { start_time: from, end_time: to }
  const expectOwn = (query: Query, pages: Page[], expected: Payment[]) => {
    const ids = new Set(pages.flatMap(({ body }) => body.data.map(({ id }) => id)))
    const missing = expected.find(({ id }) => !ids.has(id))
    expectThat(
      session,
      'list.complete',
      [pages[0]!.exchange],
      missing === undefined,
      `Filtered by ${new URLSearchParams(query)}, the list lacks the payment ${missing?.id}.`,
      `${place}data`,
    )
  }
  const queries: [Query, (payment: Payment) => boolean][] = [
    [{ ...span, status: 'captured' }, ({ status }) => status === 'captured'],
    [{ ...span, status: 'refunded,cancelled' }, ({ status }) => status === 'refunded' || status === 'cancelled'],
    [{ ...span, currency: 'KRW' }, ({ currency }) => currency === 'KRW'],
    [{ ...span, currency: 'JPY', status: 'authorized' }, ({ currency, status }) => currency === 'JPY' && status === 'authorized'],
  ]
  for (const [query, matches] of queries) {
    const pages = await getAll(session, query, '100')
    expectWhole(session, pages)
    expectOwn(query, pages, own.filter(matches))
  }
  for (const payment of own.filter(({ external_order_num: order }) => order?.startsWith(session.runId)).slice(0, 2)) {
    const query = { external_order_num: payment.external_order_num! }
    const page = await getPage(session, query)
    expectOwn(query, [page], [payment])
  }
  const empty: Query[] = [
    { external_order_num: session.freshName() },
    { start_time: '2100-01-01T00:00:00Z' },
    { end_time: '2000-01-01T00:00:00Z' },
    { start_time: before, end_time: before, external_order_num: own[0]?.external_order_num ?? session.freshName() },
  ]
  for (const query of empty) {
    const { body, exchange } = await getPage(session, query)
    expectThat(
      session,
      'list.page',
      [exchange],
      body.total === 0 && body.data.length === 0 && body.last_page === 0,
      `Nothing matches ${new URLSearchParams(query)}, and the list has total ${body.total}, last_page ${body.last_page} and ${body.data.length} payments.`,
      `${place}total`,
    )
  }
}

const checkPages = async (session: CheckSession) => {
  for (let index = 0; index < 5; index++) await create(session, 'konbini')
  const { from, to } = ownSpan(session)
  const query = { start_time: from, end_time: to, currency: 'KRW' }
  const pages = await getAll(session, query, '7')
  expectWhole(session, pages)
  const { body, exchange } = await getPage(session, {})
  expectThat(session, 'list.page', [exchange], body.page === 1, `Without a page, the list is page ${body.page}.`, `${place}page`)
  expectThat(session, 'list.page', [exchange], body.per_page === 10, `Without per_page, a page holds ${body.per_page}.`, `${place}per_page`)
  const beyond = await session.send('listPayments', { query: { ...query, page: '100000' } })
  const items = beyond.status === 200 ? (beyond.body as PaymentList).data?.length : 0
  expectThat(
    session,
    'list.page',
    [beyond],
    [200, 400, 404, 422].includes(beyond.status) && items === 0,
    `A page after the last returns ${beyond.status} and ${items} payments.`,
    `${place}page`,
  )
}

const checkGets = async (session: CheckSession) => {
  const own = session.has('writes') ? (await create(session, 'konbini')).body.external_order_num : null
  const { body, exchange } = await getPage(session, own ? { external_order_num: own } : {})
  const [first] = body.data
  if (!first) return session.leave('the target has no payment')
  const { body: payment, exchange: gotten } = await session.accept('getPayment', { path: { id: first.id } })
  const difference = session.difference(first, payment)
  session.expect('consistency.list', {
    operationId: 'listPayments',
    holds: difference === undefined,
    message: `The payment ${first.id} in the list is not what getPayment says: ${difference}.`,
    exchanges: [exchange, gotten],
    place: `${place}data`,
  })
}

/** Checks of lists, in the order in which they run. */
export const listChecks = (): Check[] => [
  { name: 'listPayments says what getPayment says', group: 'lists', operationId: 'listPayments', needs: ['state'], run: checkGets },
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
