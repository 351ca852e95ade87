/** The rendered reference in Chromium, from a disk and from a server, with an ear for what it says and asks for. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { pathBetween } from '../../scripts/reference/html/context.ts'
import { launchBrowser } from '../../scripts/tools/chromium.ts'
import { readDocument } from '../../src/document.ts'
import { type Language, languages } from '../../src/pages/languages.ts'
import { basePath, createFront } from '../../src/server/front.ts'
import { serverOf } from '../../src/server/listen.ts'
import { createMock } from '../../src/server/mock.ts'
import { withApiPath } from '../../src/server/reference.ts'
import { createValidator } from '../../src/validator.ts'
import { renderedOnce } from '../made-once.ts'

/** Opens pages of the reference; `noise` is what they said or asked for and should not have. */
export const openReference = async () => {
  const document = readDocument()
  const { folder, files } = await renderedOnce()
  const html = files['index.html'] ?? ''
  const pages = new Map(languages.map((language) => [`/${pathBetween('en', language)}`, files[`${pathBetween('en', language)}index.html`]]))
  const app = await createFront({ document, validator: createValidator(document), handler: await createMock(document) })
  // What is committed may be older than what was rendered here.
  app.addHook('onRequest', (request, reply, done) => {
    const page = pages.get(request.url.replace(/index\.html$/, ''))
    if (page) void reply.type('text/html; charset=utf-8').send(withApiPath(page, basePath))
    else done()
  })
  const server = serverOf(app)
  const origin = await server.listen()
  const browser: Browser = await launchBrowser()
  const noise: string[] = []

  /** Opens an address in a window of its own, and listens. */
  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, ...options })
    page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
    page.on(
      'request',
      (request) => /^data:/.test(request.url()) || request.isNavigationRequest() || noise.push(`request: ${request.url()}`),
    )
    // The page is a megabyte, and a machine may have others to serve.
    page.setDefaultTimeout(60_000)
    await page.goto(url)
    return page
  }
  const close = async () => {
    await browser.close()
    await server.close()
  }
  /** Address of the page in a language, in a folder and on a server. */
  const fileOf = (language: Language) => pathToFileURL(join(folder, pathBetween('en', language), 'index.html')).href
  const urlOf = (language: Language) => `${origin}/${pathBetween('en', language)}`
  return { document, files, html, open, close, noise, fileOf, urlOf, fromFile: fileOf('en'), fromServer: urlOf('en') }
}

export type OpenedReference = Awaited<ReturnType<typeof openReference>>
