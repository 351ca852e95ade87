/** What people do in a browser with a sandbox, under whatever name and through whatever proxy they reach it. */
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import type { Payment } from '../../generated/schema.d.ts'
import type { createClient } from './sandbox/client.ts'

const konbini = { type: 'konbini', store: 'lawson', email: 'a@example.com' }

/** Customers approve, decline and pay, and the dashboard refunds. @param at address under which the browser reaches the sandbox */
export const browse = async (browser: Browser, api: ReturnType<typeof createClient>, at: string) => {
  const page = await browser.newPage()
  const create = async (payment_details: object) =>
    ((await api.ok('POST', '/payments', { amount: 1000, currency: 'JPY', locale: 'en', payment_details })) as Payment).id
  const shows = (id: string, status: string) =>
    expect.poll(async () => ((await api.ok('GET', `/payments/${id}`)) as Payment).status, { timeout: 10_000 }).toBe(status)
  for (const [button, status] of [
    ['Pay', 'captured'],
    ['Cancel', 'failed'],
  ] as const) {
    const id = await create({ type: 'merpay' })
    await page.goto(`${at}/offsite/new?uuid=${id}`)
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('status').waitFor()
    await shows(id, status)
  }
  const id = await create(konbini)
  await page.goto(`${at}/en/instructions/${id}`)
  await page.getByRole('button', { name: 'Mark as paid (test)' }).click()
  await shows(id, 'captured')
  await page.goto(`${at}/sandbox/payments/${id}`)
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await page.getByRole('button', { name: 'Customer collects' }).click()
  await page.getByRole('status').filter({ hasText: 'refunded' }).waitFor()
  await shows(id, 'refunded')
  await page.close()
}
