/** Where the dashboard's pages are. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type JsonObject, jsonObjectOf } from '../../../../json-object.ts'
import { basePath } from '../../../front.ts'
import { eventViewOf } from '../../event-view.ts'
import { isMerchant } from '../../merchant.ts'
import { situationHeader, situationNames, situations } from '../../situations.ts'
import { type EventRecord, recordIdOf } from '../../state/events.ts'
import { isoTime } from '../../time.ts'
import type { Catalogue } from '../catalogue.ts'
import { fieldsOf, wantsJson } from '../forms.ts'
import { sendPage } from '../layout.ts'
import type { PageParts } from '../parts.ts'
import { clockPage, resetPage } from './clock.ts'
import { formFields } from './code.ts'
import { createPage, newValues, type Problem, situationField } from './create.ts'
import { eventsPage, type Waits } from './events.ts'
import type { Frame } from './frame.ts'
import { addLanguageChoice, languageOf, translatorFor } from './language.ts'
import { merchantsPage } from './merchants.ts'
import { paymentPage } from './payment.ts'
import { filtersOf, paymentsPage, queryOf } from './payments.ts'
import { requestsPage } from './requests.ts'

/** Events, requests and merchants that a page shows at most. */
const maxRows = 100
const maxMerchants = 200

const queryOfRequest = ({ query }: Pick<FastifyRequest, 'query'>): JsonObject => jsonObjectOf(query)

const frameOf = ({ hosts, clock, settings, webhooks, hasOwnKey }: PageParts, request: FastifyRequest): Frame => {
  const language = languageOf(request)
  return {
    language,
    t: translatorFor(language),
    address: request.url,
    clock: isoTime(clock.now()),
    webhookUrls: webhooks.urls,
    isPaused: settings.of().isPaused === true,
    origin: hosts.originOf(request),
    hasOwnKey,
  }
}

/** Sends a page that is made in the language of its reader. */
const sendIn = (reply: FastifyReply, around: Frame, page: (around: Frame) => string) => sendPage(reply, page(around), around.language)

/** Merchant that an address names; undefined for all of them. */
const merchantIn = (request: FastifyRequest): string | undefined => {
  const { merchant } = queryOfRequest(request)
  return isMerchant(merchant) ? merchant : undefined
}

/** Lists, and one payment. */
const addViews = (pages: FastifyInstance, parts: PageParts, catalogue: Catalogue) => {
  const { state, storage, clock, faults, requestLog, webhooks } = parts
  const eventsOf = async (where: Record<string, string | string[]>) =>
    (await storage.find('events', { where, order: 'newest', take: maxRows })).documents

  const viewsOf = (events: EventRecord[], waits: Waits) =>
    events.map((record) => eventViewOf(record, waits.get(recordIdOf(record)), webhooks.urls[0]))

  pages.get('/sandbox', async (request, reply) => {
    const filters = filtersOf(queryOfRequest(request), catalogue)
    const { total, documents: records } = await state.findPayments(queryOf(filters), filters.merchant || undefined)
    if (wantsJson(request)) return reply.send({ payments: records.map(({ payment }) => payment), total })
    const merchants = await storage.merchants(maxRows)
    return sendIn(reply, frameOf(parts, request), (around) => paymentsPage({ records, total, filters, catalogue, merchants }, around))
  })
  pages.get<{ Params: { id: string } }>('/sandbox/payments/:id', async (request, reply) => {
    const { id } = request.params
    const record = await state.currentPayment(id)
    const requests = requestLog.find(({ payment }) => payment === id, maxRows)
    const now = clock.now(record.merchant)
    const events = await eventsOf({ payment: webhooks.queuesOf(id) })
    const waits = await webhooks.waitsOf(events)
    if (wantsJson(request)) return reply.send({ payment: record.payment, events: viewsOf(events, waits), requests })
    return sendIn(reply, frameOf(parts, request), (around) => paymentPage({ record, events, waits, requests, catalogue, now }, around))
  })
  pages.get('/sandbox/events', async (request, reply) => {
    const isUndelivered = queryOfRequest(request).state === 'undelivered'
    const events = await eventsOf(isUndelivered ? { state: webhooks.undeliveredStates } : {})
    const waits = await webhooks.waitsOf(events)
    if (wantsJson(request)) return reply.send({ events: viewsOf(events, waits) })
    const view = { events, waits, isBehind: await webhooks.isBehind(), isUndelivered }
    return sendIn(reply, frameOf(parts, request), (around) => eventsPage(view, around))
  })
  pages.get('/sandbox/requests', async (request, reply) => {
    const requests = requestLog.find(() => true, 1000)
    if (wantsJson(request)) return reply.send({ requests })
    return sendIn(reply, frameOf(parts, request), (around) => requestsPage(requests, around))
  })
  pages.get('/sandbox/merchants', async (request, reply) => {
    const views = (await storage.merchants(maxMerchants)).map(({ merchant, payments }) => ({
      merchant,
      payments,
      clock: isoTime(clock.now(merchant)),
      faults: faults.of(merchant),
    }))
    return sendIn(reply, frameOf(parts, request), (around) => merchantsPage(views, around))
  })
}

/** The clock, and what asks before something is lost. */
const addClock = (pages: FastifyInstance, parts: PageParts) => {
  const { storage, clock, faults } = parts
  pages.get('/sandbox/clock', async (request, reply) => {
    const merchant = merchantIn(request)
    const view = {
      merchant,
      clock: isoTime(clock.now(merchant)),
      faults: faults.of(merchant),
      merchants: await storage.merchants(maxMerchants),
    }
    return sendIn(reply, frameOf(parts, request), (around) => clockPage(view, around))
  })
  pages.get('/sandbox/reset', async (request, reply) => {
    const merchant = merchantIn(request)
    const where = merchant === undefined ? {} : { merchant }
    const { total: payments } = await storage.find('payments', { where, take: 0 })
    const { total: events } = await storage.find('events', { where, take: 0 })
    return sendIn(reply, frameOf(parts, request), (around) => resetPage({ merchant, payments, events }, around))
  })
}

/** Headers by which a request was reached; the links of a payment are made of them. */
const addressHeaders = ({ headers }: FastifyRequest) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'host' || name.startsWith('x-forwarded-')))

/** Fields of a form that are sent on. One that is left empty is not; metadata could ask to break the response that the page waits for. */
const sentFields = ({ [situationField]: _situation, metadata: _metadata, ...fields }: JsonObject) =>
  formFields(fields).filter(([name, value]) => value !== '' && !name.startsWith('metadata['))

/** Header for the situation that a form chooses; none for one that breaks the response. */
const situationHeaders = ({ [situationField]: chosen }: JsonObject): Record<string, string> => {
  const name = situationNames.find((known) => known === chosen && situations[known].about !== 'response')
  return name === undefined ? {} : { [situationHeader]: name }
}

/** A form that creates a payment by a request to the API, with its failures on demand and its line in the log. */
const addCreation = (pages: FastifyInstance, parts: PageParts, catalogue: Catalogue) => {
  const known = (method: unknown) => catalogue.methods.find(([type]) => type === method)?.[0] ?? 'konbini'

  pages.get('/sandbox/new', async (request, reply) => {
    const method = known(queryOfRequest(request).method)
    const view = { method, flow: parts.flowOf(method), values: newValues(catalogue, method), problem: undefined, catalogue }
    return sendIn(reply, frameOf(parts, request), (around) => createPage(view, around))
  })
  pages.post('/sandbox/new', async (request, reply) => {
    const fields = await fieldsOf(request)
    const response = await pages.inject({
      method: 'POST',
      url: `${basePath}/payments`,
      headers: {
        ...addressHeaders(request),
        ...situationHeaders(fields),
        authorization: `Basic ${btoa(`${parts.authority.keyOf(request)}:`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(sentFields(fields)).toString(),
    })
    const body: { id: string; error: Problem } = response.json()
    if (response.statusCode === 200) return reply.redirect(`/sandbox/payments/${body.id}`, 303)
    const method = known(jsonObjectOf(fields.payment_details).type)
    const values = { ...newValues(catalogue, method), ...Object.fromEntries(formFields(fields)) }
    const around = { ...frameOf(parts, request), address: `/sandbox/new?method=${method}` }
    return sendIn(reply.code(response.statusCode), around, () =>
      createPage({ method, flow: parts.flowOf(method), values, problem: body.error, catalogue }, around),
    )
  })
}

/** Adds the pages. */
export const addDashboardPages = (pages: FastifyInstance, parts: PageParts, catalogue: Catalogue) => {
  addLanguageChoice(pages)
  addViews(pages, parts, catalogue)
  addClock(pages, parts)
  addCreation(pages, parts, catalogue)
}
