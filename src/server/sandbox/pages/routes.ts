/** The pages of the sandbox: the customer's, the dashboard, and what their forms do. */
import type { FastifyInstance } from 'fastify'
import { addActions } from './actions.ts'
import { catalogueOf } from './catalogue.ts'
import { addCustomerPages } from './customer/routes.ts'
import { failurePage } from './dashboard/frame.ts'
import { addDashboardPages } from './dashboard/routes.ts'
import { isOwnPath, wantsPage } from './forms.ts'
import { pageHeaders, sendPage } from './layout.ts'
import { addLiveStream } from './live.ts'
import type { PageParts } from './parts.ts'
import { shapedErrorOf } from './problems.ts'

const titles: Record<number, string> = {
  401: 'The admin key is needed',
  403: 'Not allowed',
  404: 'Not found',
  422: 'That did not work',
  503: 'The database is away',
}

/** Path of the page that a form was on; the dashboard for any other request. */
const backOf = (referer: string | undefined) => {
  const path = referer !== undefined && URL.canParse(referer) ? new URL(referer).pathname + new URL(referer).search : undefined
  return isOwnPath(path) ? path : '/sandbox'
}

/** What all pages have in common: headers, no requests from other sites, errors as pages. */
const addPageHooks = (pages: FastifyInstance, { settings, hosts }: PageParts) => {
  pages.addHook('onSend', async (_request, reply) => {
    reply.removeHeader('Access-Control-Allow-Origin').headers(pageHeaders)
  })
  pages.addHook('onRequest', async (request) => {
    hosts.assertAllowed(request)
    if (request.method === 'POST') hosts.assertSameSite(request)
  })
  // A page can be about any merchant: all clocks are those of all processes before it shows one.
  pages.addHook('preHandler', () => settings.syncAll())
  pages.setErrorHandler((error, request, reply) => {
    const { status, code, message, body, headers } = shapedErrorOf(error)
    reply.code(status).headers(headers)
    if (!wantsPage(request)) return reply.send(body)
    return sendPage(reply, failurePage(status, titles[status] ?? code, message, backOf(request.headers.referer)))
  })
}

/** Adds the pages and their forms to the server. Every form can be sent by curl, too, and then returns JSON. */
export const servePages = async (app: FastifyInstance, parts: PageParts) => {
  const catalogue = catalogueOf(parts.document)
  await app.register(async (pages) => {
    addPageHooks(pages, parts)
    addDashboardPages(pages, parts, catalogue)
    addActions(pages, parts)
    addLiveStream(pages, parts)
    await pages.register(async (customer) => addCustomerPages(customer, parts, catalogue))
  })
}
