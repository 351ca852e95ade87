/** The customer's pages and the dashboard, in a browser, with a merchant's server that checks what it is sent. */

import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { missing } from '../../tools.ts'
import { createClient } from './client.ts'
import { createReceiver } from './receiver.ts'

const axe = createRequire(import.meta.url).resolve('axe-core')
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync']

describe.skipIf(missing('chromium'))('pages', () => {
  let browser: Browser
  let server: Server
  let receiver: Awaited<ReturnType<typeof createReceiver>>
  let api: ReturnType<typeof createClient>
  let dashboard: Page
  const problems: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
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
    expect(problems).toEqual([])
    expect(receiver.received.length).toBeGreaterThan(0)
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
  })

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
  const accessible = async (page: Page) => {
    // The page's own policy keeps foreign scripts out, so the checker is evaluated, not inserted.
    await page.evaluate((await import('node:fs')).readFileSync(axe, 'utf8'))
    const found = await page.evaluate(() =>
      (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }).axe.run(),
    )
    expect(found.violations.map(({ id }) => id)).toEqual([])
  }
  const konbini = { type: 'konbini', store: 'lawson', email: 'taro@example.com' }

  test.each([
    ['ja', '今すぐ支払う', 'お支払いが完了しました', '￥1,100'],
    ['ko', '지금 결제하기', '결제가 완료되었습니다', 'JP¥1,100'],
    ['en', 'Pay now', 'Paid', '¥1,100'],
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
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await statusOf(id)).toBe('captured')
    await dashboardShows(id, 'captured')
    await vi.waitFor(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.captured']))
    await page.close()
  })

  test('a redirect payment is approved, declined, and brings the customer back', async () => {
    const return_url = `${api.origin}/openapi.json?returned`
    const cancel_url = `${api.origin}/openapi.json?given-up`
    for (const [button, url, status, event] of [
      ['Approve', return_url, 'captured', 'payment.captured'],
      ['Decline', cancel_url, 'failed', 'payment.failed'],
    ] as const) {
      const { id, payment_details } = await create({ type: 'line_pay' }, { return_url, cancel_url, locale: 'en' })
      const page = await newPage()
      await page.goto(payment_details.redirect_url)
      await accessible(page)
      await page.getByRole('button', { name: button }).click()
      await page.waitForURL(url)
      expect(await statusOf(id)).toBe(status)
      await dashboardShows(id, status)
      await vi.waitFor(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', event]))
      await page.close()
    }
  })

  test('a cash refund is collected at a store', async () => {
    const { id } = await create(konbini, { locale: 'en' })
    await api.act('pay', id)
    const { refunds } = (await api.ok('POST', `/payments/${id}/refund`, {})) as { refunds: { redirect_url: string }[] }
    expect(await statusOf(id)).toBe('captured')
    const page = await newPage()
    await page.goto(refunds[0]!.redirect_url)
    await accessible(page)
    await page.getByLabel('Store').selectOption('ministop')
    await page.getByRole('button', { name: 'Collect here' }).click()
    await page.getByRole('status').filter({ hasText: 'Refund paid out' }).waitFor()
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
    await vi.waitFor(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.expired']))
    await page.close()
  })

  test('the dashboard finds, filters, shows one payment and acts on it', async () => {
    const { id } = await create({ type: 'merpay', email: 'hanako@example.com' }, { external_order_num: 'ORDER-<b>7</b>' })
    const page = await newPage()
    await page.goto(`${api.origin}/sandbox`)
    await accessible(page)
    await page.getByLabel('Search').fill('order-<b>7')
    await page.getByLabel('Status').selectOption('authorized')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByText('1 payments').waitFor()
    await page.getByText('ORDER-<b>7</b>').waitFor()
    await page.getByRole('link', { name: id }).click()
    await accessible(page)
    await page.getByRole('button', { name: 'Customer approves' }).click()
    await page.getByRole('status').filter({ hasText: 'captured' }).waitFor()
    await page.getByRole('cell', { name: 'payment.captured' }).waitFor()
    await page
      .getByText(/delivered, 1 × tried, last 200/)
      .first()
      .waitFor()
    await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })
    // Live: nobody reloads.
    await page.getByRole('heading', { name: 'Refunds' }).waitFor()
    await page.goto(`${api.origin}/sandbox/events`)
    await accessible(page)
    await page.close()
  })

  test('a page of another site can neither act nor read', async () => {
    const { id } = await create(konbini)
    const page = await newPage()
    await page.route('http://localhost:9/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>evil</title>' }))
    await page.goto('http://localhost:9/')
    await page.setContent(`<form method="post" action="${api.origin}/sandbox/pay/${id}"><button>win</button></form>`)
    await page.getByRole('button').click()
    await page.getByText('403 forbidden').waitFor()
    expect(await statusOf(id)).toBe('authorized')
    // Only the API is open to the scripts of other sites.
    const headersOf = async (path: string) => (await fetch(api.origin + path, { headers: { origin: 'http://localhost:9' } })).headers
    expect((await headersOf('/sandbox')).get('access-control-allow-origin')).toBeNull()
    expect((await headersOf('/openapi.json')).get('access-control-allow-origin')).toBe('*')
    // The rejection is told on the console.
    problems.splice(0)
    await page.close()
  })
})
