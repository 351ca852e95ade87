/** Faults that rewrites of the API have: what a framework does by itself, and what nobody thought of. */
import { isJsonObject, type JsonObject } from '../../src/json-object.ts'
import {
  type Body,
  current,
  details,
  errorsOf,
  everyOperation,
  type Fault,
  fault,
  rejecting,
  requests,
  responses,
  successes,
} from './fault.ts'
import { bodyOf, isForm, json, type Middleware, type ProxyRequest, parsed, responding, withBody } from './target.ts'

/** An operation that sets whatever it is sent, also what only the server sets. */
const assigning =
  (operation: string, ...names: string[]): (() => Middleware) =>
  () => {
    const assigned = new Map<string, JsonObject>()
    return async (request, next) => {
      const body = request.operationId === operation ? (bodyOf(request) as Body) : undefined
      const sent = body && Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))
      const rest = body && Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
      const response = await next(rest ? withBody(request, rest) : request)
      if (response.status !== 200 || request.operationId === undefined) return response
      const returned = parsed(response) as Body
      if (sent && Object.keys(sent).length > 0) assigned.set(returned.id, { ...assigned.get(returned.id), ...sent })
      for (const object of returned.resource === 'list' ? returned.data : [returned]) Object.assign(object, assigned.get(object.id))
      return responding(response, returned)
    }
  }

/** Fails for good once a request is sent that breaks its parser. */
const dying =
  (isFatal: (text: string, query: URLSearchParams) => boolean): (() => Middleware) =>
  () => {
    let isDead = false
    return async (request, next) => {
      isDead ||= isFatal(request.text ?? '', request.query)
      return isDead ? json(503, { error: { code: 'service_unavailable', message: 'Down.', param: null } }) : next(request)
    }
  }

const keyOf = (headers: Record<string, string>) =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-komoju-idempotency')?.[1]

/** Changes the metadata that an operation is sent. */
const metadataOf = (change: (entry: [key: string, value: unknown]) => [key: string, value: unknown]) =>
  requests('createPayment', (body) =>
    isJsonObject(body.metadata) ? { ...body, metadata: Object.fromEntries(Object.entries(body.metadata).map(change)) } : body,
  )

/** Changes the text of every response. */
const texts = (change: (text: string) => string): (() => Middleware) =>
  responses(
    () => true,
    (response) => ({ ...response, text: change(response.text) }),
  )

const calledJson = (charset: string) =>
  responses(
    ({ operationId }, { status }) => operationId === 'createPayment' && status === 200,
    (response) => ({ ...response, headers: { ...response.headers, 'content-type': `application/json; charset=${charset}` } }),
  )

/** Finds a payment by an id that is almost its own. */
const finding =
  (almost: (id: string) => string): (() => Middleware) =>
  () =>
  async (request, next) =>
    next(request.operationId === 'getPayment' && request.id ? { ...request, path: `/payments/${almost(request.id)}` } : request)

const isFailure = ({ operationId }: ProxyRequest, { status }: { status: number }) =>
  operationId === 'createPayment' && (status === 402 || status === 502)

const dayMs = 86_400_000
const later = (time: string, milliseconds: number) => new Date(Date.parse(time) + milliseconds).toISOString()

export const rewriteFaults: Fault[] = [
  fault('an update sets the amount', 'input', 'updatePayment', 'rejection.read-only', assigning('updatePayment', 'amount')),
  fault('an update sets the status', 'input', 'updatePayment', 'rejection.read-only', assigning('updatePayment', 'status')),
  fault(
    'an update sets the order number',
    'input',
    'updatePayment',
    'rejection.read-only',
    assigning('updatePayment', 'external_order_num'),
  ),
  fault('a creation sets the id', 'input', 'createPayment', 'rejection.read-only', assigning('createPayment', 'id')),
  fault('a creation sets amount_refunded', 'input', 'createPayment', 'rejection.read-only', assigning('createPayment', 'amount_refunded')),
  fault('an account can be renamed', 'input', 'updateAccount', 'rejection.read-only', assigning('updateAccount', 'name')),
  fault(
    'deep JSON takes the server down',
    'robustness',
    'createPayment',
    'response.survives',
    dying((text) => text.includes('['.repeat(200))),
  ),
  fault(
    'a broken escape takes the server down',
    'robustness',
    'createPayment',
    'response.survives',
    dying((text) => text.includes('%E0%A4%A')),
  ),
  fault(
    'status[]= takes the server down',
    'robustness',
    'listPayments',
    'response.survives',
    dying((_text, query) => query.has('status[]')),
  ),
  fault(
    'cents are cut',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', (body) => {
      if (body.currency === 'USD') body.amount = Math.trunc(Number(body.amount))
      return body
    }),
  ),
  fault(
    'a tax in yen is cut',
    'acceptance',
    'createPayment',
    'request.tax',
    requests('createPayment', (body) => {
      if (body.currency === 'JPY' && /^\d+\.\d+$/.test(String(body.tax))) body.tax = Math.trunc(Number(body.tax))
      return body
    }),
  ),
  fault('a fourth refund is rejected', 'state', 'refundPayment', 'state.refund', () => {
    const counts = new Map<string, number>()
    return async (request, next) => {
      const count = counts.get(request.path) ?? 0
      if (request.operationId === 'refundPayment' && count >= 3)
        return json(422, { error: { code: 'not_refundable', message: 'Too many.', param: null } })
      const response = await next(request)
      if (request.operationId === 'refundPayment' && response.status === 200) counts.set(request.path, count + 1)
      return response
    }
  }),
  fault('part refunds of prepaid payments are rejected', 'state', 'refundPayment', 'state.refund', () => {
    const prepaid = new Set<string>()
    const inner = rejecting(
      'refundPayment',
      (body, request) => body.amount !== undefined && prepaid.has(request.path.split('/')[2] ?? ''),
    )()
    return async (request, next) => {
      const response = await inner(request, next)
      if (request.operationId === 'createPayment' && response.status === 200) {
        const payment = parsed(response) as Body
        if (payment.payment_details?.type === 'nanaco') prepaid.add(payment.id)
      }
      return response
    }
  }),
  fault('a retry gets the payment as it is now', 'idempotency', 'createPayment', 'idempotency.replay', () => {
    const created = new Map<string, string>()
    return async (request, next) => {
      const key = request.operationId === 'createPayment' ? keyOf(request.headers) : undefined
      const known = key && created.get(key)
      if (known) return current({ ...request, path: `/payments/${known}` }, next)
      const response = await next(request)
      if (key && response.status === 200) created.set(key, (parsed(response) as Body).id)
      return response
    }
  }),
  fault('the keys of two merchants meet', 'idempotency', 'createPayment', 'idempotency.key', () => {
    const responses = new Map<string, Awaited<ReturnType<Parameters<Middleware>[1]>>>()
    return async (request, next) => {
      const key = request.operationId === 'createPayment' ? keyOf(request.headers) : undefined
      const known = key && responses.get(key)
      if (known) return known
      const response = await next(request)
      if (key && response.status === 200) responses.set(key, response)
      return response
    }
  }),
  fault(
    'a tax in cents is cut',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', (body) =>
      body.currency === 'USD' && Number(body.tax) > 0 ? { ...body, tax: Math.trunc(Number(body.tax)) } : body,
    ),
  ),
  fault(
    'cents of a refund are cut',
    'acceptance',
    'refundPayment',
    'state.refund-amount',
    requests('refundPayment', (body) => (Number(body.amount) > 1 ? { ...body, amount: Math.trunc(Number(body.amount)) } : body)),
  ),
  fault(
    'a tax in yen is rounded up',
    'acceptance',
    'createPayment',
    'request.tax',
    requests('createPayment', (body) =>
      body.currency === 'JPY' && /^\d+\.\d+$/.test(String(body.tax)) ? { ...body, tax: Math.ceil(Number(body.tax)) } : body,
    ),
  ),
  fault(
    'an order number of 255 characters is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => String(body.external_order_num).length === 255, 'external_order_num'),
  ),
  fault(
    'a metadata value of 2000 characters is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => Object.values(body.metadata ?? {}).some((value) => String(value).length === 2000), 'metadata'),
  ),
  fault(
    'a deadline of 0 days is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => String(details(body).expiry_days) === '0', 'payment_details[expiry_days]'),
  ),
  fault(
    'December is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => Number(details(body).month) === 12, 'payment_details[month]'),
  ),
  fault(
    'a NET CASH number of 20 characters is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => details(body).type === 'net_cash' && String(details(body).prepaid_number).length === 20),
  ),
  fault(
    'the time zone Etc/GMT+12 is rejected',
    'acceptance',
    'createAccount',
    'request.accepted',
    rejecting('createAccount', (body) => body.time_zone === 'Etc/GMT+12', 'time_zone'),
  ),
  fault(
    'an account in Kathmandu is kept in Kolkata',
    'acceptance',
    'createAccount',
    'request.echo',
    requests('createAccount', (body) => (body.time_zone === 'Asia/Kathmandu' ? { ...body, time_zone: 'Asia/Kolkata' } : body)),
  ),
  fault(
    'an order number is cut at 64 characters',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', (body) =>
      String(body.external_order_num).length > 64 ? { ...body, external_order_num: body.external_order_num.slice(0, 64) } : body,
    ),
  ),
  fault(
    'leading zeros of an order number are lost',
    'acceptance',
    'createPayment',
    'http.hostile-text',
    requests('createPayment', (body) =>
      typeof body.external_order_num === 'string' ? { ...body, external_order_num: body.external_order_num.replace(/^0+(?=.)/, '') } : body,
    ),
  ),
  fault(
    'order numbers come back in lower case',
    'acceptance',
    'createPayment',
    'request.echo',
    successes(undefined, (body) => {
      for (const payment of body.data ?? [body]) payment.external_order_num &&= payment.external_order_num.toLowerCase()
    }),
  ),
  fault(
    'e-mail addresses come back in lower case',
    'acceptance',
    'createPayment',
    'request.echo',
    successes(undefined, (body) => {
      for (const payment of body.data ?? [body]) if (details(payment).email) details(payment).email = details(payment).email.toLowerCase()
    }),
  ),
  fault(
    'names of accounts come back in lower case',
    'acceptance',
    'createAccount',
    'request.echo',
    successes('createAccount', (body) => {
      body.name = body.name.toLowerCase()
    }),
  ),
  fault(
    'keys of the metadata are in lower case',
    'acceptance',
    'createPayment',
    'http.hostile-text',
    metadataOf(([key, value]) => [key.toLowerCase(), value]),
  ),
  fault(
    'metadata is written for HTML',
    'acceptance',
    'createPayment',
    'http.hostile-text',
    metadataOf(([key, value]) => [key, typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : value]),
  ),
  fault(
    'an id in capitals finds the payment',
    'credentials',
    'getPayment',
    'id.unknown',
    finding((id) => id.toLowerCase()),
  ),
  fault(
    'an id with a suffix finds the payment',
    'credentials',
    'getPayment',
    'id.unknown',
    finding((id) => id.slice(0, 25)),
  ),
  fault(
    'a failure asked for is a 500',
    'test-mode',
    'createPayment',
    'test-mode.scenario',
    responses(isFailure, (response) => ({ ...response, status: 500 })),
  ),
  fault('once a card was charged none fails', 'test-mode', 'createPayment', 'test-mode.scenario', () => {
    let isCharged = false
    return async (request, next) => {
      const body = request.operationId === 'createPayment' ? (bodyOf(request) as Body) : undefined
      if (details(body ?? {}).type !== 'credit_card') return next(request)
      const payment_details = { ...details(body), ...(isCharged && { number: '4111111111111111' }) }
      const response = await next(isForm(request) ? request : withBody(request, { ...body, payment_details }))
      isCharged ||= response.status === 200
      return response
    }
  }),
  fault('the message about a card shows its number', 'test-mode', 'createPayment', 'response.secrets', () => async (request, next) => {
    const response = await next(request)
    const { number } = details(request.operationId === 'createPayment' ? (bodyOf(request) ?? {}) : {})
    if (response.status < 400 || typeof number !== 'string') return response
    return errorsOf(
      () => true,
      (error) => ({ error: { ...error, message: `${number}: ${error.message}` } }),
    )()(request, async () => response)
  }),
  fault(
    'a deadline is the day before the creation',
    'invariant',
    'createPayment',
    'invariant.times',
    successes('createPayment', (body) => {
      if (body.payment_deadline) body.payment_deadline = later(body.created_at, -dayMs)
    }),
  ),
  fault(
    'captured_at is a day ahead',
    'invariant',
    'createPayment',
    'invariant.times',
    successes('createPayment', (body) => {
      if (body.captured_at) body.captured_at = later(body.captured_at, dayMs)
    }),
  ),
  fault(
    'the offset of an agreement is dropped',
    'invariant',
    'acceptServiceAgreement',
    'account.state',
    requests('acceptServiceAgreement', (body) => ({
      ...body,
      accepted_service_agreement_at: String(body.accepted_service_agreement_at).replace('+09:00', 'Z'),
    })),
  ),
  fault(
    'responses begin with a byte order mark',
    'header',
    everyOperation,
    'response.json',
    texts((text) => `\uFEFF${text}`),
  ),
  fault('responses are called Latin-1', 'header', 'createPayment', 'response.content-type', calledJson('iso-8859-1')),
  fault('responses are called Shift JIS', 'header', 'createPayment', 'response.content-type', calledJson('Shift_JIS')),
  fault(
    'responses are encoded as UTF-8 twice',
    'header',
    'createPayment',
    'http.hostile-text',
    texts((text) => Buffer.from(text, 'utf8').toString('latin1')),
  ),
  fault(
    'responses have ? for what is not ASCII',
    'header',
    'createPayment',
    'http.hostile-text',
    texts((text) => text.replaceAll(/[^\0-\x7f]/g, '?')),
  ),
  fault('a get shows the latest payment', 'invariant', 'getPayment', 'consistency.get', () => {
    let latest: string | undefined
    return async (request, next) => {
      const response = await next(request)
      if (request.operationId === 'createPayment' && response.status === 200) latest = response.text
      return request.operationId === 'getPayment' && response.status === 200 && latest ? { ...response, text: latest } : response
    }
  }),
]
