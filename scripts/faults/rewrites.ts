/** Faults that rewrites of the API have: what a framework does by itself, and what nobody thought of. */
import type { JsonObject } from '../../src/json-object.ts'
import { type Body, current, type Fault, fault, rejecting, requests } from './fault.ts'
import { bodyOf, json, type Middleware, parsed, responding, withBody } from './target.ts'

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
]
