/** The rendered reference in a browser: it asks nobody for anything, everything in it is found and reached, and it fits every screen. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guidesOf } from '../../scripts/docs/guides.ts'
import { languages, samplesOf } from '../../scripts/docs/samples/index.ts'
import { errorCodesOf } from '../../scripts/docs/tables.ts'
import { docsOf } from '../../scripts/docs.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { missing } from '../tools.ts'

const document = readDocument()
const operations = operationsOf(document)
const { guides } = guidesOf('spec/guides', document)
const methods = Object.keys(document.components.schemas.PaymentDetailsRequest.discriminator.mapping)
const webhooks = Object.values<{ post: { operationId: string; summary: string } }>(document.webhooks).map(({ post }) => post)
const requestPanel = '.panel-request-samples'

// Opening the page is half a second's work, of a machine that may have others to do.
describe.skipIf(missing('chromium'))('the page', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-page-'))
  const file = join(folder, 'index.html')
  let server: Server
  let browser: Browser
  let fromServer = ''
  const fromFile = pathToFileURL(file).href
  /** What the pages of the tests said or asked for and should not have. */
  const noise: string[] = []

  /** Opens the page in a window of its own, and listens. */
  const open = async (url: string, options: Parameters<Browser['newPage']>[0] = {}) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, ...options })
    page.on('console', (message) => message.type() !== 'info' && noise.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
    // A worker of the page itself has a blob: address, an icon it carries has a data: one.
    page.on(
      'request',
      (request) => /^(?:blob|data):/.test(request.url()) || request.isNavigationRequest() || noise.push(`request: ${request.url()}`),
    )
    page.setDefaultTimeout(20_000)
    await page.goto(url)
    await page.locator('[data-section-id]').first().waitFor({ state: 'attached' })
    return page
  }
  const heading = (page: Page, name: string) =>
    page
      .locator('h1, h2, h3')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .first()
  const section = (page: Page, tag: string, operationId: string) => page.locator(`[data-section-id="/${tag}/${operationId}"]`.toLowerCase())
  const title = (page: Page, tag: string, operationId: string, summary: string) =>
    section(page, tag, operationId).locator('h1, h2, h3').filter({ hasText: summary }).first()
  const search = async (page: Page, words: string) => {
    if (!(await page.getByTestId('search-dialog').isVisible())) await page.keyboard.press('Control+k')
    await page.getByTestId('search-dialog').getByRole('textbox').fill(words)
    return page.getByTestId('search-dialog')
  }

  beforeAll(async () => {
    writeFileSync(file, await docsOf(JSON.stringify(document)))
    server = createServer((_request, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(readFileSync(file)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    fromServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync']
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    rmSync(folder, { recursive: true })
  })

  test.each([
    ['file', () => fromFile],
    ['server', () => fromServer],
  ])('opened from a %s, it asks for nothing else and complains of nothing', async (_from, url) => {
    noise.length = 0
    const page = await open(`${url()}#operation/createPayment/ex=konbini`)
    await heading(page, 'Create a payment').waitFor()
    await expect(search(page, 'konbini').then((dialog) => dialog.getByText('Payment methods').first().waitFor())).resolves.toBeUndefined()
    await page.close()
    expect(noise).toEqual([])
  })

  test('runs no script and loads nothing but its own', async () => {
    const page = await open(fromServer)
    const ran = await page.evaluate(async () => {
      const script = globalThis.document.createElement('script')
      script.textContent = 'globalThis.intruder = true'
      globalThis.document.body.append(script)
      const image = await new Promise((resolve) => {
        const picture = new Image()
        picture.onload = () => resolve('loaded')
        picture.onerror = () => resolve('blocked')
        picture.src = '/other.png'
      })
      const fetched = await fetch('/').then(
        () => 'loaded',
        () => 'blocked',
      )
      return { script: 'intruder' in globalThis, image, fetched }
    })
    expect(ran).toEqual({ script: false, image: 'blocked', fetched: 'blocked' })
    await page.close()
  })

  test('has a title, a language and an icon of its own', async () => {
    const page = await open(fromFile)
    expect(await page.title()).toBe(document.info.title)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^data:image\/svg/)
    await page.close()
  })

  test('leads to every guide, operation and webhook by clicking', async () => {
    const page = await open(fromFile)
    const menu = page.locator('.menu-content')
    for (const { title } of guides) {
      await menu.getByText(title, { exact: true }).first().click()
      await expect.poll(() => page.url(), { timeout: 15_000 }).toContain(`#/${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`)
      await heading(page, title).waitFor()
    }
    const entries = [
      ...operations.map(({ tag, operationId, summary }) => ({ tag, operationId, summary })),
      ...webhooks.map((webhook) => ({ tag: 'Webhooks', ...webhook })),
    ]
    for (const [tag, items] of Map.groupBy(entries, ({ tag }) => tag)) {
      await menu.getByText(tag, { exact: true }).first().click()
      for (const { operationId, summary } of items) {
        await menu.getByText(summary, { exact: true }).first().click()
        await expect.poll(() => page.url().toLowerCase(), { timeout: 15_000 }).toContain(`#/${tag}/${operationId}`.toLowerCase())
        await title(page, tag, operationId, summary).waitFor()
      }
    }
    await page.close()
  })

  test('lands on every operation and webhook by its deep link', async () => {
    const page = await open(fromFile)
    const all = [...operations, ...webhooks.map((webhook) => ({ tag: 'Webhooks', ...webhook }))]
    for (const { tag, operationId, summary } of all) {
      await page.goto('about:blank')
      await page.goto(`${fromFile}#operation/${operationId}`)
      await title(page, tag, operationId, summary).waitFor()
      expect(await title(page, tag, operationId, summary).innerText()).toContain(tag === 'Accounts' ? 'Beta' : summary)
    }
    await page.close()
  })

  test('every link of the guides leads somewhere', async () => {
    const page = await open(fromFile)
    const texts = guides.map(({ text }) => text).join('\n')
    const places = new Set([...texts.matchAll(/\]\(#([^)]+)\)/g)].map(([, place]) => place!))
    expect(places.size).toBeGreaterThan(20)
    for (const place of places) {
      await page.evaluate((hash) => {
        location.hash = hash
      }, place)
      const id = place
        .replace(/^operation\/(\w+).*/, '$1')
        .replace(/^\//, '')
        .toLowerCase()
      const target = page.locator(`[data-section-id$="${id}"]`).first()
      await expect
        .poll(async () => Math.abs((await target.boundingBox())?.y ?? Number.POSITIVE_INFINITY), { timeout: 15_000, message: place })
        .toBeLessThan(200)
    }
    await page.close()
  })

  test('shows request, samples, response and forms of each payment method together', async () => {
    const page = await open(`${fromFile}#operation/createPayment`)
    const create = section(page, 'payments', 'createpayment')
    const example = create.locator(requestPanel).getByRole('button', { name: 'Example' })
    const { examples } = operations.find(({ operationId }) => operationId === 'createPayment')!.request!
    for (const method of methods) {
      await example.click()
      await page.getByRole('menuitem', { name: examples[method]!.summary!, exact: true }).first().click()
      await create.locator(requestPanel).getByText(`"type": "${method}"`).waitFor()
      await create.locator('.panel-response-samples').getByText(`"${method}"`, { exact: true }).waitFor()
      // The form of the request, then that of the response, which is drawn when it comes into view.
      const form = create.getByRole('button', { name: method, exact: true })
      await form.first().waitFor()
      await create.getByText('payment_deadline', { exact: true }).first().scrollIntoViewIfNeeded()
      await expect.poll(() => form.count(), { timeout: 15_000 }).toBe(2)
      await example.scrollIntoViewIfNeeded()
    }
    // The other way round: a form chosen selects its example.
    await create
      .getByRole('button', { name: methods.at(-1)!, exact: true })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'konbini', exact: true }).first().click()
    await create.locator(requestPanel).getByText('"type": "konbini"').waitFor()
    await page.close()
  })

  test('lands on every payment method by its deep link', async () => {
    const page = await open(fromFile)
    for (const method of methods) {
      await page.goto('about:blank')
      await page.goto(`${fromFile}#operation/createPayment/ex=${method}`)
      const create = section(page, 'payments', 'createpayment')
      await create.locator(requestPanel).getByText(`"type": "${method}"`).waitFor()
      await create.locator('.panel-response-samples').getByText(`"${method}"`, { exact: true }).waitFor()
    }
    await page.close()
  })

  test('shows the sample of each language, as it is executed elsewhere', async () => {
    const page = await open(`${fromFile}#operation/createPayment/ex=konbini`)
    const panel = section(page, 'payments', 'createpayment').locator(requestPanel)
    const shown = () => panel.locator('pre').innerText()
    const samples = samplesOf(document).filter(({ call }) => call.operation.operationId === 'createPayment' && call.example === 'konbini')
    let current = languages[0]!.label
    for (const { label } of languages) {
      await panel.getByRole('button', { name: current, exact: true }).click()
      await panel
        .getByRole('menuitem', { name: label, exact: true })
        .or(page.getByRole('menuitem', { name: label, exact: true }))
        .first()
        .click()
      current = label
      const { source } = samples.find((sample) => sample.label === label && sample.format === 'json')!
      await expect
        .poll(async () => (await shown()).replaceAll(/\s+/g, ' ').trim(), { timeout: 15_000 })
        .toBe(source.replaceAll(/\s+/g, ' ').trim())
    }
    await page.close()
  })

  test('finds guides, operations, methods, parameters and error codes', async () => {
    const headings = guides.flatMap(({ title, text }) => [title, ...[...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name!)])
    const wanted = [
      ...headings,
      ...[...operations, ...webhooks].map(({ summary }) => summary),
      ...methods,
      ...operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
      ...['expiry_days', 'external_order_num', 'instructions_url'],
      ...errorCodesOf(document).map(({ name }) => name),
    ]
    // The search waits for the typist to pause: several windows wait at once.
    const words = [...new Set(wanted)]
    const windows = 4
    const lost = await Promise.all(
      Array.from({ length: windows }, async (_window, index) => {
        const page = await open(fromFile)
        const missed: string[] = []
        for (const word of words.filter((_word, place) => place % windows === index)) {
          const dialog = await search(page, word)
          await expect
            .poll(() => dialog.innerText(), { timeout: 15_000 })
            .toContain(word)
            .catch(() => missed.push(word))
        }
        await page.close()
        return missed
      }),
    )
    expect(lost.flat()).toEqual([])
  })

  test('lists every error code with its status', async () => {
    const page = await open(`${fromFile}#/errors/every-code`)
    await heading(page, 'Every code').waitFor()
    for (const { name, statuses } of errorCodesOf(document)) {
      const row = page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
      expect(await row.innerText(), name).toContain(statuses[0]!)
    }
    expect(
      errorCodesOf(document)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...document.components.schemas.ErrorCode.anyOf[0].enum].sort())
    await page.close()
  })

  const places = [
    '',
    '#operation/createPayment/ex=paidy',
    '#/errors/every-code',
    '#/how-a-payment-moves',
    '#/cash-refunds-and-refund-requests',
    '#operation/receivePaymentCaptured',
  ]
  test('fits a phone, a tablet and a desk', async () => {
    for (const place of places) {
      const page = await open(fromFile + place)
      for (const width of [375, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        await page.waitForTimeout(200)
        const wide = await page.evaluate(() => globalThis.document.documentElement.scrollWidth)
        expect(wide, `${place} at ${width}`).toBeLessThanOrEqual(width)
      }
      await page.close()
    }
  })

  // Redoc's own, in its components: drop-downs whose label does not repeat the value that they show.
  const known = ['label-content-name-mismatch']
  test.each(['light', 'dark'] as const)(
    'is accessible in %s',
    async (colorScheme) => {
      const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
      for (const place of places) {
        const page = await open(fromFile + place, { colorScheme })
        await page.waitForTimeout(300)
        await page.evaluate(axe)
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults
        const serious = violations.filter(({ impact, id }) => (impact === 'serious' || impact === 'critical') && !known.includes(id))
        expect(serious.map(({ id, nodes }) => `${place} ${id}: ${nodes.map(({ html }) => html.slice(0, 100)).slice(0, 3)}`)).toEqual([])
        await page.close()
      }
    },
    60_000,
  )

  test('draws its diagrams in the colour of the text', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(`${fromFile}#/how-a-payment-moves`, { colorScheme })
      const diagram = page.getByRole('img', { name: /States: created to captured/ })
      await diagram.waitFor()
      const { width = 0, height = 0 } = (await diagram.boundingBox()) ?? {}
      expect(Math.min(width, height)).toBeGreaterThan(300)
      const colors = await diagram.evaluate((node) => [getComputedStyle(node).color, getComputedStyle(node.closest('p, div')!).color])
      expect(colors[0]).toBe(colors[1])
      await page.close()
    }
  })

  test('is reached by keyboard, past the menu', async () => {
    const page = await open(fromFile)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => globalThis.document.activeElement?.textContent)).toBe('Skip to the content')
    await page.close()
  })
})
