/** The dashboard and the customer's pages over HTTP, without a browser. */
import { exec } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { clientCodeOf, curlOf } from '../../../src/server/sandbox/pages/dashboard/code.ts'
import { isPlayedWith, situationNames, situations } from '../../../src/server/sandbox/situations.ts'
import { missing } from '../../tools.ts'
import { createClient } from './client.ts'

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const start = async (options: SandboxOptions = {}, key = options.secretKey) => {
  const server = await createSandboxServer(options)
  open.push(server.close)
  return createClient(await server.listen(), key)
}
type Api = Awaited<ReturnType<typeof start>>

const html = { accept: 'text/html' }
const page = async ({ origin }: Api, path: string) => {
  const response = await fetch(origin + path, { headers: html })
  return { status: response.status, text: await response.text() }
}
/** Sends a form as a browser does. */
const post = async ({ origin }: Api, path: string, fields: Record<string, string>, headers: Record<string, string> = html) => {
  const response = await fetch(origin + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
  return { status: response.status, text: await response.text(), location: response.headers.get('location') ?? '' }
}
/** Sends JSON as a program does. */
const send = async ({ origin }: Api, path: string, fields: JsonObject) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(origin + path, { method: 'POST', redirect: 'manual', headers, body: JSON.stringify(fields) })
  return { status: response.status, body: (await response.json().catch(() => undefined)) as { error: { param: string } } }
}
const create = async (api: Api, fields: JsonObject = {}) => (await api.ok('POST', '/payments', { ...konbini, ...fields })) as Payment
const newKonbini = {
  'payment_details[type]': 'konbini',
  'payment_details[store]': 'lawson',
  'payment_details[email]': 'a@example.com',
  amount: '500',
  currency: 'JPY',
}
const idIn = (location: string) => location.replace('/sandbox/payments/', '')

test('the page of a payment that is over has no empty list of what happens next', async () => {
  const api = await start()
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' }
  const { id } = await create(api, { payment_details: card, capture: false })
  const actions = async () => /What happens next<\/h2>(<ul[^>]*>)?(<li>)?/.exec((await page(api, `/sandbox/payments/${id}`)).text)?.slice(1)
  expect(await actions()).toEqual(['<ul class="actions">', '<li>'])
  await post(api, `/sandbox/cancel/${id}`, {})
  expect(await actions()).toEqual([undefined, undefined])
})

describe('the form that creates a payment', () => {
  test("makes it with the server's key, and no page shows that key", async () => {
    const secretKey = 'sk_only_this_one'
    const api = await start({ secretKey })
    const empty = await page(api, '/sandbox')
    expect(empty.text).toContain('$KOMOJU_SECRET_KEY')
    const { status, location } = await post(api, '/sandbox/new', { ...newKonbini, external_order_num: '' })
    expect(status).toBe(303)
    const id = idIn(location)
    expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ amount: 500, external_order_num: null })
    const { text } = await page(api, location)
    expect(text).toContain('process.env.KOMOJU_SECRET_KEY')
    for (const shown of [text, empty.text, (await page(api, '/sandbox/merchants')).text]) {
      expect(shown).not.toContain(secretKey)
      expect(shown).not.toContain('sk_123456')
    }
    expect((await send(api, '/sandbox/examples', {})).status).toBe(200)
    expect(await api.ok('GET', '/payments')).toMatchObject({ total: 16 })
  })

  test("takes the server's key from those alone who may act for all", async () => {
    const secretKey = 'sk_only_this_one'
    const api = await start({ secretKey, publicUrl: 'https://sandbox.example' })
    const statusOf = async (path: string, headers = {}) =>
      (await post(api, path, path === '/sandbox/new' ? newKonbini : {}, headers)).status
    for (const path of ['/sandbox/new', '/sandbox/examples']) {
      expect(await statusOf(path)).toBe(403)
      expect(await statusOf(path, { authorization: `Basic ${btoa('sk_other:')}` })).toBe(401)
      expect(await statusOf(path, { authorization: `Basic ${btoa(`${secretKey}:`)}` })).toBeLessThan(400)
    }
    // Without a key of its own, a server has merchants that nobody minds.
    const other = await start({ publicUrl: 'https://sandbox.example' })
    expect((await post(other, '/sandbox/new', newKonbini)).status).toBe(303)
  })

  test('fails on demand, and stands in the log, as any request does', async () => {
    const api = await start({ errorRate: 1 })
    const failed = await post(api, '/sandbox/new', newKonbini)
    expect(failed).toMatchObject({ status: 503, text: expect.stringContaining('fails on demand') })
    expect(failed.text).toContain('value="500"')
    await send(api, '/sandbox/faults', { error_rate: 0 })
    const { location } = await post(api, '/sandbox/new', newKonbini)
    expect((await page(api, location)).text).toContain('<strong>createPayment</strong>')
    const { text } = await page(api, '/sandbox/requests')
    expect(text.match(/<strong>createPayment<\/strong>/g)).toHaveLength(2)
    expect(text).toContain('service_unavailable')
    expect((await post(api, '/sandbox/new', { ...newKonbini, amount: '-5' })).status).toBe(422)
  })

  test.each([
    ['lost_response', 'The response is lost'],
    ['hanging_response', 'No response comes'],
    ['empty_response', 'The response is empty'],
    ['html_response', 'A proxy responds with a page'],
  ])('shows a request whose response broke: %s', async (situation, label) => {
    const api = await start()
    // None of these responses can be read, and one never comes.
    await api
      .send('POST', '/payments', { ...konbini, metadata: { sandbox: situation } }, { signal: AbortSignal.timeout(300) })
      .catch(() => undefined)
    const { data } = (await api.ok('GET', '/payments')) as { data: Payment[] }
    const id = data[0]?.id
    const { text } = await page(api, '/sandbox/requests')
    expect(text).toContain(
      `<span class="chip wait">200</span></td><td class="whole small">${label} · <a class="id" href="/sandbox/payments/${id}"`,
    )
    expect((await page(api, `/sandbox/payments/${id}`)).text).toContain(`<span class="small">${label}</span></summary>`)
  })

  test('waits for no response that breaks', async () => {
    const api = await start()
    for (const situation of situationNames.filter((name) => situations[name].about === 'response'))
      for (const field of ['metadata[sandbox]', 'situation'])
        expect((await post(api, '/sandbox/new', { ...newKonbini, [field]: situation })).status).toBe(303)
  })

  test.each([
    ['credit_card', 'card'],
    ['nanaco', 'prepaid'],
    ['konbini', 'cash'],
    ['merpay', 'redirect'],
  ] as const)('offers what can go wrong with %s, and makes it', async (method, flow) => {
    const api = await start()
    const { text } = await page(api, `/sandbox/new?method=${method}`)
    const [, list = ''] = /<select name="situation">(.*?)<\/select>/s.exec(text) ?? []
    const offered = [...list.matchAll(/value="(\w+)"/g)].map(([, name]) => name)
    expect(offered).toEqual(situationNames.filter((name) => situations[name].about !== 'response' && isPlayedWith(name, flow)))
    const details = Object.fromEntries(
      [...text.matchAll(/name="(payment_details\[\w+\])" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
    const fields = { ...details, 'payment_details[store]': method === 'konbini' ? 'lawson' : '', amount: '500', currency: 'JPY' }
    const { status, location } = await post(api, '/sandbox/new', { ...fields, situation: 'duplicate_events' })
    expect(status).toBe(303)
    expect((await page(api, location)).text).toContain('sandbox: &#39;duplicate_events&#39;')
    expect(await api.ok('GET', `/payments/${idIn(location)}`)).toMatchObject({ metadata: {} })
  })

  test('keeps the choice where the API rejects the request', async () => {
    const api = await start()
    const { status, text } = await post(api, '/sandbox/new', { ...newKonbini, amount: '-5', situation: 'paid_twice' })
    expect(status).toBe(422)
    expect(text).toMatch(/<option value="paid_twice" selected>/)
  })
})

describe('amounts', () => {
  test('what is left to refund is exact, and counts what is asked for', async () => {
    const api = await start()
    const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' }
    const { id } = await create(api, { amount: '0.30', tax: 0, currency: 'USD', payment_details: card })
    await api.ok('POST', `/payments/${id}/refund`, { amount: '0.10' })
    expect((await page(api, `/sandbox/payments/${id}`)).text).toMatch(/name="amount" value="0.2" min="0" max="0.2"/)
    const cash = await create(api, { tax: 0 })
    await api.act('pay', cash.id)
    const bank = { customer_name: 'A', bank_name: 'B', branch_name: 'C', branch_number: '001', account_type: 'normal', account_number: '1' }
    await api.ok('POST', `/payments/${cash.id}/refund_request`, { ...bank, amount: 400, include_payment_method_fee: true })
    expect((await page(api, `/sandbox/payments/${cash.id}`)).text).toMatch(/name="amount" value="600"/)
  })

  test.each([[null], [''], [' '], ['x'], [-1], [{}]])('a refund of %j is rejected', async (amount) => {
    const api = await start()
    const { id } = await create(api)
    await api.act('pay', id)
    expect(await send(api, `/sandbox/refund/${id}`, { amount })).toMatchObject({ status: 422, body: { error: { param: 'amount' } } })
    expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ refunds: [] })
  })
})

describe('clock and faults', () => {
  test('the form shows the faults of the command line, and keeps what is not changed', async () => {
    const api = await start({ latency: 5, errorRate: 0.25, seed: 9 })
    const { text } = await page(api, '/sandbox/clock')
    const fields = Object.fromEntries(['latency', 'error_rate', 'seed'].map((name) => [name, fieldValue(text, name)]))
    expect(fields).toEqual({ latency: '5', error_rate: '0.25', seed: '9' })
    expect(await (await fetch(`${api.origin}/sandbox/faults`, { method: 'POST', body: new URLSearchParams(fields) })).json()).toEqual({
      latency: 5,
      error_rate: 0.25,
      seed: 9,
    })
    expect((await send(api, '/sandbox/faults', { latency: 0 })).body).toEqual({ latency: 0, error_rate: 0.25, seed: 9 })
  })
  const fieldValue = (text: string, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? ''

  test.each([{ hours: 'x' }, { hours: null }, { hours: '' }, { hours: -1 }, {}, { hours: [] }])(
    '%j does not move the clock',
    async (fields) => {
      const api = await start()
      expect(await send(api, '/sandbox/clock', fields)).toMatchObject({ status: 422, body: { error: { param: 'hours' } } })
    },
  )
})

describe('what cannot be done is said', () => {
  test('a ping, and an event that is sent again, without a webhook', async () => {
    const api = await start()
    expect((await post(api, '/sandbox/ping', {})).text).toContain('--webhook-url')
    await create(api)
    const { text } = await page(api, `/sandbox/events`)
    expect(text).toContain('payment.authorized')
    expect((await send(api, '/sandbox/ping', {})).status).toBe(422)
    expect((await send(api, '/sandbox/resend/unknown', {})).status).toBe(404)
  })

  test('a decision that is neither of both leaves the payment as it is', async () => {
    const api = await start()
    const { id } = await create(api, { payment_details: { type: 'merpay' } })
    for (const decision of ['', 'maybe'])
      expect(await send(api, `/offsite/${id}`, { decision })).toMatchObject({ status: 422, body: { error: { param: 'decision' } } })
    expect((await post(api, `/offsite/${id}`, {})).status).toBe(422)
    expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ status: 'authorized' })
    await post(api, `/offsite/${id}`, { decision: 'decline' })
    expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ status: 'failed' })
  })

  test.each(['2026-99-99', '2026-02-30', '2026-1-1', 'yesterday', '0000-00-00'])('%s is no day to filter by', async (day) => {
    const api = await start()
    for (const name of ['from', 'to']) {
      const { status, text } = await page(api, `/sandbox?${name}=${day}`)
      expect({ status, text }).toEqual({ status: 422, text: expect.stringContaining(`Parameter ${name} must be a day`) })
    }
    for (const name of ['start_time', 'end_time'])
      expect(await api.send('GET', `/payments?${name}=${day}`)).toMatchObject({ status: 422, body: { error: { param: name } } })
  })

  test('days that are one filter', async () => {
    const api = await start()
    await create(api)
    for (const [filter, shown] of [
      ['from=2026-01-01', '1–1 of 1'],
      ['from=0001-01-01&to=9999-12-31', '1–1 of 1'],
      ['from=9999-12-31', 'Nothing matches'],
      ['to=2024-02-29', 'Nothing matches'],
      ['from=&to=', '1–1 of 1'],
    ])
      expect((await page(api, `/sandbox?${filter}`)).text, filter).toContain(shown)
  })
})

describe('code to paste', () => {
  const target = { origin: 'http://127.0.0.1:1', hasOwnKey: false }
  const odd = `O'Brien & "Söhne" 100% + $(id) \`x\` \\ @;\u00e9`
  const body = { ...konbini, external_order_num: odd, payment_details: { ...konbini.payment_details, email: "o'b+1@example.com" } }

  test.skipIf(missing('curl'))('cURL sends what the body says', async () => {
    const api = await start()
    // Beside the server, which is in this process.
    const { stdout } = await promisify(exec)(curlOf({ ...target, origin: api.origin }, body).replace('curl ', 'curl -sS '))
    expect(JSON.parse(stdout)).toMatchObject({ external_order_num: odd, payment_details: { email: "o'b+1@example.com" } })
  })

  test('the client gets what the body says', () => {
    const code = clientCodeOf(target, body)
    const literal = code.slice(code.indexOf('create(') + 'create('.length, -1)
    expect(new Function(`return ${literal}`)()).toEqual(body)
    expect(code).toContain("currency: 'JPY'")
    expect(clientCodeOf(target, { amount: 1, metadata: { 'a-b': '</script>' } })).toContain("'a-b': '</script>'")
  })
})

/** Text of a page, with a space in the place of each tag. */
const textOf = (markup: string) =>
  markup
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

test('every time names its zone, and none depends on the browser', async () => {
  const api = await start({ webhookUrl: 'http://127.0.0.1:9/', retryDelays: [600_000] })
  const { id, payment_deadline: deadline } = await create(api)
  await api.act('pay', id)
  await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })
  for (const path of [
    '/sandbox',
    `/sandbox/payments/${id}`,
    '/sandbox/events',
    '/sandbox/requests',
    '/sandbox/merchants',
    '/sandbox/clock',
  ]) {
    const { text } = await page(api, path)
    const times = textOf(text).match(/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?.{5}/g) ?? []
    expect(times.length, path).toBeGreaterThan(1)
    for (const time of times) expect(time, path).toMatch(/ UTC.?$/)
    expect(text, path).not.toContain('data-local')
  }
  const shown = textOf((await page(api, `/sandbox/payments/${id}`)).text)
  expect(shown).toMatch(new RegExp(`Deadline ${deadline!.replace('T', ' ').replace('Z', ' UTC')} \\w+day, .* at 11:59.PM JST`))
})

test('a merchant has one name', async () => {
  const api = await start()
  for (const key of ['sk_123456', 'sk_other']) {
    const own = createClient(api.origin, key)
    const { id } = await create(own)
    const link = /<a class="id" href="(\/sandbox\?merchant=\w+)"[^>]*>([^<]*)<\/a>/.exec((await page(api, `/sandbox/payments/${id}`)).text)
    const [, address = '', name] = link ?? []
    expect(name).toBe(key === 'sk_123456' ? key : address.slice(-16, -8))
    const merchants = (await page(api, '/sandbox/merchants')).text
    expect(new RegExp(`href="${address.replace('?', '\\?')}"[^>]*>([^<]*)</a>`).exec(merchants)?.[1]).toBe(name)
  }
})

describe('“Make one like it” has what the request had', () => {
  /** Body in the client's code on the page of a payment. */
  const likeOf = async (api: Api, id: string) => {
    const code = /komoju\.payments\.create\((.*?)\)<\/pre>/s.exec((await page(api, `/sandbox/payments/${id}`)).text)?.[1] ?? ''
    const plain = code.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    return new Function(`return ${plain}`)() as JsonObject
  }
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Hanako' }
  const requests: [string, JsonObject][] = [
    ['konbini', konbini],
    ['konbini with more', { ...konbini, tax: 0, payment_details: { ...konbini.payment_details, expiry_days: 5, phone: '09011112222' } }],
    ['what belongs to the order', { ...konbini, external_order_num: 'R-1', description: 'Tea', metadata: { cart: '7' }, locale: 'ko' }],
    ['a redirect', { amount: 5, currency: 'JPY', return_url: 'https://shop.example/', payment_details: { type: 'merpay' } }],
    ['a card that is captured later', { amount: 5, currency: 'JPY', capture: false, payment_details: card }],
    ['3-D Secure', { amount: 5, currency: 'JPY', payment_details: { ...card, three_d_secure: true } }],
    ['a customer', { amount: 5, currency: 'JPY', customer: 'a'.repeat(25) }],
    ['a situation', { ...konbini, metadata: { sandbox: 'paid_twice' } }],
  ]
  test.each(requests)('%s', async (_name, request) => {
    const api = await start()
    const { id } = (await api.ok('POST', '/payments', request)) as Payment
    expect(await likeOf(api, id)).toEqual(request)
  })

  test('but no secret: it takes the example’s', async () => {
    const api = await start()
    const details = { ...card, number: '5555555555554444', verification_value: '987' }
    const { id } = await create(api, { payment_details: details })
    const { text } = await page(api, `/sandbox/payments/${id}`)
    expect(text).not.toContain('5555555555554444')
    expect(JSON.stringify(await likeOf(api, id))).not.toContain('987')
    expect(await likeOf(api, id)).toMatchObject({ payment_details: { ...card, number: expect.stringMatching(/^\d{16}$/) } })
  })
})

test('the list of events shows what the webhook says, and can leave out what it has', async () => {
  const said = `column "paid" does not exist${' '.repeat(3)}<b>${'x'.repeat(500)}`
  let isDown = true
  const shop = createServer((_request, response) => void response.writeHead(isDown ? 500 : 200).end(said))
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  open.push(async () => shop.close())
  const api = await start({ webhookUrl: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`, retryDelays: [0, 600_000] })
  const failing = await create(api)
  await vi.waitFor(async () => expect((await page(api, '/sandbox/events')).text).toContain('next try at'), { timeout: 10_000 })
  const { text } = await page(api, '/sandbox/events')
  expect(text).toMatch(/2 × tried, last 500 in [\d,]+ ms · next try at \d\d:\d\d:\d\d UTC/)
  expect(text).toMatch(/column \S+ does not exist\s+&#60;b/)
  expect(text).not.toContain('x'.repeat(201))
  isDown = false
  const working = await create(api)
  const rows = async (path: string) => (await page(api, path)).text.match(/href="\/sandbox\/payments\/\w+"/g) ?? []
  await vi.waitFor(async () => expect((await page(api, '/sandbox/events')).text).toContain('>delivered<'), { timeout: 10_000 })
  expect(await rows('/sandbox/events')).toHaveLength(2)
  expect(await rows('/sandbox/events?state=undelivered')).toEqual([`href="/sandbox/payments/${failing.id}"`])
  expect(working.id).not.toBe(failing.id)
  await api.act('resend', '')
  await vi.waitFor(async () => expect(await rows('/sandbox/events?state=undelivered')).toEqual([]), { timeout: 10_000 })
  expect((await page(api, '/sandbox/events?state=undelivered')).text).toContain('Every event is delivered')
})

test.each([
  ['ja', '受付番号', '確認番号'],
  ['en', 'Receipt number', 'Confirmation code'],
  ['ko', '접수 번호', '확인 번호'],
])('a slip has its numbers in the order of its steps (%s)', async (locale, first, second) => {
  const api = await start()
  for (const store of ['lawson', 'ministop', 'family-mart', 'seicomart', 'seven-eleven', 'daily-yamazaki']) {
    const { id } = await create(api, { payment_details: { ...konbini.payment_details, store } })
    const { text } = await page(api, `/${locale}/instructions/${id}`)
    const labels = [...text.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, label]) => label)
    const steps = /<ol>(.*?)<\/ol>/s.exec(text)?.[1]?.toLowerCase() ?? ''
    const named = [first, second].filter((label) => labels.includes(label))
    expect(named[0], store).toBe(first)
    expect(steps.indexOf(first.toLowerCase()), store).toBeGreaterThan(0)
    // The store comes first, then the numbers.
    expect(labels.slice(1), store).toEqual(named)
  }
})
