/** What the dashboard's forms do. Each can be sent by a program, too, with a secret key for its merchant alone. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type JsonObject, jsonObjectOf } from '../../../json-object.ts'
import { assertKnownFields, numberIn } from '../action-fields.ts'
import { merchantOf } from '../merchant.ts'
import { paymentActionsOf } from '../payment-actions.ts'
import { Rejection } from '../rejection.ts'
import { hourMs, isoTime, timeOf } from '../time.ts'
import { fieldsOf, isOwnPath, wantsPage } from './forms.ts'
import type { PageParts } from './parts.ts'

/** What an action gets: parameters of its path, its fields, and whose data it is about. */
type Call = { params: Record<string, string>; fields: JsonObject; request: FastifyRequest }
type Action<Scope> = {
  /** Names of the fields that it takes. */
  fields: readonly string[]
  /** Whose data it is about. Who may not act learns nothing else. @throws {ApiError} 401 or 403 for a sender who may not */
  scopeOf: (call: Call) => Scope
  act: (scope: Scope, call: Call) => Promise<unknown>
}

/** @throws {Rejection} `invalid_parameter` for a query, which would be ignored */
const assertNoQuery = ({ query }: FastifyRequest) => {
  const [param] = Object.keys(jsonObjectOf(query))
  if (param !== undefined)
    throw new Rejection('invalid_parameter', 'Parameter {param} is in the address: send it in the body.', param, { param })
}

/** A form: does what it says, then goes back to its page, or returns JSON to a client that is not a browser. */
const addAction = <Scope>(pages: FastifyInstance, path: string, { fields: known, scopeOf, act }: Action<Scope>) =>
  pages.post<{ Params: Record<string, string> }>(`/sandbox/${path}`, async (request, reply) => {
    const { back, ...fields } = await fieldsOf(request)
    const call = { params: request.params, fields, request }
    const scope = scopeOf(call)
    assertNoQuery(request)
    assertKnownFields(fields, known)
    const result = await act(scope, call)
    if (!wantsPage(request)) return reply.send(result)
    return reply.redirect(isOwnPath(back) ? back : '/sandbox', 303)
  })

/** What happens to one payment. Its id is its key: nobody can guess it. */
const addPaymentActions = (pages: FastifyInstance, { hosts, state }: PageParts) => {
  for (const [name, { fields, act }] of Object.entries(paymentActionsOf(state)))
    addAction(pages, `${name}/:id`, {
      fields,
      scopeOf: ({ params: { id = '' } }) => id,
      act: async (id, { fields, request }) => (await act(id, fields, hosts.originOf(request))).payment,
    })
}

const maxLatencyMs = 60_000

/** Slowness and failures on demand; a field that is not sent stays as it is. */
const faultFields = ({ latency, error_rate: errorRate, seed }: JsonObject) => ({
  ...(latency !== undefined && { latency: numberIn(latency, 'latency', maxLatencyMs) }),
  ...(errorRate !== undefined && { errorRate: numberIn(errorRate, 'error_rate', 1) }),
  ...(seed !== undefined && { seed: numberIn(seed, 'seed') }),
})

/** What concerns a merchant, or the whole server: its clock, its data, its faults, its events. */
const addScopedActions = (
  pages: FastifyInstance,
  { hosts, authority, state, settings, faults, webhooks, clock, requestLog, addExamples, seeding }: PageParts,
) => {
  const ofScope = (path: string, fields: string[], act: (merchant: string | undefined, call: Call) => Promise<unknown>) =>
    addAction(pages, path, {
      fields: [...fields, 'merchant'],
      scopeOf: ({ request, fields }) => authority.scopeOf(request, fields),
      act,
    })

  ofScope('clock', ['hours', 'to'], async (merchant, { fields: { to, hours } }) => {
    await state.setClock((now) => (to === undefined ? now + numberIn(hours, 'hours') * hourMs : timeOf(String(to), 'to')), merchant)
    return { now: isoTime(clock.now(merchant)) }
  })
  ofScope('faults', ['latency', 'error_rate', 'seed'], async (merchant, { fields }) => {
    const changes = faultFields(fields)
    await settings.change(merchant, (before) => ({ ...before, ...changes }))
    const { latency, errorRate, seed } = faults.of(merchant)
    return { latency, error_rate: errorRate, seed }
  })
  ofScope('reset', [], async (merchant) => {
    await state.reset(merchant)
    requestLog.clear(merchant)
    return { now: isoTime(clock.now(merchant)) }
  })
  ofScope('ping', [], async (merchant) => {
    await webhooks.ping(merchant)
    return { sent: 'ping' }
  })
  ofScope('resend/:id', [], (merchant, { params: { id = '' } }) => webhooks.resend(id, merchant))
  ofScope('resend', ['since'], (merchant, { fields: { since } }) =>
    webhooks.resendMany(merchant, since === undefined ? undefined : isoTime(timeOf(String(since), 'since'))),
  )
  for (const [path, isPaused] of [
    ['pause', true],
    ['resume', false],
  ] as const)
    ofScope(path, [], async (merchant) => {
      await webhooks.pause(merchant, isPaused)
      return { is_paused: isPaused }
    })
  /** Whose payments are made: those of the merchant that is named, or of the sender's key. */
  const makerOf = ({ request, fields }: Call) =>
    (fields.merchant === undefined ? undefined : authority.scopeOf(request, fields)) ?? merchantOf(authority.keyOf(request))
  addAction(pages, 'seed', {
    fields: ['payments', 'merchant'],
    scopeOf: makerOf,
    act: async (merchant, { fields: { payments }, request }) => ({
      payments: await seeding.seed(merchant, payments, hosts.originOf(request)),
    }),
  })
  addAction(pages, 'examples', {
    fields: ['merchant'],
    scopeOf: makerOf,
    act: async (merchant, { request }) => ({ created: await addExamples(merchant, hosts.originOf(request)) }),
  })
}

/** Adds the actions. */
export const addActions = (pages: FastifyInstance, parts: PageParts) => {
  addPaymentActions(pages, parts)
  addScopedActions(pages, parts)
}
