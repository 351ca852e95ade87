/** What the dashboard's forms do. Each can be sent by a program, too, with a secret key for its merchant alone. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JsonObject } from '../../../json-object.ts'
import { merchantOf } from '../merchant.ts'
import type { PaymentRecord } from '../payment.ts'
import { Rejection } from '../rejection.ts'
import { isoTime, timeOf } from '../time.ts'
import { fieldsOf, isOwnPath, wantsPage } from './forms.ts'
import type { PageParts } from './parts.ts'

const hourMs = 60 * 60 * 1000

/** What an action gets: parameters of its path, its fields, and whose data it is about. */
type Call = { params: Record<string, string>; fields: JsonObject; request: FastifyRequest }
type Action = (call: Call) => Promise<unknown>

/** A form: does what it says, then goes back to its page, or returns JSON to a client that is not a browser. */
const addAction = (pages: FastifyInstance, path: string, act: Action) =>
  pages.post<{ Params: Record<string, string> }>(`/sandbox/${path}`, async (request, reply) => {
    const fields = await fieldsOf(request)
    const result = await act({ params: request.params, fields, request })
    if (!wantsPage(request)) return reply.send(result)
    return reply.redirect(isOwnPath(fields.back) ? fields.back : '/sandbox', 303)
  })

/** What customers, KOMOJU and time do to one payment. Its id is its key: nobody can guess it. */
const addPaymentActions = (pages: FastifyInstance, { hosts, state }: PageParts) => {
  const ofPayment = (name: string, act: (id: string, fields: JsonObject, origin: string) => Promise<PaymentRecord>) =>
    addAction(
      pages,
      `${name}/:id`,
      async ({ params: { id = '' }, fields, request }) => (await act(id, fields, hosts.originOf(request))).payment,
    )
  ofPayment('capture', (id) => state.capture(id))
  ofPayment('cancel', (id) => state.cancel(id))
  ofPayment('refund', (id, { amount }, origin) =>
    state.refund(id, amount === undefined ? {} : { amount: numberOf(amount, 'amount') }, origin),
  )
  ofPayment('chargeback', (id, _fields, origin) => state.chargeBack(id, origin))
  ofPayment('pay', (id) => state.pay(id))
  ofPayment('pay-late', (id) => state.payLate(id))
  ofPayment('pay-again', (id) => state.payAgain(id))
  ofPayment('decline', (id) => state.decline(id))
  ofPayment('expire', (id) => state.expire(id))
  ofPayment('collect-refund', (id, { refund }) => state.collectRefund(id, String(refund)))
  ofPayment('complete-request', (id, { request }, origin) => state.settleRefundRequest(id, String(request), 'completed', origin))
  ofPayment('reject-request', (id, { request }, origin) => state.settleRefundRequest(id, String(request), 'rejected', origin))
}

/** A number of 0 or more, up to a limit where there is one. @throws {Rejection} `invalid_parameter` for anything else */
const numberOf = (value: unknown, param: string, largest?: number) => {
  // Nothing and null are no 0.
  const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value
  if (typeof number === 'number' && number >= 0 && number <= (largest ?? Number.MAX_SAFE_INTEGER)) return number
  throw largest === undefined
    ? new Rejection('invalid_parameter', 'Parameter {param} must be a number, 0 or more.', param, { param })
    : new Rejection('invalid_parameter', 'Parameter {param} must be a number from 0 to {largest}.', param, { param, largest })
}

const maxLatencyMs = 60_000

/** Slowness and failures on demand; a field that is not sent stays as it is. */
const faultFields = ({ latency, error_rate: errorRate, seed }: JsonObject) => ({
  ...(latency !== undefined && { latency: numberOf(latency, 'latency', maxLatencyMs) }),
  ...(errorRate !== undefined && { errorRate: numberOf(errorRate, 'error_rate', 1) }),
  ...(seed !== undefined && { seed: numberOf(seed, 'seed') }),
})

/** What concerns a merchant, or the whole server: its clock, its data, its faults, its events. */
const addScopedActions = (
  pages: FastifyInstance,
  { hosts, authority, state, settings, faults, webhooks, clock, requestLog, addExamples, seeding }: PageParts,
) => {
  const ofScope = (path: string, act: (merchant: string | undefined, call: Call) => Promise<unknown>) =>
    addAction(pages, path, (call) => act(authority.scopeOf(call.request, call.fields), call))

  ofScope('clock', async (merchant, { fields: { to, hours } }) => {
    await state.setClock((now) => (to === undefined ? now + numberOf(hours, 'hours') * hourMs : timeOf(String(to), 'to')), merchant)
    return { now: isoTime(clock.now(merchant)) }
  })
  ofScope('faults', async (merchant, { fields }) => {
    const changes = faultFields(fields)
    await settings.change(merchant, (before) => ({ ...before, ...changes }))
    const { latency, errorRate, seed } = faults.of(merchant)
    return { latency, error_rate: errorRate, seed }
  })
  ofScope('reset', async (merchant) => {
    await state.reset(merchant)
    requestLog.clear(merchant)
    return { now: isoTime(clock.now(merchant)) }
  })
  ofScope('ping', async (merchant) => {
    await webhooks.ping(merchant)
    return { sent: 'ping' }
  })
  ofScope('resend/:id', (merchant, { params: { id = '' } }) => webhooks.resend(id, merchant))
  ofScope('resend', (merchant, { fields: { since } }) =>
    webhooks.resendMany(merchant, since === undefined ? undefined : isoTime(timeOf(String(since), 'since'))),
  )
  for (const [path, isPaused] of [
    ['pause', true],
    ['resume', false],
  ] as const)
    ofScope(path, async (merchant) => {
      await webhooks.pause(merchant, isPaused)
      return { is_paused: isPaused }
    })
  /** Whose payments are made: those of the merchant that is named, or of the sender's key. */
  const makerOf = ({ request, fields }: Call) =>
    (fields.merchant === undefined ? undefined : authority.scopeOf(request, fields)) ?? merchantOf(authority.keyOf(request))
  addAction(pages, 'seed', async (call) => ({
    payments: await seeding.seed(makerOf(call), call.fields.payments, hosts.originOf(call.request)),
  }))
  addAction(pages, 'examples', async (call) => ({ created: await addExamples(makerOf(call), hosts.originOf(call.request)) }))
}

/** Adds the actions. */
export const addActions = (pages: FastifyInstance, parts: PageParts) => {
  addPaymentActions(pages, parts)
  addScopedActions(pages, parts)
}
