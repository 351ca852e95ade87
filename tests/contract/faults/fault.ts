/** Building blocks of faults: each does one thing wrong and leaves everything else alone. */
import type { RuleId } from '../../../src/contract/rules.ts'
import { answering, bodyOf, type Fields, json, type Middleware, type ProxyAnswer, type ProxyRequest, parsed, withBody } from './target.ts'

export type Fault = {
  name: string
  kind:
    | 'schema'
    | 'status'
    | 'state'
    | 'law'
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

const isOk = ({ status }: ProxyAnswer) => status >= 200 && status < 300

/** Changes the body of every success of one operation, or of any. */
export const successes =
  (operation: string | undefined, change: (body: Body, request: ProxyRequest) => void): (() => Middleware) =>
  () =>
  async (request, next) => {
    const answer = await next(request)
    if (!isOk(answer) || request.operationId === undefined || (operation !== undefined && request.operationId !== operation)) return answer
    const body = parsed(answer)
    change(body, request)
    return answering(answer, body)
  }

/** Changes the whole answer, where it has a status. */
export const answers =
  (
    wanted: (request: ProxyRequest, answer: ProxyAnswer) => boolean,
    change: (answer: ProxyAnswer, request: ProxyRequest) => ProxyAnswer,
  ): (() => Middleware) =>
  () =>
  async (request, next) => {
    const answer = await next(request)
    return wanted(request, answer) ? change(answer, request) : answer
  }

/** Changes the error of every refusal that is meant. */
export const errorsOf = (wanted: (answer: ProxyAnswer) => boolean, change: (error: Body) => Body): (() => Middleware) =>
  answers(
    (_request, answer) => answer.status >= 400 && wanted(answer) && answer.text !== '',
    (answer) => answering(answer, change((parsed(answer) as Body).error)),
  )

/** Changes the body of requests before they arrive: repairs what is wrong, or loses what is right. */
export const requests =
  (operation: string, change: (body: Body, request: ProxyRequest) => Body): (() => Middleware) =>
  () =>
  async (request, next) => {
    const body = request.operationId === operation ? bodyOf(request) : undefined
    return next(body ? withBody(request, change(structuredClone(body), request) ?? body) : request)
  }

/** Refuses requests that it must accept. */
export const refusing =
  (operation: string, wanted: (body: Body, request: ProxyRequest) => boolean, param: string | null = null): (() => Middleware) =>
  () =>
  async (request, next) => {
    const body = request.operationId === operation ? bodyOf(request) : undefined
    if (body && wanted(body, request)) return json(422, { error: { code: 'invalid_parameter', message: 'Not here.', param } })
    return next(request)
  }

/** Gets an object as it stands, with the credentials of a request. */
export const current = async (request: ProxyRequest, next: Parameters<Middleware>[1]): Promise<ProxyAnswer> =>
  next({
    ...request,
    method: 'GET',
    path: request.path.split('/').slice(0, 3).join('/'),
    text: undefined,
    headers: { authorization: request.headers.authorization ?? '' },
  })

/** Answers refusals of an operation with the payment, as if it had worked. */
export const accepting =
  (operation: string, wanted: (payment: Body, body: Fields) => boolean = () => true): (() => Middleware) =>
  () =>
  async (request, next) => {
    const answer = await next(request)
    if (request.operationId !== operation || answer.status !== 422) return answer
    const now = await current(request, next)
    return now.status === 200 && wanted(parsed(now), bodyOf(request) ?? {}) ? now : answer
  }

/** Answers as if it had worked, and keeps the old state. */
export const forgetting =
  (operation: string): (() => Middleware) =>
  () => {
    const kept = new Map<string, ProxyAnswer>()
    return async (request, next) => {
      if (request.operationId === operation && request.id) {
        const before = await current(request, next)
        const answer = await next(request)
        if (isOk(answer) && isOk(before)) kept.set(request.id, before)
        return answer
      }
      const known = request.id === undefined ? undefined : kept.get(request.id)
      return known && request.method === 'GET' ? known : next(request)
    }
  }

export const isOperation = (operationId: string) => (request: ProxyRequest) => request.operationId === operationId

/** Totals that fit again after an amount was changed. */
export const balanced = (payment: Body) => {
  payment.total = payment.amount + payment.tax + payment.payment_method_fee
}

export const details = (body: Body): Body =>
  typeof body.payment_details === 'object' && body.payment_details !== null ? body.payment_details : {}
