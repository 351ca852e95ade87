/** Places of the reference: what a reader saw is there again after a reload and on the way through the history. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../tools.ts'
import { type OpenedReference, openReference } from './browser.ts'

describe.skipIf(missing('chromium'))('a place', { timeout: 180_000 }, () => {
  let reference: OpenedReference
  beforeAll(async () => {
    reference = await openReference()
  }, 120_000)
  afterAll(() => reference?.close())

  /** Waits until every section has its height and what is in view is kept. */
  const settled = async (page: Page) => {
    await page.waitForFunction(() => !globalThis.document.querySelector('html.js [data-page]:not(.laid-out)'))
    await page.waitForTimeout(200)
  }
  const topOf = async (page: Page, id: string) => {
    await settled(page)
    return page.evaluate((wanted) => Math.round(globalThis.document.getElementById(wanted)!.getBoundingClientRect().top), id)
  }
  /** Scrolls as a reader does, a step at a time. */
  const scroll = async (page: Page, distance: number) => {
    await page.mouse.move(300, 500)
    await page.mouse.wheel(0, distance)
    await settled(page)
  }
  const follow = (page: Page, id: string) =>
    page
      .locator(`.side a[href="#${id}"]`)
      .evaluate((link) => link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })))

  const places = ['createPayment/konbini', 'error/not_refundable', 'receiving-webhooks', 'store/lawson', 'Refund']

  test.each([
    ['a file', 375, () => reference.fromFile],
    ['a server', 1440, () => reference.fromServer],
  ])('of %s is where it was after a reload, %d pixels wide', async (_from, width, url) => {
    const page = await reference.open('about:blank', { viewport: { width, height: 800 } })
    for (const place of places) {
      await page.goto('about:blank')
      await page.goto(`${url()}#${place}`)
      expect(Math.abs((await topOf(page, place)) - 80), place).toBeLessThan(3)
      await page.reload()
      expect(Math.abs((await topOf(page, place)) - 80), `${place}, opened again`).toBeLessThan(3)
    }
    // A reader who went on, or back, from where the address led goes on from there.
    for (const distance of [700, -1900]) {
      await scroll(page, distance)
      const top = await topOf(page, 'Refund')
      expect(Math.abs(top - 80), 'scrolled').toBeGreaterThan(300)
      await page.reload()
      expect(Math.abs((await topOf(page, 'Refund')) - top), `scrolled by ${distance}`).toBeLessThan(3)
    }
    await page.close()
  })

  test('is where it was on the way back and forward', async () => {
    const page = await reference.open(reference.fromServer, { viewport: { width: 1440, height: 800 } })
    await settled(page)
    const seen: [place: string, top: number][] = [['start', await topOf(page, 'start')]]
    for (const place of ['createPayment', 'Refund', 'receiving-webhooks']) {
      await follow(page, place)
      await settled(page)
      await scroll(page, 430)
      seen.push([place, await topOf(page, place)])
    }
    for (const [place, top] of seen.slice(0, -1).reverse()) {
      await page.goBack()
      expect(Math.abs((await topOf(page, place)) - top), `back to ${place}`).toBeLessThan(3)
    }
    for (const [place, top] of seen.slice(1)) {
      await page.goForward()
      expect(Math.abs((await topOf(page, place)) - top), `on to ${place}`).toBeLessThan(3)
    }
    // Another page in between, and a page that is made anew.
    await page.goto('about:blank')
    await page.goBack()
    const [place, top] = seen.at(-1)!
    expect(Math.abs((await topOf(page, place)) - top), 'back from another page').toBeLessThan(3)
    await page.close()
  })

  test('that was chosen in a panel keeps what is in view', async () => {
    const page = await reference.open(`${reference.fromFile}#createPayment`)
    await scroll(page, 500)
    await page.locator('[data-page=createPayment] .choose-example').selectOption('paidy')
    const top = await topOf(page, 'createPayment')
    await page.reload()
    expect(await topOf(page, 'createPayment')).toBe(top)
    expect(await page.locator('[data-page=createPayment] .example.chosen').getAttribute('data-example')).toBe('paidy')
    await page.close()
  })

  test('is where it was without a script', async () => {
    const page = await reference.open(`${reference.fromFile}#createPayment/konbini`, { javaScriptEnabled: false })
    const top = await topOf(page, 'createPayment/konbini')
    expect(Math.abs(top - 80)).toBeLessThan(3)
    await page.reload()
    expect(await topOf(page, 'createPayment/konbini')).toBe(top)
    await page.close()
  })
})
