/** The dashboard in every language: no text is left in English, the choice is kept, and what a page is made of stays as it is. */
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { checkCatalogue, readCatalogue } from '../../../scripts/reference/languages/catalogue.ts'
import { dashboardTexts, textsIn } from '../../../scripts/reference/languages/dashboard-texts.ts'
import { launchBrowser } from '../../../scripts/tools/chromium.ts'
import { readDocument } from '../../../src/document.ts'
import { type Language, languageNames, languages, translatedLanguages } from '../../../src/pages/languages.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { catalogueOf } from '../../../src/server/sandbox/pages/catalogue.ts'
import { violationsIn } from '../../accessibility.ts'
import { missing } from '../../tools.ts'
import { createClient } from './client.ts'

const texts = dashboardTexts()
const methodNames = new Set(catalogueOf(readDocument()).methods.map(([, name]) => name))
const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }

let server: Server
let api: ReturnType<typeof createClient>
let paths: string[]

beforeAll(async () => {
  // Nobody listens there, so that events have a delivery to tell of.
  server = await createSandboxServer({ webhookUrl: 'http://127.0.0.1:1/hooks' })
  api = createClient(await server.listen())
  const { id } = (await api.ok('POST', '/payments', konbini)) as Payment
  await api.act('pay', id)
  await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })
  await api.send('POST', `/payments/${id}/capture`)
  const open = (await api.ok('POST', '/payments', { ...konbini, payment_details: { type: 'merpay' } })) as Payment
  await api.ok('POST', '/payments', { ...konbini, metadata: { sandbox: 'paid_twice' } })
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro', three_d_secure: true }
  const secure = (await api.ok('POST', '/payments', { ...konbini, payment_details: card })) as Payment
  await fetch(`${api.origin}/sandbox/pause`, { method: 'POST' })
  const views = ['', '?q=zzz', '/events', '/requests', '/merchants', '/clock', '/reset', '/new', '/new?method=credit_card']
  const problems = ['/payments/zzz', '?from=yesterday']
  paths = [...views, `/payments/${secure.id}`, `/payments/${id}`, `/payments/${open.id}`, ...problems].map((path) => `/sandbox${path}`)
})
afterAll(() => server?.close())

const pageIn = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(api.origin + path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })
  return { headers: response.headers, status: response.status, text: await response.text() }
}
const chosen = (language: Language) => ({ cookie: `other=1; komoju_sandbox_language=${language}` })

/** Texts that a reader sees or hears: code, the style and what the page quotes in English or in another language are left out. */
const visibleTexts = (html: string): string[] => {
  const body = html
    .replaceAll(/<(script|style|pre|code|head)\b[^>]*>[\s\S]*?<\/\1>/g, '\n')
    .replaceAll(/<(a|span)\b[^>]*\blang="\w+"[^>]*>[^<]*<\/\1>/g, '\n')
  const attributes = [...body.matchAll(/\b(?:aria-label|placeholder|title|data-show|data-hide|data-copied)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  )
  return [...attributes, ...body.split(/<[^>]*>/)].map((text) => text.replaceAll('&#39;', "'").trim()).filter(Boolean)
}

describe('catalogues', () => {
  test.each(translatedLanguages)('dashboard.%s.po translates every text, and loses no code or placeholder', (language) => {
    expect(texts.size).toBeGreaterThan(100)
    expect(checkCatalogue('spec/languages', `dashboard.${language}`, texts)).toEqual([])
  })

  test.each(translatedLanguages)('dashboard.json holds the texts of dashboard.%s.po', (language) => {
    const catalogue = JSON.parse(readFileSync('generated/dashboard.json', 'utf8'))[language]
    expect(catalogue).toMatchObject(Object.fromEntries(readCatalogue('spec/languages', `dashboard.${language}`)))
    expect(catalogue['Convenience store']).toBe({ ja: 'コンビニ', ko: '편의점' }[language])
  })

  test('a text that is put together is rejected where it stands', () => {
    expect(textsIn('a.ts', "t('One'); around.t(`Two {count}`, { count }); new Rejection('code', 'Three')")).toEqual([
      'One',
      'Two {count}',
      'Three',
    ])
    expect(() => textsIn('a.ts', `\nt(\`\${count} events\`)`)).toThrow('a.ts:2: t gets a text that is put together.')
    expect(() => textsIn('a.ts', `new Rejection('code', \`It is \${status}.\`)`)).toThrow('a.ts:1: Rejection gets')
  })
})

describe('the language of a page', () => {
  test.each([
    [{}, 'en'],
    [{ 'accept-language': 'fr, ko;q=0.5, ja;q=0.9' }, 'ja'],
    [{ 'accept-language': 'ja', ...chosen('ko') }, 'ko'],
    [{ 'accept-language': 'ja', ...chosen('en') }, 'en'],
    [{ 'accept-language': 'ja', cookie: 'komoju_sandbox_language=constructor' }, 'ja'],
  ] as const)('%j gets %s', async (headers, language) => {
    for (const path of ['/sandbox', '/sandbox/payments/zzz']) {
      const page = await pageIn(path, headers)
      expect(page.text).toContain(`<html lang="${language}">`)
      expect(page.headers.get('content-language')).toBe(language)
      expect(page.headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
    }
  })

  test('an address chooses it, and leads to the page', async () => {
    const { status, headers } = await pageIn('/sandbox?q=x&language=ja&status=captured', {})
    expect({ status, location: headers.get('location'), cookie: headers.get('set-cookie') }).toEqual({
      status: 303,
      location: '/sandbox?q=x&status=captured',
      cookie: 'komoju_sandbox_language=ja; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly',
    })
    expect((await pageIn('/sandbox?language=fr', {})).status).toBe(200)
  })

  test('errors of the API stay in English', async () => {
    const headers = { ...chosen('ja'), accept: 'application/json', 'content-type': 'application/json' }
    const response = await fetch(`${api.origin}/sandbox/faults`, { method: 'POST', headers, body: JSON.stringify({ error_rate: 2 }) })
    expect(await response.json()).toMatchObject({ error: { message: 'Parameter error_rate must be a number from 0 to 1.' } })
  })

  test.each(translatedLanguages)('a customer page that does not exist is in %s for a browser that prefers it', async (language) => {
    const { text, headers } = await pageIn('/offsite/new?uuid=zzz', { 'accept-language': `fr, en;q=0.1, ${language};q=0.8` })
    expect(text).toContain(`<html lang="${language}">`)
    expect(headers.get('content-language')).toBe(language)
  })
})

describe.each(translatedLanguages)('in %s', (language) => {
  test('no text is left in English', async () => {
    const script = { ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, ko: /\p{Script=Hangul}/u }[language]
    for (const path of paths) {
      const english = new Set(visibleTexts((await pageIn(path, chosen('en'))).text))
      const { text } = await pageIn(path, chosen(language))
      const shown = visibleTexts(text)
      expect(shown.filter((one) => script.test(one)).length, path).toBeGreaterThan(3)
      // Codes are the same everywhere, and so are some names and the numbers of cards: what else is written as English writes it was forgotten.
      const isSame = (one: string) => methodNames.has(one) || one.includes('••••')
      const left = shown.filter((one) => english.has(one) && !isSame(one) && /^[A-Z][a-z]|[a-z]+ [a-z]+/.test(one))
      expect({ path, left }).toEqual({ path, left: [] })
    }
  })

  test('amounts, numbers and times are written as its readers write them', async () => {
    const { text } = await pageIn(paths.at(-4) ?? '', chosen(language))
    expect(text).toContain({ ja: '1,100円', ko: '1,100엔' }[language])
    expect(text).toMatch({ ja: /\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}/, ko: /\d{4}\. \d{2}\. \d{2}\. \d{2}:\d{2}:\d{2}/ }[language])
  })
})

describe.skipIf(missing('chromium'))('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  const accessible = async (page: Page) => expect(await violationsIn(page)).toEqual([])
  const inContext = async (locale: string, work: (page: Page, context: BrowserContext) => Promise<void>) => {
    const context = await browser.newContext({ locale })
    await work(await context.newPage(), context)
    await context.close()
  }

  test.each(languages)('%s is chosen in the header, and kept over a form', async (language) => {
    await inContext(language === 'en' ? 'ja' : 'en', async (page) => {
      await page.goto(`${api.origin}/sandbox/new?method=konbini`)
      await page.getByRole('link', { name: languageNames[language] }).click()
      await page.waitForURL(`${api.origin}/sandbox/new?method=konbini`)
      const lang = () => page.locator('html').getAttribute('lang')
      expect(await lang()).toBe(language)
      await page.getByLabel('amount').fill('-5')
      await page.locator('button.primary').click()
      await page.getByRole('alert').filter({ hasText: 'invalid_parameter' }).waitFor()
      expect(await lang()).toBe(language)
      await page.getByLabel('amount').fill('500')
      await page.locator('button.primary').click()
      await page.waitForURL(/\/sandbox\/payments\/\w+$/)
      expect(await lang()).toBe(language)
      expect(await page.locator('.languages [aria-current]').innerText()).toBe(languageNames[language])
    })
  })

  test.each(translatedLanguages)('%s is accessible, and fits a phone and a desk', { timeout: 120_000 }, async (language) => {
    await inContext(language, async (page) => {
      for (const width of [375, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        for (const path of paths) {
          await page.goto(api.origin + path)
          expect(await page.locator('html').getAttribute('lang')).toBe(language)
          await page.evaluate(() => {
            for (const details of document.querySelectorAll('details')) details.open = true
          })
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect({ path, width, wider }).toEqual({ path, width, wider: 0 })
        }
        for (const path of [paths[0], paths.at(-4)]) {
          await page.goto(api.origin + path)
          await accessible(page)
        }
      }
    })
  })
})
