/** The report as a page in a browser: on a telephone, and filtered. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from '../../../scripts/faults/catalogue.ts'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createTarget } from '../../../scripts/faults/target.ts'
import { launchBrowser } from '../../../scripts/tools/chromium.ts'
import { htmlReport } from '../../../src/contract/report/html.ts'
import type { Verdict } from '../../../src/contract/report/run-report.ts'
import { runContract } from '../../../src/contract/run/run.ts'

let browser: Browser
let verdict: Verdict

beforeAll(async () => {
  const target = await createTarget(faults.find(({ name }) => name === 'errors are a bare message')!.make())
  verdict = await runContract({ ...inProcess(target), only: ['credentials', 'ids'] })
  await target.close()
  browser = await launchBrowser()
}, 120_000)
afterAll(() => browser.close())

test('is as wide as a telephone', { timeout: 60_000 }, async () => {
  const page = await browser.newPage({ viewport: { width: 375, height: 800 } })
  await page.setContent(htmlReport(verdict))
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
  await page.close()
})

test('shows the findings of one operation', { timeout: 60_000 }, async () => {
  const page = await browser.newPage()
  await page.setContent(htmlReport(verdict))
  await page.selectOption('select[name=operation]', 'getAccount')
  const shown = await page.locator('article:visible').evaluateAll((articles) => articles.map(({ dataset }) => dataset.operation))
  expect(new Set(shown)).toEqual(new Set(['getAccount']))
  expect(await page.textContent('output')).toBe(`${shown.length} findings`)
  await page.close()
})
