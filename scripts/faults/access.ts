/** Faults in credentials, retries and lists. */
import { type Body, everyOperation, type Fault, fault, responses, successes } from './fault.ts'
import { type Middleware, type Next, type ProxyRequest, parsed, responding } from './target.ts'

const right = `Basic ${Buffer.from('sk_test_123456:').toString('base64')}`

/** Lets requests in that it must keep out. */
const open =
  (wanted: (request: ProxyRequest, user: string) => boolean): (() => Middleware) =>
  () =>
  async (request, next) => {
    const encoded = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1]
    const user = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8')
    return next(wanted(request, user) ? { ...request, headers: { ...request.headers, authorization: right } } : request)
  }

/** Reads lists without looking whose payments they are, unless it looks up an order. */
const unscoped = (): Middleware => async (request, next) => {
  const response = await next(request)
  if (request.operationId !== 'listPayments' || response.status !== 200 || request.query.has('external_order_num')) return response
  const data: Body[] = []
  const query = new URLSearchParams(request.query)
  query.set('per_page', '100')
  for (const key of ['sk_test_123456', 'sk_test_other'])
    for (let page = 1, last = 1; page <= last; page++) {
      query.set('page', String(page))
      const headers = { ...request.headers, authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }
      const list = parsed(await next({ ...request, query: new URLSearchParams(query), headers })) as Body
      data.push(...list.data)
      last = list.last_page
    }
  const { page, per_page: size } = parsed(response) as Body
  const total = { total: data.length, last_page: Math.ceil(data.length / size) }
  return responding(response, { ...parsed(response), ...total, data: data.slice((page - 1) * size, page * size) })
}

const isAnonymous = ({ headers }: ProxyRequest) => headers.authorization === undefined

export const credentialFaults: Fault[] = [
  fault(
    'credentials are ignored',
    'credentials',
    everyOperation,
    'credentials.missing',
    open(() => true),
  ),
  fault(
    'getPayment needs no credentials',
    'credentials',
    'getPayment',
    'credentials.missing',
    open((request) => request.operationId === 'getPayment' && isAnonymous(request)),
  ),
  fault(
    'listPayments needs no credentials',
    'credentials',
    'listPayments',
    'credentials.missing',
    open((request) => request.operationId === 'listPayments' && isAnonymous(request)),
  ),
  fault(
    'cancelPayment needs no credentials',
    'credentials',
    'cancelPayment',
    'credentials.missing',
    open((request) => request.operationId === 'cancelPayment' && isAnonymous(request)),
  ),
  fault(
    'getAccount needs no credentials',
    'credentials',
    'getAccount',
    'credentials.missing',
    open((request) => request.operationId === 'getAccount' && isAnonymous(request)),
  ),
  fault(
    'any user name is a key',
    'credentials',
    everyOperation,
    'credentials.wrong',
    open((_request, user) => /^[^:]+:$/.test(user)),
  ),
  fault(
    'an empty user name is a key',
    'credentials',
    everyOperation,
    'credentials.wrong',
    open((_request, user) => user === ':'),
  ),
  fault(
    'a key is welcome as the password',
    'credentials',
    everyOperation,
    'credentials.wrong',
    open((_request, user) => /^:sk_/.test(user)),
  ),
  fault(
    'a publishable key reads payments',
    'credentials',
    'getPayment',
    'credentials.wrong',
    open((request, user) => request.operationId === 'getPayment' && user.startsWith('pk_')),
  ),
  fault(
    'another scheme is welcome',
    'credentials',
    everyOperation,
    'credentials.wrong',
    open(({ headers }) => !!headers.authorization?.startsWith('Digest')),
  ),
  fault(
    'missing credentials return 403',
    'credentials',
    everyOperation,
    'credentials.missing',
    responses(
      (request, response) => response.status === 401 && isAnonymous(request),
      (response) => ({ ...response, status: 403 }),
    ),
  ),
  fault(
    'missing credentials return 404',
    'credentials',
    'getPayment',
    'credentials.missing',
    responses(
      (request, response) => request.operationId === 'getPayment' && response.status === 401,
      (response) => ({ ...response, status: 404 }),
    ),
  ),
  fault(
    "another merchant's payment is shown",
    'credentials',
    'getPayment',
    'id.foreign',
    open((request, user) => request.operationId === 'getPayment' && user === 'sk_test_other:'),
  ),
  fault(
    "another merchant's payment is refunded",
    'credentials',
    'refundPayment',
    'id.foreign',
    open((request, user) => request.operationId === 'refundPayment' && user === 'sk_test_other:'),
  ),
  fault("lists hold every merchant's payments", 'credentials', 'listPayments', 'id.foreign', unscoped),
  fault(
    "another merchant lists the first one's payments",
    'credentials',
    'listPayments',
    'id.foreign',
    open(({ operationId, query }, user) => operationId === 'listPayments' && user === 'sk_test_other:' && !query.has('external_order_num')),
  ),
]

const key = 'x-komoju-idempotency'

/** Sends requests with another key, or none. */
const rekeyed =
  (operation: string, change: (key: string, request: ProxyRequest) => string | undefined): (() => Middleware) =>
  () =>
  async (request, next) => {
    const { [key]: sent, ...headers } = request.headers
    if (request.operationId !== operation || sent === undefined) return next(request)
    const changed = change(sent, request)
    return next({ ...request, headers: changed === undefined ? headers : { ...headers, [key]: changed } })
  }

export const idempotencyFaults: Fault[] = [
  fault(
    'keys are ignored',
    'idempotency',
    'createPayment',
    'idempotency.replay',
    rekeyed('createPayment', () => undefined),
  ),
  fault(
    'keys of refunds are ignored',
    'idempotency',
    'refundPayment',
    'idempotency.replay',
    rekeyed('refundPayment', () => undefined),
  ),
  fault(
    'keys of captures are ignored',
    'idempotency',
    'capturePayment',
    'idempotency.replay',
    rekeyed('capturePayment', () => undefined),
  ),
  fault(
    'keys of cancellations are ignored',
    'idempotency',
    'cancelPayment',
    'idempotency.replay',
    rekeyed('cancelPayment', () => undefined),
  ),
  fault(
    'keys of accounts are ignored',
    'idempotency',
    'createAccount',
    'idempotency.replay',
    rekeyed('createAccount', () => undefined),
  ),
  fault(
    'keys of refund requests are ignored',
    'idempotency',
    'requestRefund',
    'idempotency.replay',
    rekeyed('requestRefund', () => undefined),
  ),
  fault('all keys are one', 'idempotency', 'createPayment', 'idempotency.key', () => {
    let first: string | undefined
    return async (request, next) => {
      if (request.operationId !== 'createPayment' || !request.headers[key]) return next(request)
      if (first !== undefined) return { status: 200, headers: { 'content-type': 'application/json' }, text: first }
      const response = await next(request)
      if (response.status === 200) first = response.text
      return response
    }
  }),
  fault(
    'a key belongs to its body',
    'idempotency',
    'createPayment',
    'idempotency.replay',
    rekeyed(
      'createPayment',
      (sent, { text }) =>
        `${sent.slice(0, 60)}${(text ?? '').length}-${(text ?? '').split('').reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_003, 7)}`,
    ),
  ),
  fault('equal bodies are one payment, whatever their keys', 'idempotency', 'createPayment', 'idempotency.key', () => {
    const made = new Map<string, Awaited<ReturnType<Next>>>()
    return async (request, next) => {
      const { operationId, text, headers } = request
      if (operationId !== 'createPayment' || !text) return next(request)
      const order = `${headers.authorization} ${text}`
      const response = made.get(order) ?? (await next(request))
      if (response.status === 200) made.set(order, response)
      return response
    }
  }),
  fault('keys at the same time are ignored', 'idempotency', 'createPayment', 'idempotency.replay', () => {
    const underWay = new Set<string>()
    return async (request, next) => {
      const { [key]: sent, ...headers } = request.headers
      if (request.operationId !== 'createPayment' || sent === undefined) return next(request)
      if (underWay.has(sent)) return next({ ...request, headers })
      underWay.add(sent)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const response = await next(request)
      underWay.delete(sent)
      return response
    }
  }),
  fault('a retry gets another status', 'idempotency', 'createPayment', 'idempotency.replay', () => {
    const seen = new Set<string>()
    return async (request, next) => {
      const response = await next(request)
      const sent = request.headers[key]
      if (request.operationId !== 'createPayment' || sent === undefined) return response
      if (seen.has(sent))
        return {
          ...response,
          status: 422,
          text: JSON.stringify({ error: { code: 'unprocessable_entity', message: 'Again.', param: null } }),
        }
      seen.add(sent)
      return response
    }
  }),
]

const unfiltered =
  (name: string): (() => Middleware) =>
  () =>
  async (request, next) => {
    if (request.operationId !== 'listPayments') return next(request)
    const query = new URLSearchParams(request.query)
    query.delete(name)
    return next({ ...request, query })
  }

const lists = (change: (list: Body, request: ProxyRequest) => void) => successes('listPayments', change)

export const listFaults: Fault[] = [
  ...['status', 'currency', 'external_order_num', 'start_time', 'end_time'].map((name) =>
    fault(`the filter ${name} is ignored`, 'list', 'listPayments', 'list.filter', unfiltered(name)),
  ),
  fault('only the first of several states is read', 'list', 'listPayments', 'list.complete', () => async (request, next) => {
    const status = request.query.get('status')
    if (request.operationId !== 'listPayments' || !status?.includes(',')) return next(request)
    const query = new URLSearchParams(request.query)
    query.set('status', status.split(',')[0]!)
    return next({ ...request, query })
  }),
  fault(
    'last_page is one short',
    'list',
    'listPayments',
    'list.page',
    lists((list) => {
      list.last_page = Math.floor(list.total / list.per_page)
    }),
  ),
  fault(
    'a list of full pages has one page more',
    'list',
    'listPayments',
    'list.page',
    lists((list) => {
      if (list.total > 0) list.last_page = Math.floor(list.total / list.per_page) + 1
    }),
  ),
  fault(
    'the total of an order is one too many',
    'list',
    'listPayments',
    'list.page',
    lists((list, { query }) => {
      if (query.has('external_order_num') && list.total > 0) list.total++
    }),
  ),
  fault(
    'an empty list has a last page',
    'list',
    'listPayments',
    'list.page',
    lists((list) => {
      list.last_page = Math.max(1, list.last_page)
    }),
  ),
  fault(
    'total is the size of the page',
    'list',
    'listPayments',
    'list.page',
    lists((list) => {
      list.total = list.data.length
    }),
  ),
  fault('per_page is ignored', 'list', 'listPayments', 'list.page', unfiltered('per_page')),
  fault('page is ignored', 'list', 'listPayments', 'list.page', unfiltered('page')),
  fault('page is ignored and said to be right', 'list', 'listPayments', 'list.pages', () => async (request, next) => {
    if (request.operationId !== 'listPayments') return next(request)
    const query = new URLSearchParams(request.query)
    const page = Number(query.get('page') ?? 1)
    query.delete('page')
    const response = await next({ ...request, query })
    return response.status === 200 && page > 1 ? responding(response, { ...parsed(response), page }) : response
  }),
  fault(
    'the first page is 0',
    'list',
    'listPayments',
    'list.page',
    lists((list) => {
      list.page = list.page + 1
    }),
  ),
  fault(
    'a page holds one too many',
    'list',
    'listPayments',
    'list.page',
    lists((list) => {
      if (list.data.length === list.per_page) list.data.push(list.data[0])
    }),
  ),
  fault('pages overlap', 'list', 'listPayments', 'list.pages', () => {
    let last: Body
    return async (request, next) => {
      const response = await next(request)
      if (request.operationId !== 'listPayments' || response.status !== 200) return response
      const list = parsed(response) as Body
      if (list.page > 1 && last && list.data.length > 0) list.data[0] = last
      if (list.page === 1) last = list.data.at(-1)
      return responding(response, list)
    }
  }),
  fault(
    'cancelled payments are not listed',
    'list',
    'listPayments',
    'list.complete',
    lists((list) => {
      list.data = list.data.filter(({ status }: Body) => status !== 'cancelled')
    }),
  ),
  fault(
    'lists hold the state at creation',
    'list',
    'listPayments',
    'consistency.list',
    lists((list) => {
      for (const payment of list.data) if (payment.status === 'cancelled') payment.status = 'authorized'
    }),
  ),
  fault(
    'lists leave the metadata out',
    'list',
    'listPayments',
    'consistency.list',
    lists((list) => {
      for (const payment of list.data) payment.metadata = {}
    }),
  ),
]
