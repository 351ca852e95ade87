/** All of the reference reaches a reader, in each language: by the browser's own search, on paper, and without a script. */
import type { Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { translatorFor } from '../../scripts/reference/languages/catalogue.ts'
import { modelOf } from '../../scripts/reference/model/index.ts'
import { languages } from '../../src/pages/languages.ts'
import { required } from '../../src/required.ts'
import { missing } from '../tools.ts'
import { type OpenedReference, openReference } from './browser.ts'

/** Longest part of a Markdown text that is shown as it is written. */
const longestPart = (markdown: string): string => {
  const [longest] = markdown.split(/^(?:-|\d+\.) |[`*†|[\]()<>#\n{}]/m).sort((one, other) => other.length - one.length)
  return required(longest?.trim() || undefined, markdown).slice(0, 60)
}

/** A text as a PDF may hold it: broken anywhere, with other forms of the same characters, and any of the dots that look the same. */
const compact = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/\s+/g, '')
    .replaceAll(/[\u00b7\u2022\u2027\u2219\u22c5]/g, '・')

describe.skipIf(missing('chromium'))('the whole page', { timeout: 300_000 }, () => {
  let reference: OpenedReference
  beforeAll(async () => {
    reference = await openReference()
  }, 120_000)
  afterAll(() => reference?.close())

  /** The page as it is before the script has laid out what is not in view. */
  const openAtOnce = async (url: string): Promise<Page> => {
    const page = await reference.open('about:blank')
    await page.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: () => 0 }))
    await page.goto(url)
    return page
  }

  describe.each(languages)('in %s', (language) => {
    const texts = () => {
      const model = modelOf(reference.document, 'spec/guides', translatorFor('spec/languages', language))
      const { guides, operations, webhooks, objects } = model
      const methods = operations.flatMap((operation) => operation.methods)
      const errors = new Map(operations.flatMap((operation) => operation.errors).map(({ code, advice }) => [code, advice]))
      return {
        shown: [
          ...guides.flatMap(({ title, text }) => [title, longestPart(text)]),
          ...[...operations, ...webhooks].flatMap(({ summary, description }) => [summary, longestPart(description)]),
          ...objects.flatMap(({ title, description }) => [title, longestPart(description)]),
          ...[...errors].flatMap(([code, advice]) => [code, longestPart(advice)]),
        ],
        methods: methods.flatMap(({ title, type, description }) => [title, type, longestPart(description)]),
      }
    }

    test('is found by the browser, also what is not laid out yet', async () => {
      const page = await openAtOnce(reference.fileOf(language))
      expect(await page.locator('[data-page=ErrorBody]').evaluate((section) => getComputedStyle(section).contentVisibility)).toBe('auto')
      const lost = await page.evaluate(
        (wanted) =>
          wanted.filter((text) => {
            getSelection()?.removeAllRanges()
            return !Reflect.get(globalThis, 'find').call(globalThis, text, false, false, true)
          }),
        texts().shown,
      )
      expect(lost).toEqual([])
      await page.close()
    })

    test('is printed, also what is not laid out yet', async () => {
      const page = await openAtOnce(`${reference.fileOf(language)}#createPayment/konbini`)
      const pdf = await getDocumentProxy(new Uint8Array(await page.pdf()))
      const printed = compact((await extractText(pdf, { mergePages: true })).text)
      const { shown, methods } = texts()
      expect([...shown, ...methods].filter((text) => !printed.includes(compact(text)))).toEqual([])
      await page.close()
    })

    test('is read without a script', async () => {
      const page = await reference.open(reference.fileOf(language), { javaScriptEnabled: false })
      const read = compact(await page.locator('main').innerText())
      const { shown, methods } = texts()
      expect([...shown, ...methods].filter((text) => !read.includes(compact(text)))).toEqual([])
      await page.close()
    })
  })
})
