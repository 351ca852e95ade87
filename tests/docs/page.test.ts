/** The rendered reference in a browser: it makes no request, everything in it is found and reached, and it fits every screen. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { slugOf } from '../../scripts/reference/anchors.ts'
import { guidesOf } from '../../scripts/reference/guides.ts'
import { sampleChoices } from '../../scripts/reference/model/operations.ts'
import { samplesOf } from '../../scripts/reference/samples/index.ts'
import { errorCodesOf } from '../../scripts/reference/tables.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { english } from '../../src/pages/translator.ts'
import { violationsIn } from '../accessibility.ts'
import { missing } from '../tools.ts'
import { type OpenedReference, openReference } from './browser.ts'

const document = readDocument()
const operations = operationsOf(document)
const { guides } = guidesOf('spec/guides', document, english)
const methods = Object.keys(document.components.schemas.PaymentDetailsRequest.discriminator.mapping)
const webhooks = Object.values<{ post: { operationId: string; summary: string; description: string } }>(document.webhooks).map(
  ({ post }) => post,
)
const pages = [...operations, ...webhooks]

// Opening the page is half a second's work, of a machine that may have others to do.
describe.skipIf(missing('chromium'))('the page', { timeout: 180_000 }, () => {
  let reference: OpenedReference
  beforeAll(async () => {
    reference = await openReference()
  }, 120_000)
  afterAll(() => reference?.close())

  const section = (page: Page, id: string) => page.locator(`[data-page="${id}"]`)
  /** Distance of an element from the top of the window. */
  const topOf = (page: Page, id: string) =>
    page.evaluate((wanted) => globalThis.document.getElementById(wanted)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY, id)
  const inView = async (page: Page, id: string) => {
    await expect.poll(async () => Math.abs(await topOf(page, id)), { timeout: 15_000, message: id }).toBeLessThan(400)
  }
  const search = async (page: Page, words: string) => {
    if (!(await page.locator('dialog.search').isVisible())) await page.keyboard.press('Control+k')
    await page.locator('dialog.search input').fill(words)
    return page.locator('#search-results')
  }

  test.each([
    ['file', () => reference.fromFile],
    ['server', () => reference.fromServer],
  ])('opened from a %s, it asks for nothing else and complains of nothing', async (_from, url) => {
    reference.noise.length = 0
    const page = await reference.open(`${url()}#operation/createPayment/ex=konbini`)
    await inView(page, 'createPayment/konbini')
    expect(await (await search(page, 'konbini')).innerText()).toContain('Convenience store')
    await page.close()
    expect(reference.noise).toEqual([])
  })

  test('runs no script and loads nothing but its own', async () => {
    const page = await reference.open(reference.fromServer)
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
      const fetched = await fetch('https://192.0.2.1/').then(
        () => 'loaded',
        (error: Error) => error.message,
      )
      return { script: 'intruder' in globalThis, image, fetched }
    })
    expect(ran).toEqual({ script: false, image: 'blocked', fetched: 'Failed to fetch' })
    expect(reference.html).toMatch(/connect-src 'self' http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*;/)
    await page.close()
  })

  test('is light: the script below 40 kB, all of it below 200 kB, compressed', () => {
    expect(gzipSync(reference.html).length).toBeLessThan(200 * 1024)
    const scripts = [...reference.html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => gzipSync(text).length)
    expect(Math.max(...scripts)).toBeLessThan(40 * 1024)
  })

  test('has a title, a description, a language and an icon of its own', async () => {
    const page = await reference.open(reference.fromFile)
    expect(await page.title()).toBe(document.info.title)
    for (const [name, text] of [
      ['meta[name=description]', document.info.summary],
      ['meta[property="og:title"]', document.info.title],
      ['meta[property="og:description"]', document.info.summary],
    ])
      expect(await page.locator(name).getAttribute('content'), name).toBe(text)
    expect(await page.locator('link[rel=canonical]').evaluate((link: HTMLLinkElement) => link.href)).toBe(reference.fromFile)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^data:image\/svg/)
    await page.close()
  })

  test('says on the first screen that it is unofficial, and what is not covered', async () => {
    const page = await reference.open(reference.fromFile, { viewport: { width: 1440, height: 800 } })
    for (const words of ['Unofficial.', 'Sessions, tokens, customers, subscriptions'])
      expect((await page.getByText(words).first().boundingBox())?.y ?? 9999, words).toBeLessThan(700)
    await page.close()
  })

  test('leads to every guide, operation and webhook by clicking, and names it in the title and its Markdown in a link', async () => {
    const page = await reference.open(reference.fromFile)
    const entries = [
      ...guides.map(({ title }) => ({ id: slugOf(title), title })),
      ...pages.map(({ operationId, summary }) => ({ id: operationId, title: summary })),
    ]
    for (const { id, title } of entries) {
      await page.locator(`.side a[href="#${id}"]`).click()
      expect(new URL(page.url()).hash).toBe(`#${id}`)
      await inView(page, id)
      await expect.poll(() => page.title(), { message: id }).toBe(`${title} – ${document.info.title}`)
      const twin = await page.locator('link[type="text/markdown"]').getAttribute('href')
      expect(Object.keys(reference.files)).toContain(twin)
      expect(twin).toBe(`${id}.md`)
    }
    await page.close()
  })

  test('lands on every operation and webhook by its deep link, old and new', async () => {
    const page = await reference.open(reference.fromFile)
    const go = async (hash: string) => {
      await page.evaluate((wanted) => {
        location.hash = ''
        scrollTo(0, 0)
        location.hash = wanted
      }, hash)
    }
    for (const { operationId, summary } of pages) {
      const { tag } = operations.find((operation) => operation.operationId === operationId) ?? { tag: 'Webhooks' }
      for (const hash of [
        `operation/${operationId}`,
        `/${tag}/${operationId}`.toLowerCase(),
        `tag/${tag}/operation/${operationId}`,
        operationId,
      ]) {
        await go(hash)
        await inView(page, operationId)
      }
      const heading = await page.locator(`h2[id="${operationId}"]`).innerText()
      expect(heading).toContain(summary)
      expect(heading.includes('Beta'), operationId).toBe(tag === 'Accounts')
    }
    for (const [hash, id] of [
      ['/errors/every-code', 'errors/every-code'],
      ['/errors', 'errors'],
      ['tag/Payments', 'Payments'],
      ['/how-a-payment-moves', 'how-a-payment-moves'],
      ['error/not_refundable', 'error/not_refundable'],
      ['store/lawson', 'store/lawson'],
      ['createPayment.amount', 'createPayment.amount'],
      ['createPayment.payment_details.konbini.expiry_days', 'createPayment.payment_details.konbini.expiry_days'],
      ['test/4123111111111059', 'test/4123111111111059'],
    ] as const) {
      await go(hash)
      await inView(page, id)
    }
    await page.close()
  })

  test('every link of the page leads somewhere', async () => {
    const page = await reference.open(reference.fromFile)
    const broken = await page.evaluate(() =>
      [...globalThis.document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
        .map((link) => decodeURIComponent(link.hash.slice(1)))
        .filter((id) => !globalThis.document.getElementById(id)),
    )
    expect(broken).toEqual([])
    const files = await page.evaluate(() =>
      [...globalThis.document.querySelectorAll('a[href]')]
        .map((link) => link.getAttribute('href') ?? '')
        .filter((href) => !/^(?:#|https?:)/.test(href)),
    )
    const documents = ['openapi.yaml', 'openapi.json', 'openapi-3.0.yaml', 'postman.json'].map((name) => `../${name}`)
    const served = [...documents, 'redoc/index.html', ...Object.keys(reference.files)]
    expect(files.filter((href) => !served.includes(href))).toEqual([])
    expect(files.length).toBeGreaterThan(30)
    const ids = await page.evaluate(() => [...globalThis.document.querySelectorAll('[id]')].map(({ id }) => id))
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    await page.close()
  })

  test('shows request, samples, response and details of each payment method together, in every operation', async () => {
    const page = await reference.open(`${reference.fromFile}#createPayment`)
    const own = section(page, 'createPayment')
    for (const method of methods) {
      await own.locator('.choose-example').selectOption(method)
      expect(await own.locator('.example.chosen .codes .code.chosen pre').innerText()).toContain(`payment_details[type]=${method}`)
      expect(await own.locator('.example.chosen .response pre').innerText()).toContain(`"type": "${method}"`)
      expect(await own.locator('.payment-method:not([hidden])').getAttribute('data-example')).toBe(method)
      expect(new URL(page.url()).hash).toBe(`#createPayment/${method}`)
      for (const operation of operations.filter(({ responses }) => responses['200']?.body?.examples[method]))
        expect(await section(page, operation.operationId).locator('.example.chosen').getAttribute('data-example')).toBe(method)
    }
    // The other way round: a method chosen in the text selects its sample, and it is kept when the page is opened again.
    await own.locator('.choice[data-example=konbini]').click()
    await expect.poll(() => own.locator('.example.chosen').getAttribute('data-example')).toBe('konbini')
    await page.goto('about:blank')
    await page.goto(reference.fromFile)
    expect(await section(page, 'refundPayment').locator('.example.chosen').getAttribute('data-example')).toBe('konbini')
    await page.close()
  })

  test('lands on every payment method by its deep link', async () => {
    const page = await reference.open(reference.fromFile)
    for (const method of methods)
      for (const hash of [`operation/createPayment/ex=${method}`, `createPayment/${method}`]) {
        await page.evaluate((wanted) => {
          location.hash = ''
          location.hash = wanted
        }, hash)
        await inView(page, `createPayment/${method}`)
        const own = section(page, 'createPayment')
        expect(await own.locator('.example.chosen .response pre').innerText()).toContain(`"type": "${method}"`)
        expect(await own.locator(`.payment-method[data-example=${method}]`).isVisible()).toBe(true)
      }
    await page.close()
  })

  test('shows the sample of each language, as it is executed elsewhere', async () => {
    const page = await reference.open(`${reference.fromFile}#createPayment/konbini`)
    const own = section(page, 'createPayment')
    const samples = samplesOf(document).filter(({ call }) => call.operation.operationId === 'createPayment' && call.example === 'konbini')
    expect(samples).toHaveLength(sampleChoices(english).length)
    for (const { label, format, source, language } of samples) {
      await own
        .locator('.example.chosen .code.chosen .choose-language')
        .selectOption(language.form ? `${language.id}-${format}` : language.id)
      expect(await own.locator('.example.chosen .codes .code.chosen pre').innerText(), `${label} ${format}`).toBe(source)
    }
    // Guides follow the same choice.
    await own.locator('.example.chosen .code.chosen .choose-language').selectOption('python')
    expect(await section(page, 'receiving-webhooks').locator('.code.chosen pre').innerText()).toContain('import hashlib')
    await page.close()
  })

  test('every sample of the page is one that is executed', async () => {
    const shown = await (async () => {
      const page = await reference.open(reference.fromFile)
      const texts = await page.locator('.panel .codes pre').evaluateAll((blocks) => blocks.map(({ textContent }) => textContent))
      await page.close()
      return texts
    })()
    expect(shown.sort()).toEqual(
      samplesOf(document)
        .map(({ source }) => source)
        .sort(),
    )
  })

  test('copies each block', async () => {
    const page = await reference.open(reference.fromServer, { permissions: ['clipboard-read', 'clipboard-write'] })
    const blocks = await page.evaluate(
      () => [...globalThis.document.querySelectorAll('pre')].filter((block) => !block.closest('.code')?.querySelector('.copy')).length,
    )
    expect(blocks).toBe(0)
    await section(page, 'start').locator('.copy').click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`curl ${reference.fromServer}api/v1/payments`)
    await page.close()
  })

  const table: [words: string, place: string][] = [
    ['konbini', 'createPayment/konbini'],
    ['refundPayment', 'refundPayment'],
    ['createPayment', 'createPayment'],
    ['not_refundable', 'error/not_refundable'],
    ['expiry_days', 'createPayment.payment_details.konbini.expiry_days'],
    ['4123111111111059', 'test/4123111111111059'],
    ['webhook secret', 'receiving-webhooks/verify-the-signature'],
    ['idempotency', 'idempotency'],
    ['refund a payment', 'refundPayment'],
    ['paidy', 'createPayment/paidy'],
    ['lawson', 'store/lawson'],
    ['test card', 'test-cards-and-scenarios'],
    ['pagination', 'pagination-and-filters'],
    ['card_declined', 'error/card_declined'],
    ['payment.captured', 'receivePaymentCaptured'],
    ['cancel a payment', 'cancelPayment'],
    ['list payments', 'listPayments'],
    ['capture a payment', 'capturePayment'],
    ['create an account', 'createAccount'],
    ['service agreement', 'acceptServiceAgreement'],
    ['bank transfer', 'createPayment/bank_transfer'],
    ['convenience store', 'createPayment/konbini'],
    ['credit card', 'createPayment/credit_card'],
    ['seven-eleven', 'store/seven-eleven'],
    ['authentication', 'authentication'],
    ['error codes', 'errors/every-code'],
    ['insufficient_funds', 'error/insufficient_funds'],
    ['signature', 'receiving-webhooks/verify-the-signature'],
    ['payment.refunded', 'receivePaymentRefunded'],
    ['tax', 'createPayment.tax'],
    ['3d secure', 'createPayment.payment_details.credit_card.three_d_secure'],
    ['3-D Secure', 'createPayment.payment_details.credit_card.three_d_secure'],
    ['3ds', 'createPayment.payment_details.credit_card.three_d_secure'],
    ['netcash', 'createPayment/net_cash'],
    ['net-cash', 'createPayment/net_cash'],
    ['pay easy', 'createPayment/pay_easy'],
    ['rounding', 'amounts-currencies-and-tax/rounding'],
  ]
  test('puts the right place first', async () => {
    const page = await reference.open(reference.fromFile)
    const first: [string, string][] = []
    for (const [words] of table) {
      const results = await search(page, words)
      first.push([words, ((await results.locator('a').first().getAttribute('href')) ?? '').slice(1)])
    }
    // Of a parameter that several payment methods have, any is right.
    const known = first.map(([words, place]) => [words, words === 'expiry_days' ? place.replace('credit_card', 'konbini') : place])
    expect(known).toEqual(table)
    await page.keyboard.press('Enter')
    await inView(page, 'amounts-currencies-and-tax/rounding')
    expect(await page.locator('dialog.search').isVisible()).toBe(false)
    await page.keyboard.press('/')
    expect(await page.locator('dialog.search').isVisible()).toBe(true)
    await page.keyboard.type('konbini')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog.search').isVisible()).toBe(false)
    await page.close()
  })

  test('says that nothing is found, and what is similar only after a typing mistake', async () => {
    const page = await reference.open(reference.fromFile)
    const found = async (words: string) => {
      const results = await search(page, words)
      const note = page.locator('.search-empty')
      return {
        note: (await note.isVisible()) ? await note.textContent() : '',
        places: await results.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      }
    }
    for (const words of ['Kakao Pay', 'kakaopay', 'zzz']) {
      const { note, places } = await found(words)
      expect([words, note, places]).toEqual([words, 'Nothing found.', []])
    }
    // What is looked for, and not covered, is said to be.
    expect(await found('PayPay')).toMatchObject({ note: '', places: [expect.stringMatching(/^#payment-methods/)] })
    for (const [words, place] of [
      ['konbni', '#createPayment/konbini'],
      ['refnd a payment', '#refundPayment'],
      ['idempotancy', '#idempotency'],
    ] as const) {
      const { note, places } = await found(words)
      expect([words, note, places[0]]).toEqual([words, 'Nothing found. These are similar:', place])
    }
    // Each place of the words stands under the heading that it belongs to, and nothing else is among them.
    const secure = await found('3d secure')
    expect(secure).toEqual({
      note: '',
      places: ['#createPayment.payment_details.credit_card.three_d_secure', '#test-cards-and-scenarios/special-numbers'],
    })
    await page.close()
  })

  test('finds guides, operations, methods, parameters and error codes', async () => {
    const headings = guides.flatMap(({ title, text }) => [title, ...[...text.matchAll(/^## (.+)$/gm)].map(([, name = '']) => name)])
    const wanted = [
      ...headings,
      ...pages.map(({ summary }) => summary),
      ...methods,
      ...operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
      ...['expiry_days', 'external_order_num', 'instructions_url'],
      ...errorCodesOf(document).map(({ name }) => name),
    ]
    const page = await reference.open(reference.fromFile)
    await page.keyboard.press('Control+k')
    // Hundreds of words: the page looks for each as it does when one types, without a round trip to this process.
    const found = await page.evaluate(
      (words) =>
        words.map((word) => {
          const input = globalThis.document.querySelector<HTMLInputElement>('dialog.search input')!
          input.value = word
          input.dispatchEvent(new InputEvent('input', { bubbles: true }))
          const results = globalThis.document.querySelector<HTMLElement>('#search-results')!
          return { word, text: results.innerText.toLowerCase(), first: results.querySelector('a')?.getAttribute('href') }
        }),
      [...new Set(wanted)],
    )
    const lost = found.filter(
      ({ word, text, first }) => !text.includes(word.toLowerCase()) && !(methods.includes(word) && first === `#createPayment/${word}`),
    )
    expect(lost).toEqual([])
    await page.close()
  })

  test('lists every error code with its status', async () => {
    const page = await reference.open(`${reference.fromFile}#/errors/every-code`)
    for (const { name, statuses } of errorCodesOf(document)) {
      const row = page.locator('tr').filter({ has: page.locator(`[id="error/${name}"]`) })
      expect(await row.innerText(), name).toContain(statuses[0] ?? '')
    }
    expect(
      errorCodesOf(document)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...document.components.schemas.ErrorCode.anyOf[0].enum].sort())
    await page.close()
  })

  test('without JavaScript, everything is there to read', async () => {
    const page = await reference.open(reference.fromFile, { javaScriptEnabled: false })
    const hidden = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((elements) =>
          elements.filter((element) => !element.checkVisibility()).map(({ textContent }) => textContent.slice(0, 60)),
        )
    expect(await hidden('h2, .payment-method, .example, [id^="error/"] + code')).toEqual([])
    expect(await page.locator('.payment-method').count()).toBe(methods.length)
    // One more is a prepaid card that is short.
    expect(await page.locator('[data-page=createPayment] .example').count()).toBe(methods.length + 1)
    expect((await hidden('button, select')).length).toBe(await page.locator('button, select').count())
    await page.close()
  })

  test('fits a phone, a tablet, a desk and a wide screen', async () => {
    const page = await reference.open(reference.fromFile)
    for (const width of [375, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth), `at ${width}`).toBeLessThanOrEqual(width)
      // Beside its text from 1280 pixels, under it below.
      const [text, panel] = await Promise.all(['.text', '.panel'].map((part) => section(page, 'createPayment').locator(part).boundingBox()))
      expect((panel?.x ?? 0) > (text?.x ?? 0) + 100, `at ${width}`).toBe(width >= 1280)
      expect(await page.locator('nav.side').isVisible()).toBe(width >= 768)
    }
    await page.close()
  })

  test('does not move while it loads', async () => {
    const page = await reference.open('about:blank')
    await page.addInitScript(() => {
      Object.assign(globalThis, { shift: 0 })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          Object.assign(globalThis, { shift: Reflect.get(globalThis, 'shift') + Reflect.get(entry, 'value') })
      }).observe({ type: 'layout-shift', buffered: true })
    })
    for (const place of ['', 'createPayment/paidy', 'errors/every-code', 'Refund']) {
      await page.goto('about:blank')
      await page.goto(`${reference.fromFile}#${place}`)
      // Sections above the place get their height meanwhile: it stays where it is.
      await page.waitForFunction(() => !globalThis.document.querySelector('[data-page]:not(.laid-out)'))
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      expect(await page.evaluate(() => Reflect.get(globalThis, 'shift')), place).toBe(0)
      if (place) expect(Math.abs((await topOf(page, place)) - 80), place).toBeLessThan(2)
    }
    await page.close()
  })

  test.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    const page = await reference.open(`${reference.fromFile}#createPayment/konbini`, { colorScheme })
    await page.locator('[data-page=createPayment] .example.chosen .open-send').click()
    // The other rules look at what is there, which no colour changes.
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}
    expect(await violationsIn(page, rules)).toEqual([])
    await search(page, 'refund')
    expect(await violationsIn(page, { ...rules, within: 'dialog.search' })).toEqual([])
    await page.setViewportSize({ width: 375, height: 800 })
    expect(await violationsIn(page, rules)).toEqual([])
    await page.close()
  })

  test('keeps the labels of its diagrams readable on a phone', async () => {
    const page = await reference.open(`${reference.fromFile}#how-a-payment-moves`, { viewport: { width: 375, height: 800 } })
    const labels = page.locator('.diagram svg text')
    await labels.first().waitFor()
    const heights = await labels.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().height))
    expect(heights.length).toBeGreaterThan(20)
    expect(Math.min(...heights)).toBeGreaterThan(10)
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(375)
    await page.close()
  })

  test('draws its diagrams in the colour of the text', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await reference.open(`${reference.fromFile}#/how-a-payment-moves`, { colorScheme })
      const diagram = page.getByRole('img', { name: /States: created to captured/ })
      await diagram.waitFor()
      const { width = 0, height = 0 } = (await diagram.boundingBox()) ?? {}
      expect(Math.min(width, height)).toBeGreaterThan(300)
      const colors = await diagram.evaluate((node) => ({
        text: getComputedStyle(node.closest('.prose') ?? node).color,
        drawn: [...node.querySelectorAll('text, path, polygon, ellipse')].flatMap((part) => {
          const { fill, stroke } = getComputedStyle(part)
          return [fill, stroke].filter((color) => color !== 'none')
        }),
      }))
      expect(colors.drawn.length).toBeGreaterThan(20)
      expect(new Set(colors.drawn)).toEqual(new Set([colors.text]))
      await page.close()
    }
  })

  test('is reached by keyboard, past the menu', async () => {
    const page = await reference.open(reference.fromFile)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => globalThis.document.activeElement?.textContent)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => globalThis.document.activeElement?.id)).toBe('content')
    await page.close()
  })
})
