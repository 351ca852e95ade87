/** Building blocks of faults: each does one thing wrong and leaves everything else alone. */

import type { RuleId } from '../../src/contract/rules/rules.ts'
import type { JsonObject } from '../../src/json-object.ts'
import { bodyOf, json, type Middleware, type ProxyRequest, type ProxyResponse, parsed, responding, withBody } from './target.ts'

export type Fault = {
  name: string
  kind:
    | 'schema'
    | 'status'
    | 'state'
    | 'invariant'
    | 'input'
    | 'acceptance'
    | 'credentials'
    | 'error'
    | 'header'
    | 'robustness'
    | 'idempotency'
    | 'list'
    | 'test-mode'
  /** The finding that the kit owes. */
  operation: string
  rule: RuleId
  make: () => Middleware
}

export const fault = (name: string, kind: Fault['kind'], operation: string, rule: RuleId, make: () => Middleware): Fault => ({
  name,
  kind,
  operation,
  rule,
  make,
})

// biome-ignore lint/suspicious/noExplicitAny: faults reach into bodies of any shape.
export type Body = any

const isOk = ({ status }: ProxyResponse) => status >= 200 && status < 300

/** Changes the body of every success of one operation, or of any. */
export const successes =
  (operation: string | undefined, change: (body: Body, request: ProxyRequest) => void): (() => Middleware) =>
  () =>
  async (request, next) => {
    const response = await next(request)
    if (!isOk(response) || request.operationId === undefined || (operation !== undefined && request.operationId !== operation))
      return response
    const body = parsed(response)
    change(body, request)
    return responding(response, body)
  }

/** Changes what an operation makes of a payment, in its response and in every later response about it. */
export const persisted =
  (operation: string, change: (payment: Body) => void): (() => Middleware) =>
  () => {
    const changedIds = new Set<string>()
    return async (request, next) => {
      const response = await next(request)
      if (!isOk(response) || request.operationId === undefined) return response
      const body = parsed(response) as Body
      if (request.operationId === operation) changedIds.add(body.id)
      for (const payment of body.resource === 'list' ? body.data : [body]) if (changedIds.has(payment.id)) change(payment)
      return responding(response, body)
    }
  }

/** Changes the whole response, where it has a status. */
export const responses =
  (
    wanted: (request: ProxyRequest, response: ProxyResponse) => boolean,
    change: (response: ProxyResponse, request: ProxyRequest) => ProxyResponse,
  ): (() => Middleware) =>
  () =>
  async (request, next) => {
    const response = await next(request)
    return wanted(request, response) ? change(response, request) : response
  }

/** Changes the error of every rejection that is meant. */
export const errorsOf = (wanted: (response: ProxyResponse) => boolean, change: (error: Body) => Body): (() => Middleware) =>
  responses(
    (_request, response) => response.status >= 400 && wanted(response) && response.text !== '',
    (response) => responding(response, change((parsed(response) as Body).error)),
  )

/** Changes the body of requests before they arrive: repairs what is wrong, or loses what is right. */
export const requests =
  (operation: string, change: (body: Body, request: ProxyRequest) => Body): (() => Middleware) =>
  () =>
  async (request, next) => {
    const body = request.operationId === operation ? bodyOf(request) : undefined
    return next(body ? withBody(request, change(structuredClone(body), request) ?? body) : request)
  }

/** Rejects requests that it must accept. */
export const rejecting =
  (operation: string, wanted: (body: Body, request: ProxyRequest) => boolean, param: string | null = null): (() => Middleware) =>
  () =>
  async (request, next) => {
    const body = request.operationId === operation ? bodyOf(request) : undefined
    if (body && wanted(body, request)) return json(422, { error: { code: 'invalid_parameter', message: 'Not here.', param } })
    return next(request)
  }

/** Gets an object as it stands, with the credentials of a request. */
export const current = async (request: ProxyRequest, next: Parameters<Middleware>[1]): Promise<ProxyResponse> =>
  next({
    ...request,
    method: 'GET',
    path: request.path.split('/').slice(0, 3).join('/'),
    text: undefined,
    headers: { authorization: request.headers.authorization ?? '' },
  })

/** Returns the payment for what an operation rejects, as if it had worked. */
export const accepting =
  (operation: string, wanted: (payment: Body, body: JsonObject) => boolean = () => true): (() => Middleware) =>
  () =>
  async (request, next) => {
    const response = await next(request)
    if (request.operationId !== operation || response.status !== 422) return response
    const now = await current(request, next)
    return now.status === 200 && wanted(parsed(now), bodyOf(request) ?? {}) ? now : response
  }

/** Whether a request updates nothing: its response shows what is kept. */
const isEmptyUpdate = (request: ProxyRequest) => request.operationId === 'updateAccount' && Object.keys(bodyOf(request) ?? {}).length === 0

/** Responds as if it had worked, and keeps the old state. */
export const forgetting =
  (operation: string): (() => Middleware) =>
  () => {
    const kept = new Map<string, ProxyResponse>()
    return async (request, next) => {
      const known = request.id === undefined ? undefined : kept.get(request.id)
      if (known && isEmptyUpdate(request)) return known
      if (request.operationId === operation && request.id) {
        const before = await current(request, next)
        const response = await next(request)
        if (isOk(response) && isOk(before)) kept.set(request.id, before)
        return response
      }
      if (known && request.method === 'GET') return known
      const response = await next(request)
      if (request.operationId !== 'listPayments' || !isOk(response)) return response
      const list = parsed(response) as Body
      const data = list.data.map((payment: Body) => {
        const keptResponse = kept.get(payment.id)
        return keptResponse ? parsed(keptResponse) : payment
      })
      return responding(response, { ...list, data })
    }
  }

export const isOperation = (operationId: string) => (request: ProxyRequest) => request.operationId === operationId

/** Totals that fit again after an amount was changed. */
export const balanced = (payment: Body) => {
  payment.total = payment.amount + payment.tax + payment.payment_method_fee
}

export const details = (body: Body): Body =>
  typeof body.payment_details === 'object' && body.payment_details !== null ? body.payment_details : {}
