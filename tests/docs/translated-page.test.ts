/** The reference in Japanese and Korean: the same page, found and reached in its language. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCatalogue } from '../../scripts/reference/languages/catalogue.ts'
import { languageNames, type TranslatedLanguage, translatedLanguages } from '../../src/pages/languages.ts'
import { violationsIn } from '../accessibility.ts'
import { missing } from '../tools.ts'
import { type OpenedReference, openReference } from './browser.ts'

/** What a reader looks for, and the place that has to come first. */
const queries: Record<TranslatedLanguage, [words: string, place: string][]> = {
  ja: [
    ['コンビニ', 'createPayment/konbini'],
    ['expiry_days', 'createPayment.payment_details.credit_card.expiry_days'],
    ['返金', 'refundPayment'],
    ['konbini', 'createPayment/konbini'],
    ['refundPayment', 'refundPayment'],
    ['not_refundable', 'error/not_refundable'],
    ['4123111111111059', 'test/4123111111111059'],
    ['webhook secret', 'receiving-webhooks/verify-the-signature'],
    ['決済の作成', 'createPayment'],
    ['決済の一覧', 'listPayments'],
    ['キャンセル', 'cancelPayment'],
    ['売上確定', 'capturePayment'],
    ['銀行振込', 'createPayment/bank_transfer'],
    ['ペイジー', 'createPayment/pay_easy'],
    ['メルペイ', 'createPayment/merpay'],
    ['ローソン', 'store/lawson'],
    ['冪等キー', 'idempotency'],
    ['署名', 'receiving-webhooks/verify-the-signature'],
    ['認証', 'authentication'],
    ['エラーコード', 'errors/every-code'],
    ['残高不足', 'error/insufficient_funds'],
    ['テストカード', 'test-cards-and-scenarios'],
    ['ページネーション', 'pagination-and-filters'],
    ['税', 'amounts-currencies-and-tax'],
    ['通貨', 'amounts-currencies-and-tax'],
    ['電話番号', 'createPayment.payment_details.konbini.phone'],
    ['アカウントの作成', 'createAccount'],
    ['payment.captured', 'receivePaymentCaptured'],
  ],
  ko: [
    ['편의점', 'createPayment/konbini'],
    ['expiry_days', 'createPayment.payment_details.credit_card.expiry_days'],
    ['webhook secret', 'receiving-webhooks'],
    ['웹훅 시크릿', 'receiving-webhooks/verify-the-signature'],
    ['환불', 'refundPayment'],
    ['konbini', 'createPayment/konbini'],
    ['refundPayment', 'refundPayment'],
    ['not_refundable', 'error/not_refundable'],
    ['4123111111111059', 'test/4123111111111059'],
    ['결제 생성', 'createPayment'],
    ['결제 목록', 'listPayments'],
    ['취소', 'cancelPayment'],
    ['매입', 'capturePayment'],
    ['환불 요청', 'requestRefund'],
    ['계좌 이체', 'createPayment/bank_transfer'],
    ['문화상품권', 'createPayment/culture_voucher'],
    ['해피머니', 'createPayment/happy_money'],
    ['로손', 'store/lawson'],
    ['멱등키', 'idempotency'],
    ['서명', 'receiving-webhooks/verify-the-signature'],
    ['웹훅 수신', 'receiving-webhooks'],
    ['인증', 'authentication'],
    ['잔액 부족', 'error/insufficient_funds'],
    ['테스트 카드', 'test-cards-and-scenarios'],
    ['페이지네이션', 'pagination-and-filters'],
    ['세금', 'amounts-currencies-and-tax'],
    ['통화', 'amounts-currencies-and-tax'],
    ['전화번호', 'createPayment.payment_details.konbini.phone'],
    ['계정 생성', 'createAccount'],
    ['payment.captured', 'receivePaymentCaptured'],
  ],
}

describe.skipIf(missing('chromium'))('the translated page', { timeout: 180_000 }, () => {
  let reference: OpenedReference
  beforeAll(async () => {
    reference = await openReference()
  }, 120_000)
  afterAll(() => reference?.close())

  const hashOf = (page: Page) => decodeURIComponent(new URL(page.url()).hash)

  describe.each(translatedLanguages)('in %s', (language) => {
    const translations = readCatalogue('spec/languages', language)

    test.each(['fileOf', 'urlOf'] as const)(
      'by %s, it asks for nothing else, complains of nothing, and is in its language',
      async (from) => {
        reference.noise.length = 0
        const page = await reference.open(`${reference[from](language)}#createPayment/konbini`)
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        await page.locator('[id="createPayment/konbini"]').waitFor()
        expect(await page.locator('h2[id=createPayment]').innerText()).toContain(translations.get('Create a payment'))
        await page.close()
        expect(reference.noise).toEqual([])
      },
    )

    test('is light, too', () => {
      expect(gzipSync(reference.files[`${language}/index.html`] ?? '').length).toBeLessThan(200 * 1024)
    })

    test('puts the right place first', async () => {
      const page = await reference.open(reference.fileOf(language))
      await page.keyboard.press('Control+k')
      const found: [string, string][] = []
      for (const [words] of queries[language]) {
        await page.locator('dialog.search input').fill(words)
        const first = page.locator('#search-results a').first()
        found.push([words, ((await first.getAttribute('href', { timeout: 2000 }).catch(() => '')) ?? '').slice(1)])
      }
      expect(found).toEqual(queries[language])
      await page.close()
    })

    test('another language shows the same place', async () => {
      const page = await reference.open(`${reference.fileOf(language)}#error/not_refundable`)
      const names = await page.locator('.top .languages a').allInnerTexts()
      expect(names).toEqual(Object.values(languageNames))
      expect(await page.locator('.top .languages [aria-current]').innerText()).toBe(languageNames[language])
      await page.locator('.top .languages a').first().click()
      await page.waitForURL(({ href }) => href.startsWith(`${reference.fromFile}#`))
      expect(hashOf(page)).toBe('#error/not_refundable')
      await page.locator('.top .languages a').nth(names.indexOf(languageNames[language])).click()
      await page.waitForURL(({ href }) => href.startsWith(`${reference.fileOf(language)}#`))
      expect(hashOf(page)).toBe('#error/not_refundable')
      await page.close()
    })

    test('fits a phone, a tablet, a desk and a wide screen', async () => {
      const page = await reference.open(reference.fileOf(language))
      for (const width of [375, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth), `at ${width}`).toBeLessThanOrEqual(width)
      }
      await page.setViewportSize({ width: 375, height: 900 })
      await page.locator('.menu').click()
      expect(await page.locator('.side .languages').isVisible()).toBe(true)
      await page.close()
    })

    test('is accessible, in dark colours, too', async () => {
      const page = await reference.open(`${reference.fileOf(language)}#createPayment/konbini`)
      expect(await violationsIn(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violationsIn(page, { runOnly: ['color-contrast'] })).toEqual([])
      await page.close()
    })
  })
})
