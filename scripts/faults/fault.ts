/** Building blocks of faults: each does one thing wrong and leaves everything else alone. */

import { ignoresBody } from '../../src/contract/generate/leniencies.ts'
import type { RuleId } from '../../src/contract/rules/rules.ts'
import { type Operation, operationsOf, readDocument } from '../../src/document.ts'
import type { JsonObject } from '../../src/json-object.ts'
import { bodyOf, json, type Middleware, type ProxyRequest, type ProxyResponse, parsed, responding, withBody } from './target.ts'

/** Operations that share the part in which a fault lies: it breaks every one of them, so the first to be named may be any. */
export type Shared = { name: string; operations: string[] }

const operationsWhere = (holds: (operation: Operation) => boolean) =>
  operationsOf(readDocument())
    .filter(holds)
    .map(({ operationId }) => operationId)

/** What reads credentials and writes errors stands before all operations. */
export const everyOperation: Shared = { name: 'every operation', operations: operationsWhere(() => true) }
/** One look-up finds what an id names. */
export const everyOperationWithId: Shared = {
  name: 'every operation with an id',
  operations: operationsWhere(({ path }) => path.includes('{id}')),
}
/** One place says of all that a request cannot be processed. */
export const everyOperationWith422: Shared = {
  name: 'every operation with a 422',
  operations: operationsWhere(({ responses }) => responses['422'] !== undefined),
}
/** One place names the parameter that is wrong. */
export const everyOperationWithParameters: Shared = {
  name: 'every operation that reads its body',
  operations: operationsWhere(({ request, operationId }) => request !== undefined && !ignoresBody(operationId)),
}
/** A router matches the paths, and the methods of each. */
export const everyOperationOfReadPaths: Shared = {
  name: 'every operation whose path can be read',
  operations: operationsWhere(({ path }) => operationsOf(readDocument()).some((other) => other.method === 'GET' && other.path === path)),
}

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
  /** The operation at fault, or what several have in common that share the fault. */
  operation: string
  /** The operations that the kit owes a finding. */
  operations: string[]
  rule: RuleId
  make: () => Middleware
}

export const fault = (name: string, kind: Fault['kind'], operation: string | Shared, rule: RuleId, make: () => Middleware): Fault => ({
  name,
  kind,
  operation: typeof operation === 'string' ? operation : operation.name,
  operations: typeof operation === 'string' ? [operation] : operation.operations,
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

/**
 * Changes what an operation makes of a payment, in its response and in every later response about it. The retry of a creation gets the
 * first response, which was kept before.
 */
export const persisted =
  (operation: string, change: (payment: Body) => void): (() => Middleware) =>
  () => {
    const changedIds = new Set<string>()
    return async (request, next) => {
      const response = await next(request)
      if (!isOk(response) || request.operationId === undefined || request.operationId === 'createPayment') return response
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
