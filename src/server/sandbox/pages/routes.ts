/** The pages of the sandbox: the customer's, the dashboard, and what their forms do. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Translate } from '../../../pages/translator.ts'
import { ApiError } from '../../api-error.ts'
import { addActions } from './actions.ts'
import { catalogueOf } from './catalogue.ts'
import { addCustomerPages } from './customer/routes.ts'
import { failurePage } from './dashboard/frame.ts'
import { languageOf, translatorFor } from './dashboard/language.ts'
import { addDashboardPages } from './dashboard/routes.ts'
import { isOwnPath, wantsPage } from './forms.ts'
import { pageHeaders, sendPage } from './layout.ts'
import { addLiveStream } from './live.ts'
import type { PageParts } from './parts.ts'
import { messageIn, shapedErrorOf } from './problems.ts'

const titleOf = (status: number, code: string, t: Translate): string =>
  ({
    401: t('The admin key is needed'),
    403: t('Not allowed'),
    404: t('Not found'),
    422: t('That did not work'),
    503: t('The database is away'),
  })[status] ?? code

/** Path of the page that a form was on; the dashboard for any other request. */
const backOf = (referer: string | undefined) => {
  const path = referer !== undefined && URL.canParse(referer) ? new URL(referer).pathname + new URL(referer).search : undefined
  return isOwnPath(path) ? path : '/sandbox'
}

/** @throws {ApiError} 403 for a delivery: an event that makes events, and they others, would have no end */
const assertNoDelivery = ({ headers }: FastifyRequest) => {
  if (headers['x-komoju-signature'] !== undefined)
    throw new ApiError(
      403,
      'forbidden',
      'This is a delivery of a webhook. Give --webhook-url the address of your own server, not of a sandbox.',
    )
}

/** What all pages have in common: headers, no requests from other sites, errors as pages. */
const addPageHooks = (pages: FastifyInstance, { settings, hosts }: PageParts) => {
  pages.addHook('onSend', async (_request, reply) => {
    reply.removeHeader('Access-Control-Allow-Origin').headers(pageHeaders)
  })
  pages.addHook('onRequest', async (request) => {
    hosts.assertAllowed(request)
    if (request.method === 'POST') {
      hosts.assertSameSite(request)
      assertNoDelivery(request)
    }
  })
  // A page can be about any merchant: all clocks are those of all processes before it shows one.
  pages.addHook('preHandler', () => settings.syncAll())
  pages.setErrorHandler((error, request, reply) => {
    const shaped = shapedErrorOf(error)
    const { status, code, headers } = shaped
    reply.code(status).headers(headers)
    if (!wantsPage(request)) return reply.send(shaped.body)
    const language = languageOf(request)
    const t = translatorFor(language)
    const failure = { status, title: titleOf(status, code, t), message: messageIn(shaped, t), back: backOf(request.headers.referer) }
    return sendPage(reply, failurePage(failure, language, t), language)
  })
}

/** Adds the pages and their forms to the server. Every form can be sent by curl, too, and then returns JSON. */
export const servePages = async (app: FastifyInstance, parts: PageParts) => {
  const catalogue = catalogueOf(parts.document)
  await app.register(async (pages) => {
    addPageHooks(pages, parts)
    await pages.register(async (dashboard) => addDashboardPages(dashboard, parts, catalogue))
    addActions(pages, parts)
    addLiveStream(pages, parts)
    await pages.register(async (customer) => addCustomerPages(customer, parts, catalogue))
  })
}
