/** The customer's pages and the dashboard, in a browser, with a merchant's server that checks what it is sent. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../../scripts/tools/chromium.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { violationsIn } from '../../accessibility.ts'
import { missing } from '../../tools.ts'
import { createClient } from './client.ts'
import { createReceiver } from './receiver.ts'
import { soon } from './soon.ts'

describe.skipIf(missing('chromium'))('pages', () => {
  let browser: Browser
  let server: Server
  let receiver: Awaited<ReturnType<typeof createReceiver>>
  let api: ReturnType<typeof createClient>
  let dashboard: Page
  const problems: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    receiver = await createReceiver('whsec_pages')
    server = await createSandboxServer({ webhookUrl: receiver.url, webhookSecret: 'whsec_pages' })
    api = createClient(await server.listen())
    dashboard = await newPage()
    await dashboard.goto(`${api.origin}/sandbox`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await receiver?.close()
    expect(receiver.received.length).toBeGreaterThan(0)
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
  })

  // The console of every page stays empty, but for what a test expects there.
  afterEach(() => expect(problems.splice(0)).toEqual([]))
  /** Takes note of responses that a browser complains of: 4xx, and nothing else. */
  const expectRejections = () => {
    for (const text of problems.splice(0)) expect(text).toMatch(/^Failed to load resource: .* status of 4\d\d /)
  }

  const newPage = async () => {
    const page = await browser.newPage()
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    return page
  }
  const create = async (details: JsonObject, body: JsonObject = {}) =>
    (await api.ok('POST', '/payments', { amount: 1000, currency: 'JPY', payment_details: details, ...body })) as JsonObject & {
      id: string
      payment_details: { instructions_url: string; redirect_url: string; receipt: string }
    }
  const statusOf = async (id: string) => ((await api.ok('GET', `/payments/${id}`)) as { status: string }).status
  /** The dashboard, which nobody touches, shows the payment with this status. */
  const dashboardShows = (id: string, status: string) =>
    dashboard
      .locator('tr', { hasText: id })
      .locator('td', { hasText: new RegExp(`^${status}$`) })
      .waitFor({ timeout: 10_000 })
  const accessible = async (page: Page) => expect(await violationsIn(page)).toEqual([])
  const konbini = { type: 'konbini', store: 'lawson', email: 'taro@example.com' }

  test.each([
    ['ja', '支払い済みにする（テスト）', 'お支払いが完了しました', '1,100円'],
    ['ko', '결제 완료로 처리(테스트)', '결제가 완료되었습니다', '1,100엔'],
    ['en', 'Mark as paid (test)', 'We have received your payment', '¥1,100'],
  ])('a konbini payment is paid on its page in %s', async (locale, pay, paid, amount) => {
    const { id, payment_details } = await create(konbini, { locale })
    await dashboardShows(id, 'authorized')
    const page = await newPage()
    await page.goto(payment_details.instructions_url)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    await page.getByText(payment_details.receipt).waitFor()
    await page.getByText(amount, { exact: true }).waitFor()
    await accessible(page)
    await page.getByRole('button', { name: pay }).click()
    await page.getByRole('status').filter({ hasText: paid }).waitFor()
    expect(await page.locator('#sheet').getByRole('button').count()).toBe(0)
    expect(await statusOf(id)).toBe('captured')
    await dashboardShows(id, 'captured')
    await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.captured']))
    await page.close()
  })

  test('a redirect payment is approved, declined, and brings the customer back', async () => {
    const return_url = `${api.origin}/openapi.json?returned`
    const cancel_url = `${api.origin}/openapi.json?given-up`
    for (const [button, url, status, event] of [
      ['Pay', return_url, 'captured', 'payment.captured'],
      ['Cancel', cancel_url, 'failed', 'payment.failed'],
    ] as const) {
      const { id, payment_details } = await create({ type: 'line_pay' }, { return_url, cancel_url, locale: 'en' })
      const page = await newPage()
      await page.goto(payment_details.redirect_url)
      await accessible(page)
      await page.getByRole('button', { name: button }).click()
      await page.waitForURL(url)
      expect(await statusOf(id)).toBe(status)
      await dashboardShows(id, status)
      await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', event]))
      await page.close()
    }
    // The document that the customer comes back to names no icon.
    expectRejections()
  })

  test('the holder of a card authenticates, or fails, and goes back to the shop', async () => {
    const return_url = `${api.origin}/openapi.json?returned`
    const cancel_url = `${api.origin}/openapi.json?given-up`
    const secure = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro', three_d_secure: true }
    for (const [locale, button, url, status] of [
      ['ja', '認証する', return_url, 'captured'],
      ['ko', '인증 실패로 처리(테스트)', cancel_url, 'failed'],
      ['en', 'Confirm', undefined, 'captured'],
    ] as const) {
      const { id, payment_details } = await create(secure, { locale, ...(url && { return_url, cancel_url }) })
      await dashboardShows(id, 'pending')
      const page = await newPage()
      await page.goto(payment_details.redirect_url)
      await page.getByText('Visa •••• 1111').waitFor()
      await accessible(page)
      await page.getByRole('button', { name: button }).click()
      if (url) await page.waitForURL(url)
      else await page.getByRole('status').filter({ hasText: 'Your card is confirmed' }).waitFor()
      expect(await statusOf(id)).toBe(status)
      await soon(() => expect(receiver.typesOf(id)).toEqual([`payment.${status}`]))
      await page.close()
    }
    const other = await create(konbini)
    expect((await fetch(`${api.origin}/3d-secure/${other.id}`)).status).toBe(404)
    // The document that the customer comes back to names no icon.
    expectRejections()
  })

  test('a customer pays late and twice, by the controls of the test environment', async () => {
    const { id, payment_details } = await create(konbini, { locale: 'en' })
    const page = await newPage()
    await page.goto(payment_details.instructions_url)
    await page.getByRole('button', { name: 'Let the deadline pass (test)' }).click()
    await page.getByRole('button', { name: 'Pay after the deadline (test)' }).click()
    await page.getByRole('status').filter({ hasText: 'We have received your payment' }).waitFor()
    await page.getByRole('button', { name: 'Pay a second time (test)' }).click()
    const captured = ['payment.captured', 'payment.captured']
    await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.expired', ...captured]))
    await accessible(page)
    await page.close()
  })

  test('a cash refund is collected at a store', async () => {
    const { id } = await create(konbini, { locale: 'en' })
    await api.act('pay', id)
    const { refunds } = (await api.ok('POST', `/payments/${id}/refund`, {})) as { refunds: { redirect_url: string }[] }
    expect(await statusOf(id)).toBe('captured')
    const page = await newPage()
    await page.goto(refunds[0]!.redirect_url)
    await accessible(page)
    await page.getByLabel('Ministop').check()
    await page.getByRole('button', { name: 'Collect at this store' }).click()
    await page.getByRole('status').filter({ hasText: 'You have collected your refund' }).waitFor()
    expect(await statusOf(id)).toBe('refunded')
    await dashboardShows(id, 'refunded')
    await page.close()
  })

  test('the clock expires a payment', async () => {
    const { id } = await create(konbini)
    await dashboardShows(id, 'authorized')
    const page = await newPage()
    await page.goto(`${api.origin}/sandbox/clock`)
    await accessible(page)
    await page.getByRole('button', { name: '7 days later' }).click()
    await page.waitForURL(`${api.origin}/sandbox/clock`)
    expect(await statusOf(id)).toBe('expired')
    await dashboardShows(id, 'expired')
    await soon(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.expired']))
    await page.close()
  })

  test('the dashboard finds, filters, shows one payment and acts on it', async () => {
    const { id } = await create({ type: 'merpay', email: 'hanako@example.com' }, { external_order_num: 'ORDER-<b>7</b>' })
    const page = await newPage()
    await page.goto(`${api.origin}/sandbox`)
    await accessible(page)
    await page.getByLabel('Search').fill('order-<b>7')
    await page.getByLabel('Status').selectOption('authorized')
    await page.getByText('1–1 of 1').waitFor()
    expect(new URL(page.url()).searchParams.get('status')).toBe('authorized')
    await page.getByText('ORDER-<b>7</b>').waitFor()
    await page.getByRole('link', { name: id }).click()
    await accessible(page)
    await page.getByRole('button', { name: 'Customer approves' }).click()
    await page.getByRole('status').filter({ hasText: 'captured' }).waitFor()
    await page.getByText('payment.captured', { exact: true }).waitFor()
    await page
      .getByText(/1 × tried, last 200/)
      .first()
      .waitFor()
    await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })
    // Live: nobody reloads.
    await page.getByRole('cell', { name: '¥100' }).waitFor()
    await page.goto(`${api.origin}/sandbox/events`)
    await accessible(page)
    await page.close()
  })

  test('every page of the dashboard is accessible, and fits a narrow screen', { timeout: 240_000 }, async () => {
    const { id } = await create({ type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' })
    await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })
    await api.send('POST', `/payments/${id}/capture`)
    const paths = [
      '',
      '/events',
      '/requests',
      '/merchants',
      '/clock',
      '/reset',
      '/new',
      '/new?method=credit_card',
      `/payments/${id}`,
      '?q=zzz',
      '/payments/zzz',
    ]
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await newPage()
      await page.emulateMedia({ colorScheme })
      for (const path of paths) {
        await page.setViewportSize({ width: 375, height: 800 })
        await page.goto(`${api.origin}/sandbox${path}`)
        await accessible(page)
        expect({ path, wider: await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth) }).toEqual({
          path,
          wider: 0,
        })
      }
      await page.close()
    }
    // A page that does not exist is told on the console.
    expectRejections()
  })

  test('a form creates a payment, says what is wrong with it, and keeps what was written', { timeout: 60_000 }, async () => {
    const page = await newPage()
    await page.goto(`${api.origin}/sandbox/new?method=konbini`)
    await page.getByLabel('amount').fill('-5')
    await page.getByLabel('external_order_num').fill('ORDER-9')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('alert').filter({ hasText: 'Parameter amount' }).waitFor()
    expect(await page.getByLabel('external_order_num').inputValue()).toBe('ORDER-9')
    await page.getByLabel('amount').fill('500')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: 'Payment', exact: true }).waitFor()
    await page.getByText('¥550', { exact: true }).waitFor()
    await page.getByText('Not possible now').waitFor()
    expect(await page.getByRole('button', { name: 'Capture' }).isDisabled()).toBe(true)
    expectRejections()
    await page.close()
  })

  test('a live page keeps what its reader has opened, written and focused', { timeout: 60_000 }, async () => {
    const { id } = await create(konbini)
    const page = await newPage()
    await page.goto(`${api.origin}/sandbox/payments/${id}`)
    await page.getByText('createPayment').click()
    const payload = page.locator('li', { hasText: 'createPayment' }).locator('pre').first()
    await payload.waitFor()
    await page.getByRole('button', { name: 'Cancel' }).focus()
    await api.ok('PATCH', `/payments/${id}`, { description: 'Changed elsewhere' })
    await page.getByText('Changed elsewhere', { exact: true }).waitFor()
    expect(await payload.isVisible()).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
    await page.close()
  })

  test('what is lost is named before it is', async () => {
    const page = await newPage()
    await page.goto(`${api.origin}/sandbox/clock`)
    await page.getByRole('link', { name: 'Forget everything …' }).click()
    await page.getByText(/\d+ payments and \d+ events of all merchants are lost/).waitFor()
    await page.getByRole('link', { name: 'Keep everything' }).click()
    await page.waitForURL(`${api.origin}/sandbox/clock`)
    await page.close()
  })

  test.each([
    ['ko', '페이지를 찾을 수 없습니다'],
    ['ja', 'ページが見つかりません'],
    ['en', 'Page not found'],
  ])('a link that leads nowhere is told to the customer in %s, without codes', async (locale, title) => {
    const page = await newPage()
    await page.goto(`${api.origin}/${locale}/instructions/zzz`)
    await page.getByRole('heading', { name: title }).waitFor()
    await accessible(page)
    expect(await page.content()).not.toContain('not_found')
    expectRejections()
    await page.close()
  })

  test('the customer chooses a language, and sees what is done elsewhere', async () => {
    const { id, payment_details } = await create(konbini, { locale: 'en' })
    const page = await newPage()
    await page.goto(payment_details.instructions_url)
    await page.getByText('Lawson', { exact: true }).waitFor()
    await page.getByRole('link', { name: '日本語' }).click()
    await page.getByText('ローソン', { exact: true }).waitFor()
    await page.getByText(/土曜日|日曜日|月曜日|火曜日|水曜日|木曜日|金曜日/).waitFor()
    await accessible(page)
    await api.act('pay', id)
    await page.getByRole('status').filter({ hasText: 'お支払いが完了しました' }).waitFor()
    await page.close()
  })

  test('a page of another site can neither act nor read', async () => {
    const { id } = await create(konbini)
    const page = await newPage()
    await page.route('http://localhost:9/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>evil</title>' }))
    await page.goto('http://localhost:9/')
    await page.setContent(`<form method="post" action="${api.origin}/sandbox/pay/${id}"><button>win</button></form>`)
    await page.getByRole('button').click()
    await page.getByRole('heading', { name: 'Not allowed' }).waitFor()
    expect(await statusOf(id)).toBe('authorized')
    // Only the API is open to the scripts of other sites.
    const headersOf = async (path: string) => (await fetch(api.origin + path, { headers: { origin: 'http://localhost:9' } })).headers
    expect((await headersOf('/sandbox')).get('access-control-allow-origin')).toBeNull()
    expect((await headersOf('/openapi.json')).get('access-control-allow-origin')).toBe('*')
    // The rejection is told on the console.
    expectRejections()
    await page.close()
  })
})
