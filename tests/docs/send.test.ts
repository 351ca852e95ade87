/** "Send" of the reference: the documented response from the server of the page, and a clear message for what cannot be sent. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callsOf } from '../../scripts/reference/samples/call.ts'
import { readDocument } from '../../src/document.ts'
import { missing } from '../tools.ts'
import { type OpenedReference, openReference } from './browser.ts'

describe.skipIf(missing('chromium'))('Send', { timeout: 180_000 }, () => {
  let reference: OpenedReference
  beforeAll(async () => {
    reference = await openReference()
  }, 120_000)
  afterAll(() => reference?.close())

  const exampleOf = (page: Page, operation: string, name: string) =>
    page.locator(`[data-page="${operation}"] .example[data-example="${name}"]`)
  const openForm = async (page: Page, operation: string, name: string) => {
    const example = exampleOf(page, operation, name)
    await example.locator('.open-send').evaluate((button: HTMLElement) => button.click())
    return example
  }

  test('each operation and example gets its documented response from the mock', async () => {
    const page = await reference.open(reference.fromServer)
    for (const { operation, example, response } of callsOf(readDocument())) {
      const form = await openForm(page, operation.operationId, example)
      await form.locator('form').evaluate((element: HTMLFormElement) => element.requestSubmit())
      await expect
        .poll(() => form.locator('.result-status').textContent(), { message: `${operation.operationId} ${example}` })
        .toMatch(/^200 .* ms$/)
      expect(JSON.parse((await form.locator('.result-body').textContent()) ?? '')).toEqual(response)
    }
    await page.close()
  })

  const cases: [what: string, field: string, value: string, message: RegExp][] = [
    ['a live key', '[name=key]', 'sk_live_1234567890', /live key/],
    ['no key', '[name=key]', 'hello', /starts with sk_test_/],
    ['another server', '[name=server]', 'https://komoju.com', /this page’s own server, or to this machine/],
    ['a body that is not JSON', 'textarea', '{"amount": }', /The body is not JSON/],
    ['a server that is not there', '[name=server]', 'http://127.0.0.1:1', /No response/],
  ]
  test.each(cases)('%s gives a clear message', async (_what, field, value, message) => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    const form = await openForm(page, 'createPayment', 'konbini')
    await form.locator(field).fill(value)
    await form.locator('button', { hasText: 'Send' }).click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(message)
    if (!value.includes('127.0.0.1')) expect(requests).toEqual([])
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('sk_')
    await page.close()
  })

  test('an error of the API is shown with its status', async () => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
    const form = await openForm(page, 'createPayment', 'konbini')
    await form.locator('textarea').fill('{"amount": -1, "currency": "JPY"}')
    await form.locator('button', { hasText: 'Send' }).click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(/^422/)
    expect(await form.locator('.result-body').textContent()).toContain('"error"')
    await page.close()
  })

  test('the choice of a server changes every sample, what Send begins with, and the next visit', async () => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
    const choice = page.locator('.side .choose-server')
    expect(await choice.locator('option').allInnerTexts()).toEqual([
      'komoju.com',
      '127.0.0.1:4010',
      '127.0.0.1:4020',
      new URL(reference.fromServer).host,
    ])
    await choice.selectOption('http://127.0.0.1:4020/api/v1')
    const samples = await page.locator('.panel .codes pre').allTextContents()
    expect(samples.filter((text) => text.includes('komoju.com/api') || !text.includes('http://127.0.0.1:4020/api/v1'))).toEqual([])
    const form = await openForm(page, 'createPayment', 'konbini')
    expect(await form.locator('[name=server]').inputValue()).toBe('http://127.0.0.1:4020')
    await page.reload()
    expect(await page.locator('[data-page=start] pre').first().textContent()).toContain('curl http://127.0.0.1:4020/api/v1/payments')
    await choice.selectOption('https://komoju.com/api/v1')
    expect(await page.locator('[data-page=start] pre').first().textContent()).toContain('curl https://komoju.com/api/v1/payments')
    await page.close()
  })

  test('from a file, it asks for an address', async () => {
    const page = await reference.open(`${reference.fromFile}#createPayment/konbini`)
    const form = await openForm(page, 'createPayment', 'konbini')
    expect(await form.locator('[name=server]').inputValue()).toBe('')
    await form.locator('button', { hasText: 'Send' }).click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(/127\.0\.0\.1:4010/)
    await form.locator('[name=server]').fill(reference.fromServer)
    await form.locator('button', { hasText: 'Send' }).click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(/^200/)
    await page.close()
  })
})
