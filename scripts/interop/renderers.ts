/** Other people's pages of the document, in a browser: whether they show it whole and complain of nothing. */
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { operationsOf, readDocument } from '../../src/document.ts'
import { launchBrowser } from '../tools/chromium.ts'

export type Renderer = {
  name: string
  /** Why it does not work, where the tool is at fault. */
  reason?: string
  packages: string[]
  /** Page that shows `/openapi.json`; files of the packages are below `/node_modules/`. */
  page: string
  /** Messages of the console that are no complaint about the document. */
  ignored?: RegExp
}

const script = (source: string) => `<script src="/node_modules/${source}"></script>`
const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`

export const renderers: Renderer[] = [
  {
    name: 'Swagger UI',
    packages: ['swagger-ui-dist'],
    page: page(
      '<link rel="stylesheet" href="/node_modules/swagger-ui-dist/swagger-ui.css">',
      `<div id="ui"></div>${script('swagger-ui-dist/swagger-ui-bundle.js')}<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', docExpansion: 'list' })</script>`,
    ),
  },
  {
    name: 'Scalar',
    packages: ['@scalar/api-reference'],
    page: page(
      '',
      `<div id="app"></div>${script('@scalar/api-reference/dist/browser/standalone.js')}<script>Scalar.createApiReference('#app', { url: '/openapi.json', withDefaultFonts: false, telemetry: false, agent: { disabled: true } })</script>`,
    ),
    ignored: /scalar\.com|ERR_|Failed to load resource/,
  },
  {
    name: 'RapiDoc',
    packages: ['rapidoc'],
    page: page(
      '',
      `${script('rapidoc/dist/rapidoc-min.js')}<rapi-doc spec-url="/openapi.json" render-style="read" load-fonts="false"></rapi-doc>`,
    ),
  },
  {
    name: 'Stoplight Elements',
    packages: ['@stoplight/elements'],
    page: page(
      '<link rel="stylesheet" href="/node_modules/@stoplight/elements/styles.min.css">',
      `${script('@stoplight/elements/web-components.min.js')}<elements-api apiDescriptionUrl="/openapi.json" router="hash" layout="sidebar"></elements-api>`,
    ),
  },
  {
    name: 'Redoc 2',
    packages: ['redoc@2', 'react@18', 'react-dom@18', 'mobx@6', 'styled-components@6', 'core-js@3'],
    page: page('', `<redoc spec-url="/openapi.json" disable-search="true"></redoc>${script('redoc/bundles/redoc.standalone.js')}`),
  },
  {
    name: 'Redoc 3',
    reason: 'It cannot be installed: a version of a package that it needs does not exist.',
    packages: ['redoc@3', 'react@19', 'react-dom@19', 'mobx@6', 'styled-components@6', 'core-js@3'],
    page: page('', `<redoc spec-url="/openapi.json"></redoc>${script('redoc/bundles/redoc.standalone.js')}`),
  },
]

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
}

/** Serves a page, and the files of a folder beside it. */
export const servePage = async (folder: string, html: string) => {
  const server = createServer(({ url = '/' }, response) => {
    const path = url.split('?', 1).join('')
    if (path === '/') return response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
    // No page names an icon, and every browser asks for one.
    if (path === '/favicon.ico') return response.writeHead(204).end()
    const file = join(folder, path)
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
    return createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

/** All text of a page, that of shadow roots too. */
const textOfPage = `(() => {
  const texts = []
  const read = (root) => {
    for (const node of root.querySelectorAll('*')) {
      for (const child of node.childNodes) if (child.nodeType === 3) texts.push(child.data)
      if (node.shadowRoot) read(node.shadowRoot)
    }
  }
  read(document)
  return texts.join('\\n')
})()`

const settleMs = 15_000

/**
 * Shows the document with a renderer.
 * @param folder where its packages are installed, with openapi.json beside them
 * @returns what it complained of, and the operations that it does not show
 */
export const showWith = async (folder: string, { page: html, ignored }: Renderer): Promise<{ complaints: string[]; missing: string[] }> => {
  const { address, close } = await servePage(folder, html)
  const browser = await launchBrowser()
  try {
    const opened = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
    const complaints: string[] = []
    opened.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    opened.on('pageerror', (error) => complaints.push(error.message))
    await opened.goto(address)
    const summaries = operationsOf(readDocument()).map(({ summary }) => summary)
    const shown = async () => {
      const text = String(await opened.evaluate(textOfPage))
      return summaries.filter((summary) => !text.includes(summary))
    }
    const waitForAll = async () => {
      let missing = await shown()
      for (const end = Date.now() + settleMs; missing.length > 0 && Date.now() < end; missing = await shown())
        await opened.waitForTimeout(500)
      return missing
    }
    let missing = await waitForAll()
    // Some fold the operations of a tag away until it is opened.
    if (missing.length > 0) {
      for (const tag of ['Payments', 'Accounts'])
        await opened
          .getByText(tag, { exact: true })
          .first()
          .click({ timeout: 3000 })
          .catch(() => undefined)
      missing = await waitForAll()
    }
    return { complaints: complaints.filter((text) => !ignored?.test(text)), missing }
  } finally {
    await browser.close()
    close()
  }
}
