/** Faults in what payments and accounts become. */
import type { JsonObject } from '../../src/json-object.ts'
import {
  accepting,
  type Body,
  balanced,
  current,
  details,
  type Fault,
  fault,
  forgetting,
  persisted,
  requests,
  responses,
  successes,
} from './fault.ts'
import { bodyOf, json, type Middleware, type ProxyResponse, parsed, responding, withBody } from './target.ts'

/** Remembers what an operation was asked, to twist later responses. */
const remembering =
  (operation: string, twist: (body: Body, first: Body) => void): (() => Middleware) =>
  () => {
    const first = new Map<string, Body>()
    return async (request, next) => {
      const response = await next(request)
      if (response.status !== 200 || request.operationId === 'listPayments') return response
      const body = parsed(response) as Body
      if (request.operationId === operation) first.set(body.id, structuredClone(body))
      else if (first.has(body.id)) {
        twist(body, first.get(body.id))
        return responding(response, body)
      }
      return response
    }
  }

/** What is created is returned, and not kept. */
const losing =
  (operation: string): (() => Middleware) =>
  () => {
    const lost = new Set<string>()
    return async (request, next) => {
      if (request.id !== undefined && lost.has(request.id))
        return json(404, { error: { code: 'not_found', message: 'Not found.', param: null } })
      const response = await next(request)
      if (request.operationId === operation && response.status === 200) lost.add(String(parsed(response).id))
      return response
    }
  }

/** Two refunds under way at the same time both work. */
const racing = (): Middleware => {
  const underWay = new Map<string, number>()
  return async (request, next) => {
    if (request.operationId !== 'refundPayment' || !request.id) return next(request)
    underWay.set(request.id, (underWay.get(request.id) ?? 0) + 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const others = underWay.get(request.id)!
    const response = await next(request)
    const result = response.status === 422 && others > 1 ? await current(request, next) : response
    underWay.set(request.id, underWay.get(request.id)! - 1)
    return result
  }
}

const refundless = (payment: Body) => {
  payment.refunds = []
  payment.amount_refunded = 0
}

export const stateFaults: Fault[] = [
  fault(
    'a second cancellation is accepted',
    'state',
    'cancelPayment',
    'state.cancel-rejected',
    accepting('cancelPayment', ({ status }) => status === 'cancelled'),
  ),
  fault(
    'a captured payment is cancelled',
    'state',
    'cancelPayment',
    'state.cancel-rejected',
    accepting('cancelPayment', ({ status }) => status === 'captured'),
  ),
  fault('cancelling has no effect', 'state', 'cancelPayment', 'consistency.get', forgetting('cancelPayment')),
  fault(
    'cancelling returns the payment as it was',
    'state',
    'cancelPayment',
    'state.cancel',
    successes('cancelPayment', (body) => {
      body.status = 'authorized'
    }),
  ),
  fault(
    'cancelling an authorized card is rejected',
    'state',
    'cancelPayment',
    'state.cancel',
    responses(
      (request, response) => request.operationId === 'cancelPayment' && response.status === 200,
      () => json(422, { error: { code: 'not_cancellable', message: 'No.', param: null } }),
    ),
  ),
  fault(
    'a second capture is accepted',
    'state',
    'capturePayment',
    'state.capture-rejected',
    accepting('capturePayment', ({ status }) => status === 'captured'),
  ),
  fault(
    'a konbini payment is captured',
    'state',
    'capturePayment',
    'state.capture-rejected',
    accepting('capturePayment', (body) => details(body).type === 'konbini'),
  ),
  fault(
    'a cancelled payment is captured',
    'state',
    'capturePayment',
    'state.capture-rejected',
    accepting('capturePayment', ({ status }) => status === 'cancelled'),
  ),
  fault(
    'a refunded payment is captured',
    'state',
    'capturePayment',
    'state.capture-rejected',
    accepting('capturePayment', ({ status }) => status === 'refunded'),
  ),
  fault('capturing has no effect', 'state', 'capturePayment', 'consistency.get', forgetting('capturePayment')),
  fault(
    'a capture leaves the payment authorized',
    'state',
    'capturePayment',
    'state.capture',
    successes('capturePayment', (body) => {
      body.status = 'authorized'
      body.captured_at = null
    }),
  ),
  fault(
    'an authorized payment is refunded',
    'state',
    'refundPayment',
    'state.refund-rejected',
    accepting('refundPayment', ({ status }) => status === 'authorized'),
  ),
  fault(
    'a cancelled payment is refunded',
    'state',
    'refundPayment',
    'state.refund-rejected',
    accepting('refundPayment', ({ status }) => status === 'cancelled'),
  ),
  fault(
    'a refund of nothing left is accepted',
    'state',
    'refundPayment',
    'state.refund-rejected',
    accepting('refundPayment', ({ status }) => status === 'refunded'),
  ),
  fault('a refund of too much refunds the rest', 'state', 'refundPayment', 'state.refund-too-much', () => async (request, next) => {
    const response = await next(request)
    const body = bodyOf(request)
    if (request.operationId !== 'refundPayment' || response.status !== 422 || !(Number(body?.amount) < 100_000)) return response
    return next(withBody(request, {}))
  }),
  fault(
    'a part refunds all',
    'state',
    'refundPayment',
    'state.refund-amount',
    requests('refundPayment', ({ amount: _amount, ...body }) => body),
  ),
  fault(
    'a refund is rounded up to ten yen',
    'state',
    'refundPayment',
    'state.refund-amount',
    requests('refundPayment', (body) =>
      Number.isInteger(Number(body.amount ?? Number.NaN)) ? { ...body, amount: Math.ceil(Number(body.amount) / 10) * 10 } : body,
    ),
  ),
  fault(
    'a refund is rounded down to five yen',
    'state',
    'refundPayment',
    'state.refund-amount',
    requests('refundPayment', (body) =>
      Number.isInteger(Number(body.amount ?? Number.NaN)) ? { ...body, amount: Math.floor(Number(body.amount) / 5) * 5 } : body,
    ),
  ),
  fault('a refund of all leaves the tax out', 'state', 'refundPayment', 'state.refund-amount', () => async (request, next) => {
    if (request.operationId !== 'refundPayment' || bodyOf(request)?.amount !== undefined) return next(request)
    const before = await current(request, next)
    const { amount, status } = parsed(before) as Body
    return status === 'captured' ? next(withBody(request, { ...bodyOf(request), amount })) : next(request)
  }),
  fault(
    'a refund takes the tax on top',
    'state',
    'refundPayment',
    'state.refund-amount',
    requests('refundPayment', (body) =>
      Number(body.amount) > 0 && Number(body.amount) <= 600 ? { ...body, amount: Math.round(Number(body.amount) * 1.1) } : body,
    ),
  ),
  fault('a refund is returned and not kept', 'state', 'refundPayment', 'consistency.get', forgetting('refundPayment')),
  fault('a refund is rejected for prepaid cards', 'state', 'refundPayment', 'state.refund', () => async (request, next) => {
    if (request.operationId !== 'refundPayment') return next(request)
    const before = parsed(await current(request, next)) as Body
    return details(before).type === 'bit_cash'
      ? json(422, { error: { code: 'not_refundable', message: 'No.', param: null } })
      : next(request)
  }),
  fault('a get shows no refunds', 'state', 'getPayment', 'consistency.get', successes('getPayment', refundless)),
  fault('an update is returned and not kept', 'state', 'updatePayment', 'consistency.get', forgetting('updatePayment')),
  fault(
    'an update is not done',
    'state',
    'updatePayment',
    'state.update',
    requests('updatePayment', () => ({})),
  ),
  fault(
    'an update of the metadata drops the description',
    'state',
    'updatePayment',
    'state.update',
    requests('updatePayment', (body) => (body.metadata && body.description === undefined ? { ...body, description: null } : body)),
  ),
  fault(
    'an update without a description makes it empty',
    'state',
    'updatePayment',
    'state.update',
    successes('updatePayment', (body, request) => {
      if (!('description' in (bodyOf(request) ?? {}))) body.description = null
    }),
  ),
  fault(
    'an update does not remove the description',
    'state',
    'updatePayment',
    'state.update',
    requests('updatePayment', (body) => {
      if (body.description === null || body.description === '') delete body.description
      return body
    }),
  ),
  fault('an update of a cancelled payment is rejected', 'state', 'updatePayment', 'state.update', () => async (request, next) => {
    if (request.operationId !== 'updatePayment') return next(request)
    const { status } = parsed(await current(request, next))
    return status === 'cancelled' ? json(422, { error: { code: 'unprocessable_entity', message: 'No.', param: null } }) : next(request)
  }),
  fault(
    'a refund is requested for an unpaid payment',
    'state',
    'requestRefund',
    'state.refund-request-rejected',
    accepting('requestRefund'),
  ),
  fault(
    'a refund request masks the account',
    'state',
    'requestRefund',
    'state.refund-request',
    successes('requestRefund', (body) => {
      for (const request of body.refund_requests) request.account_number = `***${request.account_number.slice(-3)}`
    }),
  ),
  fault('a refund request is returned and not kept', 'state', 'requestRefund', 'consistency.get', forgetting('requestRefund')),
  fault(
    'a cash refund has no page for the customer',
    'state',
    'refundPayment',
    'state.cash-refund',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.redirect_url = null
    }),
  ),
  fault(
    'a paid cash payment is cancelled',
    'state',
    'cancelPayment',
    'state.cancel-rejected',
    accepting('cancelPayment', (body) => details(body).type !== 'credit_card' && body.status === 'captured'),
  ),
  fault('a created payment is not kept', 'state', 'createPayment', 'consistency.get', losing('createPayment')),
  fault('a created account is not kept', 'state', 'createAccount', 'account.state', losing('createAccount')),
  fault('an update of an account is returned and not kept', 'state', 'updateAccount', 'account.state', forgetting('updateAccount')),
  fault(
    'an accepted agreement is returned and not kept',
    'state',
    'acceptServiceAgreement',
    'account.state',
    successes(undefined, (body, request) => {
      if (body.resource !== 'account' || request.operationId === 'acceptServiceAgreement') return
      body.accepted_service_agreement_at = null
      body.accepted_service_agreement_ip = null
    }),
  ),
  fault(
    'an update of an account moves the other property',
    'state',
    'updateAccount',
    'account.state',
    requests('updateAccount', (body) => (body.default_currency === undefined ? { ...body, default_currency: 'JPY' } : body)),
  ),
  fault(
    'an agreement is accepted from another address',
    'state',
    'acceptServiceAgreement',
    'account.state',
    requests('acceptServiceAgreement', (body) =>
      body.accepted_service_agreement_ip === '192.0.2.1' ? { ...body, accepted_service_agreement_ip: '127.0.0.1' } : body,
    ),
  ),
  fault('two accounts have one name', 'state', 'createAccount', 'account.unique-name', () => async (request, next) => {
    const response = await next(request)
    const body = bodyOf(request) as JsonObject
    if (request.operationId !== 'createAccount' || response.status !== 422 || !body?.name || !body.time_zone) return response
    const again = await next(withBody(request, { ...body, name: `${body.name} (2)` }))
    return again.status === 200 ? responding(again, { ...parsed(again), name: body.name }) : response
  }),
  fault(
    'both merchants of an account are one',
    'state',
    'createAccount',
    'account.merchants',
    successes('createAccount', (body) => {
      body.test_merchant = body.live_merchant
    }),
  ),
  fault(
    'a card is only authorized',
    'state',
    'createPayment',
    'request.status',
    requests('createPayment', (body) =>
      body.payment_details?.type === 'credit_card' && body.capture === undefined ? { ...body, capture: false } : body,
    ),
  ),
  fault(
    'a card is captured in spite of capture: false',
    'state',
    'createPayment',
    'request.status',
    requests('createPayment', ({ capture: _capture, ...body }) => body),
  ),
  fault(
    'a konbini payment is captured at once',
    'state',
    'createPayment',
    'request.status',
    successes('createPayment', (body) => {
      if (details(body).type !== 'konbini') return
      body.status = 'captured'
      body.captured_at = body.created_at
    }),
  ),
  fault('two refunds at the same time both work', 'state', 'refundPayment', 'state.concurrent', racing),
  fault('a rejected payment is kept', 'state', 'createPayment', 'rejection.no-trace', () => async (request, next) => {
    const response = await next(request)
    const body = bodyOf(request)
    const metadata = body?.metadata as JsonObject | undefined
    if (request.operationId === 'createPayment' && response.status === 422 && typeof metadata === 'object' && metadata?.kit_request) {
      const payment_details = { type: 'line_pay' }
      await next(withBody(request, { amount: 100, currency: 'JPY', payment_details, metadata }))
    }
    return response
  }),
  fault('a rejected refund refunds', 'state', 'refundPayment', 'rejection.no-change', () => async (request, next) => {
    const response: ProxyResponse = await next(request)
    if (request.operationId === 'refundPayment' && response.status === 422) await next(withBody(request, { amount: 1 }))
    return response
  }),
  fault('a request without credentials cancels', 'state', 'cancelPayment', 'rejection.no-change', () => async (request, next) => {
    const response = await next(request)
    if (request.operationId === 'cancelPayment' && response.status === 401)
      await next({ ...request, text: undefined, headers: { authorization: `Basic ${Buffer.from('sk_test_123456:').toString('base64')}` } })
    return response
  }),
]

export const lawFaults: Fault[] = [
  fault(
    'the total leaves the tax out',
    'invariant',
    'createPayment',
    'invariant.total',
    successes('createPayment', (body) => {
      body.total = body.amount
    }),
  ),
  fault(
    'the total takes the tax twice',
    'invariant',
    'capturePayment',
    'invariant.total',
    successes('capturePayment', (body) => {
      body.total += body.tax
    }),
  ),
  fault(
    'totals in lists leave the tax out',
    'invariant',
    'listPayments',
    'invariant.total',
    successes('listPayments', (body) => {
      for (const payment of body.data) payment.total = payment.amount
    }),
  ),
  fault(
    'the default tax is rounded down',
    'invariant',
    'createPayment',
    'request.tax',
    requests('createPayment', (body) =>
      body.tax === undefined && Number(body.amount) > 0 && body.currency !== undefined
        ? { ...body, tax: Math.floor(Number(body.amount) / 10) }
        : body,
    ),
  ),
  fault(
    'the default tax is 8 %',
    'invariant',
    'createPayment',
    'request.tax',
    requests('createPayment', (body) =>
      body.tax === undefined && Number(body.amount) > 0 ? { ...body, tax: Math.round(Number(body.amount) * 0.08) } : body,
    ),
  ),
  fault(
    'the tax asked for is ignored',
    'invariant',
    'createPayment',
    'request.echo',
    requests('createPayment', (body) => (Number(body.tax) >= 0 ? { ...body, tax: 'auto' } : body)),
  ),
  fault(
    'amount_refunded counts refunds',
    'invariant',
    'refundPayment',
    'invariant.refunded',
    successes('refundPayment', (body) => {
      body.amount_refunded = body.refunds.length
    }),
  ),
  fault(
    'an authorized payment has captured_at',
    'invariant',
    'createPayment',
    'invariant.captured-at',
    successes('createPayment', (body) => {
      body.captured_at = body.created_at
    }),
  ),
  fault(
    'a captured payment has no captured_at',
    'invariant',
    'capturePayment',
    'invariant.captured-at',
    successes('capturePayment', (body) => {
      body.captured_at = null
    }),
  ),
  fault(
    'a cancelled payment has captured_at',
    'invariant',
    'cancelPayment',
    'invariant.captured-at',
    successes('cancelPayment', (body) => {
      body.captured_at = body.created_at
    }),
  ),
  fault(
    'a refunded payment stays captured',
    'invariant',
    'refundPayment',
    'invariant.status-refunded',
    successes('refundPayment', (body) => {
      body.status = 'captured'
    }),
  ),
  fault(
    'a partly refunded payment is refunded',
    'invariant',
    'refundPayment',
    'invariant.status-refunded',
    successes('refundPayment', (body) => {
      body.status = 'refunded'
    }),
  ),
  fault(
    'a refund names another payment',
    'invariant',
    'refundPayment',
    'invariant.refund-belongs',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.payment = refund.id
    }),
  ),
  fault(
    'a refund is in dollars',
    'invariant',
    'refundPayment',
    'invariant.refund-belongs',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.currency = 'USD'
    }),
  ),
  fault(
    'a card refund has a page for the customer',
    'invariant',
    'refundPayment',
    'invariant.refund-redirect',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.redirect_url ??= 'https://example.com/refund'
    }),
  ),
  fault(
    'a refund request names another payment',
    'invariant',
    'requestRefund',
    'invariant.refund-belongs',
    successes('requestRefund', (body) => {
      for (const request of body.refund_requests) request.payment = request.id
    }),
  ),
  fault(
    'times are in Japan',
    'invariant',
    'getPayment',
    'invariant.times',
    successes('getPayment', (body) => {
      body.created_at = `${new Date(Date.parse(body.created_at) + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`
    }),
  ),
  fault(
    'created_at moves',
    'invariant',
    'capturePayment',
    'invariant.immutable',
    successes('capturePayment', (body) => {
      body.created_at = new Date(Date.parse(body.created_at) + 60_000).toISOString()
    }),
  ),
  fault(
    'a capture clears the description and the brand',
    'invariant',
    'capturePayment',
    'invariant.side-effects',
    persisted('capturePayment', (body) => {
      body.description = null
      body.payment_details.brand = 'unknown'
    }),
  ),
  fault(
    'a capture forgets the card',
    'invariant',
    'capturePayment',
    'invariant.side-effects',
    persisted('capturePayment', (body) => {
      body.payment_details.last_four_digits = '0000'
    }),
  ),
  fault(
    'a cancellation empties the metadata',
    'invariant',
    'cancelPayment',
    'invariant.side-effects',
    persisted('cancelPayment', (body) => {
      body.metadata = {}
    }),
  ),
  fault(
    'a refund writes its description on the payment',
    'invariant',
    'refundPayment',
    'invariant.side-effects',
    persisted('refundPayment', (body) => {
      body.description = 'refunded'
    }),
  ),
  fault(
    'a refund moves captured_at',
    'invariant',
    'refundPayment',
    'invariant.side-effects',
    persisted('refundPayment', (body) => {
      body.captured_at = '2020-01-01T00:00:00Z'
    }),
  ),
  fault(
    'an update resets the deadline',
    'invariant',
    'updatePayment',
    'invariant.side-effects',
    persisted('updatePayment', (body) => {
      body.payment_deadline = '2100-01-01T00:00:00Z'
    }),
  ),
  fault(
    'a capture changes the amount',
    'invariant',
    'capturePayment',
    'invariant.immutable',
    successes('capturePayment', (body) => {
      body.amount -= 1
      balanced(body)
    }),
  ),
  fault(
    'a cancellation changes the payment method',
    'invariant',
    'cancelPayment',
    'invariant.immutable',
    successes('cancelPayment', (body) => {
      body.payment_details = { type: 'merpay', email: null, redirect_url: 'https://example.com' }
    }),
  ),
  fault(
    'refunds share an id',
    'invariant',
    'refundPayment',
    'invariant.unique-ids',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.id = body.id
    }),
  ),
  fault(
    'payments share an id',
    'invariant',
    'createPayment',
    'invariant.unique-ids',
    successes('createPayment', (body) => {
      body.id = '0123456789abcdefghijklmno'
    }),
  ),
  fault(
    'a captured payment turns authorized',
    'invariant',
    'getPayment',
    'invariant.transition',
    remembering('capturePayment', (body, first) => {
      Object.assign(body, first, { status: 'authorized', captured_at: null })
    }),
  ),
  fault('refunds disappear', 'invariant', 'getPayment', 'invariant.refunds-stay', successes('getPayment', refundless)),
  fault('a card number comes back', 'invariant', 'createPayment', 'response.secrets', () => async (request, next) => {
    const response = await next(request)
    const { number } = (bodyOf(request)?.payment_details ?? {}) as JsonObject
    if (response.status !== 200 || typeof number !== 'string') return response
    const body = parsed(response) as Body
    return responding(response, { ...body, payment_details: { ...body.payment_details, card: number } })
  }),
  fault(
    'a verification value comes back',
    'invariant',
    'getPayment',
    'response.secrets',
    successes('getPayment', (body) => {
      if (details(body).type === 'credit_card') details(body).verification_value = '123'
    }),
  ),
  fault('a prepaid number comes back', 'invariant', 'createPayment', 'response.secrets', () => async (request, next) => {
    const response = await next(request)
    const { prepaid_number: number } = (bodyOf(request)?.payment_details ?? {}) as JsonObject
    if (response.status !== 200 || typeof number !== 'string') return response
    const body = parsed(response) as Body
    return responding(response, { ...body, payment_details: { ...body.payment_details, prepaid_number: number } })
  }),
  fault(
    'a password comes back',
    'invariant',
    'createPayment',
    'response.secrets',
    successes('createPayment', (body, request) => {
      const { culture_password: password } = (bodyOf(request)?.payment_details ?? {}) as JsonObject
      if (password) details(body).culture_password = password
    }),
  ),
  fault(
    'the first four digits pass for the last',
    'invariant',
    'createPayment',
    'request.echo',
    successes('createPayment', (body, request) => {
      const { number } = (bodyOf(request)?.payment_details ?? {}) as JsonObject
      if (typeof number === 'string') details(body).last_four_digits = number.slice(0, 4)
    }),
  ),
]
