/** Where the pages are, and what their forms do. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'ghtml'
import type { Locale } from '../../../../generated/schema.d.ts'
import { asError } from '../../../as-error.ts'
import { type OpenApiDocument, resolveRef } from '../../../document.ts'
import { isJsonObject, type JsonObject } from '../../../json-object.ts'
import { ApiError } from '../../api-error.ts'
import { decodeBody } from '../../body.ts'
import { asApiError, originOf } from '../../front.ts'
import type { Clock } from '../clock.ts'
import type { createExamples } from '../examples.ts'
import type { PaymentRecord } from '../payment.ts'
import { notFound, Rejection } from '../rejection.ts'
import { isCrossSite } from '../same-site.ts'
import type { EventRecord } from '../state/events.ts'
import type { State } from '../state/index.ts'
import type { Storage } from '../storage.ts'
import { isoTime, timeOf } from '../time.ts'
import type { Webhooks } from '../webhooks/index.ts'
import { approvalPage, instructionsPage, isWebAddress, refundPage } from './customer.ts'
import { clockPage, eventsPage, paymentPage, paymentsPage } from './dashboard.ts'
import { documentOf, pageHeaders } from './layout.ts'

export type PageParts = {
  document: OpenApiDocument
  state: State
  storage: Storage
  clock: Clock
  webhooks: Webhooks
  addExamples: ReturnType<typeof createExamples>
}

/** What the routes have in common. */
type PageContext = PageParts & {
  locales: Locale[]
  statuses: string[]
  stores: string[]
  /** @throws {Rejection} `not_found` for a payment that does not exist */
  recordOf: (id: unknown) => Promise<PaymentRecord>
  around: () => { clock: string; webhookUrl: string | undefined }
  eventsOf: (where: Record<string, string>) => Promise<EventRecord[]>
}

const perPage = 50
/** Events that a page shows at most. */
const maxEvents = 100
const wantsPage = ({ headers }: FastifyRequest) => headers.accept?.includes('text/html') ?? false
const sendPage = (reply: FastifyReply, page: string) => reply.type('text/html; charset=utf-8').send(page)

/** Only a path of this server: a form must not send its user elsewhere. */
const isOwnPath = (path: unknown): path is string => typeof path === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(path)

/** JsonObject of a form or of a JSON object; none for a request without a body. */
const fieldsOf = async ({ body, headers }: FastifyRequest): Promise<JsonObject> => {
  const { value } = await decodeBody(body as Buffer | undefined, headers)
  return isJsonObject(value) ? value : {}
}

const statusByCode: Record<string, number> = { not_found: 404, service_unavailable: 503 }

const apiErrorOf = (error: Error): ApiError => {
  if (error instanceof Rejection) return new ApiError(statusByCode[error.code] ?? 422, error.code, error.message, error.param)
  const rejected = asApiError(error)
  if (rejected.status === 500) console.error(error)
  return rejected
}

const contextOf = (parts: PageParts): PageContext => {
  const { document, storage, clock, webhooks } = parts
  const { schemas } = document.components
  const konbini = resolveRef(document, { $ref: schemas.PaymentDetailsRequest.discriminator.mapping.konbini }) as {
    properties: { store: { enum: string[] } }
  }
  return {
    ...parts,
    locales: schemas.Locale.enum,
    statuses: schemas.PaymentStatus.enum,
    stores: konbini.properties.store.enum,
    recordOf: async (id) => {
      const record = await storage.get('payments', String(id))
      if (!record) throw notFound()
      return record
    },
    around: () => ({ clock: isoTime(clock.now()), webhookUrl: webhooks.url }),
    eventsOf: async (where) => (await storage.find('events', { where, order: 'newest', take: maxEvents })).documents,
  }
}

/** What all pages have in common: headers, no requests from other sites, errors as pages. */
const addPageHooks = (pages: FastifyInstance, state: State) => {
  pages.addHook('onSend', async (_request, reply) => {
    reply.removeHeader('Access-Control-Allow-Origin').headers(pageHeaders)
  })
  pages.addHook('onRequest', async (request) => {
    if (request.method === 'POST' && isCrossSite(request))
      throw new ApiError(403, 'forbidden', 'Only the pages of this sandbox may do this from a browser.')
  })
  // What is due has happened, and the clock is that of all processes, before a page shows it.
  pages.addHook('preHandler', () => state.expireDue())
  pages.setErrorHandler((error, request, reply) => {
    const { status, code, message, body } = apiErrorOf(asError(error))
    reply.code(status)
    if (!wantsPage(request)) return reply.send(body)
    const inner = html`<main><h1>${status} ${code}</h1><p>${message}</p><p><a href="/sandbox">Dashboard</a></p></main>`
    return sendPage(reply, documentOf({ lang: 'en', title: code, body: inner, isNarrow: true }))
  })
}

/** Pages that the customer sees. */
const addCustomerPages = (pages: FastifyInstance, { state, locales, stores, recordOf }: PageContext) => {
  pages.get<{ Params: { locale: string; id: string } }>('/:locale/instructions/:id', async ({ params }, reply) => {
    const locale = locales.find((known) => known === params.locale)
    if (!locale) throw notFound()
    const record = await recordOf(params.id)
    if (record.flow !== 'cash') throw notFound()
    return sendPage(reply, instructionsPage(record, locale))
  })
  pages.post<{ Params: { locale: string; id: string } }>('/:locale/instructions/:id', async (request, reply) => {
    const { payment } = await state.pay(request.params.id)
    return wantsPage(request) ? reply.redirect(request.url, 303) : reply.send(payment)
  })
  pages.get<{ Querystring: { uuid?: string } }>('/offsite/new', async ({ query }, reply) => {
    const record = await recordOf(query.uuid)
    if (record.flow !== 'redirect') throw notFound()
    return sendPage(reply, approvalPage(record))
  })
  pages.post<{ Params: { id: string } }>('/offsite/:id', async (request, reply) => {
    const { id } = request.params
    const isApproved = (await fieldsOf(request)).decision === 'approve'
    const { returnUrl, cancelUrl } = isApproved ? await state.pay(id) : await state.decline(id)
    const back = isApproved ? returnUrl : cancelUrl
    return reply.redirect(isWebAddress(back) ? back : `/offsite/new?uuid=${id}`, 303)
  })
  pages.get<{ Params: { id: string; refund: string } }>('/refunds/:id/:refund', async ({ params }, reply) => {
    const record = await recordOf(params.id)
    const refund = record.payment.refunds.find(({ id }) => id === params.refund)
    if (!refund) throw notFound()
    return sendPage(reply, refundPage(record, refund, stores))
  })
  pages.post<{ Params: { id: string; refund: string } }>('/refunds/:id/:refund', async (request, reply) => {
    const { payment } = await state.collectRefund(request.params.id, request.params.refund)
    return wantsPage(request) ? reply.redirect(request.url, 303) : reply.send(payment)
  })
}

/** Pages of the dashboard. */
const addDashboardPages = (pages: FastifyInstance, { storage, statuses, recordOf, around, eventsOf }: PageContext) => {
  pages.get<{ Querystring: { q?: string; status?: string; page?: string } }>('/sandbox', async ({ query }, reply) => {
    const page = Math.min(Math.max(1, Math.trunc(Number(query.page)) || 1), 1_000_000)
    const text = String(query.q ?? '').trim()
    const status = statuses.find((known) => known === query.status) ?? ''
    const { total, documents } = await storage.find('payments', {
      ...(status && { where: { status } }),
      ...(text && { text: text.toLowerCase() }),
      order: 'newest',
      skip: (page - 1) * perPage,
      take: perPage,
    })
    return sendPage(reply, paymentsPage({ records: documents, total, page, perPage, query: text, status, statuses }, around()))
  })
  pages.get<{ Params: { id: string } }>('/sandbox/payments/:id', async ({ params }, reply) =>
    sendPage(reply, paymentPage(await recordOf(params.id), await eventsOf({ payment: params.id }), around())),
  )
  pages.get('/sandbox/events', async (_request, reply) => sendPage(reply, eventsPage(await eventsOf({}), around())))
  pages.get('/sandbox/clock', async (_request, reply) => sendPage(reply, clockPage(around())))
}

/** What the dashboard's forms do. */
const addActions = (pages: FastifyInstance, { state, webhooks, clock, addExamples }: PageContext) => {
  /** A form: does what it says, then goes back to its page, or returns JSON to a client that is not a browser. */
  const action = <Params extends Record<string, string>>(
    path: string,
    act: (params: Params, fields: JsonObject, request: FastifyRequest) => Promise<unknown>,
  ) =>
    pages.post<{ Params: Params }>(`/sandbox/${path}`, async (request, reply) => {
      const fields = await fieldsOf(request)
      const result = await act(request.params as Params, fields, request as FastifyRequest)
      if (!wantsPage(request as FastifyRequest)) return reply.send(result)
      return reply.redirect(isOwnPath(fields.back) ? fields.back : '/sandbox', 303)
    })
  const ofPayment = (name: string, act: (id: string, fields: JsonObject, origin: string) => Promise<PaymentRecord>) =>
    action<{ id: string }>(`${name}/:id`, async ({ id }, fields, request) => (await act(id, fields, originOf(request))).payment)

  ofPayment('pay', (id) => state.pay(id))
  ofPayment('decline', (id) => state.decline(id))
  ofPayment('expire', (id) => state.expire(id))
  ofPayment('collect-refund', (id, { refund }) => state.collectRefund(id, String(refund)))
  ofPayment('complete-request', (id, { request }, origin) => state.settleRefundRequest(id, String(request), 'completed', origin))
  ofPayment('reject-request', (id, { request }, origin) => state.settleRefundRequest(id, String(request), 'rejected', origin))
  action<{ id: string }>('resend/:id', async ({ id }) => {
    await webhooks.resend(id)
    return { sent_again: id }
  })
  action('ping', async () => {
    await state.ping()
    return { sent: 'ping' }
  })
  action('clock', async (_params, { to, hours }) => {
    await state.setClock((now) => (to === undefined ? now + Number(hours) * 60 * 60 * 1000 : timeOf(String(to), 'to')))
    return { now: isoTime(clock.now()) }
  })
  action('examples', async (_params, { secret_key }, request) => ({
    created: await addExamples(typeof secret_key === 'string' ? secret_key : undefined, originOf(request)),
  }))
  action('reset', async () => {
    await state.reset()
    return { now: isoTime(clock.now()) }
  })
}

/** The stream by which pages hear of changes. */
const addLiveStream = (pages: FastifyInstance, state: State) => {
  const listeners = new Set<FastifyReply['raw']>()
  let timer: NodeJS.Timeout | undefined
  // However many changes come at once, a browser hears of them ten times a second at most.
  state.listen(() => {
    if (listeners.size > 0)
      timer ??= setTimeout(() => {
        timer = undefined
        for (const listener of listeners) listener.write('data: changed\n\n')
      }, 100)
  })
  pages.get('/sandbox/live', (request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    reply.raw.write(': ready\n\n')
    listeners.add(reply.raw)
    request.raw.on('close', () => listeners.delete(reply.raw))
  })
  pages.addHook('preClose', async () => {
    clearTimeout(timer)
    for (const listener of listeners) listener.end()
  })
}

/** Adds the pages and their forms to the server. Every form can be sent by curl, too, and then returns JSON. */
export const servePages = async (app: FastifyInstance, parts: PageParts) => {
  const context = contextOf(parts)
  await app.register(async (pages) => {
    addPageHooks(pages, parts.state)
    addCustomerPages(pages, context)
    addDashboardPages(pages, context)
    addActions(pages, context)
    addLiveStream(pages, parts.state)
  })
}
