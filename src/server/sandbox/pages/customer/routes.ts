/** Where the customer's pages are, and what their forms do. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '../../../../../generated/schema.d.ts'
import { jsonObjectOf } from '../../../../json-object.ts'
import { acceptedLanguages } from '../../../accept-language.ts'
import { notFound, Rejection } from '../../rejection.ts'
import type { Catalogue } from '../catalogue.ts'
import { fieldsOf, wantsPage } from '../forms.ts'
import { sendPage } from '../layout.ts'
import type { PageParts } from '../parts.ts'
import { shapedErrorOf } from '../problems.ts'
import { approvalPage, challengePage, instructionsPage, isWebAddress, problemPage, refundPage } from './pages.ts'

type ById = { Params: { locale: string; id: string } }

type Decision = { request: FastifyRequest<{ Params: { id: string } }>; reply: FastifyReply; ownPage: (id: string) => string }

/** Adds the pages. */
export const addCustomerPages = (pages: FastifyInstance, { state }: PageParts, { locales, stores }: Catalogue) => {
  const known = (wanted: unknown): Locale | undefined => locales.find((locale) => locale === wanted)

  /** Language of a customer whose page does not say: the address, the browser, Japanese. */
  const localeOf = ({ url, query, headers }: FastifyRequest): Locale => {
    const accepted = acceptedLanguages(headers['accept-language'])
    return known(url.split('/')[1]) ?? known(jsonObjectOf(query).locale) ?? accepted.map(known).find(Boolean) ?? 'ja'
  }
  pages.setErrorHandler((error, request, reply) => {
    const shaped = shapedErrorOf(error)
    reply.code(shaped.status)
    if (!wantsPage(request)) return reply.send(shaped.body)
    const locale = localeOf(request)
    // Only the sandbox's user can mend this one, so it is told as it is.
    if (shaped.status === 403) throw shaped
    return sendPage(reply, problemPage(locale, shaped.status), locale)
  })

  /** Does what a form says. A browser then sees how the payment stands, also where somebody was faster. */
  const act = async (request: FastifyRequest, work: () => Promise<unknown>) => {
    try {
      return await work()
    } catch (error) {
      if (!wantsPage(request) || !(error instanceof Rejection) || error.code === 'not_found') throw error
      return
    }
  }

  pages.get<ById>('/:locale/instructions/:id', async ({ params }, reply) => {
    const locale = known(params.locale)
    if (!locale) throw notFound()
    const record = await state.currentPayment(params.id)
    if (record.flow !== 'cash') throw notFound()
    return sendPage(reply, instructionsPage(record, locale), locale)
  })
  pages.post<ById>('/:locale/instructions/:id', async (request, reply) => {
    const record = await act(request, async () => (await state.pay(request.params.id)).payment)
    return wantsPage(request) ? reply.redirect(request.url, 303) : reply.send(record)
  })
  pages.get<{ Querystring: { uuid?: string; locale?: string } }>('/offsite/new', async ({ query }, reply) => {
    const record = await state.currentPayment(query.uuid)
    if (record.flow !== 'redirect') throw notFound()
    const locale = known(query.locale) ?? record.payment.locale
    return sendPage(reply, approvalPage(record, locale), locale)
  })
  /** The customer approves or declines, and goes back to the shop, or to the page where he was. */
  const decide = async ({ request, reply, ownPage }: Decision) => {
    const { id } = request.params
    const { decision, locale } = await fieldsOf(request)
    if (decision !== 'approve' && decision !== 'decline')
      throw new Rejection('invalid_parameter', 'Parameter decision must be approve or decline.', 'decision')
    const isApproved = decision === 'approve'
    await act(request, () => (isApproved ? state.pay(id) : state.decline(id)))
    const { payment, returnUrl, cancelUrl } = await state.currentPayment(id)
    const isDone = (isApproved ? ['captured', 'authorized'] : ['failed']).includes(payment.status)
    const back = isDone ? (isApproved ? returnUrl : cancelUrl) : null
    const own = ownPage(id)
    const inLocale = known(locale) ? `${own}${own.includes('?') ? '&' : '?'}locale=${locale}` : own
    return reply.redirect(isWebAddress(back) ? back : inLocale, 303)
  }
  pages.post<{ Params: { id: string } }>('/offsite/:id', (request, reply) =>
    decide({ request, reply, ownPage: (id) => `/offsite/new?uuid=${id}` }),
  )
  pages.get<{ Params: { id: string }; Querystring: { locale?: string } }>('/3d-secure/:id', async ({ params, query }, reply) => {
    const record = await state.currentPayment(params.id)
    if (record.capturesAfterChallenge === undefined) throw notFound()
    const locale = known(query.locale) ?? record.payment.locale
    return sendPage(reply, challengePage(record, locale), locale)
  })
  pages.post<{ Params: { id: string } }>('/3d-secure/:id', (request, reply) =>
    decide({ request, reply, ownPage: (id) => `/3d-secure/${id}` }),
  )
  pages.get<{ Params: { id: string; refund: string }; Querystring: { locale?: string } }>(
    '/refunds/:id/:refund',
    async (request, reply) => {
      const { params, query } = request
      const record = await state.currentPayment(params.id)
      const refund = record.payment.refunds.find(({ id }) => id === params.refund)
      // Only what the customer collects has a page.
      if (!refund?.redirect_url) throw notFound()
      const locale = known(query.locale) ?? record.payment.locale
      return sendPage(reply, refundPage(record, refund, stores, locale), locale)
    },
  )
  pages.post<{ Params: { id: string; refund: string } }>('/refunds/:id/:refund', async (request, reply) => {
    const { id, refund } = request.params
    const { locale } = await fieldsOf(request)
    const payment = await act(request, async () => (await state.collectRefund(id, refund)).payment)
    const path = request.url.split('?', 1).join('')
    return wantsPage(request) ? reply.redirect(known(locale) ? `${path}?locale=${locale}` : path, 303) : reply.send(payment)
  })
}
