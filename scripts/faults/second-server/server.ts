/**
 * A second server of the payments API, in one file and on Node's own modules only, written from the two reference pages.
 * It decides what the pages leave open differently from the sandbox, so that a judge of servers that passes both judges the pages
 * and not one reading of them. Every open decision has a switch in `fair.ts`, every planted bug one in `faults.ts`.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { type FairName, fairVariants } from './fair.ts'
import { type FaultName, faults } from './faults.ts'

// ---------------------------------------------------------------------------------------------------------------- public

/** How {@link createSecondServer} behaves; every option has a default. */
export interface SecondServerOptions {
  /** Names of entries in `fair.ts`: other right behaviours, any number at once. An unknown name is an error. */
  fair?: readonly string[]
  /** Name of one entry in `faults.ts`: a planted bug. An unknown name is an error. */
  fault?: string
  /** The clock, in milliseconds since 1970; `Date.now` by default. */
  now?: () => number
  /** Start of the sequence of ids; the same seed and requests give the same ids. Random by default. */
  seed?: string
  /** Secret keys that are accepted, each a merchant of its own. `sk_123456` and `sk_654321` by default. */
  secretKeys?: readonly string[]
}

/** A listening server. */
export interface SecondServer {
  /** Address with the base path, such as `http://127.0.0.1:4000/api/v1`. */
  url: string
  /** Address that pays a waiting payment when it is posted to; `{id}` stands for the payment's id. */
  payUrl: string
  /** The secret keys that it accepts. */
  secretKeys: readonly string[]
  /** Takes the place of the network, for a client in the same process. */
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Ends all connections and frees the port. */
  close(): Promise<void>
}

const basePath = '/api/v1'

/** Starts a second server, in memory, on a free port of 127.0.0.1. Throws on an unknown fair variant or fault. */
export async function createSecondServer(options: SecondServerOptions = {}): Promise<SecondServer> {
  const state = createState(options)
  const server = createServer((request, response) => {
    handle(state, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  state.origin = `http://127.0.0.1:${address.port}`
  return {
    url: state.origin + basePath,
    payUrl: `${state.origin}/pay/{id}`,
    secretKeys: state.secretKeys,
    fetch: async (url, init) => respondInProcess(state, url, init),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

// ----------------------------------------------------------------------------------------------------------------- state

type Fields = Record<string, unknown>

interface Refund {
  id: string
  status: 'pending' | 'completed'
  /** In hundredths of the currency, like every sum that is kept here. */
  amount: number
  description: string | null
  token: string | null
  createdAt: number
}

interface RefundRequest {
  id: string
  status: string
  amount: number
  customerName: string
  bankName: string
  branchNumber: string
  accountNumber: string
  createdAt: number
}

interface Payment {
  id: string
  merchant: string
  status: string
  amount: number
  tax: number
  fee: number
  currency: string
  customer: string | null
  deadline: number | null
  details: Fields
  description: string | null
  capturedAt: number | null
  orderNumber: string | null
  metadata: Fields
  createdAt: number
  locale: string
  refunds: Refund[]
  requests: RefundRequest[]
}

interface Account {
  id: string
  merchant: string
  name: string
  currency: string
  timeZone: string
  liveMerchant: string
  testMerchant: string
  agreedAt: string | null
  agreedFrom: string | null
  createdAt: number
  updatedAt: number
}

interface State {
  fair(name: FairName): boolean
  fault(name: FaultName): boolean
  now(): number
  nextId(): string
  secretKeys: readonly string[]
  origin: string
  payments: Payment[]
  accounts: Account[]
  /** First responses by merchant, request line and idempotency key. */
  firstResponses: Map<string, { at: number; response: ApiResponse }>
  /** First renderings by payment or account id: for the faults that respond from a stale copy. */
  firstRenderings: Map<string, Fields>
  /** Times of the last second's requests, for the fair variants that limit the rate. */
  recentRequests: number[]
  /** For the faults that remember: set by the request that breaks what follows. */
  broken: Set<string>
}

function createState(options: SecondServerOptions): State {
  const fair = new Set<string>(options.fair ?? [])
  for (const name of fair) if (!fairVariants.some((variant) => variant.name === name)) throw new Error(`No fair variant "${name}"`)
  const planted = options.fault
  if (planted !== undefined && !faults.some((fault) => fault.name === planted)) throw new Error(`No fault "${planted}"`)
  const seed = options.seed ?? randomUUID()
  let ids = 0
  return {
    fair: (name) => fair.has(name),
    fault: (name) => planted === name,
    now: options.now ?? Date.now,
    nextId: () => idFrom(`${seed} ${++ids}`),
    secretKeys: options.secretKeys ?? ['sk_123456', 'sk_654321'],
    origin: '',
    payments: [],
    accounts: [],
    firstResponses: new Map(),
    firstRenderings: new Map(),
    recentRequests: [],
    broken: new Set(),
  }
}

/** 25 characters of [0-9a-z], always with letters at both ends. */
function idFrom(text: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`).toString(36)
  return `q${digits.slice(1, 24)}z`
}

// ---------------------------------------------------------------------------------------------------------------- tables

const cashNames = ['family_name', 'given_name', 'family_name_kana', 'given_name_kana']

/** How a payment goes on: charged at once, paid in cash later, on another site, or from prepaid points. */
type Flow = 'card' | 'cash' | 'redirect' | 'prepaid' | 'voucher'

interface Method {
  flow: Flow
  required: readonly string[]
  /** Days until the deadline where the request names none; null without a deadline. */
  days: number | null
  /** Fewest `expiry_days`. */
  fewestDays?: number
  /** Fewest and most characters of a property. */
  lengths?: Record<string, readonly [number, number]>
}

const methods: Record<string, Method> = {
  credit_card: { flow: 'card', required: ['number', 'month', 'year'], days: 7, fewestDays: 0 },
  konbini: { flow: 'cash', required: ['store', 'email'], days: 3, fewestDays: 0 },
  bank_transfer: { flow: 'cash', required: ['email', 'phone', ...cashNames], days: 7, fewestDays: 14 },
  pay_easy: { flow: 'cash', required: ['email', 'phone', ...cashNames], days: 10, fewestDays: 0 },
  web_money: { flow: 'prepaid', required: ['prepaid_number'], days: null, lengths: { prepaid_number: [16, 16] } },
  bit_cash: { flow: 'voucher', required: ['prepaid_number'], days: null, lengths: { prepaid_number: [16, 16] } },
  nanaco: { flow: 'prepaid', required: ['prepaid_number'], days: 7, lengths: { prepaid_number: [16, 16] } },
  net_cash: { flow: 'prepaid', required: ['prepaid_number'], days: 7, lengths: { prepaid_number: [16, 20] } },
  culture_voucher: {
    flow: 'voucher',
    required: ['culture_id', 'culture_password'],
    days: null,
    lengths: { culture_id: [1, 12], culture_password: [1, 12] },
  },
  happy_money: {
    flow: 'voucher',
    required: ['happy_money_id', 'happy_money_password'],
    days: null,
    lengths: { happy_money_id: [1, 20], happy_money_password: [1, 50] },
  },
  mobile: { flow: 'redirect', required: ['email'], days: null },
  line_pay: { flow: 'redirect', required: [], days: null },
  merpay: { flow: 'redirect', required: [], days: null },
  japan_mobile: { flow: 'redirect', required: [], days: null },
  paidy: { flow: 'redirect', required: [], days: null },
}

const stores = ['seven-eleven', 'lawson', 'family-mart', 'ministop', 'daily-yamazaki', 'seicomart']
const storesWithoutConfirmation = ['seven-eleven', 'daily-yamazaki']

/** Properties of `payment_details` that some method knows. */
const detailProperties = [
  ...['type', 'email', 'phone', 'name', ...cashNames, 'expiry_days', 'store', 'number', 'month', 'year', 'verification_value'],
  ...['three_d_secure', 'prepaid_number', 'culture_id', 'culture_password', 'happy_money_id', 'happy_money_password', 'brand'],
  ...['billing_address_city', 'billing_address_line1', 'billing_address_line2', 'billing_address_state', 'billing_address_zip'],
  ...['customer_age', 'customer_last_order_amount', 'customer_last_order_at', 'customer_lifetime_value', 'customer_name'],
  ...['customer_name_kana', 'customer_order_count'],
]

const createProperties = [
  ...['amount', 'currency', 'payment_details', 'customer', 'capture', 'description', 'tax', 'external_order_num', 'locale'],
  ...['metadata', 'email', 'debug', 'return_url', 'cancel_url', 'partner_origin', 'fraud_details'],
]
const updateProperties = ['description', 'metadata', 'debug', 'payment_details']

/** Digits after the decimal separator, by currency of a payment. */
const decimals: Record<string, number> = { JPY: 0, KRW: 0, USD: 2, EUR: 2, TWD: 2 }
const accountCurrencies = ['JPY', 'USD', 'TWD', 'EUR', 'KRW', 'PLN']
const locales = ['en', 'ja', 'ko']
const largestAmount = 9_999_999
const prepaidCardWorth = 2_000
const bodyLimitBytes = 1_000_000
const deepestForm = 32
const idempotencyKeepMs = 86_400_000
const dayMs = 86_400_000
const japanOffsetMs = 9 * 3_600_000

const timeZones = Object.entries({
  Africa: 'Algiers Cairo Casablanca Harare Johannesburg Monrovia Nairobi',
  America:
    'Argentina/Buenos_Aires Bogota Caracas Chicago Chihuahua Denver Godthab Guatemala Guyana Halifax Indiana/Indianapolis Juneau ' +
    'La_Paz Lima Los_Angeles Mazatlan Mexico_City Monterrey Montevideo New_York Phoenix Puerto_Rico Regina Santiago Sao_Paulo ' +
    'St_Johns Tijuana',
  Asia:
    'Almaty Baghdad Baku Bangkok Chongqing Colombo Dhaka Hong_Kong Irkutsk Jakarta Jerusalem Kabul Kamchatka Karachi Kathmandu ' +
    'Kolkata Krasnoyarsk Kuala_Lumpur Kuwait Magadan Muscat Novosibirsk Rangoon Riyadh Seoul Shanghai Singapore Srednekolymsk ' +
    'Taipei Tashkent Tbilisi Tehran Tokyo Ulaanbaatar Urumqi Vladivostok Yakutsk Yekaterinburg Yerevan',
  Atlantic: 'Azores Cape_Verde South_Georgia',
  Australia: 'Adelaide Brisbane Darwin Hobart Melbourne Perth Sydney',
  Etc: 'GMT+12 UTC',
  Europe:
    'Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Copenhagen Dublin Helsinki Istanbul Kaliningrad Kiev ' +
    'Lisbon Ljubljana London Madrid Minsk Moscow Paris Prague Riga Rome Samara Sarajevo Skopje Sofia Stockholm Tallinn Vienna ' +
    'Vilnius Volgograd Warsaw Zagreb Zurich',
  Pacific: 'Apia Auckland Chatham Fakaofo Fiji Guadalcanal Guam Honolulu Majuro Midway Noumea Pago_Pago Port_Moresby Tongatapu',
}).flatMap(([region, cities]) => cities.split(' ').map((city) => `${region}/${city}`))

const statusByCode: Record<string, number> = {
  bad_request: 400,
  unauthorized: 401,
  request_failed: 402,
  forbidden: 403,
  not_found: 404,
  unprocessable_entity: 422,
  missing_parameter: 422,
  invalid_parameter: 422,
  invalid_payment_type: 422,
  invalid_token: 422,
  invalid_currency: 422,
  not_refundable: 422,
  not_capturable: 422,
  not_cancellable: 422,
  not_chargebackable: 422,
  too_many_requests: 429,
  internal_server_error: 500,
  bad_gateway: 502,
  fraudulent: 502,
  insufficient_funds: 502,
  used_number: 502,
  card_declined: 502,
  invalid_password: 502,
  bad_verification_value: 502,
  exceeds_limit: 502,
  card_expired: 502,
  invalid_number: 502,
  invalid_account: 502,
  restricted_account: 502,
  other_error: 502,
  invalid_user_key: 502,
  other_invalid: 502,
}

/** Codes that `Komoju-Scenario` cannot ask for: they say something about the caller, not about the payment. */
const neverAskedFor = ['bad_request', 'unauthorized', 'forbidden', 'not_found', 'too_many_requests', 'internal_server_error']

const failingNumbers: Record<string, string> = {
  '4123111111111000': 'insufficient_funds',
  '4123111111111018': 'exceeds_limit',
  '4123111111111034': 'bad_verification_value',
  '4123111111111042': 'card_expired',
  '4123111111111059': 'card_declined',
  '4123111111111067': 'invalid_number',
  '4123111111111075': 'invalid_number',
  '4123111111111083': 'fraudulent',
}
const failingWebMoney = new Map([
  ['e111111111111112', 'invalid_number'],
  ['e111111111111113', 'used_number'],
  ['e111111111111114', 'other_error'],
])
const goodNumbers = [
  ...['4111111111111111', '4242424242424242', '5555555555554444', '3530111333300000', '378282246310005', '30569309025904'],
  ...['4100000000000100', '5100000000000107', '3528000000000106'],
]

// ---------------------------------------------------------------------------------------------------------------- errors

/** Ends a request with an error response. */
class Rejection extends Error {
  readonly code: string
  readonly param: string | null
  readonly status: number
  constructor(code: string, message: string, param: string | null = null, status = statusByCode[code] ?? 500) {
    super(message)
    this.code = code
    this.param = param
    this.status = status
  }
}

/** What cannot be read as the type that it should have. */
function malformed(s: State, param: string, expected: string): Rejection {
  const message = `Could not read ${param}: expected ${expected}`
  return s.fair('malformed-is-422') ? new Rejection('invalid_parameter', message, param) : new Rejection('bad_request', message, param)
}

function invalid(param: string, why: string): Rejection {
  return new Rejection('invalid_parameter', `${param} ${why}`, param)
}

function missing(param: string): Rejection {
  return new Rejection('missing_parameter', `Please send ${param}`, param)
}

function errorResponse(s: State, error: unknown): ApiResponse {
  const known = error instanceof Rejection ? error : new Rejection('internal_server_error', 'Something went wrong on our side')
  if (s.fault('error-is-text')) return { status: known.status, body: { error: known.message } }
  if (s.fault('error-without-envelope')) return { status: known.status, body: { code: known.code, message: known.message } }
  if (s.fault('errors-are-200')) return { status: 200, body: { error: { code: known.code, message: known.message, param: known.param } } }
  const param = s.fault('error-param-with-dots') ? (known.param?.replace(/\[([^\]]*)\]/g, '.$1') ?? null) : known.param
  const message = s.fair('other-messages') ? `Request error: ${known.code.replaceAll('_', ' ')}.` : known.message
  const body: Fields = {
    code: s.fault('error-code-in-capitals') ? known.code.toUpperCase() : known.code,
    message: s.fault('error-without-message') ? undefined : message,
    param,
  }
  if (!s.fair('errors-without-details')) body.details = null
  if (s.fair('errors-with-decline-details') && known.status === 502) body.decline_details = { reason: known.code }
  return { status: known.status, body: { error: body } }
}

// ------------------------------------------------------------------------------------------------------- decoding a body

/** Decodes bytes as UTF-8; invalid sequences are malformed. */
function utf8(s: State, bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    if (s.fault('invalid-utf8-is-500')) throw new Error('invalid byte sequence')
    throw new Rejection('bad_request', `${what} is not UTF-8`)
  }
}

/** Decodes one percent-encoded part of a form or a query. */
function percentDecoded(s: State, text: string, what: string): string {
  const spaced = s.fault('plus-stays-plus') ? text : text.replaceAll('+', ' ')
  if (/%(?![0-9a-f]{2})/i.test(spaced)) {
    if (s.fault('bad-percent-in-form-is-500') && what === 'The form') throw new URIError('URI malformed')
    if (s.fault('bad-percent-in-query-is-500') && what === 'The query') throw new URIError('URI malformed')
    throw new Rejection('bad_request', `${what} has a % without two hexadecimal digits`)
  }
  const bytes = Buffer.from(spaced, 'utf8').toString('latin1')
  const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return utf8(s, Buffer.from(decoded, 'latin1'), what)
}

/** Pairs of a form or a query, decoded. */
function pairsOf(s: State, text: string, what: string): [string, string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
      return [percentDecoded(s, name, what), percentDecoded(s, value, what)]
    })
}

/** Builds the nested object that bracketed names describe: `a[b][c]=1`. */
function nested(s: State, pairs: readonly [string, string][]): Fields {
  const root: Fields = Object.create(null)
  for (const [name, value] of pairs) {
    const first = name.indexOf('[', 1)
    const head = first < 0 ? name : name.slice(0, first)
    const rest = first < 0 ? [] : [...name.slice(first).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
    if (rest.length >= deepestForm) throw new Rejection('bad_request', 'The form nests too deep')
    let at = root
    let key = head
    for (const next of rest) {
      const inner = at[key]
      if (inner !== undefined && !isFields(inner)) throw new Rejection('bad_request', `${name} is both a value and an object`)
      const child: Fields = inner ?? Object.create(null)
      at[key] = child
      at = child
      key = next === '' ? String(Object.keys(child).length) : next
    }
    if (isFields(at[key])) throw new Rejection('bad_request', `${name} is both a value and an object`)
    at[key] = value
  }
  return s.fault('form-nesting-lost') ? Object.fromEntries(pairs) : root
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text parts of a multipart body; files are malformed. */
function multipartPairs(s: State, bytes: Buffer, contentType: string): [string, string][] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) throw new Rejection('bad_request', 'The multipart body names no boundary')
  const parts = `\r\n${bytes.toString('latin1')}`.split(`\r\n--${boundary}`)
  if (parts.length < 2 || !parts.at(-1)?.startsWith('--')) throw new Rejection('bad_request', 'The multipart body has no end')
  return parts.slice(1, -1).map((part) => {
    const gap = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/i.exec(part.slice(0, Math.max(gap, 0)))?.[1]
    if (name === undefined) throw new Rejection('bad_request', 'A part of the multipart body has no name')
    return [utf8(s, Buffer.from(name, 'latin1'), 'The body'), utf8(s, Buffer.from(part.slice(gap + 4), 'latin1'), 'The body')]
  })
}

/** What a request carries: its parameters, and whether they can only be text (a form) or have types (JSON). */
interface Params {
  values: Fields
  typed: boolean
}

function decodeBody(s: State, bytes: Buffer | 'too long', contentType: string): Params {
  if (bytes === 'too long') throw new Rejection('bad_request', 'The body is too long')
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (bytes.length === 0) {
    if (s.fault('empty-json-body-is-500') && type === 'application/json') throw new SyntaxError('unexpected end')
    return { values: {}, typed: false }
  }
  if (type === 'application/json') return { values: decodeJson(s, bytes), typed: true }
  if (type === 'multipart/form-data') return { values: nested(s, multipartPairs(s, bytes, contentType)), typed: false }
  if (type !== '' && type !== 'application/x-www-form-urlencoded') {
    if (s.fault('unknown-content-type-is-500')) throw new Error(`no parser for ${type}`)
    throw new Rejection('bad_request', 'Send application/json, application/x-www-form-urlencoded or multipart/form-data')
  }
  return { values: nested(s, pairsOf(s, utf8(s, bytes, 'The form'), 'The form')), typed: false }
}

function decodeJson(s: State, bytes: Buffer): Fields {
  const text = utf8(s, bytes, 'The body')
  const watched = s.fault('deep-json-breaks-lists') || s.fault('deep-json-is-500') || s.fault('deep-json-ends-the-process')
  const depth = watched ? (text.match(/[[{]/g)?.length ?? 0) : 0
  if (depth > 25 && s.fault('deep-json-is-500')) throw new RangeError('stack level too deep')
  if (depth > 25) s.broken.add(s.fault('deep-json-ends-the-process') ? 'process' : 'lists')
  let value: unknown
  try {
    value = JSON.parse(text)
    // What nests too deep to be written again cannot be kept either.
    JSON.stringify(value)
  } catch {
    if (s.fault('malformed-json-is-500')) throw new SyntaxError('unexpected token')
    throw new Rejection('bad_request', 'The body is not JSON')
  }
  if (!isFields(value)) {
    if (s.fault('array-body-is-500')) throw new TypeError('no implicit conversion of Array into Hash')
    throw new Rejection('bad_request', 'The body has to be one JSON object')
  }
  return value
}

// ---------------------------------------------------------------------------------------------------- reading parameters

/** Null and empty text count as not given. */
function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Name of a parameter, in brackets inside a parent. */
function nameIn(parent: string, key: string): string {
  return parent === '' ? key : `${parent}[${key}]`
}

function textOf(s: State, params: Params, key: string, longest = Number.POSITIVE_INFINITY, parent = ''): string | null {
  const value = params.values[key]
  if (s.fair('empty-text-is-kept') && value === '' && key === 'description') return ''
  if (!given(value)) return null
  const name = nameIn(parent, key)
  if (typeof value === 'number' && s.fair('numbers-are-no-text')) throw malformed(s, name, 'text')
  if (typeof value !== 'string' && typeof value !== 'number') throw malformed(s, name, 'text')
  const text = String(value)
  if (text.includes('\0') && s.fault('nul-is-500')) throw new Error('string contains null byte')
  if ([...text].length > longest) throw invalid(name, `is longer than ${longest} characters`)
  return text
}

function requiredText(s: State, params: Params, key: string, longest?: number, parent = ''): string {
  const text = textOf(s, params, key, longest, parent)
  if (text === null) throw missing(nameIn(parent, key))
  return text
}

/** A number, or text that reads as one; null where it is not given. */
function numberOf(s: State, params: Params, key: string, parent = ''): number | null {
  const value = params.values[key]
  if (!given(value)) return null
  const name = nameIn(parent, key)
  if (typeof value === 'number') return value
  if (typeof value !== 'string') throw malformed(s, name, 'a number')
  if (s.fault('long-number-is-500') && value.length > 40) throw new RangeError('numeric field overflow')
  if (s.fault('thousands-separator-accepted')) return Number(value.replaceAll(',', ''))
  const pattern = s.fair('exponent-is-malformed') ? /^-?\d+(\.\d+)?$/ : /^-?\d+(\.\d+)?(e[+]?\d+)?$/i
  const number = Number(value)
  if (!pattern.test(value)) throw malformed(s, name, 'a number with . as its decimal separator')
  if (!Number.isFinite(number)) throw invalid(name, 'is too large')
  return number
}

function wholeOf(s: State, params: Params, key: string, [fewest, most]: readonly [number, number], parent = ''): number | null {
  const number = numberOf(s, params, key, parent)
  if (number === null) return null
  const name = nameIn(parent, key)
  if (!Number.isInteger(number)) throw malformed(s, name, 'a whole number')
  if (number < fewest || number > most) throw invalid(name, `has to be from ${fewest} to ${most}`)
  return number
}

/** True or false; in JSON only as a boolean unless `asText`. Forms have nothing but text. */
function booleanOf(s: State, params: Params, key: string, asText = false): boolean | null {
  const value = params.values[key]
  if (!given(value)) return null
  if (typeof value === 'boolean') return value
  if (value === 'true' && (!params.typed || asText)) return true
  if (value === 'false' && (!params.typed || asText)) return false
  throw malformed(s, key, 'true or false')
}

/** An ISO 8601 time as milliseconds since 1970. */
function timeOf(s: State, params: Params, key: string): number | null {
  const text = textOf(s, params, key)
  if (text === null) return null
  const match = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text)
  if (match === null || (s.fair('dates-need-a-time') && text.length === 10)) throw malformed(s, key, 'a time in ISO 8601')
  const zoned = match[1] === undefined && text.length > 10 ? `${text}Z` : text
  const time = Date.parse(zoned.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  const day = text.slice(0, 10)
  const exists = !Number.isNaN(time) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
  if (!exists) throw malformed(s, key, 'a time in ISO 8601')
  return time
}

function rejectUnknown(params: Params, known: readonly string[], parent = ''): void {
  const unknown = Object.keys(params.values).find((key) => !known.includes(key))
  if (unknown !== undefined) throw invalid(nameIn(parent, unknown), 'is not a parameter of this operation')
}

/** A sum of money in hundredths, no more precise than its currency; null where it is not given. */
function moneyOf(s: State, params: Params, key: string, currency: string): number | null {
  const number = numberOf(s, params, key)
  if (number === null) return null
  const hundredths = Math.round(number * 100)
  if (number < 0 && !(key === 'amount' && s.fault('negative-amount-accepted'))) throw invalid(key, 'has to be 0 or more')
  if (number > largestAmount) throw invalid(key, `has to be ${largestAmount} or less`)
  if (Math.abs(number * 100 - hundredths) > 1e-6 || hundredths % (100 / 10 ** decimalsOf(s, currency)) !== 0) {
    throw invalid(key, `is more precise than ${currency}`)
  }
  return hundredths
}

function decimalsOf(s: State, currency: string): number {
  return s.fair('smallest-units') ? 0 : (decimals[currency] ?? 2)
}

/** Rounds a sum in hundredths, half up, to what the currency can express. */
function roundedTax(s: State, hundredths: number, currency: string): number {
  const unit = 100 / 10 ** decimalsOf(s, currency)
  if (s.fault('tax-rounded-down')) return Math.floor(hundredths / unit) * unit
  if (s.fault('tax-rounded-up')) return Math.ceil(hundredths / unit) * unit
  if (s.fault('tax-rounded-half-even') && (hundredths / unit) % 1 === 0.5) return 2 * Math.round(hundredths / unit / 2) * unit
  if (s.fault('tax-not-rounded')) return Math.round(hundredths)
  return Math.floor(hundredths / unit + 0.5 + 1e-9) * unit
}

/** Values come back as text, whatever JSON type they had; null counts as not given. */
function metadataOf(s: State, params: Params): Fields | null {
  const value = params.values.metadata
  if (value === null && s.fault('metadata-null-on-update-is-500') && params.values.amount === undefined) throw new TypeError('nil')
  if (!given(value)) return null
  if (!isFields(value)) throw malformed(s, 'metadata', 'an object')
  const metadata: Fields = Object.create(null)
  for (const [key, entry] of Object.entries(value)) {
    if (entry === null) continue
    const name = `metadata[${key}]`
    if (s.fair('long-metadata-keys-are-rejected') && [...key].length > 30) throw invalid(name, 'has a key of more than 30 characters')
    if (s.fault('metadata-key-of-30-rejected') && [...key].length >= 30) throw invalid(name, 'has a long key')
    const text = typeof entry === 'string' ? entry : JSON.stringify(entry)
    if ([...text].length > (s.fault('metadata-value-of-2000-rejected') ? 1999 : 2000)) throw invalid(name, 'is too long')
    if (s.fault('metadata-constructor-lost') && key in {}) continue
    const kept = s.fault('metadata-keys-lower-cased') ? key.toLowerCase() : key
    metadata[kept] = s.fair('metadata-keeps-types') && typeof entry !== 'string' ? entry : oddMetadata(s, text)
  }
  return metadata
}

function oddMetadata(s: State, text: string): unknown {
  if (s.fault('metadata-html-escaped')) return escapedHtml(text)
  if (s.fault('metadata-text-becomes-number') && /^\d+$/.test(text)) return Number(text)
  if (s.fault('metadata-values-trimmed')) return text.trim()
  if (s.fault('metadata-value-cut-at-500')) return text.slice(0, 500)
  return text
}

function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function descriptionOf(s: State, params: Params): string | null {
  const text = textOf(s, params, 'description')
  if (text === null) return null
  if (s.fault('description-cut-at-255')) return text.slice(0, 255)
  if (s.fault('description-html-escaped')) return escapedHtml(text)
  if (s.fault('description-trimmed')) return text.trim()
  if (s.fault('description-loses-emoji')) return text.replace(/[\u{10000}-\u{10ffff}]/gu, '')
  if (s.fault('description-normalised')) return text.normalize('NFKC')
  if (s.fault('description-loses-backslashes')) return text.replaceAll('\\', '')
  if (s.fault('description-loses-line-ends')) return text.replace(/\r?\n/g, ' ')
  if (s.fault('description-null-word') && text === 'null') return null
  return text
}

function orderNumberOf(s: State, params: Params): string | null {
  const longest = s.fault('order-number-of-255-rejected') ? 254 : 255
  const unbounded = s.fault('order-number-of-256-accepted') || s.fault('order-number-cut-at-64')
  const text = textOf(s, params, 'external_order_num', unbounded ? undefined : longest)
  if (text === null) return null
  if (s.fault('order-number-cut-at-64')) return text.slice(0, 64)
  if (s.fault('order-number-loses-zeros')) return text.replace(/^0+(?=\d)/, '')
  if (s.fault('order-number-in-capitals')) return text.toUpperCase()
  return text
}

// ------------------------------------------------------------------------------------------------------ creating payments

/** A request that passed the credentials, for one operation. */
interface Call {
  merchant: string
  id: string
  query: string
  scenario: string | null
  params: () => Params
}

function createPayment(s: State, call: Call): Fields {
  const params = call.params()
  if (!s.fault('unknown-property-accepted-on-create')) rejectUnknown(params, [...createProperties, ...massAssigned(s)])
  const payment = readPayment(s, call, params)
  const failure = failureOf(s, call, payment, params)
  if (failure !== null) {
    payment.status = s.fault('failed-payment-kept-as-captured') ? 'captured' : 'failed'
    payment.capturedAt = payment.status === 'captured' ? payment.createdAt : null
    if (!s.fair('failed-payments-are-dropped') || payment.status === 'captured') s.payments.push(payment)
    if (s.fault('decline-is-200')) return paymentBody(s, payment)
    throw failure
  }
  chargeAtOnce(s, payment, params)
  assignMass(s, payment, params)
  if (s.fair('order-numbers-are-unique') && payment.orderNumber !== null) {
    const taken = (other: Payment) => other.merchant === payment.merchant && other.orderNumber === payment.orderNumber
    if (s.payments.some(taken)) throw invalid('external_order_num', 'was used before')
  }
  if (!s.fault('created-payment-not-stored')) s.payments.push(payment)
  if (s.fault('create-shows-previous-payment')) return paymentBody(s, s.payments.at(-2) ?? payment)
  return paymentBody(s, payment)
}

function readPayment(s: State, call: Call, params: Params): Payment {
  const currency = currencyOf(s, params)
  const amount = moneyOf(s, params, 'amount', currency)
  if (amount === null && !s.fault('amount-not-required')) throw missing('amount')
  if (amount === 0 && s.fault('amount-zero-rejected')) throw invalid('amount', 'has to be greater than 0')
  if (amount === largestAmount * 100 && s.fault('largest-amount-rejected')) throw invalid('amount', 'is too large')
  const sum = s.fault('amount-decimals-cut') ? Math.floor((amount ?? 0) / 100) * 100 : (amount ?? 0)
  const locale = textOf(s, params, 'locale') ?? (s.fault('default-locale-is-en') ? 'en' : 'ja')
  if (!locales.includes(locale) && !s.fault('any-locale-accepted')) throw invalid('locale', `has to be one of ${locales.join(', ')}`)
  textOf(s, params, 'email', 255)
  for (const key of ['return_url', 'cancel_url']) {
    const address = textOf(s, params, key)
    if (address !== null && !URL.canParse(address)) throw invalid(key, 'is not a URL')
  }
  if (given(params.values.fraud_details) && !isFields(params.values.fraud_details)) throw malformed(s, 'fraud_details', 'an object')
  const capture = captureOf(s, params)
  const id = s.nextId()
  const payment: Payment = {
    ...{ id, merchant: call.merchant, status: 'authorized', amount: sum, tax: taxOf(s, params, sum, currency), fee: 0, currency },
    ...{ customer: null, deadline: null, details: {}, description: descriptionOf(s, params), capturedAt: null },
    ...{ orderNumber: orderNumberOf(s, params), metadata: metadataOf(s, params) ?? {}, createdAt: s.now(), locale },
    ...{ refunds: [], requests: [] },
  }
  describe(s, payment, params)
  const flow = methods[String(payment.details.type)]?.flow ?? 'card'
  if (flow === 'cash' && s.fair('cash-costs-a-fee')) payment.fee = 18_500
  const held = flow === 'card' && !capture && !s.fault('capture-false-ignored')
  if (!held && (flow === 'card' || flow === 'voucher' || flow === 'prepaid')) payment.status = 'captured'
  if (flow === 'cash' && s.fault('cash-captured-at-once')) payment.status = 'captured'
  if (flow === 'redirect' && s.fault('redirect-captured-at-once')) payment.status = 'captured'
  if (flow === 'voucher' && !capture && s.fault('capture-false-holds-vouchers')) payment.status = 'authorized'
  return payment
}

function captureOf(s: State, params: Params): boolean {
  return booleanOf(s, params, 'capture', s.fair('capture-as-text-accepted')) ?? !s.fault('capture-defaults-to-false')
}

function currencyOf(s: State, params: Params): string {
  const text = requiredText(s, params, 'currency')
  const currency = s.fair('lower-case-currency-rejected') ? text : text.toUpperCase()
  const accepted =
    currency === 'PLN' ? s.fair('pln-payments-accepted') : Object.hasOwn(decimals, currency) || s.fault('any-currency-accepted')
  if (!accepted || (currency === 'TWD' && s.fault('twd-rejected'))) {
    throw new Rejection('invalid_currency', `currency has to be one of ${Object.keys(decimals).join(', ')}`, 'currency')
  }
  return currency
}

/** The tax in hundredths: what is given, or 10 % of the amount. */
function taxOf(s: State, params: Params, amount: number, currency: string): number {
  const automatic = !given(params.values.tax) || (params.values.tax === 'auto' && !s.fault('tax-auto-is-zero'))
  if (params.values.tax === 'auto' && !automatic) return 0
  if (automatic) {
    if (s.fault('default-tax-is-zero')) return 0
    const percent = s.fault('default-tax-is-8-percent') ? 8 : 10
    return roundedTax(s, (amount * percent) / 100, currency)
  }
  const tax = numberOf(s, params, 'tax') ?? 0
  if (tax < 0 && !s.fault('negative-tax-accepted')) throw invalid('tax', 'has to be 0 or more')
  if (s.fair('tax-has-a-largest-value') && tax > largestAmount) throw invalid('tax', `has to be ${largestAmount} or less`)
  if (tax > 1e12) throw invalid('tax', 'is too large')
  return roundedTax(s, s.fault('tax-decimals-cut') ? Math.floor(tax) * 100 : tax * 100, currency)
}

/** Fills in `payment_details` and the deadline, from exactly one of `payment_details` and `customer`. */
function describe(s: State, payment: Payment, params: Params): void {
  const { payment_details: details } = params.values
  const customer = textOf(s, params, 'customer')
  if (customer !== null && given(details) && !s.fault('details-and-customer-accepted')) {
    throw invalid('customer', 'cannot be sent beside payment_details')
  }
  if (customer !== null && !given(details)) {
    if (!s.fair('any-customer-is-known') || !/^[0-9a-z]{25}$/.test(customer)) throw invalid('customer', 'does not exist')
    payment.customer = customer
    payment.details = { type: 'credit_card', email: null, brand: 'visa', last_four_digits: '4242', month: 12, year: 2030 }
    payment.deadline = endOfDayInJapan(payment.createdAt, 7)
    return
  }
  if (!given(details)) throw missing('payment_details')
  if (typeof details === 'string') throw new Rejection('invalid_token', 'payment_details is not a token that we know', 'payment_details')
  if (!isFields(details)) throw malformed(s, 'payment_details', 'an object or a token')
  readDetails(s, payment, { values: details, typed: params.typed })
}

function readDetails(s: State, payment: Payment, details: Params): void {
  const parent = 'payment_details'
  const type = requiredText(s, details, 'type', undefined, parent)
  const method = methods[type]
  if (method === undefined || !Object.hasOwn(methods, type)) {
    throw new Rejection('invalid_payment_type', 'payment_details[type] is not a payment method', `${parent}[type]`)
  }
  if (!s.fair('unknown-details-are-ignored') && !s.fault('unknown-property-accepted-on-create')) {
    rejectUnknown(details, detailProperties, parent)
  }
  for (const key of method.required) {
    if (key === 'store' && s.fault('konbini-without-store-accepted')) continue
    if (key.endsWith('_kana') && s.fault('kana-not-required')) continue
    if (key === 'email' && s.fault('email-not-required')) continue
    requiredText(s, details, key, undefined, parent)
  }
  for (const [key, [fewest, most]] of Object.entries(method.lengths ?? {})) checkLength(s, details, key, fewest, most)
  const email = textOf(s, details, 'email', 255, parent)
  if (email !== null && s.fair('email-syntax-is-checked') && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw invalid(`${parent}[email]`, 'is not an e-mail address')
  }
  const phone = textOf(s, details, 'phone', undefined, parent)
  if (phone !== null && !s.fault('any-phone-accepted') && (/[^-0-9()_+ ]/.test(phone) || phone.replace(/\D/g, '').length < 10)) {
    throw invalid(`${parent}[phone]`, 'is not a telephone number')
  }
  payment.details = { type, email, ...detailsOf(s, payment, type, details) }
  payment.deadline = deadlineOf(s, payment, type, method, details)
}

function checkLength(s: State, details: Params, key: string, fewest: number, most: number): void {
  const length = textOf(s, details, key, undefined, 'payment_details')?.length ?? 0
  const type = details.values.type
  const name = `payment_details[${key}]`
  const outside = length < fewest || length > most
  if (outside && !(key === 'prepaid_number' && s.fault('any-prepaid-length-accepted'))) {
    throw invalid(name, `has to have ${fewest === most ? fewest : `${fewest} to ${most}`} characters`)
  }
  if (type === 'net_cash' && length > 16 && s.fault('net-cash-above-16-rejected')) throw invalid(name, 'has to have 16 characters')
  if (type === 'net_cash' && length === 20 && s.fault('net-cash-of-20-rejected')) throw invalid(name, 'is too long')
  if (type === 'culture_voucher' && length === 12 && s.fault('culture-id-of-12-rejected')) throw invalid(name, 'is too long')
  if (type === 'happy_money' && length > 32 && s.fault('happy-money-password-of-50-rejected')) throw invalid(name, 'is too long')
}

/** What `payment_details` shows of a method, beside type and email. */
function detailsOf(s: State, payment: Payment, type: string, details: Params): Fields {
  const { id, locale } = payment
  const waitsAt = `${s.origin}/${locale}/instructions/${id}`
  const number = (length: number) => idDigits(id).slice(0, length)
  switch (type) {
    case 'credit_card':
      return cardOf(s, details)
    case 'konbini': {
      const store = textOf(s, details, 'store', undefined, 'payment_details')
      const known = stores.includes(String(store)) && !(store === 'seicomart' && s.fault('seicomart-rejected'))
      if (!known && !s.fault('any-store-accepted') && store !== null) throw invalid('payment_details[store]', 'is no such store')
      const confirmation = storesWithoutConfirmation.includes(String(store)) ? null : number(6)
      return { store, confirmation_code: confirmation, receipt: number(11), instructions_url: waitsAt }
    }
    case 'bank_transfer':
      return {
        ...{ order_id: `S${number(10)}`, bank_name: '第二銀行', account_branch_name: '本店', account_number: number(7) },
        ...{ account_type: '普通預金', account_name: 'カ)セカンド', instructions_url: waitsAt },
      }
    case 'pay_easy':
      return { bank_id: number(5), customer_id: number(20), confirmation_id: number(6), instructions_url: waitsAt }
    case 'web_money':
    case 'nanaco':
    case 'net_cash': {
      const card = String(details.values.prepaid_number)
      const shown: Fields = { short_amount: 0, prepaid_cards: [{ last_four_digits: card.slice(-4), points: 0 }] }
      return s.fault('prepaid-number-shown') ? { ...shown, prepaid_number: card } : shown
    }
    case 'culture_voucher':
      return { culture_id: String(details.values.culture_id) }
    case 'happy_money': {
      const shown = { happy_money_id: String(details.values.happy_money_id) }
      return s.fault('happy-money-password-shown') ? { ...shown, happy_money_password: details.values.happy_money_password } : shown
    }
    case 'bit_cash':
      return {}
  }
  const redirect = { redirect_url: s.fault('redirect-url-is-relative') ? `/pay/${id}` : `${s.origin}/pay/${id}` }
  if (type === 'mobile') return { provider: null, ...redirect }
  if (type === 'japan_mobile') return { provider: textOf(s, details, 'brand', undefined, 'payment_details'), ...redirect }
  return redirect
}

function idDigits(id: string): string {
  return BigInt(`0x${createHash('sha256').update(id).digest('hex')}`).toString()
}

function cardOf(s: State, details: Params): Fields {
  const parent = 'payment_details'
  const number = requiredText(s, details, 'number', undefined, parent)
  const shown = s.fault('card-number-in-message') ? `${number} ` : ''
  if (!/^\d{12,19}$/.test(number)) throw new Rejection('invalid_parameter', `${shown}is not a card number`, `${parent}[number]`)
  const month = wholeOf(s, details, 'month', s.fault('month-13-accepted') ? [0, 13] : [1, 12], parent)
  if (month === 12 && s.fault('month-12-rejected')) throw invalid(`${parent}[month]`, 'has to be from 0 to 11')
  if (s.fault('month-with-zero-rejected') && /^0/.test(String(details.values.month))) throw invalid(`${parent}[month]`, 'is not a month')
  const year = wholeOf(s, details, 'year', [1, 2100], parent) ?? 0
  if (year === 2100 && s.fault('year-2100-rejected')) throw invalid(`${parent}[year]`, 'is too far away')
  if (year < 100 && s.fair('years-of-two-digits-rejected')) throw invalid(`${parent}[year]`, 'has to have four digits')
  const name = textOf(s, details, 'name', undefined, parent)
  const both = ['given_name', 'family_name'].every((key) => textOf(s, details, key, undefined, parent) !== null)
  if (name === null && !both && !s.fault('card-without-name-accepted')) throw missing(`${parent}[name]`)
  const code = textOf(s, details, 'verification_value', undefined, parent)
  if (code !== null && s.fair('verification-value-is-checked') && !/^\d{3,4}$/.test(code)) {
    throw invalid(`${parent}[verification_value]`, 'has to have 3 or 4 digits')
  }
  return {
    brand: s.fault('brand-is-always-visa') ? 'visa' : brandOf(number),
    last_four_digits: s.fault('whole-card-number-shown') ? number : number.slice(-4),
    month: s.fault('card-month-is-text') ? String(month).padStart(2, '0') : month,
    year: year < 100 || s.fault('card-year-of-two-digits') ? (year % 100) + (s.fault('card-year-of-two-digits') ? 0 : 2000) : year,
  }
}

function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return 'american_express'
  if (/^35/.test(number)) return 'jcb'
  if (/^3[068]/.test(number)) return 'diners_club'
  return number.startsWith('4') ? 'visa' : 'master'
}

/** 23:59:59 in Japan, so many days after the day of `from`; always later than `from`. */
function endOfDayInJapan(from: number, days: number): number {
  const midnight = Math.floor((from + japanOffsetMs) / dayMs) * dayMs - japanOffsetMs
  const end = midnight + (days + 1) * dayMs - 1_000
  return end > from ? end : end + dayMs
}

function deadlineOf(s: State, payment: Payment, type: string, method: Method, details: Params): number | null {
  const most = s.fault('expiry-of-60-accepted') ? 60 : 59
  const range = [type === 'bank_transfer' && s.fault('bank-transfer-expiry-of-13-accepted') ? 13 : (method.fewestDays ?? 0), most] as const
  const asked = method.flow === 'cash' || method.flow === 'card' ? wholeOf(s, details, 'expiry_days', range, 'payment_details') : null
  if (asked === 0 && s.fault('expiry-of-0-rejected')) throw invalid('payment_details[expiry_days]', 'has to be 1 or more')
  if (asked === 59 && s.fault('expiry-of-59-rejected')) throw invalid('payment_details[expiry_days]', 'has to be less than 59')
  if (method.days === null) return null
  if (s.fault('deadline-before-creation')) return payment.createdAt - dayMs
  const days = asked === null || s.fault('expiry-days-ignored') ? method.days : asked
  return method.flow === 'prepaid' ? payment.createdAt + days * dayMs : endOfDayInJapan(payment.createdAt, days)
}

/** Why a payment fails on purpose: a scenario header or a number that is known to fail. */
function failureOf(s: State, call: Call, payment: Payment, params: Params): Rejection | null {
  const details = isFields(params.values.payment_details) ? params.values.payment_details : {}
  const code = scenarioOf(s, call, payment) ?? failingNumberOf(s, payment, details)
  if (code === null) {
    if (payment.details.type === 'credit_card') s.broken.add('test numbers')
    return null
  }
  const shown = s.fault('decline-always-card-declined') ? 'card_declined' : code
  if (s.fault('decline-is-500')) return new Rejection(shown, 'The payment failed', null, 500)
  if (s.fault('decline-is-400')) return new Rejection(shown, 'The payment failed', null, 400)
  if (code === 'fraudulent' && s.fair('fraudulent-is-422')) return new Rejection(shown, 'The payment looks like fraud', null, 422)
  const number = s.fault('card-number-in-message') ? ` (${details.number})` : ''
  return new Rejection(shown, `The payment failed${number}: ${shown}`)
}

function scenarioOf(s: State, call: Call, payment: Payment): string | null {
  const { scenario } = call
  if (scenario === null || s.fault('scenario-ignored')) return null
  if (s.fault('scenario-only-for-cards') && payment.details.type !== 'credit_card') return null
  return Object.hasOwn(statusByCode, scenario) && !neverAskedFor.includes(scenario) ? scenario : null
}

function failingNumberOf(s: State, payment: Payment, details: Fields): string | null {
  const { type } = payment.details
  if (type === 'web_money' && !s.fault('web-money-never-fails')) return failingWebMoney.get(String(details.prepaid_number)) ?? null
  if (type !== 'credit_card' || payment.customer !== null) return null
  const number = String(details.number)
  if (s.fault('test-numbers-fail-until-a-charge') && s.broken.has('test numbers')) return null
  if (s.fault('expired-card-is-charged') && failingNumbers[number] === 'card_expired') return null
  if (s.fault('fraudulent-card-is-charged') && failingNumbers[number] === 'fraudulent') return null
  const wrong = !goodNumbers.includes(number) && !s.fair('check-digit-is-not-checked') && !hasCheckDigit(number)
  return failingNumbers[number] ?? (wrong ? 'invalid_number' : null)
}

function hasCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Takes prepaid points; a card that is worth less leaves the payment pending. */
function chargeAtOnce(s: State, payment: Payment, params: Params): void {
  const details = payment.details
  if ('short_amount' in details) addPrepaidCard(s, payment, String((params.values.payment_details as Fields).prepaid_number), true)
  else if (payment.status === 'captured') markCaptured(s, payment)
}

function addPrepaidCard(s: State, payment: Payment, number: string, first: boolean): void {
  const cards = first ? [] : (payment.details.prepaid_cards as Fields[])
  const due = first ? totalOf(payment) : Math.round(Number(payment.details.short_amount) * 100)
  const points = Math.min(due, prepaidCardWorth * 100)
  if (points < due && s.fair('short-cards-are-declined')) throw new Rejection('insufficient_funds', 'The card is worth less than the total')
  payment.details.prepaid_cards = [...cards, { last_four_digits: number.slice(-4), points: points / 100 }]
  payment.details.short_amount = s.fault('short-amount-stays-zero') ? 0 : (due - points) / 100
  if (due > points && !s.fault('short-card-is-captured')) payment.status = 'pending'
  else markCaptured(s, payment)
}

function totalOf(payment: Payment): number {
  return payment.amount + payment.tax + payment.fee
}

function markCaptured(s: State, payment: Payment): void {
  payment.status = 'captured'
  payment.capturedAt = s.now() + (s.fault('captured-at-a-day-ahead') ? dayMs : 0)
  if (s.fault('captured-at-stays-null')) payment.capturedAt = null
}

/** Properties that a fault lets a caller set; no operation has them as parameters. */
function massAssigned(s: State): string[] {
  const faults: [FaultName, string][] = [
    ['create-sets-status', 'status'],
    ['create-sets-id', 'id'],
    ['create-sets-amount-refunded', 'amount_refunded'],
    ['create-sets-created-at', 'created_at'],
    ['create-sets-fee', 'payment_method_fee'],
  ]
  return faults.filter(([name]) => s.fault(name)).map(([, property]) => property)
}

function assignMass(s: State, payment: Payment, { values }: Params): void {
  if (s.fault('create-sets-status') && given(values.status)) payment.status = String(values.status)
  if (s.fault('create-sets-id') && given(values.id)) payment.id = String(values.id)
  if (s.fault('create-sets-fee') && given(values.payment_method_fee)) payment.fee = Number(values.payment_method_fee) * 100
  if (s.fault('create-sets-created-at') && given(values.created_at)) payment.createdAt = Date.parse(String(values.created_at))
  if (s.fault('create-sets-amount-refunded') && given(values.amount_refunded)) {
    payment.refunds.push(refundOf(s, Number(values.amount_refunded) * 100, null, false))
  }
}

// ------------------------------------------------------------------------------------------------------ changing payments

function findPayment(s: State, call: Call): Payment {
  const own = (payment: Payment) => payment.merchant === call.merchant || s.fault('foreign-payment-readable')
  const matches = (payment: Payment) => {
    if (s.fault('payment-id-ignores-case')) return payment.id === call.id.toLowerCase()
    if (s.fault('payment-id-may-be-shortened')) return call.id.length > 5 && payment.id.startsWith(call.id)
    if (s.fault('payment-id-may-have-a-suffix')) return call.id.startsWith(payment.id)
    return payment.id === call.id
  }
  const payment = s.payments.find(matches)
  if (payment === undefined) throw notFound(s)
  if (!own(payment)) throw s.fair('foreign-is-403') ? new Rejection('forbidden', 'This payment is not yours') : notFound(s)
  return payment
}

function notFound(s: State): Rejection {
  return new Rejection(s.fault('not-found-code-is-bad-request') ? 'bad_request' : 'not_found', 'There is nothing here', null, 404)
}

function getPayment(s: State, call: Call): Fields {
  const found = findPayment(s, call)
  const payment = s.fault('get-shows-latest-payment') ? (s.payments.at(-1) ?? found) : found
  if (s.fault('reading-moves-captured-at') && payment.capturedAt !== null) payment.capturedAt += 60_000
  if (s.fault('reading-clears-description')) payment.description = null
  if (s.fault('get-shows-first-state')) return s.firstRenderings.get(payment.id) ?? paymentBody(s, payment)
  const body = paymentBody(s, payment)
  if (s.fault('get-hides-refunds')) return { ...body, refunds: [] }
  if (s.fault('get-hides-metadata')) return { ...body, metadata: {} }
  return body
}

function updatePayment(s: State, call: Call): Fields {
  const payment = findPayment(s, call)
  const params = call.params()
  const before = paymentBody(s, payment)
  if (s.fault('update-after-refund-rejected') && payment.status === 'refunded') throw invalid('status', 'is final')
  if (s.fault('update-after-cancel-rejected') && payment.status === 'cancelled') throw invalid('status', 'is final')
  const assignable = assignOnUpdate(s, payment, params)
  if (!s.fault('unknown-property-accepted-on-update')) rejectUnknown(params, [...updateProperties, ...assignable])
  const description = descriptionOf(s, params)
  const metadata = metadataOf(s, params)
  if (given(params.values.payment_details)) completeWithCard(s, payment, params)
  const merged = s.fair('metadata-is-replaced') ? metadata : { ...payment.metadata, ...metadata }
  if (s.fault('update-not-stored')) {
    return { ...before, description: description ?? payment.description, metadata: metadata === null ? payment.metadata : merged }
  }
  if (description !== null) payment.description = s.fault('update-cuts-description') ? description.slice(0, 100) : description
  if (params.values.description === null && s.fair('null-description-clears')) payment.description = null
  if (metadata !== null && merged !== null) payment.metadata = merged
  if (s.fault('update-resets-locale')) payment.locale = 'ja'
  if (s.fault('update-clears-deadline')) payment.deadline = null
  if (s.fault('update-clears-order-number')) payment.orderNumber = null
  if (s.fault('update-moves-created-at')) payment.createdAt = s.now() + 1_000
  if (metadata === null && s.fault('update-of-description-clears-metadata')) payment.metadata = {}
  if (description === null && s.fault('update-of-metadata-clears-description')) payment.description = null
  return s.fault('update-shows-old-state') ? before : paymentBody(s, payment)
}

/** Lets a fault's PATCH set what only the API may set; gives the names of the properties that it took. */
function assignOnUpdate(s: State, payment: Payment, { values }: Params): string[] {
  if (s.fault('update-sets-amount') && given(values.amount)) payment.amount = Number(values.amount) * 100
  else if (s.fault('update-sets-status') && given(values.status)) payment.status = String(values.status)
  else if (s.fault('update-sets-currency') && given(values.currency)) payment.currency = String(values.currency)
  else if (s.fault('update-sets-order-number') && given(values.external_order_num)) payment.orderNumber = String(values.external_order_num)
  else if (s.fault('update-sets-captured-at') && given(values.captured_at)) payment.capturedAt = Date.parse(String(values.captured_at))
  else return []
  return ['amount', 'status', 'currency', 'external_order_num', 'captured_at']
}

/** A further prepaid card for a payment whose first one was short. */
function completeWithCard(s: State, payment: Payment, params: Params): void {
  const details = params.values.payment_details
  if (s.fair('second-cards-are-rejected') || payment.status !== 'pending' || !isFields(details)) {
    throw invalid('payment_details', 'cannot be changed')
  }
  const read: Params = { values: { type: payment.details.type, ...details }, typed: params.typed }
  if (read.values.type !== payment.details.type) throw invalid('payment_details[type]', 'has to stay the same')
  const number = requiredText(s, read, 'prepaid_number', undefined, 'payment_details')
  const [fewest, most] = methods[String(payment.details.type)]?.lengths?.prepaid_number ?? [16, 16]
  checkLength(s, read, 'prepaid_number', fewest, most)
  addPrepaidCard(s, payment, number, false)
}

function capturePayment(s: State, call: Call): Fields {
  const payment = findPayment(s, call)
  if (!s.fair('bodies-of-capture-and-cancel-are-ignored')) call.params()
  const card = payment.details.type === 'credit_card' || s.fault('capture-of-unpaid-redirect-accepted')
  const open =
    payment.status === 'authorized' ||
    (payment.status === 'captured' && s.fault('second-capture-accepted')) ||
    (payment.status === 'cancelled' && s.fault('capture-of-cancelled-accepted'))
  if (!card || !open) throw new Rejection('not_capturable', `A payment that is ${payment.status} cannot be captured`)
  if (s.fault('capture-takes-amount') && given(call.params().values.amount)) payment.amount = Number(call.params().values.amount) * 100
  if (s.fault('capture-not-stored')) return { ...paymentBody(s, payment), status: 'captured', captured_at: timeText(s, s.now()) }
  const before = paymentBody(s, payment)
  markCaptured(s, payment)
  if (s.fault('capture-without-captured-at')) payment.capturedAt = null
  if (s.fault('capture-clears-description')) payment.description = null
  if (s.fault('capture-clears-brand')) payment.details.brand = null
  if (s.fault('capture-clears-deadline')) payment.deadline = null
  if (s.fault('capture-moves-created-at')) payment.createdAt = s.now()
  if (s.fault('capture-resets-tax')) payment.tax = 0
  if (s.fault('capture-clears-metadata')) payment.metadata = {}
  return s.fault('capture-shows-old-state') ? before : paymentBody(s, payment)
}

function cancelPayment(s: State, call: Call): Fields {
  const payment = findPayment(s, call)
  if (!s.fair('bodies-of-capture-and-cancel-are-ignored')) call.params()
  const flow = methods[String(payment.details.type)]?.flow
  const open =
    (payment.status === 'authorized' && !rejectsCancel(s, payment, flow)) ||
    (payment.status === 'pending' && !s.fault('cancel-of-pending-rejected')) ||
    (payment.status === 'captured' && s.fault('cancel-of-captured-accepted')) ||
    (payment.status === 'cancelled' && s.fault('second-cancel-accepted'))
  if (!open) throw new Rejection('not_cancellable', `A payment that is ${payment.status} cannot be cancelled`)
  if (s.fault('cancel-not-stored')) return { ...paymentBody(s, payment), status: 'cancelled' }
  payment.status = s.fault('cancelled-with-one-l') ? 'canceled' : 'cancelled'
  if (s.fault('cancel-is-expired')) payment.status = 'expired'
  if (s.fault('cancel-clears-metadata')) payment.metadata = {}
  if (s.fault('cancel-clears-order-number')) payment.orderNumber = null
  if (s.fault('cancel-drops-details')) payment.details = { type: payment.details.type }
  if (s.fault('cancel-sets-captured-at')) payment.capturedAt = s.now()
  if (s.fault('cancel-clears-total')) payment.amount = 0
  return paymentBody(s, payment)
}

function rejectsCancel(s: State, payment: Payment, flow: Flow | undefined): boolean {
  if (flow === 'card') return s.fault('cancel-of-held-card-rejected')
  if (flow === 'redirect') return s.fault('cancel-of-redirect-rejected')
  if (payment.details.type === 'konbini') return s.fault('cancel-of-konbini-rejected')
  return s.fault('cancel-of-transfers-rejected')
}

function refundOf(s: State, amount: number, description: string | null, cash: boolean): Refund {
  const pending = cash && !s.fault('cash-refund-completes-at-once')
  const createdAt = s.fault('refund-created-in-1970') ? 0 : s.now()
  return { id: s.nextId(), status: pending ? 'pending' : 'completed', amount, description, token: cash ? s.nextId() : null, createdAt }
}

function refundedOf(payment: Payment): number {
  return payment.refunds.reduce((sum, refund) => sum + refund.amount, 0)
}

function refundPayment(s: State, call: Call): Fields {
  const payment = findPayment(s, call)
  const params = call.params()
  const flow = methods[String(payment.details.type)]?.flow
  const rest = totalOf(payment) - refundedOf(payment)
  const amount = refundAmountOf(s, payment, params, rest)
  rejectRefund(s, payment, flow, amount)
  if (amount > rest && !s.fault('refund-over-total-accepted')) throw invalid('amount', 'is more than is left of the payment')
  const description = descriptionOf(s, params)
  const kept = s.fault('refund-description-cut') ? (description?.slice(0, 50) ?? null) : description
  const refund = refundOf(s, amount, kept, flow === 'cash')
  if (s.fault('refund-sets-status') && given(params.values.status)) refund.status = params.values.status as 'pending'
  if (s.fault('refund-not-stored')) {
    const refunds = [...payment.refunds, refund].map((entry) => refundBody(s, payment, entry))
    return { ...paymentBody(s, payment), refunds, amount_refunded: (refundedOf(payment) + amount) / 100 }
  }
  payment.refunds.push(refund)
  settleRefunds(s, payment)
  if (s.fault('refund-describes-payment') && description !== null) payment.description = description
  if (s.fault('refund-moves-captured-at')) payment.capturedAt = s.now()
  if (s.fault('refund-lowers-amount')) payment.amount -= amount
  if (s.fault('refund-clears-metadata')) payment.metadata = {}
  if (s.fault('refund-clears-deadline')) payment.deadline = null
  if (s.fault('refund-drops-earlier-refunds')) payment.refunds = [refund]
  return paymentBody(s, payment)
}

function refundAmountOf(s: State, payment: Payment, params: Params, rest: number): number {
  const amount = moneyOf(s, params, 'amount', payment.currency)
  if (amount === 0 && s.fair('refund-of-zero-rejected')) throw invalid('amount', 'has to be greater than 0')
  if (amount !== null) return s.fault('refund-decimals-cut') ? Math.floor(amount / 100) * 100 : amount
  if (s.fault('refund-default-leaves-tax')) return Math.min(payment.amount, rest)
  if (s.fault('refund-default-ignores-earlier')) return totalOf(payment)
  return rest
}

/** Only what was paid and is not yet refunded in full can be refunded. */
function rejectRefund(s: State, payment: Payment, flow: Flow | undefined, amount: number): void {
  const unpaid = payment.status === 'authorized' || payment.status === 'pending'
  const lax =
    (unpaid && flow === 'redirect' && s.fault('refund-of-unpaid-redirect-accepted')) ||
    (unpaid && flow === 'card' && s.fault('refund-of-held-card-accepted')) ||
    (unpaid && flow === 'cash' && s.fault('refund-of-unpaid-cash-accepted')) ||
    (payment.status === 'cancelled' && s.fault('refund-of-cancelled-accepted'))
  const done = totalOf(payment) > 0 && refundedOf(payment) >= totalOf(payment) && !s.fault('refund-over-total-accepted')
  const open = (payment.status === 'captured' && !done) || lax || (payment.status === 'refunded' && s.fault('refund-over-total-accepted'))
  if (!open) throw new Rejection('not_refundable', `A payment that is ${payment.status} cannot be refunded`)
  const part = amount < totalOf(payment)
  if (part && (flow === 'prepaid' || flow === 'voucher') && s.fault('part-refund-of-prepaid-rejected'))
    throw invalid('amount', 'has to be all')
  if (part && flow === 'cash' && s.fault('part-refund-of-cash-rejected')) throw invalid('amount', 'has to be all')
  if (payment.refunds.length >= 3 && s.fault('fourth-refund-rejected')) throw new Rejection('not_refundable', 'Three refunds are enough')
  if (payment.refunds.length >= 1 && s.fault('second-refund-rejected')) throw new Rejection('not_refundable', 'There is a refund')
}

/** A payment is refunded once all of it has been refunded and no refund is pending. */
function settleRefunds(s: State, payment: Payment): void {
  const done = payment.refunds.every((refund) => refund.status === 'completed')
  const all = refundedOf(payment) >= totalOf(payment) || s.fault('part-refund-is-refunded')
  if (done && all && !s.fault('refunded-payment-stays-captured')) payment.status = 'refunded'
}

function requestRefund(s: State, call: Call): Fields {
  const payment = findPayment(s, call)
  const params = call.params()
  const request = readRefundRequest(s, payment, params)
  const cash = methods[String(payment.details.type)]?.flow === 'cash' || s.fair('refund-requests-for-every-method')
  const lax =
    (payment.status === 'authorized' && s.fault('refund-request-on-unpaid-accepted')) ||
    (payment.status === 'cancelled' && s.fault('refund-request-on-cancelled-accepted')) ||
    (payment.status === 'refunded' && s.fault('refund-request-on-refunded-accepted'))
  if (!cash || (payment.status !== 'captured' && !lax)) {
    throw new Rejection('not_refundable', 'A refund cannot be requested for this payment')
  }
  const requested = payment.requests.reduce((sum, earlier) => sum + earlier.amount, refundedOf(payment))
  if (requested + request.amount > totalOf(payment) && !lax && !s.fault('refund-request-over-total-accepted')) {
    throw invalid('amount', 'is more than is left of the payment')
  }
  payment.requests.push(request)
  if (s.fault('refund-request-refunds')) payment.refunds.push(refundOf(s, request.amount, null, true))
  if (s.fault('refund-request-changes-status')) payment.status = 'refunded'
  if (s.fault('refund-request-describes-payment')) payment.description = `Refund request ${request.customerName}`
  return paymentBody(s, payment)
}

function readRefundRequest(s: State, payment: Payment, params: Params): RefundRequest {
  const properties = ['amount', 'customer_name', 'bank_name', 'branch_number', 'account_type', 'account_number']
  const known = [...properties, 'include_payment_method_fee', 'description', 'debug']
  if (s.fair('refund-request-takes-nothing-unknown')) rejectUnknown(params, known)
  const amount = moneyOf(s, params, 'amount', payment.currency)
  if (amount === null && !s.fault('refund-request-without-amount-accepted')) throw missing('amount')
  const type = requiredText(s, params, 'account_type')
  if (type !== 'normal' && type !== 'checking' && !s.fault('any-account-type-accepted')) {
    throw invalid('account_type', 'has to be normal or checking')
  }
  if (booleanOf(s, params, 'include_payment_method_fee', true) === null && !s.fault('fee-choice-not-required')) {
    throw missing('include_payment_method_fee')
  }
  descriptionOf(s, params)
  const number = requiredText(s, params, 'account_number')
  return {
    id: s.nextId(),
    status: s.fault('refund-request-sets-status') && given(params.values.status) ? String(params.values.status) : 'pending',
    amount: amount ?? 0,
    customerName: requiredText(s, params, 'customer_name'),
    bankName: requiredText(s, params, 'bank_name'),
    branchNumber: requiredText(s, params, 'branch_number'),
    accountNumber: s.fault('account-number-loses-zeros') ? number.replace(/^0+/, '') : number,
    createdAt: s.now(),
  }
}

/** A customer pays: at the counter, on the other site, or the rest of a short card. */
function pay(s: State, id: string): ApiResponse {
  const payment = s.payments.find((candidate) => candidate.id === id)
  if (payment === undefined) return errorResponse(s, notFound(s))
  const waits = payment.status === 'pending' || (payment.status === 'authorized' && payment.details.type !== 'credit_card')
  if (!waits) return errorResponse(s, new Rejection('unprocessable_entity', 'This payment does not wait for a customer', null, 409))
  if ('short_amount' in payment.details) payment.details.short_amount = 0
  markCaptured(s, payment)
  return { status: 200, body: { paid: true } }
}

/** A customer fetches the cash of a refund, at its `redirect_url`. */
function completeRefund(s: State, token: string): ApiResponse {
  for (const payment of s.payments) {
    const refund = payment.refunds.find((candidate) => candidate.token === token)
    if (refund === undefined) continue
    refund.status = 'completed'
    settleRefunds(s, payment)
    return { status: 200, body: { refunded: true } }
  }
  return errorResponse(s, notFound(s))
}

// ----------------------------------------------------------------------------------------------------------------- lists

function listPayments(s: State, call: Call): Fields {
  if (s.broken.has('lists')) throw new Error('stack level too deep')
  const pairs = pairsOf(s, call.query, 'The query')
  if (pairs.some(([name]) => name.endsWith('[]')) && s.fault('list-in-query-is-500')) throw new TypeError('undefined method split')
  const query: Params = { values: Object.fromEntries(pairs), typed: false }
  const page = s.fault('page-ignored') ? 1 : countOf(s, query, 'page', 1)
  let perPage = s.fault('per-page-ignored') ? 10 : countOf(s, query, 'per_page', s.fault('per-page-defaults-to-25') ? 25 : 10)
  if (perPage > 100 && s.fair('more-than-100-a-page-rejected')) throw invalid('per_page', 'has to be 100 or less')
  if (perPage > 100 && s.fair('at-most-100-a-page')) perPage = 100
  const found = s.payments.filter(filterOf(s, call, query))
  if (s.fault('listing-expires-waiting')) for (const payment of found) if (payment.status === 'authorized') payment.status = 'expired'
  if (s.fair('newest-first')) found.reverse()
  const start = (page - (s.fault('first-page-skips-one') ? 0 : 1)) * perPage - (s.fault('pages-overlap') && page > 1 ? 1 : 0)
  const shown = found.slice(start, start + perPage)
  const lastPage = s.fault('last-page-rounded-down') ? Math.floor(found.length / perPage) : Math.ceil(found.length / perPage)
  const data = shown.map((payment) => listed(s, payment))
  return {
    resource: s.fault('list-resource-is-array') ? 'array' : 'list',
    total: s.fault('total-counts-page') ? shown.length : found.length,
    page: s.fault('page-is-text') ? String(page) : page,
    per_page: perPage,
    last_page: s.fault('last-page-at-least-one') ? Math.max(1, lastPage) : lastPage,
    data: s.fault('empty-list-is-null') && data.length === 0 ? null : data,
  }
}

function listed(s: State, payment: Payment): Fields {
  const body = paymentBody(s, payment)
  if (s.fault('list-hides-refunds')) return { ...body, refunds: [] }
  if (s.fault('list-shows-first-state')) return s.firstRenderings.get(payment.id) ?? body
  if (s.fault('list-without-details')) return { ...body, payment_details: undefined }
  return body
}

function countOf(s: State, query: Params, key: string, otherwise: number): number {
  const text = textOf(s, query, key)
  if (text === null) return otherwise
  if (!/^-?\d+$/.test(text)) throw malformed(s, key, 'a whole number')
  const count = Number(text)
  if (count > 2 ** 31 && s.fault('large-page-is-500')) throw new RangeError('bigint out of range')
  if (count < 1 && s.fault('page-zero-accepted')) return otherwise
  if (count < 1) throw invalid(key, 'has to be 1 or more')
  return Math.min(count, Number.MAX_SAFE_INTEGER)
}

function filterOf(s: State, call: Call, query: Params): (payment: Payment) => boolean {
  const currency = textOf(s, query, 'currency')?.toUpperCase() ?? null
  const orderNumber = textOf(s, query, 'external_order_num')
  const statuses = textOf(s, query, 'status')?.split(s.fault('status-list-not-split') ? '\n' : ',') ?? null
  const known = ['pending', 'authorized', 'captured', 'expired', 'cancelled', 'refunded', 'failed']
  if (s.fair('unknown-status-in-filter-rejected') && statuses?.some((status) => !known.includes(status.trim()))) {
    throw invalid('status', `has to be one of ${known.join(', ')}`)
  }
  const [after, before] = [timeFilterOf(s, query, 'start_time'), timeFilterOf(s, query, 'end_time')]
  const inclusive = s.fair('time-filters-are-inclusive') ? 1 : 0
  return (payment) =>
    (payment.merchant === call.merchant || s.fault('list-shows-foreign-payments')) &&
    (currency === null || payment.currency === currency || s.fault('currency-filter-ignored')) &&
    (orderNumber === null || matchesOrder(s, payment.orderNumber, orderNumber)) &&
    (statuses === null || statuses.some((status) => status.trim() === payment.status) || s.fault('status-filter-ignored')) &&
    (after === null || payment.createdAt > after - inclusive) &&
    (before === null || payment.createdAt < before + inclusive)
}

function matchesOrder(s: State, kept: string | null, asked: string): boolean {
  if (s.fault('order-filter-ignores-case')) return kept?.toLowerCase() === asked.toLowerCase()
  if (s.fault('order-filter-matches-parts')) return kept?.includes(asked) ?? false
  return kept === asked || s.fault('order-filter-ignored')
}

function timeFilterOf(s: State, query: Params, key: 'start_time' | 'end_time'): number | null {
  const read = s.fault('time-filters-swapped') ? (key === 'start_time' ? 'end_time' : 'start_time') : key
  if (s.fault('filter-ignores-offset')) {
    const text = textOf(s, query, read)
    return text === null ? null : Date.parse(text.replace(/([+ -]\d{2}:\d{2})$/, 'Z'))
  }
  const time = timeOf(s, query, read)
  if (s.fault(key === 'start_time' ? 'start-time-ignored' : 'end-time-ignored')) return null
  return time
}

// -------------------------------------------------------------------------------------------------------------- accounts

function findAccount(s: State, call: Call): Account {
  const id = s.fault('account-id-ignores-case') ? call.id.toLowerCase() : call.id
  const short = s.fault('account-id-may-be-shortened') && id.length > 5
  const account = s.accounts.find((candidate) => candidate.id === id || (short && candidate.id.startsWith(id)))
  if (account === undefined) throw notFound(s)
  if (account.merchant !== call.merchant && !s.fault('foreign-account-readable')) {
    throw s.fair('foreign-is-403') ? new Rejection('forbidden', 'This account is not yours') : notFound(s)
  }
  return account
}

function accountCurrencyOf(s: State, params: Params): string | null {
  const text = textOf(s, params, 'default_currency')
  if (text === null) return null
  const currency = s.fair('lower-case-currency-rejected') ? text : text.toUpperCase()
  const known = accountCurrencies.includes(currency) && !(currency === 'PLN' && s.fault('pln-accounts-rejected'))
  if (!known)
    throw new Rejection('invalid_currency', `default_currency has to be one of ${accountCurrencies.join(', ')}`, 'default_currency')
  return currency
}

function timeZoneOf(s: State, params: Params): string | null {
  const zone = textOf(s, params, 'time_zone')
  if (zone === null) return null
  const known = timeZones.includes(zone) && !(zone === 'Etc/GMT+12' && s.fault('zone-etc-gmt-12-rejected'))
  if (!known && !s.fault('any-time-zone-accepted')) throw invalid('time_zone', 'is no such time zone')
  return zone
}

function createAccount(s: State, call: Call): Fields {
  const params = call.params()
  const taken = ['id', 'live_merchant', 'accepted_service_agreement_at']
  if (s.fair('accounts-take-nothing-unknown')) rejectUnknown(params, ['name', 'default_currency', 'time_zone', 'debug'])
  const name = requiredText(s, params, 'name')
  const currency = accountCurrencyOf(s, params)
  if (currency === null && !s.fault('account-currency-not-required')) throw missing('default_currency')
  const timeZone = timeZoneOf(s, params)
  if (timeZone === null) throw missing('time_zone')
  const sameName = s.accounts.some((account) => account.name === name && account.merchant === call.merchant)
  if (sameName && !s.fair('account-names-may-repeat')) throw invalid('name', 'is taken')
  const live = s.nextId()
  const account: Account = {
    ...{ id: s.nextId(), merchant: call.merchant, name, currency: currency ?? 'JPY', timeZone },
    ...{ liveMerchant: live, testMerchant: s.fault('test-merchant-is-live-merchant') ? live : s.nextId() },
    ...{ agreedAt: null, agreedFrom: null, createdAt: s.now(), updatedAt: s.now() },
  }
  if (s.fault('account-name-in-capitals')) account.name = name.toUpperCase()
  if (s.fault('account-name-cut-at-32')) account.name = name.slice(0, 32)
  if (s.fault('account-updated-before-created')) account.updatedAt -= dayMs
  if (s.fault('account-create-sets-fields')) {
    for (const key of taken) if (given(params.values[key])) Object.assign(account, assignedAccountField(key, params.values[key]))
  }
  if (!s.fault('created-account-not-stored')) s.accounts.push(account)
  return accountBody(s, account)
}

function assignedAccountField(key: string, value: unknown): Partial<Account> {
  if (key === 'id') return { id: String(value) }
  return key === 'live_merchant' ? { liveMerchant: String(value) } : { agreedAt: String(value) }
}

function getAccount(s: State, call: Call): Fields {
  const account = findAccount(s, call)
  if (s.fault('get-shows-latest-account')) return accountBody(s, s.accounts.at(-1) ?? account)
  const body = accountBody(s, account)
  if (s.fault('get-shows-first-account-state')) return s.firstRenderings.get(account.id) ?? body
  return s.fault('get-account-hides-agreement') ? { ...body, accepted_service_agreement_at: null } : body
}

function updateAccount(s: State, call: Call): Fields {
  const account = findAccount(s, call)
  const params = call.params()
  if (s.fair('accounts-take-nothing-unknown')) rejectUnknown(params, ['default_currency', 'time_zone', 'debug'])
  const currency = accountCurrencyOf(s, params)
  const timeZone = timeZoneOf(s, params)
  const updatedAt = s.fair('account-update-keeps-updated-at') ? account.updatedAt : s.now()
  const changed = { ...account, currency: currency ?? account.currency, timeZone: timeZone ?? account.timeZone, updatedAt }
  if (s.fault('account-update-not-stored')) return accountBody(s, changed)
  Object.assign(account, changed)
  if (s.fault('account-update-sets-name') && given(params.values.name)) account.name = String(params.values.name)
  if (s.fault('account-update-sets-agreement') && given(params.values.accepted_service_agreement_at)) {
    account.agreedAt = String(params.values.accepted_service_agreement_at)
  }
  if (s.fault('account-update-clears-agreement')) account.agreedAt = null
  if (s.fault('account-update-resets-time-zone') && timeZone === null) account.timeZone = 'Etc/UTC'
  if (s.fault('account-update-moves-created-at')) account.createdAt = s.now()
  return accountBody(s, account)
}

function acceptServiceAgreement(s: State, call: Call): Fields {
  const account = findAccount(s, call)
  const params = call.params()
  if (s.fair('accounts-take-nothing-unknown')) {
    rejectUnknown(params, ['accepted_service_agreement_at', 'accepted_service_agreement_ip', 'debug'])
  }
  const at = timeOf(s, params, 'accepted_service_agreement_at')
  const address = requiredText(s, params, 'accepted_service_agreement_ip')
  if (at === null) throw missing('accepted_service_agreement_at')
  if (isIP(address) === 0 && !s.fault('any-ip-accepted')) throw invalid('accepted_service_agreement_ip', 'is not an IP address')
  if (isIP(address) === 6 && s.fault('ipv6-rejected')) throw invalid('accepted_service_agreement_ip', 'is not an IPv4 address')
  if (account.agreedAt !== null && s.fair('first-agreement-is-kept')) return accountBody(s, account)
  const sent = String(params.values.accepted_service_agreement_at)
  account.agreedAt = s.fair('agreement-time-as-sent') ? sent : timeText(s, at)
  if (s.fault('agreement-offset-dropped')) account.agreedAt = sent.replace(/[+-]\d{2}:\d{2}$/, 'Z')
  if (s.fault('agreement-time-is-now')) account.agreedAt = timeText(s, s.now())
  account.agreedFrom = s.fault('agreement-ip-is-the-callers') ? '127.0.0.1' : address
  if (s.fault('agreement-changes-currency')) account.currency = 'JPY'
  if (!s.fair('account-update-keeps-updated-at')) account.updatedAt = s.now()
  return accountBody(s, account)
}

// ------------------------------------------------------------------------------------------------------------- rendering

function timeText(s: State, time: number): string {
  if (s.fair('times-in-seconds')) return `${new Date(time).toISOString().slice(0, 19)}Z`
  if (s.fair('times-with-zero-offset')) return new Date(time).toISOString().replace('Z', '+00:00')
  if (s.fair('times-in-japan')) return new Date(time + japanOffsetMs).toISOString().replace('Z', '+09:00')
  if (s.fault('times-in-japan-called-utc')) return new Date(time + japanOffsetMs).toISOString()
  if (s.fault('times-without-zone')) return new Date(time).toISOString().slice(0, 19)
  if (s.fault('times-in-rfc-1123')) return new Date(time).toUTCString()
  return new Date(time).toISOString()
}

function timeOrNull(s: State, time: number | null): string | null {
  return time === null ? null : timeText(s, time)
}

function paymentBody(s: State, payment: Payment): Fields {
  const money = (hundredths: number): unknown => hundredths / 100
  const total = s.fault('total-with-float-noise') ? payment.amount / 100 + payment.tax / 100 : totalOf(payment) / 100
  const refunds = payment.refunds.map((refund) => refundBody(s, payment, refund))
  const body: Fields = {
    ...{ id: payment.id, resource: s.fault('payment-resource-is-charge') ? 'charge' : 'payment', status: payment.status },
    amount: s.fault('amount-is-text') ? String(payment.amount / 100) : money(payment.amount),
    tax: money(payment.tax),
    customer: payment.customer,
    payment_deadline: timeOrNull(s, payment.deadline),
    payment_details: { ...payment.details },
    payment_method_fee: money(payment.fee),
    total: s.fault('total-without-tax') ? payment.amount / 100 : s.fault('total-is-text') ? String(total) : total,
    currency: s.fault('currency-in-lower-case') ? payment.currency.toLowerCase() : payment.currency,
    description: payment.description,
    captured_at: timeOrNull(s, payment.capturedAt),
    external_order_num: payment.orderNumber,
    metadata: s.fault('empty-metadata-is-a-list') && Object.keys(payment.metadata).length === 0 ? [] : { ...payment.metadata },
    created_at: s.fault('created-at-in-seconds') ? Math.floor(payment.createdAt / 1000) : timeText(s, payment.createdAt),
    amount_refunded: refundedOf(payment) / 100,
    locale: payment.locale,
    refunds: s.fault('empty-refunds-are-null') && refunds.length === 0 ? null : refunds,
    refund_requests: payment.requests.map((request) => requestBody(s, payment, request)),
  }
  if (s.fair('payments-have-more-properties')) Object.assign(body, { session: null, mcc: null, statement_descriptor: null })
  if (!s.firstRenderings.has(payment.id)) s.firstRenderings.set(payment.id, body)
  return withRenderingFaults(s, payment, body)
}

function withRenderingFaults(s: State, payment: Payment, body: Fields): Fields {
  if (s.fault('nulls-left-out')) return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
  if (s.fault('names-in-camel-case')) {
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()), value]),
    )
  }
  if (s.fault('locale-left-out')) return { ...body, locale: undefined }
  if (s.fault('refund-requests-left-out')) return { ...body, refund_requests: undefined }
  if (s.fault('payment-id-in-capitals')) return { ...body, id: payment.id.toUpperCase() }
  if (s.fault('amount-refunded-counts-completed')) {
    const completed = payment.refunds.filter((refund) => refund.status === 'completed')
    return { ...body, amount_refunded: completed.reduce((sum, refund) => sum + refund.amount, 0) / 100 }
  }
  return body
}

function refundBody(s: State, payment: Payment, refund: Refund): Fields {
  return {
    ...{ id: refund.id, resource: 'refund', status: refund.status },
    redirect_url: refund.token === null || s.fault('cash-refund-without-redirect') ? null : `${s.origin}/refunds/${refund.token}`,
    amount: s.fault('refund-amount-is-text') ? String(refund.amount / 100) : refund.amount / 100,
    currency: s.fault('refund-currency-is-always-jpy') ? 'JPY' : payment.currency,
    payment: s.fault('refund-names-itself-as-payment') ? refund.id : payment.id,
    description: refund.description,
    created_at: timeText(s, refund.createdAt),
    chargeback: s.fault('chargeback-is-a-number') ? 0 : false,
  }
}

function requestBody(s: State, payment: Payment, request: RefundRequest): Fields {
  return {
    ...{ id: request.id, payment: payment.id, customer_name: request.customerName, bank_name: request.bankName },
    branch_number: s.fault('branch-number-is-a-number') ? Number(request.branchNumber) : request.branchNumber,
    account_number: request.accountNumber,
    status: s.fault('refund-request-is-completed-at-once') ? 'completed' : request.status,
    created_at: timeText(s, request.createdAt),
  }
}

function accountBody(s: State, account: Account): Fields {
  const body: Fields = {
    ...{ id: account.id, resource: 'account', name: account.name, default_currency: account.currency, time_zone: account.timeZone },
    ...{ live_merchant: account.liveMerchant, test_merchant: account.testMerchant, accepted_service_agreement_at: account.agreedAt },
    ...{ accepted_service_agreement_ip: account.agreedFrom, created_at: timeText(s, account.createdAt) },
    updated_at: timeText(s, account.updatedAt),
  }
  if (s.fault('account-without-test-merchant')) delete body.test_merchant
  if (s.fault('account-agreement-is-a-boolean')) body.accepted_service_agreement_at = account.agreedAt !== null
  if (!s.firstRenderings.has(account.id)) s.firstRenderings.set(account.id, body)
  return body
}

// ----------------------------------------------------------------------------------------------------------- the routes

interface ApiResponse {
  status: number
  body: Fields
  headers?: Record<string, string>
}

const idPattern = '([^/]+)'
const routes: readonly [method: string, path: RegExp, handler: (s: State, call: Call) => Fields][] = [
  ['GET', /^\/payments$/, listPayments],
  ['POST', /^\/payments$/, createPayment],
  ['GET', new RegExp(`^/payments/${idPattern}$`), getPayment],
  ['PATCH', new RegExp(`^/payments/${idPattern}$`), updatePayment],
  ['POST', new RegExp(`^/payments/${idPattern}/capture$`), capturePayment],
  ['POST', new RegExp(`^/payments/${idPattern}/cancel$`), cancelPayment],
  ['POST', new RegExp(`^/payments/${idPattern}/refund$`), refundPayment],
  ['POST', new RegExp(`^/payments/${idPattern}/refund_request$`), requestRefund],
  ['POST', /^\/accounts$/, createAccount],
  ['GET', new RegExp(`^/accounts/${idPattern}$`), getAccount],
  ['PATCH', new RegExp(`^/accounts/${idPattern}$`), updateAccount],
  ['POST', new RegExp(`^/accounts/${idPattern}/accept_service_agreement$`), acceptServiceAgreement],
]

/** A request as it arrived. */
interface Received {
  method: string
  path: string
  query: string
  headers: IncomingMessage['headers']
  bytes: Buffer | 'too long'
}

function api(s: State, received: Received): ApiResponse {
  try {
    const limited = rateLimit(s)
    if (limited !== null) return limited
    const merchant = authenticate(s, received)
    return idempotent(s, merchant, received, () => run(s, merchant, received))
  } catch (error) {
    const response = errorResponse(s, error)
    if (response.status === 401 && !s.fair('unauthorized-without-challenge')) response.headers = { 'WWW-Authenticate': 'Basic realm="API"' }
    return response
  }
}

function run(s: State, merchant: string, received: Received): ApiResponse {
  try {
    const method = received.method === 'HEAD' ? 'GET' : received.method
    const fitting = routes.filter(([, path]) => path.test(received.path))
    const route = fitting.find(([verb]) => verb === method)
    if (route === undefined) {
      if (fitting.length > 0 && s.fair('wrong-methods-are-405')) throw new Rejection('bad_request', 'Not with this method', null, 405)
      throw notFound(s)
    }
    const [, path, handler] = route
    const scenario = received.headers['komoju-scenario']
    const call: Call = {
      merchant,
      id: path.exec(received.path)?.[1] ?? '',
      query: received.query,
      scenario: typeof scenario === 'string' ? scenario : null,
      params: () => decodeBody(s, received.bytes, received.headers['content-type'] ?? ''),
    }
    return { status: 200, body: handler(s, call) }
  } catch (error) {
    return errorResponse(s, error)
  }
}

/** The secret key is the user name of Basic credentials; the password is not looked at. */
function authenticate(s: State, { headers, method }: Received): string {
  const encoded = /^basic +([a-z0-9+/=_-]+)$/i.exec(headers.authorization ?? '')?.[1]
  const key = encoded === undefined ? '' : (Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] ?? '')
  const matches = (known: string) => {
    if (s.fault('key-ignores-case')) return known.toLowerCase() === key.toLowerCase()
    if (s.fault('key-may-be-shortened')) return key.length > 3 && known.startsWith(key)
    if (s.fault('key-may-have-a-suffix')) return key.startsWith(known)
    return known === key
  }
  const merchant = s.secretKeys.find(matches)
  if (merchant !== undefined) return merchant
  if (s.fault('reading-without-key') && method === 'GET') return s.secretKeys[0] ?? ''
  if (s.fault('wrong-key-is-403')) throw new Rejection('forbidden', 'No such key')
  throw new Rejection('unauthorized', 'Send a secret key as the user name of Basic credentials')
}

/** The first response of a POST is kept for its idempotency key; a retry gets it again, whatever happened since. */
function idempotent(s: State, merchant: string, received: Received, run: () => ApiResponse): ApiResponse {
  const sent = received.headers['x-komoju-idempotency']
  if (received.method !== 'POST' || typeof sent !== 'string' || s.fault('idempotency-ignored')) return run()
  const creates = received.path === '/payments'
  if (!creates && s.fault('idempotency-only-for-creations')) return run()
  if (received.path.endsWith('/cancel') && s.fault('idempotency-not-for-cancel')) return run()
  if (sent.length === 100 && s.fault('idempotency-key-of-100-is-500')) throw new Error('value too long for type character varying(99)')
  if (sent.length > 100 || /[^ -~]/.test(sent))
    throw new Rejection('bad_request', 'X-KOMOJU-IDEMPOTENCY has to be 100 ASCII characters at most')
  const cut = s.fault('idempotency-key-cut-at-32') ? sent.slice(0, 32) : sent
  const keyText = s.fault('idempotency-key-ignores-case') ? cut.toLowerCase() : cut
  const owner = s.fault('idempotency-keys-of-all-merchants-meet') ? '' : merchant
  const key = JSON.stringify([owner, received.path, keyText])
  const first = s.firstResponses.get(key)
  if (first !== undefined && s.now() - first.at < idempotencyKeepMs) return retried(s, received, first.response)
  const response = run()
  const kept = response.status < 500 || response.status === 502
  if (kept && !(response.status >= 400 && s.fair('errors-are-not-kept-for-retries'))) {
    s.firstResponses.set(key, { at: s.now(), response: structuredClone(response) })
  }
  return response
}

function retried(s: State, received: Received, first: ApiResponse): ApiResponse {
  if (s.fault('retry-is-409')) throw new Rejection('bad_request', 'This key was used before', null, 409)
  if (s.fault('retry-has-no-body')) return { ...first, body: {} }
  const payment = s.payments.find(({ id }) => id === first.body.id)
  if (s.fault('retry-shows-current-state') && payment !== undefined) return { ...first, body: paymentBody(s, payment) }
  const refunded = received.path.endsWith('/refund') && payment !== undefined
  if (s.fault('retry-of-refund-refunds-again') && refunded) {
    payment.refunds.push({ ...(payment.refunds.at(-1) as Refund), id: s.nextId() })
  }
  return s.fair('retries-are-marked') ? { ...first, headers: { ...first.headers, 'Idempotent-Replayed': 'true' } } : first
}

const requestsASecond = 100

function rateLimit(s: State): ApiResponse | null {
  if (!s.fair('rate-limit-in-seconds') && !s.fair('rate-limit-with-a-date')) return null
  const now = s.now()
  s.recentRequests = s.recentRequests.filter((at) => at > now - 1_000)
  if (s.recentRequests.length < requestsASecond) {
    s.recentRequests.push(now)
    return null
  }
  const after = s.fair('rate-limit-in-seconds') ? '1' : new Date(Math.ceil(now / 1_000) * 1_000 + 1_000).toUTCString()
  return { ...errorResponse(s, new Rejection('too_many_requests', 'Slow down')), headers: { 'Retry-After': after } }
}

// ------------------------------------------------------------------------------------------------------------------ HTTP

/** A request as it came over the wire, or as if. */
interface WireRequest {
  method: string
  /** Path and query. */
  target: string
  headers: IncomingMessage['headers']
  bytes: Buffer | 'too long'
}

/** A response as it goes over the wire. */
interface WireResponse {
  status: number
  headers: Record<string, string>
  bytes: Buffer
}

/** The response to a request; null from a process that has crashed. */
function respond(s: State, { method, target, headers, bytes }: WireRequest): WireResponse | null {
  if (s.broken.has('process')) return null
  const [path = '/', query = ''] = target.split(/\?(.*)/s)
  if (path.startsWith(`${basePath}/`)) {
    return onTheWire(s, api(s, { method, path: path.slice(basePath.length), query, headers, bytes }))
  }
  const token = /^\/(pay|refunds|(?:en|ja|ko)\/instructions)\/([^/]+)$/.exec(path)
  if (method === 'POST' && token?.[1] === 'pay') return onTheWire(s, pay(s, token[2] ?? ''))
  if (method === 'POST' && token?.[1] === 'refunds') return onTheWire(s, completeRefund(s, token[2] ?? ''))
  if (method === 'GET' && token !== null) {
    const page = `Post to ${s.origin}/${token[1] === 'refunds' ? 'refunds' : 'pay'}/${token[2]} to go on.\n`
    return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, bytes: Buffer.from(page) }
  }
  return onTheWire(s, errorResponse(s, notFound(s)))
}

/** Responds to a client in the same process as to one behind a network. */
function respondInProcess(s: State, url: string, { method = 'GET', headers, body }: RequestInit): Response {
  const { pathname, search } = new URL(url)
  const bytes = Buffer.from(typeof body === 'string' ? body : '')
  const response = respond(s, {
    method,
    target: pathname + search,
    headers: Object.fromEntries(new Headers(headers)),
    bytes: bytes.length > bodyLimitBytes ? 'too long' : bytes,
  })
  if (response === null) throw new TypeError('fetch failed', { cause: new Error('other side closed') })
  return new Response(new Uint8Array(response.bytes), { status: response.status, headers: response.headers })
}

async function handle(s: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: target = '/', headers } = request
  const wire = respond(s, { method, target, headers, bytes: await readBytes(request) })
  if (wire === null) {
    request.socket.destroy()
    return
  }
  const half = Math.floor(wire.bytes.length / 2)
  response.writeHead(wire.status, wire.headers)
  if (s.fair('responses-are-chunked')) response.write(wire.bytes.subarray(0, half))
  response.end(s.fair('responses-are-chunked') ? wire.bytes.subarray(half) : wire.bytes)
}

/** Reads all of a body, and keeps no more than the limit. */
async function readBytes(request: IncomingMessage): Promise<Buffer | 'too long'> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= bodyLimitBytes) chunks.push(chunk)
  }
  return length > bodyLimitBytes ? 'too long' : Buffer.concat(chunks)
}

function onTheWire(s: State, { status, body, headers = {} }: ApiResponse): WireResponse {
  const html = s.fault('errors-are-html') && status >= 400
  const text = html ? `<!doctype html><title>${status}</title><h1>Error ${status}</h1>` : jsonText(s, body)
  const bytes = encoded(s, text)
  const all: Record<string, string> = { 'Content-Type': html ? 'text/html' : contentTypeOf(s), ...headers }
  if (s.fair('responses-have-more-headers')) {
    Object.assign(all, {
      'X-Request-Id': 'f3a1',
      'Strict-Transport-Security': 'max-age=1',
      'Set-Cookie': 'a=b',
      'Cache-Control': 'no-store',
    })
  }
  if (s.fair('responses-have-an-etag')) all.ETag = `W/"${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}"`
  if (s.fair('connections-end')) all.Connection = 'close'
  const named = s.fair('header-names-in-lower-case') ? Object.fromEntries(Object.entries(all).map(([k, v]) => [k.toLowerCase(), v])) : all
  if (s.fair('responses-are-chunked')) return { status, headers: named, bytes }
  return {
    status,
    headers: { ...named, [s.fair('header-names-in-lower-case') ? 'content-length' : 'Content-Length']: String(bytes.length) },
    bytes,
  }
}

function contentTypeOf(s: State): string {
  if (s.fault('json-is-called-html')) return 'text/html'
  if (s.fault('charset-is-latin-1')) return 'application/json; charset=iso-8859-1'
  if (s.fault('charset-is-shift-jis')) return 'application/json; charset=shift_jis'
  return s.fair('content-type-has-a-charset') ? 'application/json; charset=utf-8' : 'application/json'
}

function jsonText(s: State, body: Fields): string {
  const ordered = s.fair('properties-in-another-order') ? reversed(body) : body
  const text = JSON.stringify(ordered, null, s.fair('json-is-indented') ? 2 : undefined)
  if (s.fair('json-is-ascii')) return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return text
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

function encoded(s: State, text: string): Buffer {
  if (s.fault('byte-order-mark')) return Buffer.from(`\ufeff${text}`, 'utf8')
  if (s.fault('charset-is-latin-1')) return Buffer.from(text, 'latin1')
  if (s.fault('utf-8-encoded-twice')) return Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8')
  if (s.fault('text-becomes-question-marks')) return Buffer.from(text.replace(/[^\0-\x7f]/g, '?'), 'utf8')
  if (s.fault('utf-16')) return Buffer.from(text, 'utf16le')
  return Buffer.from(text, 'utf8')
}
