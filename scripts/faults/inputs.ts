/** Faults in what is accepted and what is rejected. */
import { isJsonObject, type JsonObject } from '../../src/json-object.ts'
import { type Body, everyOperationOfReadPaths, type Fault, fault, rejecting, requests, successes } from './fault.ts'
import { bodyOf, isForm, json, type Middleware, type ProxyRequest, parsed, responding } from './target.ts'

/** Repairs one property of a request, so that what is wrong with it passes. */
const lenient = (operation: string, property: string, isWrong: (value: Body) => boolean, right: unknown): (() => Middleware) =>
  requests(operation, (body) => (isWrong(body[property]) ? { ...body, [property]: right } : body))

/** The same for a property of the payment details. */
const lenientDetail = (property: string, isWrong: (value: Body, type: string) => boolean, right: unknown): (() => Middleware) =>
  requests('createPayment', (body) => {
    const inner = body.payment_details
    if (typeof inner !== 'object' || inner === null || !isWrong(inner[property], inner.type)) return body
    return { ...body, payment_details: { ...inner, [property]: right } }
  })

const known = [
  'amount', 'currency', 'tax', 'capture', 'description', 'external_order_num', 'locale', 'metadata', 'email', 'return_url',
  'cancel_url', 'partner_origin', 'fraud_details', 'debug', 'payment_details', 'customer',
] // biome-ignore format: a list

const only = (body: JsonObject, names: string[]) => Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown) => value !== '' && value !== null && !Number.isNaN(Number(value))

const email = /^[^@\s]+@[^@\s]+\.[^@\s]+$/

export const inputFaults: Fault[] = [
  fault(
    'a missing amount is 100',
    'input',
    'createPayment',
    'rejection.required',
    lenient('createPayment', 'amount', (value) => value === undefined, 100),
  ),
  fault(
    'a missing currency is JPY',
    'input',
    'createPayment',
    'rejection.required',
    lenient('createPayment', 'currency', (value) => value === undefined, 'JPY'),
  ),
  fault(
    'an unknown currency is JPY',
    'input',
    'createPayment',
    'rejection.enum',
    lenient('createPayment', 'currency', (value) => isText(value) && !['JPY', 'USD', 'EUR', 'TWD', 'KRW'].includes(value), 'JPY'),
  ),
  fault(
    'a currency is read in any case',
    'input',
    'createPayment',
    'rejection.enum',
    requests('createPayment', (body) => (isText(body.currency) ? { ...body, currency: body.currency.toUpperCase() } : body)),
  ),
  fault(
    'a negative amount loses its sign',
    'input',
    'createPayment',
    'rejection.bound',
    requests('createPayment', (body) => (Number(body.amount) < 0 ? { ...body, amount: -Number(body.amount) } : body)),
  ),
  fault(
    'an amount has no upper bound',
    'input',
    'createPayment',
    'rejection.bound',
    requests('createPayment', (body) => (Number(body.amount) > 9_999_999 ? { ...body, amount: 1000 } : body)),
  ),
  fault(
    'an amount has thousands separators',
    'input',
    'createPayment',
    'rejection.pattern',
    requests('createPayment', (body) => (isText(body.amount) ? { ...body, amount: body.amount.replaceAll(',', '') } : body)),
  ),
  fault(
    'an amount is read up to its first letter',
    'input',
    'createPayment',
    'rejection.pattern',
    requests('createPayment', (body) =>
      isText(body.amount) && /^\d+[a-z]/.test(body.amount) ? { ...body, amount: Number.parseInt(body.amount, 10) } : body,
    ),
  ),
  fault(
    'an amount can be an object',
    'input',
    'createPayment',
    'rejection.type',
    lenient('createPayment', 'amount', (value) => isJsonObject(value), 100),
  ),
  fault(
    'an amount can be true',
    'input',
    'createPayment',
    'rejection.type',
    lenient('createPayment', 'amount', (value) => value === true, 1),
  ),
  fault(
    'a tax can be any text',
    'input',
    'createPayment',
    'rejection.pattern',
    lenient('createPayment', 'tax', (value) => isText(value) && !isNumber(value), 'auto'),
  ),
  fault(
    'a tax can be negative',
    'input',
    'createPayment',
    'rejection.bound',
    lenient('createPayment', 'tax', (value) => Number(value) < 0, 0),
  ),
  fault(
    'unknown properties are ignored',
    'input',
    'createPayment',
    'rejection.unknown',
    requests('createPayment', (body) => only(body, known)),
  ),
  fault(
    'unknown properties are ignored in forms',
    'input',
    'createPayment',
    'rejection.unknown',
    requests('createPayment', (body, request) => (isForm(request) ? only(body, known) : body)),
  ),
  fault(
    'properties of other payment methods are ignored',
    'input',
    'createPayment',
    'rejection.variant',
    requests('createPayment', (body) =>
      body.payment_details?.type === 'konbini'
        ? { ...body, payment_details: only(body.payment_details, ['type', 'store', 'email', 'phone', 'expiry_days']) }
        : body,
    ),
  ),
  fault(
    'a customer beside payment details is ignored',
    'input',
    'createPayment',
    'rejection.exclusive',
    requests('createPayment', (body) => {
      if (body.payment_details !== undefined) delete body.customer
      return body
    }),
  ),
  fault(
    'an e-mail address can be any text',
    'input',
    'createPayment',
    'rejection.pattern',
    lenientDetail('email', (value) => isText(value) && !email.test(value), 'test@example.com'),
  ),
  fault(
    'a phone number can be any text',
    'input',
    'createPayment',
    'rejection.pattern',
    lenientDetail('phone', (value) => isText(value) && !/\d{4}$/.test(value), '090-1111-2222'),
  ),
  fault(
    'an unknown store is Lawson',
    'input',
    'createPayment',
    'rejection.enum',
    lenientDetail(
      'store',
      (value) => value === undefined || (isText(value) && !/^(seven|lawson|family|mini|daily|seico)/.test(value)),
      'lawson',
    ),
  ),
  fault(
    'expiry_days have no upper bound',
    'input',
    'createPayment',
    'rejection.bound',
    lenientDetail('expiry_days', (value) => Number(value) > 59, 30),
  ),
  fault(
    'a card has a thirteenth month',
    'input',
    'createPayment',
    'rejection.bound',
    lenientDetail('month', (value) => Number(value) > 12, 12),
  ),
  fault(
    'a card number has any length',
    'input',
    'createPayment',
    'rejection.length',
    lenientDetail('number', (value) => isText(value) && value.length > 19, '4111111111111111'),
  ),
  fault(
    'a prepaid number has any length',
    'input',
    'createPayment',
    'rejection.length',
    lenientDetail('prepaid_number', (value) => isText(value) && value.length !== 16, '1111111111111111'),
  ),
  fault(
    'an unknown payment method is LINE Pay',
    'input',
    'createPayment',
    'rejection.const',
    requests('createPayment', (body) =>
      body.payment_details?.type === 'no_such_value' ? { ...body, payment_details: { type: 'line_pay' } } : body,
    ),
  ),
  fault(
    'a language can be any',
    'input',
    'createPayment',
    'rejection.enum',
    lenient('createPayment', 'locale', (value) => isText(value) && !['en', 'ja', 'ko'].includes(value), 'ja'),
  ),
  fault(
    'a return_url can be any text',
    'input',
    'createPayment',
    'rejection.format',
    lenient('createPayment', 'return_url', (value) => isText(value) && !URL.canParse(value), 'https://example.com'),
  ),
  fault(
    'an order number has any length',
    'input',
    'createPayment',
    'rejection.length',
    requests('createPayment', (body) =>
      isText(body.external_order_num) ? { ...body, external_order_num: body.external_order_num.slice(0, 255) } : body,
    ),
  ),
  fault(
    'a key of the metadata has any length',
    'input',
    'createPayment',
    'rejection.length',
    requests('createPayment', (body) =>
      isJsonObject(body.metadata)
        ? { ...body, metadata: Object.fromEntries(Object.entries(body.metadata).map(([key, value]) => [key.slice(0, 30), value])) }
        : body,
    ),
  ),
  fault(
    'metadata can be nested',
    'input',
    'createPayment',
    'rejection.type',
    requests('createPayment', (body) =>
      isJsonObject(body.metadata)
        ? {
            ...body,
            metadata: Object.fromEntries(
              Object.entries(body.metadata).map(([key, value]) => [key, isJsonObject(value) ? JSON.stringify(value) : value]),
            ),
          }
        : body,
    ),
  ),
  fault(
    'fraud details need no IP address',
    'input',
    'createPayment',
    'rejection.required',
    requests('createPayment', (body) =>
      isJsonObject(body.fraud_details) && body.fraud_details.customer_ip === undefined
        ? { ...body, fraud_details: { customer_ip: '192.0.2.1', ...body.fraud_details } }
        : body,
    ),
  ),
  fault(
    'a card needs no holder',
    'input',
    'createPayment',
    'rejection.required',
    requests('createPayment', (body) => {
      const inner = body.payment_details
      const isNameless = inner?.type === 'credit_card' && inner.name === undefined && inner.given_name === undefined
      return isNameless ? { ...body, payment_details: { ...inner, name: 'Unknown' } } : body
    }),
  ),
  fault(
    'a bank transfer needs no kana',
    'input',
    'createPayment',
    'rejection.required',
    lenientDetail('family_name_kana', (value, type) => value === undefined && type === 'bank_transfer', 'ヤマダ'),
  ),
  fault(
    'payment_details can be any text',
    'input',
    'createPayment',
    'rejection.pattern',
    lenient('createPayment', 'payment_details', isText, { type: 'line_pay' }),
  ),
  fault(
    'a negative refund loses its sign',
    'input',
    'refundPayment',
    'rejection.bound',
    requests('refundPayment', (body) => (Number(body.amount) < 0 ? { ...body, amount: -Number(body.amount) } : body)),
  ),
  fault(
    'unknown properties of an update are ignored',
    'input',
    'updatePayment',
    'rejection.unknown',
    requests('updatePayment', (body) => only(body, ['description', 'metadata'])),
  ),
  fault('metadata of an update can be text', 'input', 'updatePayment', 'rejection.type', lenient('updatePayment', 'metadata', isText, {})),
  fault(
    'a refund request takes any kind of account',
    'input',
    'requestRefund',
    'rejection.enum',
    lenient('requestRefund', 'account_type', (value) => isText(value) && !['normal', 'checking'].includes(value), 'normal'),
  ),
  fault(
    'a refund request needs no bank',
    'input',
    'requestRefund',
    'rejection.required',
    lenient('requestRefund', 'bank_name', (value) => value === undefined, 'KOMOJU BANK'),
  ),
  fault(
    'an account takes any time zone',
    'input',
    'createAccount',
    'rejection.enum',
    lenient('createAccount', 'time_zone', (value) => isText(value) && !value.includes('/'), 'Asia/Tokyo'),
  ),
  fault(
    'an account needs no time zone',
    'input',
    'createAccount',
    'rejection.required',
    lenient('createAccount', 'time_zone', (value) => value === undefined, 'Asia/Tokyo'),
  ),
  fault(
    'an update of an account takes any currency',
    'input',
    'updateAccount',
    'rejection.enum',
    lenient(
      'updateAccount',
      'default_currency',
      (value) => isText(value) && !['JPY', 'USD', 'TWD', 'EUR', 'KRW', 'PLN'].includes(value),
      'JPY',
    ),
  ),
  fault(
    'an agreement takes any IP address',
    'input',
    'acceptServiceAgreement',
    'rejection.format',
    lenient(
      'acceptServiceAgreement',
      'accepted_service_agreement_ip',
      (value) => isText(value) && !/^(\d{1,2}|1\d\d|2[0-4]\d)(\.\d{1,3}){3}$|:/.test(value),
      '192.0.2.1',
    ),
  ),
  fault(
    'an agreement takes any time',
    'input',
    'acceptServiceAgreement',
    'rejection.format',
    lenient(
      'acceptServiceAgreement',
      'accepted_service_agreement_at',
      (value) => isText(value) && Number.isNaN(Date.parse(value)),
      '2024-01-02T03:04:05Z',
    ),
  ),
]

const charset = (request: ProxyRequest) => (request.headers['content-type'] ?? '').includes('charset')

const mangled = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

export const acceptanceFaults: Fault[] = [
  fault(
    'forms are rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (_body, request) => isForm(request)),
  ),
  fault(
    'forms of captures are rejected',
    'acceptance',
    'capturePayment',
    'request.accepted',
    rejecting('capturePayment', (_body, request) => isForm(request)),
  ),
  fault(
    'amounts as text are rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body, request) => !isForm(request) && isText(body.amount)),
  ),
  fault(
    'a content type with a charset is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (_body, request) => charset(request)),
  ),
  fault(
    'a description of null is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => body.description === null),
  ),
  fault(
    'two names of a holder are rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => body.payment_details?.given_name !== undefined && body.payment_details.type === 'credit_card'),
  ),
  fault(
    'Merpay is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => body.payment_details?.type === 'merpay'),
  ),
  fault(
    'a capture without a body is rejected',
    'acceptance',
    'capturePayment',
    'request.accepted',
    () => async (request, next) =>
      request.operationId === 'capturePayment' && !request.text
        ? json(400, { error: { code: 'bad_request', message: 'No body.', param: null } })
        : next(request),
  ),
  fault(
    'metadata values that are no text are rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting(
      'createPayment',
      (body) => isJsonObject(body.metadata) && Object.values(body.metadata).some((value) => typeof value === 'boolean'),
    ),
  ),
  fault(
    'a store of Seicomart is rejected',
    'acceptance',
    'createPayment',
    'request.accepted',
    rejecting('createPayment', (body) => body.payment_details?.store === 'seicomart'),
  ),
  fault(
    'text is read in the wrong character set',
    'acceptance',
    'createPayment',
    'http.hostile-text',
    requests('createPayment', (body) => (isText(body.description) ? { ...body, description: mangled(body.description) } : body)),
  ),
  fault(
    'text is written for HTML',
    'acceptance',
    'createPayment',
    'http.hostile-text',
    successes('createPayment', (body) => {
      if (body.description) body.description = body.description.replaceAll('<', '&lt;')
    }),
  ),
  fault(
    'quotes are taken out of text',
    'acceptance',
    'createPayment',
    'http.hostile-text',
    requests('createPayment', (body) => (isText(body.description) ? { ...body, description: body.description.replaceAll("'", '') } : body)),
  ),
  fault(
    'a plus in a form stays a plus',
    'acceptance',
    'createPayment',
    'request.echo',
    () => async (request, next) =>
      next(
        request.operationId === 'createPayment' && isForm(request) ? { ...request, text: request.text?.replaceAll('+', '%2B') } : request,
      ),
  ),
  fault(
    'metadata of forms is lost',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', (body, request) => (isForm(request) ? { ...body, metadata: undefined } : body)),
  ),
  fault(
    'the order number is lost',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', ({ external_order_num: _order, ...body }) => body),
  ),
  fault(
    'metadata is lost',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', ({ metadata: _metadata, ...body }) => body),
  ),
  fault(
    'every payment is in yen',
    'acceptance',
    'createPayment',
    'request.echo',
    successes('createPayment', (body) => {
      body.currency = 'JPY'
    }),
  ),
  fault(
    'the language is ignored',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', ({ locale: _locale, ...body }) => body),
  ),
  fault(
    'amounts are one too high',
    'acceptance',
    'createPayment',
    'request.echo',
    requests('createPayment', (body) =>
      isNumber(body.amount) && Number(body.amount) > 0 ? { ...body, amount: Number(body.amount) + 1 } : body,
    ),
  ),
  fault(
    'the e-mail address of the details is lost',
    'acceptance',
    'createPayment',
    'request.echo',
    successes('createPayment', (body) => {
      if (body.payment_details?.email) body.payment_details.email = null
    }),
  ),
  fault(
    'every store is Lawson',
    'acceptance',
    'createPayment',
    'request.echo',
    successes('createPayment', (body) => {
      if (body.payment_details?.store) body.payment_details.store = 'lawson'
    }),
  ),
  fault(
    'the description of a refund is lost',
    'acceptance',
    'refundPayment',
    'request.echo',
    requests('refundPayment', ({ description: _description, ...body }) => body),
  ),
  fault(
    'a test card has another brand',
    'test-mode',
    'createPayment',
    'test-mode.brand',
    successes('createPayment', (body) => {
      if (body.payment_details?.brand === 'jcb') body.payment_details.brand = 'visa'
    }),
  ),
  fault('a declined card is called bad_gateway', 'test-mode', 'createPayment', 'test-mode.scenario', () => async (request, next) => {
    const response = await next(request)
    if (request.operationId !== 'createPayment' || response.status !== 502) return response
    return responding(response, { error: { ...(parsed(response).error as JsonObject), code: 'bad_gateway' } })
  }),
  fault('a scenario that exceeds the limit is charged', 'test-mode', 'createPayment', 'test-mode.scenario', () => async (request, next) => {
    const { 'komoju-scenario': scenario, ...headers } = request.headers
    return next(scenario === 'exceeds_limit' ? { ...request, headers } : request)
  }),
  fault(
    'a fraudulent card is charged',
    'test-mode',
    'createPayment',
    'test-mode.scenario',
    requests('createPayment', (body) =>
      body.payment_details?.number === '4123111111111083'
        ? { ...body, payment_details: { ...body.payment_details, number: '4111111111111111' } }
        : body,
    ),
  ),
]

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const crash = () => json(500, { error: { code: 'internal_server_error', message: 'Oops.', param: null } })

const crashing =
  (wanted: (request: ProxyRequest, body: JsonObject | undefined) => boolean): (() => Middleware) =>
  () =>
  async (request, next) =>
    request.operationId !== undefined && wanted(request, bodyOf(request)) ? crash() : next(request)

export const robustnessFaults: Fault[] = [
  fault(
    'malformed JSON crashes',
    'robustness',
    'createPayment',
    'response.server-error',
    crashing((request) => request.operationId === 'createPayment' && !isForm(request) && !!request.text && !isJson(request.text)),
  ),
  fault(
    'an unknown id crashes',
    'robustness',
    'getPayment',
    'response.server-error',
    crashing(({ id, operationId }) => operationId === 'getPayment' && /^z{25}$/.test(id ?? '')),
  ),
  fault(
    'a body that is a list crashes',
    'robustness',
    'createPayment',
    'response.server-error',
    crashing(({ text, operationId }) => operationId === 'createPayment' && !!text?.startsWith('[')),
  ),
  fault(
    'emoji crash',
    'robustness',
    'createPayment',
    'response.server-error',
    crashing((_request, body) => /\p{Extended_Pictographic}/u.test(String(body?.description))),
  ),
  fault(
    'long text crashes',
    'robustness',
    'createPayment',
    'response.server-error',
    crashing((_request, body) => String(body?.description).length > 9000),
  ),
  fault(
    'an amount as an object crashes',
    'robustness',
    'createPayment',
    'response.server-error',
    crashing((_request, body) => isJsonObject(body?.amount)),
  ),
  fault(
    'payment details as text crash',
    'robustness',
    'createPayment',
    'response.server-error',
    crashing((_request, body) => isText(body?.payment_details)),
  ),
  fault(
    'an id with a percent sign crashes',
    'robustness',
    'getPayment',
    'response.server-error',
    crashing(({ path, operationId }) => operationId === 'getPayment' && path.includes('%25')),
  ),
  fault(
    'metadata of null crashes an update',
    'robustness',
    'updatePayment',
    'response.server-error',
    crashing(({ operationId }, body) => operationId === 'updatePayment' && body?.metadata !== undefined && !isJsonObject(body.metadata)),
  ),
  fault(
    'a wrong time of a filter crashes',
    'robustness',
    'listPayments',
    'response.server-error',
    crashing(({ query, operationId }) => operationId === 'listPayments' && query.get('start_time') === 'yesterday'),
  ),
  fault(
    'malformed JSON counts as an empty body',
    'robustness',
    'cancelPayment',
    'http.malformed',
    () => async (request, next) =>
      next(request.operationId === 'cancelPayment' && bodyOf(request) === undefined ? { ...request, text: '{}' } : request),
  ),
  fault('malformed JSON is repaired', 'robustness', 'createAccount', 'http.malformed', () => async (request, next) => {
    if (request.operationId !== 'createAccount' || bodyOf(request) !== undefined) return next(request)
    const name = `repaired ${Math.random()}`
    return next({ ...request, text: JSON.stringify({ name, default_currency: 'JPY', time_zone: 'Asia/Tokyo' }) })
  }),
  fault('malformed JSON drops the connection', 'robustness', 'createPayment', 'response.reached', () => async (request, next) => {
    if (request.operationId === 'createPayment' && bodyOf(request) === undefined) throw new TypeError('terminated')
    return next(request)
  }),
  fault('XML makes a payment', 'robustness', 'createPayment', 'http.content-type', () => async (request, next) => {
    if (request.operationId !== 'createPayment' || !request.headers['content-type']?.includes('xml')) return next(request)
    const text = JSON.stringify({ amount: 1000, currency: 'JPY', payment_details: { type: 'line_pay' } })
    return next({ ...request, text, headers: { ...request.headers, 'content-type': 'application/json' } })
  }),
  fault('an empty body makes a payment', 'robustness', 'createPayment', 'http.empty-body', () => async (request, next) => {
    if (request.operationId !== 'createPayment' || request.text) return next(request)
    const text = JSON.stringify({ amount: 1000, currency: 'JPY', payment_details: { type: 'line_pay' } })
    return next({ ...request, text, headers: { ...request.headers, 'content-type': 'application/json' } })
  }),
  fault(
    'unknown paths are welcome',
    'robustness',
    'listPayments',
    'http.unknown-path',
    () => async (request, next) => (request.path === '/no_such_path' ? json(200, { ok: true }) : next(request)),
  ),
  fault(
    'DELETE is welcome',
    'robustness',
    everyOperationOfReadPaths,
    'http.wrong-method',
    () => async (request, next) => (request.method === 'DELETE' ? next({ ...request, method: 'GET' }) : next(request)),
  ),
  fault('an id can be anything', 'robustness', 'getPayment', 'id.malformed', () => async (request, next) => {
    const response = await next(request)
    return request.operationId === 'getPayment' && response.status === 404 && request.path.includes("'")
      ? json(200, { resource: 'payment' })
      : response
  }),
]
