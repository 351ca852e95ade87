/** Servers that differ where the reference leaves them free. The kit finds nothing on any of them. */
import type { JsonObject } from '../../src/json-object.ts'
import { type Body, current, details, errorsOf, successes } from './fault.ts'
import { bodyOf, json, type Middleware, type Next, type ProxyRequest, parsed, responding, withBody } from './target.ts'

export type FairVariant = {
  /** Decision of docs/contract/leniency.md that the variant switches. */
  decision: string
  name: string
  make: () => Middleware
}

const variant = (decision: string, name: string, make: () => Middleware): FairVariant => ({ decision, name, make })

const rejection = (status: number, code: string, param: string | null = null) => json(status, { error: { code, message: 'No.', param } })

/** Changes every object of a response, inside out. */
const everywhere = (node: Body, change: (fields: JsonObject) => void): void => {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) if (key !== 'metadata') everywhere(value, change)
  if (!Array.isArray(node)) change(node)
}

const everyPayment = (body: Body, change: (payment: Body) => void) => {
  if (body.resource === 'payment') change(body)
  if (Array.isArray(body.data)) for (const payment of body.data) change(payment)
}

/** Largest page that the sandbox gives. */
const maxPageSize = 1000

/** All payments that a list selects, page by page. */
const allPayments = async (request: ProxyRequest, next: Next): Promise<Body[]> => {
  const payments: Body[] = []
  for (let page = 1; ; page++) {
    const query = new URLSearchParams(request.query)
    query.set('per_page', String(maxPageSize))
    query.set('page', String(page))
    const data = parsed(await next({ ...request, query })).data as Body[]
    payments.push(...data)
    if (data.length < maxPageSize) return payments
  }
}

/** A list made anew from all payments: in another order, of changed payments, in pages of another size. */
const ownList =
  ({
    change = () => {},
    sort = () => 0,
    most = 1000,
  }: {
    change?: (payment: Body) => void
    sort?: (one: Body, other: Body) => number
    most?: number
  }) =>
  async (request: ProxyRequest, next: Next) => {
    const query = new URLSearchParams(request.query)
    for (const name of ['page', 'per_page', 'status']) query.delete(name)
    const checked = await next(request)
    if (checked.status !== 200) return checked
    const all = await allPayments({ ...request, query }, next)
    for (const payment of all) change(payment)
    const status = request.query.get('status')?.split(',')
    const wanted = all.filter((payment) => !status || status.includes(payment.status)).sort(sort)
    const perPage = Math.min(Number(request.query.get('per_page') ?? 10), most)
    const page = Number(request.query.get('page') ?? 1)
    return responding(checked, {
      resource: 'list',
      total: wanted.length,
      page,
      per_page: perPage,
      last_page: Math.ceil(wanted.length / perPage),
      data: wanted.slice((page - 1) * perPage, page * perPage),
    })
  }

/** Every payment of every response is changed the same way. */
const changedPayments = (change: (payment: Body) => void) => (): Middleware => {
  const list = ownList({ change })
  return async (request, next) => {
    if (request.operationId === 'listPayments') return list(request, next)
    const response = await next(request)
    if (response.status !== 200 || request.operationId === undefined) return response
    const body = parsed(response)
    everyPayment(body, change)
    return responding(response, body)
  }
}

const statusInstead = (operations: string[] | undefined, from: number, to: number) => (): Middleware => async (request, next) => {
  const response = await next(request)
  const isMeant = operations === undefined || operations.includes(request.operationId ?? '')
  return isMeant && response.status === from ? { ...response, status: to } : response
}

const changedErrors = (change: (error: Body) => Body) =>
  errorsOf(
    ({ status }) => status >= 400,
    (error) => ({ error: change(error) }),
  )

const stateCodes = ['not_refundable', 'not_capturable', 'not_cancellable']

export const fairVariants: FairVariant[] = [
  variant('order', 'lists hold the oldest first', () => {
    const list = ownList({ sort: (one, other) => one.created_at.localeCompare(other.created_at) || one.id.localeCompare(other.id) })
    return async (request, next) => (request.operationId === 'listPayments' ? list(request, next) : next(request))
  }),
  variant('order', 'lists are sorted by id', () => {
    const list = ownList({ sort: (one, other) => one.id.localeCompare(other.id) })
    return async (request, next) => (request.operationId === 'listPayments' ? list(request, next) : next(request))
  }),
  variant('page-size', 'a page holds at most 25', () => {
    const list = ownList({ most: 25 })
    return async (request, next) => (request.operationId === 'listPayments' ? list(request, next) : next(request))
  }),
  variant('paging', 'wrong pages count as the first', () => async (request, next) => {
    const query = new URLSearchParams(request.query)
    for (const name of ['page', 'per_page']) if (query.has(name) && !/^[1-9]\d*$/.test(query.get(name)!)) query.delete(name)
    return next({ ...request, query })
  }),
  variant('paging', 'a page after the last is not found', () => async (request, next) => {
    const response = await next(request)
    if (request.operationId !== 'listPayments' || response.status !== 200) return response
    const { page, last_page: last } = parsed(response) as Body
    return page > Math.max(1, last) ? rejection(404, 'not_found') : response
  }),
  variant(
    'filters',
    'an unknown state matches nothing',
    () => async (request, next) =>
      request.operationId === 'listPayments' && request.query.get('status') === 'no_such_status'
        ? json(200, { resource: 'list', total: 0, page: 1, per_page: 10, last_page: 0, data: [] })
        : next(request),
  ),
  variant(
    'messages',
    'messages are in Japanese',
    changedErrors((error) => ({ ...error, message: 'リクエストが正しくありません。' })),
  ),
  variant('extra', 'every object has more properties, another value each time', () => async (request, next) => {
    const response = await next(request)
    if (!response.headers['content-type']?.includes('json')) return response
    const body = parsed(response)
    everywhere(body, (fields) => Object.assign(fields, { trace: Math.random(), session: null }))
    return responding(response, body)
  }),
  variant('status-of-input', 'wrong parameters return 400', statusInstead(undefined, 422, 400)),
  variant('status-of-state', 'what the state forbids returns 409', () => async (request, next) => {
    const response = await next(request)
    if (response.status !== 422 || !stateCodes.includes((parsed(response) as Body).error.code)) return response
    return { ...response, status: 409 }
  }),
  variant('status-of-body', 'malformed bodies return 422', statusInstead(undefined, 400, 422)),
  variant('status-of-credentials', 'wrong credentials return 403', () => async (request, next) => {
    const response = await next(request)
    return response.status === 401 && request.headers.authorization !== undefined
      ? responding({ ...response, status: 403 }, { error: { code: 'forbidden', message: 'No.', param: null } })
      : response
  }),
  variant('metadata', 'an update merges the metadata', () => async (request, next) => {
    const body = bodyOf(request)
    if (
      request.operationId !== 'updatePayment' ||
      typeof body?.metadata !== 'object' ||
      body.metadata === null ||
      Array.isArray(body.metadata)
    )
      return next(request)
    const before = await current(request, next)
    if (before.status !== 200) return next(request)
    return next(withBody(request, { ...body, metadata: { ...(parsed(before).metadata as JsonObject), ...body.metadata } }))
  }),
  variant(
    'metadata-text',
    'values of the metadata come back as text',
    changedPayments((payment) => {
      payment.metadata = Object.fromEntries(Object.entries(payment.metadata ?? {}).map(([key, value]) => [key, String(value)]))
    }),
  ),
  variant('null', 'what is null is left out', () => async (request, next) => {
    const response = await next(request)
    if (!response.headers['content-type']?.includes('json')) return response
    const body = parsed(response)
    everywhere(body, (fields) => {
      for (const [key, value] of Object.entries(fields)) if (value === null) delete fields[key]
    })
    return responding(response, body)
  }),
  variant(
    'codes',
    'codes are general',
    changedErrors((error) => ({
      ...error,
      code: ['missing_parameter', 'invalid_payment_type', ...stateCodes].includes(error.code) ? 'unprocessable_entity' : error.code,
    })),
  ),
  variant(
    'codes',
    'codes are newer than the document',
    changedErrors((error) => ({ ...error, code: error.code.replace('invalid_parameter', 'parameter_not_allowed') })),
  ),
  variant(
    'param',
    'errors name no parameter',
    changedErrors((error) => ({ ...error, param: null })),
  ),
  variant(
    'param',
    'errors name the innermost parameter',
    changedErrors((error) => ({ ...error, param: error.param?.match(/(\w+)\]?$/)?.[1] ?? error.param })),
  ),
  variant('times', 'times have milliseconds and an offset', () => async (request, next) => {
    const response = await next(request)
    return {
      ...response,
      text: response.text.replaceAll(/("(?:created_at|updated_at|captured_at|payment_deadline)":"[\d:T-]+?)(\.\d+)?Z"/g, '$1.000+00:00"'),
    }
  }),
  variant(
    'fee',
    'konbini adds a fee',
    changedPayments((payment) => {
      if (details(payment).type !== 'konbini') return
      payment.payment_method_fee = 185
      payment.total = payment.amount + payment.tax + 185
    }),
  ),
  variant(
    'waiting',
    'a payment that waits for its customer is pending',
    changedPayments((payment) => {
      if (payment.status === 'authorized' && details(payment).type !== 'credit_card') payment.status = 'pending'
    }),
  ),
  variant(
    'deadline',
    'payments have other deadlines',
    changedPayments((payment) => {
      payment.payment_deadline = new Date(Date.parse(payment.created_at) + 86_400_000 * 15).toISOString()
    }),
  ),
  variant(
    'captured-at',
    'captured_at is before created_at',
    changedPayments((payment) => {
      if (payment.captured_at) payment.captured_at = new Date(Date.parse(payment.created_at) - 86_400_000).toISOString()
    }),
  ),
  variant('addresses', 'addresses carry a signature, another each time', () => async (request, next) => {
    const response = await next(request)
    return {
      ...response,
      text: response.text.replaceAll(
        /("(?:instructions|redirect)_url":"[^"]+)"/g,
        (_match, start) => `${start}?signature=${Math.random()}"`,
      ),
    }
  }),
  variant('cash-refunds', 'cash payments are not refunded', () => async (request, next) => {
    if (request.operationId !== 'refundPayment') return next(request)
    const before = parsed(await current(request, next)) as Body
    return before.status === 'captured' && ['konbini', 'bank_transfer', 'pay_easy'].includes(details(before).type)
      ? rejection(422, 'not_refundable')
      : next(request)
  }),
  variant('refund-requests', 'refund requests are not taken', () => async (request, next) => {
    if (request.operationId !== 'requestRefund') return next(request)
    const before = await current(request, next)
    return before.status === 200 && parsed(before).status === 'captured' ? rejection(422, 'not_refundable') : next(request)
  }),
  variant(
    'accounts',
    'there are no accounts',
    () => async (request, next) =>
      request.path.startsWith('/accounts') && request.headers.authorization ? rejection(404, 'not_found') : next(request),
  ),
  variant('test-mode', 'there is no test mode', () => async (request, next) => {
    const { 'komoju-scenario': _scenario, ...headers } = request.headers
    const text = request.text?.replaceAll(/4123111111111\d{3}/g, '4111111111111111').replaceAll(/e11111111111111[234]/g, '1111111111111111')
    return next({ ...request, headers, text })
  }),
  variant('currencies', 'cards take yen only', () => async (request, next) => {
    const body = bodyOf(request) as Body
    const isForeign = ['USD', 'EUR', 'TWD', 'KRW'].includes(body?.currency) && body?.payment_details?.type === 'credit_card'
    return request.operationId === 'createPayment' && isForeign ? rejection(422, 'invalid_currency', 'currency') : next(request)
  }),
  variant('order-numbers', 'order numbers are unique', () => {
    const used = new Map<string, string>()
    return async (request, next) => {
      const { external_order_num: order } = (bodyOf(request) ?? {}) as JsonObject
      if (request.operationId !== 'createPayment' || typeof order !== 'string') return next(request)
      const response = await next(request)
      const id = String((parsed(response) as JsonObject).id)
      if (response.status === 200 && used.has(order) && used.get(order) !== id)
        return rejection(422, 'invalid_parameter', 'external_order_num')
      if (response.status === 200) used.set(order, id)
      return response
    }
  }),
  variant('expired-cards', 'expired cards are rejected', () => async (request, next) => {
    const { year } = (bodyOf(request)?.payment_details ?? {}) as JsonObject
    return request.operationId === 'createPayment' && Number(year) < new Date().getUTCFullYear() && Number(year) > 0
      ? rejection(422, 'invalid_parameter', 'payment_details[year]')
      : next(request)
  }),
  variant('ids', 'texts that cannot be ids return 422', () => async (request, next) => {
    const response = await next(request)
    const isMalformed = request.id !== undefined && !/^[0-9a-z]{25}$/.test(request.id)
    return isMalformed && response.status === 404
      ? responding({ ...response, status: 422 }, { error: { code: 'invalid_parameter', message: 'No.', param: 'id' } })
      : response
  }),
  variant('methods', 'other methods are not found', statusInstead(undefined, 405, 404)),
  variant('headers', 'rejected credentials come without a challenge', () => async (request, next) => {
    const response = await next(request)
    const { 'www-authenticate': _challenge, ...headers } = response.headers
    return { ...response, headers: { ...headers, ...(headers['content-type'] && { 'content-type': 'application/vnd.komoju+json' }) } }
  }),
  variant('text', 'long texts are rejected, others lose white space at their ends', () => async (request, next) => {
    const body = bodyOf(request)
    if (request.operationId !== 'createPayment' || typeof body?.description !== 'string') return next(request)
    if (body.description.length > 5000) return rejection(422, 'invalid_parameter', 'description')
    return next(withBody(request, { ...body, description: body.description.trim() }))
  }),
  variant('idempotency', 'the same key with another body gets the first response', () => {
    const first = new Map<string, string>()
    return async (request, next) => {
      const header = request.headers['x-komoju-idempotency']
      if (request.operationId !== 'createPayment' || header === undefined) return next(request)
      const key = `${request.headers.authorization} ${header}`
      const known = first.get(key)
      if (known !== undefined) return { status: 200, headers: { 'content-type': 'application/json' }, text: known }
      const response = await next(request)
      if (response.status === 200) first.set(key, response.text)
      return response
    }
  }),
  variant('rate', 'every twentieth request is one too many', () => {
    let count = 0
    return async (request, next) =>
      ++count % 20 === 0
        ? { ...rejection(429, 'too_many_requests'), headers: { 'content-type': 'application/json', 'retry-after': '0' } }
        : next(request)
  }),
  variant(
    'updated-at',
    'updated_at of an account does not move',
    successes(undefined, (body) => {
      if (body.resource === 'account') body.updated_at = body.created_at
    }),
  ),
]
