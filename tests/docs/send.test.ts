/** "Send" of the reference: what is wrong with a body, the documented response, and a clear message for what cannot be sent. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, callsOf } from '../../scripts/reference/samples/call.ts'
import { readDocument } from '../../src/document.ts'
import { exampleKey } from '../../src/example-key.ts'
import { jsonObjectOf } from '../../src/json-object.ts'
import type { Language } from '../../src/pages/languages.ts'
import { createSandboxServer, type Server } from '../../src/server/index.ts'
import { violationsIn } from '../accessibility.ts'
import { createClient } from '../server/sandbox/client.ts'
import { comparable, expectedOf, makeStateOf } from '../server/sandbox/examples.ts'
import { missing } from '../tools.ts'
import { type OpenedReference, openReference } from './browser.ts'

describe.skipIf(missing('chromium'))('Send', { timeout: 180_000 }, () => {
  let reference: OpenedReference
  let sandbox: Server
  let sandboxOrigin: string
  beforeAll(async () => {
    reference = await openReference()
    sandbox = await createSandboxServer()
    sandboxOrigin = await sandbox.listen()
  }, 120_000)
  afterAll(async () => {
    await reference?.close()
    await sandbox?.close()
  })

  const exampleOf = (page: Page, operation: string, name: string) =>
    page.locator(`[data-page="${operation}"] .example[data-example="${name}"]`)
  const openForm = async (page: Page, operation: string, name: string) => {
    const example = exampleOf(page, operation, name)
    await example.locator('.open-send').evaluate((button: HTMLElement) => button.click())
    return example
  }

  /** Sends the example of a call, with fields of its form changed, and returns the body that the page shows. */
  const responseTo = async (page: Page, { operation, example }: Call, fields: { server?: string; key?: string; path?: string } = {}) => {
    const form = await openForm(page, operation.operationId, example)
    await form.locator('form').evaluate((element: HTMLFormElement, changed) => {
      for (const [name, value] of Object.entries(changed)) element.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value
      element.requestSubmit()
    }, fields)
    await expect
      .poll(() => form.locator('.result-status').textContent(), { message: `${operation.operationId} ${example}` })
      .toMatch(/^200 .* ms$/)
    return JSON.parse((await form.locator('.result-body').textContent()) ?? '')
  }

  test('each operation and example gets its documented response from the mock', async () => {
    const page = await reference.open(reference.fromServer)
    for (const call of callsOf(readDocument())) expect(await responseTo(page, call)).toEqual(call.response)
    await page.close()
  })

  test('each operation and example gets its documented response from the sandbox, which is in the state that it assumes', async () => {
    const page = await reference.open(reference.fromServer)
    for (const call of callsOf(readDocument())) {
      const { operation, example, response } = call
      // Each has a merchant of its own, so that the list has one payment.
      const key = `sk_test_${operation.operationId}_${example}`
      const id = await makeStateOf(createClient(sandboxOrigin, key), call)
      const path = operation.path.replace('{id}', id ?? '')
      const body = comparable(await responseTo(page, call, { server: sandboxOrigin, key, path }))
      const { year } = jsonObjectOf(call.body?.payment_details)
      // A new merchant has no payments: the list is the only example that the API gives no way to.
      const expected = operation.operationId === 'listPayments' ? { ...(response as object), total: 0, last_page: 0, data: [] } : response
      // The card of the documented response has expired; the page sends one that has not.
      const renewed = JSON.parse(JSON.stringify(expectedOf(expected)).replace(/"year":\d+/, (old) => (year ? `"year":${year}` : old)))
      expect(body, `${operation.operationId} ${example}`).toEqual(renewed)
    }
    await page.close()
  })

  const cases: [what: string, field: string, value: string, message: RegExp][] = [
    ['a live key', '[name=key]', 'sk_live_1234567890', /live key/],
    ['no key', '[name=key]', 'hello', /starts with sk_test_/],
    ['another server', '[name=server]', 'https://komoju.com', /this page’s own server, or to this machine/],
    ['a server that is not there', '[name=server]', 'http://127.0.0.1:1', /No response/],
  ]
  test.each(cases)('%s gives a clear message', async (_what, field, value, message) => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    const form = await openForm(page, 'createPayment', 'konbini')
    await form.locator(field).fill(value)
    await form.locator('.send-form .primary').click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(message)
    if (!value.includes('127.0.0.1')) expect(requests).toEqual([])
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('sk_')
    await page.close()
  })

  describe('the check of a body', () => {
    let page: Page
    beforeAll(async () => {
      page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
      await openForm(page, 'createPayment', 'konbini')
    }, 60_000)
    afterAll(() => page?.close())

    /** The form of a payment at a convenience store, with a body to check. */
    const formWith = async (text: string, within = page) => {
      const form = exampleOf(within, 'createPayment', 'konbini')
      await form.locator('textarea').fill(text)
      return { form, problems: form.locator('.problem') }
    }
    const payment = (details: string) => `{\n  "amount": 1000,\n  "currency": "JPY",\n  "payment_details": {\n    ${details}\n  }\n}`
    const konbini = '"type": "konbini", "email": "taro@example.com"'
    const methods = Object.keys(readDocument().components.schemas.PaymentDetailsRequest.discriminator.mapping)
    const stores = readDocument().components.schemas.KonbiniRequest.properties.store.enum
    const selected = (form: Locator) =>
      form
        .locator('textarea')
        .evaluate((area: HTMLTextAreaElement) => [
          area.ownerDocument.activeElement === area,
          area.value.slice(area.selectionStart, area.selectionEnd),
        ])

    test.for<[what: string, text: string, message: string, part: string]>([
      ['a wrong value', payment(`${konbini}, "store": "x"`), `payment_details[store] must be one of ${stores.join(', ')} line 5`, '"x"'],
      ['an unknown property', payment(`${konbini}, "store": "lawson", "a": 1`), 'payment_details[a] is unknown line 5', '"a": 1'],
      ['a missing property', payment('"type": "mobile"'), 'payment_details[email] is missing line 4', '{\n    "type": "mobile"\n  }'],
      ['an unknown type', payment('"type": "x"'), `payment_details[type] must be one of ${methods.join(', ')} line 5`, '"x"'],
      [
        'no source',
        '{"amount": 1, "currency": "JPY"}',
        'payment_details is missing: send payment_details or customer line 1',
        '{"amount": 1, "currency": "JPY"}',
      ],
      [
        'a pattern',
        payment(`${konbini}, "store": "lawson"`).replace('1000', '"1e3"'),
        'amount must be a number from 0 to 9999999, with . for decimals line 2',
        '"1e3"',
      ],
      ['no object', '[1]', 'Body (JSON) must be of type object line 1', '[1]'],
      ['no JSON', '{\n  "amount": 1\n  "currency": "JPY"\n}', 'JSON expected , or }, found "currency" line 3, column 3', '"currency"'],
      [
        'an open string',
        '{"amount": "1}',
        'JSON this string is not closed, or has a character that must be escaped line 1, column 12',
        '"',
      ],
    ])('%s is one message, which leads to its place', async ([_what, text, message, part]) => {
      const { form, problems } = await formWith(text)
      await expect.poll(() => problems.allTextContents()).toEqual([message])
      await problems.click()
      expect(await selected(form)).toEqual([true, part])
    })

    test('says at the field what is wrong, while one types, and takes it back', async () => {
      const { form, problems } = await formWith(payment('"type": "konbini", "store": "x", "a": 1'))
      const area = form.locator('textarea')
      await expect.poll(() => problems.count()).toBe(3)
      expect(await form.locator('.problems').getAttribute('aria-live')).toBe('polite')
      expect(await area.getAttribute('aria-invalid')).toBe('true')
      expect(await area.getAttribute('aria-describedby')).toBe(await form.locator('.problems').getAttribute('id'))
      expect(await form.locator('.editor-lines .wrong').allTextContents()).toEqual(['4', '5'])
      await area.fill(payment(`${konbini}, "store": "lawson"`))
      await expect.poll(() => problems.count()).toBe(0)
      expect(await area.getAttribute('aria-invalid')).toBe('false')
      expect(await area.getAttribute('aria-describedby')).toBeNull()
    })

    test('scrolls to a place that is out of sight', async () => {
      const filling = Array.from({ length: 60 }, (_line, index) => `"key${index}": "${'x'.repeat(200)}"`).join(',\n')
      const { form, problems } = await formWith(
        payment(`${konbini}, "store": "lawson"`).replace(/\}$/, `, "metadata": {${filling}, "last": []}}`),
      )
      await problems.click()
      const place = await form.locator('textarea').evaluate((area: HTMLTextAreaElement) => [area.scrollTop, area.scrollLeft])
      expect(Math.min(...place)).toBeGreaterThan(500)
      expect(await form.locator('.editor-lines').evaluate((lines) => lines.scrollTop)).toBe(place[0])
    })

    test.for<[what: string, text: string, status: RegExp]>([
      ['errors', '{"amount": -1, "currency": "JPY"}', /^422/],
      ['no JSON', '{"amount": }', /^400/],
      ['nothing', '', /^422/],
    ])('sends a body with %s all the same', async ([_what, text, status]) => {
      const { form, problems } = await formWith(text)
      // Before the click: they appear above the button, which would move away under it.
      await expect.poll(() => problems.count()).toBeGreaterThan(0)
      await form.locator('.send-form .primary').click()
      await expect.poll(() => form.locator('.result-status').textContent()).toMatch(status)
      expect(await form.locator('.result-body').textContent()).toContain('"error"')
      expect(await problems.count()).toBeGreaterThan(0)
    })

    test.for<[Language, string[]]>([
      ['ja', ['payment_details[expiry_days] 0～59の整数で指定してください 5行目', 'payment_details[store] 指定されていません 4行目']],
      ['ko', ['payment_details[expiry_days] 올바른 형식: 0~59의 정수 5행', 'payment_details[store] 누락되었습니다 4행']],
    ])('speaks %s', async ([language, messages]) => {
      const translated = await reference.open(`${reference.urlOf(language)}#createPayment/konbini`)
      await openForm(translated, 'createPayment', 'konbini')
      const { problems } = await formWith(payment(`${konbini}, "expiry_days": "99"`), translated)
      await expect.poll(async () => (await problems.allTextContents()).sort()).toEqual(messages)
      await translated.close()
    })
  })

  test('a payment of a sandbox leads to its pages; one of the mock, which has none, does not', async () => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
    const form = await openForm(page, 'createPayment', 'konbini')
    const links = form.locator('.result-links a')
    await form.locator('.send-form .primary').click()
    await form.locator('.result-body').waitFor()
    expect(await links.count()).toBe(0)
    await form.locator('[name=server]').fill(`${sandboxOrigin}/`)
    await form.locator('.send-form .primary').click()
    await expect.poll(() => links.allTextContents()).toEqual(['Payment in the dashboard', 'Customer’s page'])
    const [dashboard = '', customer = ''] = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    const { id } = JSON.parse((await form.locator('.result-body').textContent()) ?? '')
    expect(dashboard).toBe(`${sandboxOrigin}/sandbox/payments/${id}`)
    expect(new URL(customer).origin).toBe(sandboxOrigin)
    for (const url of [dashboard, customer]) expect((await fetch(url)).status).toBe(200)
    await page.close()
  })

  test('the response is highlighted as the samples are, and copied', async () => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const form = await openForm(page, 'createPayment', 'konbini')
    await form.locator('.send-form .primary').click()
    const shown = form.locator('.result-body code')
    await shown.waitFor()
    const tokens = (code: Locator) =>
      code.evaluate((node) => [...node.querySelectorAll('*')].map(({ tagName, textContent }) => `${tagName} ${textContent}`).sort())
    expect(await tokens(shown)).toEqual(await tokens(form.locator('.response code')))
    await form.locator('.result .copy').click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await shown.textContent())
    await page.close()
  })

  test('is used by keyboard, and says what came back once', async () => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
    const form = exampleOf(page, 'createPayment', 'konbini')
    const button = form.locator('.open-send')
    const focused = () =>
      page.evaluate(() => globalThis.document.activeElement?.getAttribute('name') ?? globalThis.document.activeElement?.textContent)
    await button.focus()
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('server')
    expect(await page.getByRole('form', { name: 'Send: POST /payments' }).count()).toBe(1)
    for (const name of ['Server', 'Secret key (test mode)', 'POST', 'Body (JSON)'])
      expect(await form.getByLabel(name, { exact: true }).count(), name).toBe(1)

    await page.evaluate(() => {
      const said: string[] = []
      Object.assign(globalThis, { said })
      for (const region of globalThis.document.querySelectorAll('[role=status], [aria-live]'))
        new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, { childList: true, subtree: true })
    })
    await page.keyboard.press('Enter')
    await form.locator('.result-body').waitFor()
    expect(await page.evaluate(() => Reflect.get(globalThis, 'said'))).toEqual([expect.stringMatching(/^200 OK \d+ ms$/)])

    await form.locator('textarea').fill('{"amount": 5}')
    await page.keyboard.press('Escape')
    expect(await form.locator('.send-form').isVisible()).toBe(false)
    expect(await focused()).toBe('Send')
    await page.keyboard.press('Enter')
    expect(await form.locator('textarea').inputValue()).toBe('{"amount": 5}')
    await form.locator('.close-send').click()
    expect(await focused()).toBe('Send')
    await page.close()
  })

  test.each(['light', 'dark'] as const)('is accessible in %s with errors and a response', async (colorScheme) => {
    const page = await reference.open(`${reference.fromServer}#createPayment/konbini`, { colorScheme })
    const form = await openForm(page, 'createPayment', 'konbini')
    await form.locator('[name=server]').fill(sandboxOrigin)
    await form.locator('.send-form .primary').click()
    await form.locator('.result-links').waitFor()
    await form.locator('textarea').fill('{"amount": -1, "currency": "XXX", "a": 1}')
    await form.locator('.problem').first().hover()
    for (const width of [1440, 375]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await violationsIn(page, { within: '[data-page=createPayment] .panel' })).toEqual([])
      expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
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
    const own = `${reference.fromServer}api/v1`
    expect(await choice.inputValue()).toBe(own)
    expect(await page.locator('.base-url').textContent()).toBe(own)
    for (const server of [own, 'http://127.0.0.1:4020/api/v1']) {
      await choice.selectOption(server)
      const samples = await page.locator('.panel .codes pre').allTextContents()
      expect(samples.filter((text) => text.includes('komoju.com/api') || !text.includes(server))).toEqual([])
    }
    const form = await openForm(page, 'createPayment', 'konbini')
    expect(await form.locator('[name=server]').inputValue()).toBe('http://127.0.0.1:4020')
    await page.reload()
    expect(await page.locator('[data-page=start] pre').first().textContent()).toContain('curl http://127.0.0.1:4020/api/v1/payments')
    // An open form follows; KOMOJU's own server is none that it sends to.
    const opened = await openForm(page, 'createPayment', 'konbini')
    await choice.selectOption('http://127.0.0.1:4010/api/v1')
    expect(await opened.locator('[name=server]').inputValue()).toBe('http://127.0.0.1:4010')
    await choice.selectOption('https://komoju.com/api/v1')
    expect(await opened.locator('[name=server]').inputValue()).toBe(reference.fromServer.replace(/\/$/, ''))
    const firstSample = page.locator('[data-page=start] pre').first()
    expect(await firstSample.textContent()).toContain('curl https://komoju.com/api/v1/payments')
    await page.reload()
    expect(await firstSample.textContent()).toContain('curl https://komoju.com/api/v1/payments')
    await page.close()
  })

  test('the samples name the server that the page comes from only where that has the API', async () => {
    const page = await reference.open('about:blank')
    const firstCall = async (address: string) => {
      await page.goto(address)
      return page.locator('[data-page=start] pre').first().textContent()
    }
    // A name of its own, as behind a proxy.
    const named = reference.fromServer.replace('127.0.0.1', 'localhost')
    for (const address of [reference.fromServer, named]) expect(await firstCall(address)).toContain(`curl ${address}api/v1/payments`)
    await page.route('http://docs.example/', (route) => route.fulfill({ contentType: 'text/html', body: reference.html }))
    for (const address of ['http://docs.example/', reference.fromFile])
      expect(await firstCall(address)).toContain('curl https://komoju.com/api/v1/payments')
    await page.close()
  })

  test('is sent with the key of the samples, whose merchant has the examples of a sandbox', async () => {
    const withExamples = await createSandboxServer({ examples: true })
    const page = await reference.open(`${reference.fromServer}#listPayments`)
    const form = await openForm(page, 'listPayments', 'one_payment')
    await form.locator('[name=server]').fill(await withExamples.listen())
    const keys = (await page.locator('pre').allTextContents()).flatMap((text) => text.match(/\bsk_\w+/g) ?? [])
    expect([...new Set([...keys, await form.locator('[name=key]').inputValue()])]).toEqual([exampleKey])
    await form.locator('.send-form .primary').click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(/^200/)
    expect(JSON.parse((await form.locator('.result-body').textContent()) ?? '').total).toBeGreaterThan(10)
    await page.close()
    await withExamples.close()
  })

  describe('the id of a payment that the sandbox does not have', () => {
    const send = async (form: Locator, status: RegExp) => {
      await form.locator('.send-form .primary').click()
      await expect.poll(() => form.locator('.result-status').textContent()).toMatch(status)
    }
    /** The form of an example at the sandbox, as a merchant of its own. */
    const formAt = async (page: Page, operation: string, example: string, key: string) => {
      await page.evaluate((address) => {
        location.hash = address
      }, `${operation}/${example}`)
      const form = await openForm(page, operation, example)
      await form.locator('[name=server]').fill(sandboxOrigin)
      await form.locator('[name=key]').fill(key)
      return form
    }
    const hints: [Language, operation: string, example: string, hint: string, links: string[]][] = [
      [
        'en',
        'getPayment',
        'konbini',
        'This id is the example’s, and this server does not have it. Send Create a payment first: the new id is filled in here. Or start the sandbox with --examples, and send List payments.',
        ['#createPayment', '#listPayments'],
      ],
      [
        'en',
        'acceptServiceAgreement',
        'accepted',
        'This id is the example’s, and this server does not have it. Send Create an account first: the new id is filled in here.',
        ['#createAccount'],
      ],
      [
        'ko',
        'refundPayment',
        'konbini',
        '이 ID는 예제용이며 이 서버에는 없습니다. 먼저 ‘결제 생성’ 요청을 보내면 새 ID가 여기에 채워집니다. 또는 --examples 옵션으로 샌드박스를 실행한 뒤 ‘결제 목록 조회’ 요청을 보내세요.',
        ['#createPayment', '#listPayments'],
      ],
    ]
    test.each(hints)('in %s, %s %s says how to get one', async (language, operation, example, hint, links) => {
      const page = await reference.open(`${reference.urlOf(language)}#${operation}`)
      const form = await formAt(page, operation, example, 'sk_without_payments')
      await send(form, /^404/)
      expect(await form.locator('.result-hint').textContent()).toBe(hint)
      expect(await form.locator('.result-hint a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(links)
      // Another id than that of the example is the reader's own matter.
      const path = form.locator('[name=path]')
      await path.fill((await path.inputValue()).replace(/^\/\w+\/\w+/, '$&x'))
      await send(form, /^404/)
      expect(await form.locator('.result-hint').count()).toBe(0)
      await page.close()
    })

    test('is that of the payment returned last, unless the reader wrote another', async () => {
      const page = await reference.open(`${reference.fromServer}#createPayment/konbini`)
      const early = await formAt(page, 'getPayment', 'konbini', 'sk_ids')
      const written = await formAt(page, 'cancelPayment', 'konbini', 'sk_ids')
      await written.locator('[name=path]').fill('/payments/mine/cancel')
      const examplePath = await early.locator('[name=path]').inputValue()
      const create = await formAt(page, 'createPayment', 'konbini', 'sk_ids')
      await send(create, /^200/)
      const { id } = JSON.parse((await create.locator('.result-body').textContent()) ?? '')

      const note = early.locator('.field-note')
      expect([await early.locator('[name=path]').inputValue(), await note.isVisible()]).toEqual([`/payments/${id}`, true])
      await send(early, /^200/)
      const late = await formAt(page, 'refundPayment', 'konbini', 'sk_ids')
      expect(await late.locator('[name=path]').inputValue()).toBe(`/payments/${id}/refund`)
      expect(await written.locator('[name=path]').inputValue()).toBe('/payments/mine/cancel')
      // An account is no payment; another merchant, and another server, have other payments.
      expect(await (await formAt(page, 'getAccount', 'submerchant', 'sk_ids')).locator('[name=path]').inputValue()).not.toContain(id)
      await early.locator('[name=key]').fill('sk_other')
      expect([await early.locator('[name=path]').inputValue(), await note.isVisible()]).toEqual([examplePath, false])
      await early.locator('[name=key]').fill('sk_ids')
      await early.locator('[name=path]').fill(`/payments/${id}?`)
      expect(await note.isVisible()).toBe(false)

      // A list has ids, too.
      const second = await formAt(page, 'getPayment', 'credit_card', 'sk_other')
      await createClient(sandboxOrigin, 'sk_other').ok('POST', '/payments', {
        amount: 1,
        currency: 'JPY',
        payment_details: { type: 'konbini', store: 'lawson', email: 'taro@example.com' },
      })
      const list = await formAt(page, 'listPayments', 'one_payment', 'sk_other')
      await send(list, /^200/)
      const [{ id: listed }] = JSON.parse((await list.locator('.result-body').textContent()) ?? '').data
      expect(await second.locator('[name=path]').inputValue()).toBe(`/payments/${listed}`)
      await page.close()
    })
  })

  test('from a file, it asks for an address', async () => {
    const page = await reference.open(`${reference.fromFile}#createPayment/konbini`)
    const form = await openForm(page, 'createPayment', 'konbini')
    expect(await form.locator('[name=server]').inputValue()).toBe('')
    await form.locator('.send-form .primary').click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(/127\.0\.0\.1:4010/)
    await form.locator('[name=server]').fill(reference.fromServer)
    await form.locator('.send-form .primary').click()
    await expect.poll(() => form.locator('.result-status').textContent()).toMatch(/^200/)
    await page.close()
  })
})
