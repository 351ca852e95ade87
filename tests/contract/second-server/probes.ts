/**
 * Scripts of requests that reach every switch of the second server. Each runs on a server of its own and gives a transcript; two
 * servers that behave alike give the same one.
 */
import { Agent, request } from 'node:http'
import { createSecondServer } from '../../../scripts/faults/second-server/server.ts'

export type Fields = Record<string, unknown>

/** One request of a script and what came back. */
export interface Step {
  /** The operationId, or `other` for a request that is none. */
  operation: string
  request: string
  status: number
  /** Header lines in their order, without Date. */
  headers: string
  text: string
  body: Fields
}

interface SendOptions {
  json?: unknown
  form?: string | Buffer
  raw?: Buffer
  type?: string
  headers?: Record<string, string>
  key?: string
}

/** What a script sends its requests with. */
export class Probe {
  readonly steps: Step[] = []
  /** Milliseconds since 1970; each request moves it on. */
  time = Date.parse('2026-03-04T05:06:07.250Z')
  /** How far a request moves the clock on. */
  tickMs = 1_500
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #origin = ''
  #base = ''

  listen(url: string): void {
    this.#origin = new URL(url).origin
    this.#base = url
  }

  end(): void {
    this.#agent.destroy()
  }

  /** Sends one request to an address below the base path. */
  async send(operation: string, method: string, path: string, options: SendOptions = {}): Promise<Fields> {
    this.time += this.tickMs
    const bytes = options.json === undefined ? (options.raw ?? Buffer.from(options.form ?? '')) : Buffer.from(JSON.stringify(options.json))
    const defaultType = options.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
    const sent = options.json !== undefined || options.form !== undefined || options.raw !== undefined
    const headers: Record<string, string> = { ...options.headers }
    if (options.key !== '') headers.Authorization = `Basic ${Buffer.from(`${options.key ?? 'sk_123456'}:`).toString('base64')}`
    if (sent) headers['Content-Type'] = options.type ?? defaultType
    const step = await this.#exchange(path.startsWith('//') ? this.#origin + path.slice(1) : this.#base + path, method, headers, bytes)
    const shown = bytes.length > 200 ? `${bytes.subarray(0, 200).toString()}…` : bytes.toString()
    this.steps.push({ ...step, operation, request: `${method} ${path.slice(0, 200)} ${shown}` })
    return step.body
  }

  #exchange(url: string, method: string, headers: Record<string, string>, bytes: Buffer): Promise<Omit<Step, 'operation' | 'request'>> {
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('latin1').replaceAll(new URL(url).host, 'host')
          const lines = response.rawHeaders.map((part, index, all) => (index % 2 === 0 ? `${part}: ${all[index + 1]}` : ''))
          const kept = lines.filter((line) => line !== '' && !/^(date|content-length|keep-alive):/i.test(line)).join('\n')
          const lengths = lines.some((line) => line.startsWith('content-length')) ? '\nlower-case' : ''
          resolve({ status: response.statusCode ?? 0, headers: kept + lengths, text, body: parsed(Buffer.concat(chunks).toString('utf8')) })
        })
      })
      outgoing.on('error', () => resolve({ status: 0, headers: '', text: 'no response', body: {} }))
      outgoing.end(bytes)
    })
  }

  create(json: unknown, options: SendOptions = {}): Promise<Fields> {
    return this.send('createPayment', 'POST', '/payments', { json, ...options })
  }
  get(payment: Fields, options: SendOptions = {}): Promise<Fields> {
    return this.send('getPayment', 'GET', `/payments/${payment.id}`, options)
  }
  list(query = '', options: SendOptions = {}): Promise<Fields> {
    return this.send('listPayments', 'GET', `/payments${query}`, options)
  }
  update(payment: Fields, json: unknown): Promise<Fields> {
    return this.send('updatePayment', 'PATCH', `/payments/${payment.id}`, { json })
  }
  capture(payment: Fields, options: SendOptions = {}): Promise<Fields> {
    return this.send('capturePayment', 'POST', `/payments/${payment.id}/capture`, options)
  }
  cancel(payment: Fields, options: SendOptions = {}): Promise<Fields> {
    return this.send('cancelPayment', 'POST', `/payments/${payment.id}/cancel`, options)
  }
  refund(payment: Fields, json: unknown = {}, options: SendOptions = {}): Promise<Fields> {
    return this.send('refundPayment', 'POST', `/payments/${payment.id}/refund`, { json, ...options })
  }
  requestRefund(payment: Fields, json: Fields = {}): Promise<Fields> {
    return this.send('requestRefund', 'POST', `/payments/${payment.id}/refund_request`, { json: { ...refundRequest, ...json } })
  }
  pay(payment: Fields): Promise<Fields> {
    return this.send('other', 'POST', `//pay/${payment.id}`)
  }
  createAccount(json: unknown, options: SendOptions = {}): Promise<Fields> {
    return this.send('createAccount', 'POST', '/accounts', { json, ...options })
  }
  getAccount(account: Fields, options: SendOptions = {}): Promise<Fields> {
    return this.send('getAccount', 'GET', `/accounts/${account.id}`, options)
  }
  updateAccount(account: Fields, json: unknown): Promise<Fields> {
    return this.send('updateAccount', 'PATCH', `/accounts/${account.id}`, { json })
  }
  accept(account: Fields, json: Fields): Promise<Fields> {
    return this.send('acceptServiceAgreement', 'POST', `/accounts/${account.id}/accept_service_agreement`, { json })
  }
}

function parsed(text: string): Fields {
  try {
    return JSON.parse(text) as Fields
  } catch {
    return {}
  }
}

const cardDetails = { type: 'credit_card', number: '4111111111111111', month: 4, year: 2031, name: 'A B', email: 'a@example.com' }
const names = { family_name: '山田', given_name: '太郎', family_name_kana: 'ヤマダ', given_name_kana: 'タロウ' }

/** A card payment, with changes to it and to its details. */
export function card(changes: Fields = {}, details: Fields = {}): Fields {
  return { amount: 1000, currency: 'JPY', payment_details: { ...cardDetails, ...details }, ...changes }
}

/** A payment in cash, at a counter or by transfer. */
export function cash(type: string, changes: Fields = {}, details: Fields = {}): Fields {
  const all = { type, email: 'a@example.com', phone: '090-1111-2222', ...(type === 'konbini' ? { store: 'lawson' } : names), ...details }
  return { amount: 1000, currency: 'JPY', payment_details: all, ...changes }
}

/** A payment with the given details only. */
export function other(details: Fields, changes: Fields = {}): Fields {
  return { amount: 1000, currency: 'JPY', payment_details: details, ...changes }
}

export const refundRequest: Fields = {
  ...{ amount: 500, customer_name: 'John Doe', bank_name: 'Bank', branch_number: '012', account_type: 'normal' },
  ...{ account_number: '0012345', include_payment_method_fee: true },
}
const prepaid = { type: 'web_money', prepaid_number: '1111111111111111' }
const full = { description: 'full', metadata: { a: '1', b: 'two' }, external_order_num: 'Order-7', locale: 'en', tax: 5 }
const account = { name: 'Sub', default_currency: 'USD', time_zone: 'Europe/London' }
const agreement = { accepted_service_agreement_at: '2026-01-02T03:04:05+09:00', accepted_service_agreement_ip: '203.0.113.9' }

async function sideEffects(p: Probe): Promise<void> {
  const held = await p.create(card({ ...full, capture: false }))
  await p.get(held)
  await p.capture(held)
  await p.get(held)
  await p.update(held, { description: 'changed' })
  await p.update(held, { metadata: { c: '3' } })
  await p.get(held)
  await p.refund(held, { amount: 100, description: 'first refund' })
  await p.refund(held, { amount: 50 })
  await p.get(held)
  await p.update(held, { description: null, metadata: null })
  const waiting = await p.create(cash('konbini', full))
  await p.update(waiting, { description: 'changed' })
  await p.get(waiting)
  await p.cancel(waiting)
  await p.get(waiting)
  const paid = await p.create(cash('bank_transfer', full))
  await p.pay(paid)
  await p.get(paid)
  await p.requestRefund(paid)
  await p.refund(paid, { amount: 100 })
  await p.get(paid)
  await p.create(other({ type: 'line_pay' }, full))
  await p.list()
  await p.list()
  const sub = await p.createAccount(account)
  await p.accept(sub, agreement)
  await p.updateAccount(sub, { default_currency: 'EUR' })
  await p.getAccount(sub)
  await p.accept(sub, { ...agreement, accepted_service_agreement_ip: '203.0.113.10' })
  await p.getAccount(sub)
}

async function decimals(p: Probe): Promise<void> {
  for (const sums of [{ amount: 10.55 }, { amount: 10, tax: '10.55' }, { amount: 0.1, tax: 0.2 }, { amount: '0.3', tax: 0 }]) {
    const payment = await p.create(card({ currency: 'USD', ...sums }))
    await p.refund(payment, { amount: 0.1 })
    await p.refund(payment, { amount: 0.15 })
    await p.refund(payment)
  }
  const whole = await p.create(card({ currency: 'EUR', amount: 100 }))
  await p.refund(whole, { amount: 3.25 })
  for (const tax of ['10.2', 10.5, 11.5, '10.49', 'auto', 0, -1, 10_000_000]) await p.create(card({ tax }))
  for (const amount of ['1,000', '1e3', '10.5', 10.5, '0x10', '+5', 105, '']) await p.create(card({ amount }))
}

async function bounds(p: Probe): Promise<void> {
  for (const length of [255, 256]) await p.create(card({ external_order_num: 'x'.repeat(length) }))
  for (const length of [30, 31]) await p.create(card({ metadata: { ['k'.repeat(length)]: '1' } }))
  for (const length of [2000, 2001]) await p.create(card({ metadata: { k: 'v'.repeat(length) } }))
  for (const days of [0, 59, 60, '3']) await p.create(cash('konbini', {}, { expiry_days: days }))
  for (const days of [13, 14]) await p.create(cash('bank_transfer', {}, { expiry_days: days }))
  for (const month of [0, 1, 12, 13, '01', 1.5]) await p.create(card({}, { month }))
  for (const year of [29, 2100, 2101]) await p.create(card({}, { year }))
  for (const length of [15, 16, 17, 20, 21]) await p.create(other({ type: 'net_cash', prepaid_number: '1'.repeat(length) }))
  await p.create(other({ type: 'culture_voucher', culture_id: '1'.repeat(12), culture_password: '1' }))
  await p.create(other({ type: 'happy_money', happy_money_id: '1'.repeat(20), happy_money_password: '1'.repeat(50) }))
  for (const store of ['seicomart', 'daily-yamazaki', 'circle-k']) await p.create(cash('konbini', {}, { store }))
  for (const currency of ['TWD', 'PLN', 'XYZ', 'jpy']) await p.create(card({ currency }))
  for (const amount of [0, -1, 9_999_999, 10_000_000]) await p.create(card({ amount }))
  for (const locale of ['ko', 'fr']) await p.create(card({ locale }))
  await p.create(cash('konbini', {}, { phone: '12' }))
  await p.create(card({}, { email: 'nothing', verification_value: 'x' }))
  await p.create(card({}, { verification_value: 'x' }))
  await p.create(card({}, { number: '4111111111111112' }))
  let index = 0
  for (const zone of ['Etc/GMT+12', 'Mars/Olympus']) await p.createAccount({ ...account, name: `Zone ${++index}`, time_zone: zone })
  const sub = await p.createAccount({ ...account, default_currency: 'PLN' })
  await p.createAccount({ ...account, default_currency: 'PLN' })
  for (const ip of ['::1', 'nowhere']) await p.accept(sub, { ...agreement, accepted_service_agreement_ip: ip })
  const paid = await p.create(cash('konbini'))
  await p.pay(paid)
  await p.requestRefund(paid, { account_type: 'other' })
  for (const query of ['?page=0', '?per_page=0', '?per_page=200', '?page=x']) await p.list(query)
}

async function massAssignment(p: Probe): Promise<void> {
  const forged = { status: 'refunded', id: 'mine', amount_refunded: 5, created_at: '2020-01-01T00:00:00Z', payment_method_fee: 7 }
  for (const [key, value] of Object.entries(forged)) await p.create(card({ [key]: value }))
  await p.create(card({ nothing: 1 }))
  await p.create(card({}, { nothing: 1 }))
  const payment = await p.create(cash('konbini', full))
  const changes = { amount: 1, status: 'captured', currency: 'USD', external_order_num: 'x', captured_at: '2020-01-01T00:00:00Z', x: 1 }
  for (const [key, value] of Object.entries(changes)) {
    await p.update(payment, { [key]: value })
    await p.get(payment)
  }
  await p.pay(payment)
  await p.refund(payment, { amount: 1, status: 'completed', order_id: 1 })
  await p.requestRefund(payment, { status: 'completed' })
  const held = await p.create(card({ capture: false }))
  await p.capture(held, { json: { amount: 1, debug: 'true' } })
  const sub = await p.createAccount({
    ...account,
    id: 'mine',
    live_merchant: 'mine',
    accepted_service_agreement_at: '2020-01-01T00:00:00Z',
  })
  await p.updateAccount(sub, { name: 'Other' })
  await p.updateAccount(sub, { accepted_service_agreement_at: '2020-01-01T00:00:00Z' })
  await p.getAccount(sub)
}

async function text(p: Probe): Promise<void> {
  const odd = ['d'.repeat(300), '<b>&"\'', ' around ', '寿司🍣', 'ハンカクi①', 'C:\\new', 'one\ntwo\r\nthree', 'null', '', 7, true]
  for (const description of odd) await p.create(card({ description }))
  for (const number of ['n'.repeat(100), '000123', 'MixedCase', 12]) await p.create(card({ external_order_num: number }))
  const values = {
    Mixed: 'x',
    html: '<i>',
    digits: '007',
    spaces: ' x ',
    long: 'v'.repeat(600),
    constructor: 'c',
    number: 5,
    none: null,
    deep: { a: [1] },
  }
  const payment = await p.create(card({ metadata: values }))
  await p.update(payment, { description: 'e'.repeat(150) })
  await p.refund(payment, { amount: 10, description: 'f'.repeat(80) })
  const form = 'amount=1000&currency=JPY&description=a+b%20c&metadata[k]=v&metadata[]=w&payment_details[type]=line_pay&capture=false'
  await p.create(undefined, { form })
  const parts = Object.entries({ amount: '1000', currency: 'JPY', description: 'ü +', 'payment_details[type]': 'merpay' })
  const multipart = parts.map(([name, value]) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')
  await p.create(undefined, { raw: Buffer.from(`${multipart}--XX--\r\n`), type: 'multipart/form-data; boundary=XX' })
  await p.createAccount({ ...account, name: 'Long name '.repeat(8) })
  const paid = await p.create(cash('konbini'))
  await p.pay(paid)
  await p.requestRefund(paid)
}

async function lifecycle(p: Probe): Promise<void> {
  const held = await p.create(card({ capture: false }))
  await p.refund(held)
  await p.cancel(await p.create(card({ capture: 'false' })))
  await p.capture(await p.create(card({ capture: false }), {}), { raw: Buffer.from('{'), type: 'application/json' })
  await p.cancel(await p.create(card({ capture: false })))
  const redirect = await p.create(other({ type: 'line_pay' }))
  for (const act of [() => p.capture(redirect), () => p.refund(redirect, { amount: 10 })]) await act()
  await p.cancel(await p.create(other({ type: 'paidy' })))
  for (const type of ['konbini', 'bank_transfer', 'pay_easy']) {
    const payment = await p.create(cash(type))
    await p.refund(payment, { amount: 10 })
    await p.requestRefund(await p.create(cash(type)))
    const cancelled = await p.create(cash(type))
    for (const act of [p.cancel, p.cancel, p.capture]) await act.call(p, cancelled)
    await p.refund(cancelled, { amount: 10 })
    await p.requestRefund(cancelled)
    await p.update(cancelled, { description: 'late' })
  }
  const heldThenCancelled = await p.create(card({ capture: false }))
  for (const act of [p.cancel, p.capture, p.refund]) await act.call(p, heldThenCancelled)
  const charged = await p.create(card())
  for (const act of [p.cancel, p.capture]) await act.call(p, charged)
  for (const amount of [0, 2000, 100, 100, 100, 100]) await p.refund(charged, { amount })
  for (const json of [{}, {}, { amount: 1 }]) await p.refund(charged, json)
  await p.update(charged, { description: 'late' })
  await p.requestRefund(charged)
  await p.requestRefund(await p.create(card()))
  for (const type of ['web_money', 'bit_cash', 'happy_money']) {
    const details = { type, happy_money_id: '1', happy_money_password: '2', prepaid_number: '1111111111111111' }
    const payment = await p.create(other(details, { capture: false }))
    await p.refund(payment, { amount: 10 })
    await p.refund(payment)
  }
  const short = await p.create(other(prepaid, { amount: 3000 }))
  await p.update(short, { payment_details: { prepaid_number: '1111111111112222' } })
  await p.cancel(await p.create(other({ ...prepaid, type: 'nanaco' }, { amount: 3000 })))
  await cashRefunds(p)
}

async function cashRefunds(p: Probe): Promise<void> {
  const paid = await p.create(cash('konbini'))
  await p.pay(paid)
  await p.requestRefund(paid, { amount: 1200 })
  await p.requestRefund(paid, { amount: 100 })
  await p.refund(paid, { amount: 10 })
  const refunded = await p.refund(paid)
  await p.refund(paid)
  for (const { redirect_url: address } of (refunded.refunds ?? []) as Fields[]) {
    if (typeof address === 'string') await p.send('other', 'POST', `/${new URL(address).pathname}`)
  }
  await p.get(paid)
  await p.requestRefund(paid)
}

async function robustness(p: Probe): Promise<void> {
  const deep = `{"amount":1,"currency":"JPY","metadata":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`
  await p.create(undefined, { raw: Buffer.from(deep) })
  await p.create(undefined, { raw: Buffer.from(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) })
  await p.list()
  await p.create(undefined, { raw: Buffer.from(`${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}`) })
  await p.create(undefined, { form: 'amount=%zz' })
  await p.create(undefined, { form: Buffer.from([97, 61, 255]) })
  await p.create(undefined, { form: 'a=%ff' })
  await p.create(undefined, { form: `a${'[b]'.repeat(40)}=1` })
  await p.create(undefined, { form: 'a=1&a[b]=2' })
  for (const raw of ['{', '[]', '"x"']) await p.create(undefined, { raw: Buffer.from(raw) })
  await p.create(undefined, { raw: Buffer.from('<x/>'), type: 'application/xml' })
  await p.create(undefined, { raw: Buffer.alloc(1_100_000, 'x') })
  await p.create(card({ description: 'a\0b' }))
  for (const amount of ['9'.repeat(60), '1e999']) await p.create(card({ amount }))
  await p.create(card(), { headers: { 'X-KOMOJU-IDEMPOTENCY': 'k'.repeat(100) } })
  await p.create(card(), { headers: { 'X-KOMOJU-IDEMPOTENCY': 'k'.repeat(101) } })
  const payment = await p.create(card())
  await p.update(payment, { metadata: null })
  await p.send('refundPayment', 'POST', `/payments/${payment.id}/refund`, { raw: Buffer.from('') })
  for (const query of ['?status[]=captured', '?external_order_num=%zz', '?external_order_num=%ff', `?page=${'9'.repeat(30)}`])
    await p.list(query)
  await p.send('listPayments', 'PUT', '/payments', { json: {} })
  await p.send('getPayment', 'GET', '/payments/')
  await p.send('getPayment', 'DELETE', `/payments/${payment.id}`)
  await p.send('other', 'GET', '//')
  await p.send('other', 'GET', `//pay/${payment.id}`)
}

async function idempotency(p: Probe): Promise<void> {
  const key = (value: string) => ({ headers: { 'X-KOMOJU-IDEMPOTENCY': value } })
  const held = await p.create(card({ capture: false }), key('one'))
  await p.create(card({ capture: false }), key('one'))
  const charged = await p.create(card())
  for (const json of [{ amount: 10 }, { amount: 10 }]) await p.refund(charged, json, key('three'))
  await p.get(charged)
  await p.capture(held, key('two'))
  await p.capture(held, key('two'))
  await p.create(card({ capture: false }), key('one'))
  const waiting = await p.create(cash('konbini'))
  await p.cancel(waiting, key('four'))
  await p.cancel(waiting, key('four'))
  for (const end of ['a', 'b']) await p.create(card(), key('k'.repeat(40) + end))
  for (const value of ['Case', 'case']) await p.create(card(), key(value))
  await p.create(card(), { ...key('one'), key: 'sk_654321' })
  await p.create(card({ amount: 'x' }), key('five'))
  await p.create(card(), key('five'))
  await p.create(card(), key('é'))
}

async function credentials(p: Probe): Promise<void> {
  const payment = await p.create(card(full))
  const sub = await p.createAccount(account)
  for (const id of [String(payment.id).toUpperCase(), String(payment.id).slice(0, 20), `${payment.id}x`]) await p.get({ id })
  for (const id of [String(sub.id).toUpperCase(), String(sub.id).slice(0, 20)]) await p.getAccount({ id })
  for (const key of ['', 'SK_123456', 'sk_1234', 'sk_123456x', 'wrong']) await p.list('', { key })
  await p.list('', { key: '', headers: { Authorization: 'Bearer sk_123456' } })
  const foreign = { key: 'sk_654321' }
  await p.get(payment, foreign)
  await p.list('', foreign)
  await p.getAccount(sub, foreign)
  await p.refund(payment, {}, foreign)
  for (const number of ['order-7', 'Order', 'Order-7', 'none']) await p.list(`?external_order_num=${number}`)
}

async function failures(p: Probe): Promise<void> {
  const scenario = (code: string) => ({ headers: { 'Komoju-Scenario': code } })
  await p.create(card(), scenario('insufficient_funds'))
  await p.create(cash('konbini'), scenario('card_declined'))
  for (const code of ['request_failed', 'fraudulent', 'invalid_parameter', 'unheard_of', 'internal_server_error'])
    await p.create(card(), scenario(code))
  await p.list()
  const ends = ['000', '018', '034', '042', '059', '067', '075', '083']
  for (const end of ends) await p.create(card({}, { number: `4123111111111${end}` }))
  for (const end of ['2', '3', '4']) await p.create(other({ type: 'web_money', prepaid_number: `e11111111111111${end}` }))
  await p.create(card({}, { number: '4111x' }))
  await p.create(card({}, { number: '4111111111111112' }))
  for (const number of ['5555555555554444', '3530111333300000', '378282246310005', '30569309025904']) await p.create(card({}, { number }))
  await p.list()
}

async function time(p: Probe): Promise<void> {
  const first = await p.create(card())
  const [japan, utc] = [new Date(p.time + 9 * 3_600_000).toISOString().replace('Z', '%2B09:00'), new Date(p.time).toISOString()]
  await p.create(cash('konbini', {}, { expiry_days: 9 }))
  await p.create(cash('pay_easy'))
  await p.refund(first, { amount: 10 })
  for (const query of [`?start_time=${japan}`, `?end_time=${japan}`, `?start_time=${utc}`, `?end_time=${utc}`]) await p.list(query)
  for (const query of ['?start_time=2026-03-01', '?start_time=soon', '?end_time=1700000000', `?start_time=${utc}&end_time=${utc}`])
    await p.list(query)
  const sub = await p.createAccount(account)
  await p.accept(sub, agreement)
  await p.getAccount(sub)
}

async function attribution(p: Probe): Promise<void> {
  const first = await p.create(card({ ...full, capture: false }))
  const second = await p.create(cash('konbini', full))
  await p.get(first)
  await p.get(second)
  await p.capture(first)
  await p.get(first)
  await p.refund(first, { amount: 10 })
  await p.get(first)
  await p.update(first, { description: 'new', metadata: { new: '1' } })
  await p.get(first)
  await p.list()
  await p.cancel(second)
  await p.get(second)
  const one = await p.createAccount(account)
  await p.createAccount({ ...account, name: 'Two' })
  await p.getAccount(one)
  await p.updateAccount(one, { time_zone: 'Asia/Tokyo' })
  await p.getAccount(one)
  await p.accept(one, agreement)
  await p.getAccount(one)
}

async function ordinary(p: Probe): Promise<void> {
  await p.list()
  for (const number of ['4111111111111111', '5555555555554444']) await p.create(card({}, { number }))
  await p.create(card({ tax: 'auto', currency: 'USD', external_order_num: '123' }))
  await p.create(card({ external_order_num: '123' }))
  await p.create({ amount: 10, currency: 'JPY', customer: 'q123456789012345678901234' })
  await p.create(card({ customer: 'q123456789012345678901234' }))
  await p.create(other({ type: 'line_pay' }))
  await p.create(other({ type: 'bit_coin' }))
  await p.create(other({ type: 'toString' }))
  await p.create({ amount: 1000, currency: 'JPY', payment_details: 'tok_123' })
  for (const [key, type] of [
    ['amount', 'konbini'],
    ['currency', 'konbini'],
    ['payment_details', 'konbini'],
  ] as const)
    await p.create(cash(type, { [key]: null }))
  await p.create(card({}, { name: null }))
  for (const key of ['store', 'email']) await p.create(cash('konbini', {}, { [key]: null }))
  await p.create(cash('pay_easy', {}, { given_name_kana: null }))
  await p.create(cash('bank_transfer', {}, { expiry_days: 13 }))
  await p.create(other({ ...prepaid, type: 'net_cash' }))
  await p.create(other({ type: 'happy_money', happy_money_id: '1', happy_money_password: 'secret' }))
  await p.create(card(), { headers: { 'Komoju-Scenario': 'card_declined' } })
  await p.get({ id: 'nothing' })
  for (let more = 0; more < 22; more++) await p.create(cash('konbini', { external_order_num: `more-${more}` }))
  for (const query of ['', '?page=2', '?per_page=7&page=2', '?per_page=30', '?page=99', '?currency=usd', '?currency=KRW'])
    await p.list(query)
  for (const query of ['?status=captured', '?status=captured,failed', '?status=nonsense', '?external_order_num=more-3', '?page='])
    await p.list(query)
  const paid = await p.create(cash('konbini', { currency: 'KRW' }))
  await p.pay(paid)
  await p.refund(paid, { amount: 100 })
  await p.requestRefund(paid)
  await p.requestRefund(paid, { amount: null })
  await p.requestRefund(paid, { include_payment_method_fee: null })
  await p.requestRefund(paid, { nothing: 1 })
  for (const key of Object.keys(account)) await p.createAccount({ ...account, name: `No ${key}`, [key]: null })
  const sub = await p.createAccount(account)
  await p.createAccount({ ...account, name: 'Nothing', nothing: 1 })
  await p.accept(sub, agreement)
  await p.getAccount(sub)
}

/** More requests in a second than a rate limit allows. */
async function hurry(p: Probe): Promise<void> {
  p.tickMs = 1
  for (let fast = 0; fast < 102; fast++) await p.list()
}

/** The scripts, by the kind of fault that each is about. */
export const scripts: Record<string, (p: Probe) => Promise<void>> = {
  ...{ 'side effects': sideEffects, decimals, bounds, 'mass assignment': massAssignment, text, lifecycle, robustness, idempotency },
  ...{ 'credentials and ids': credentials, 'failures asked for': failures, time, attribution, ordinary, hurry },
}

/** Runs one script on a server of its own, and gives its transcript. */
export async function transcript(script: string, options: { fair?: readonly string[]; fault?: string } = {}): Promise<Step[]> {
  const run = scripts[script]
  if (run === undefined) throw new Error(`No script "${script}"`)
  const probe = new Probe()
  const server = await createSecondServer({ ...options, seed: script, now: () => probe.time })
  try {
    probe.listen(server.url)
    await run(probe)
  } finally {
    probe.end()
    await server.close()
  }
  return probe.steps
}
