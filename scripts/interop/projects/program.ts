/** What shops do with the client, in one program: every compiler, bundler and runtime gets it as it stands here. */
import {
  createKomojuClient,
  isKnownCode,
  Komoju,
  KomojuError,
  type KomojuOptions,
  KomojuResponseError,
  KomojuTimeoutError,
  KomojuWebhookError,
  type KonbiniDetails,
  verifyWebhook,
  type WebhookHeaders,
} from 'komoju-openapi'

type Settings = Pick<KomojuOptions, 'fetch'> & {
  /** Address of a sandbox. */
  baseUrl: string
}
type Fetch = NonNullable<KomojuOptions['fetch']>

const clientOf = (settings: Settings, options: Partial<KomojuOptions> = {}) =>
  new Komoju({ secretKey: `sk_test_${Math.random().toString(36).slice(2)}`, dangerouslyAllowBrowser: true, ...settings, ...options })

// What these return is inferred: a compiler that writes declarations has to name it.
export const konbini = (komoju: Komoju) =>
  komoju.payments.create({
    amount: 1000,
    currency: 'JPY',
    payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' },
    metadata: { at: new Date(0) },
  })
export const token = (komoju: Komoju, payment_details: string) => komoju.payments.create({ amount: 1, currency: 'JPY', payment_details })
export const captured = (komoju: Komoju) => komoju.payments.list({ status: 'captured', start_time: new Date(0) })
export const update = (komoju: Komoju, id: string) => komoju.payments.update(id, { description: null })
export const beside = (komoju: Komoju) => konbini(komoju).withResponse()
export const details = async (komoju: Komoju): Promise<KonbiniDetails> => (await konbini(komoju)).payment_details
export const codeOf = (error: KomojuError) => (isKnownCode(error.code) ? error.code : 'other')
export const raw = (options: KomojuOptions) => createKomojuClient(options)
export const received = (body: ArrayBufferView, headers: Record<string, string | string[] | undefined>) => verifyWebhook(body, headers, 's')

/** For the compiler alone. */
export const wrong = (komoju: Komoju) => [
  // @ts-expect-error the store is missing
  komoju.payments.create({ amount: 1, currency: 'JPY', payment_details: { type: 'konbini', email: 'a@example.com' } }),
  // @ts-expect-error there is no such currency
  komoju.payments.create({ amount: 1, currency: 'GBP', payment_details: 'tok_1' }),
]

const same = (actual: unknown, expected: unknown) => {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (left !== right) throw new Error(`${left} is not ${right}`)
}

const rejectionOf = async (call: () => Promise<unknown>): Promise<unknown> => {
  try {
    await call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was rejected')
}

/** A response of another make: it has what the client reads, and is no `Response`. */
const plain = (body: unknown, status = 200) => ({
  ok: status < 400,
  status,
  headers: { get: (name: string) => (/^content-type$/i.test(name) ? 'application/json' : null) },
  text: async () => JSON.stringify(body),
})

const signatureOf = async (body: string, secret: string) => {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(body)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const points: Record<string, (settings: Settings) => Promise<void>> = {
  payments: async (settings) => {
    for (const bodyFormat of ['json', 'form'] as const) {
      const komoju = clientOf(settings, { bodyFormat })
      const payment = await konbini(komoju)
      same([payment.total, payment.payment_details.store, payment.metadata], [1100, 'lawson', { at: '1970-01-01T00:00:00.000Z' }])
      same((await komoju.payments.cancel(payment.id)).status, 'cancelled')
    }
  },
  errors: async (settings) => {
    const komoju = clientOf(settings)
    const error = await rejectionOf(() => komoju.payments.get('a'.repeat(25)))
    same(error instanceof KomojuError && [error.status, codeOf(error)], [404, 'not_found'])
    const { response } = await beside(komoju)
    same(response.status, 200)
  },
  'raw client': async (settings) => {
    const client = raw({ secretKey: 'sk_test_1', dangerouslyAllowBrowser: true, ...settings })
    const { error } = await client.GET('/payments/{id}', { params: { path: { id: 'a'.repeat(25) } } })
    same(error?.error.code, 'not_found')
  },
  'own fetch': async (settings) => {
    const calls: unknown[] = []
    const fetch: Fetch = async (url, { method, headers }) => {
      calls.push([typeof url, method, headers['x-tag']])
      return plain({ id: 'a' })
    }
    const headers = new Map([['X-Tag', 'a']])
    same((await token(clientOf(settings, { fetch, headers }), 'tok_1')).id, 'a')
    same(calls, [['string', 'POST', 'a']])
  },
  lists: async (settings) => {
    const komoju = clientOf(settings)
    const ids: string[] = []
    for (let count = 0; count < 7; count++) ids.push((await konbini(komoju)).id)
    const visited: string[] = []
    for await (const { id } of komoju.payments.list({ status: 'authorized', per_page: 3 })) {
      visited.push(id)
      await komoju.payments.cancel(id)
      if (visited.length < 4) await konbini(komoju)
    }
    same(visited.length, new Set(visited).size)
    same(
      ids.filter((id) => !visited.includes(id)),
      [],
    )
    same((await captured(komoju)).total, 0)
  },
  'a first page that nobody awaits': async (settings) => {
    const pages = clientOf(settings, { fetch: async () => plain({ error: { code: 'x', message: 'No.' } }, 400) }).payments.list()
    await new Promise((resolve) => setTimeout(resolve, 20))
    same(String(await rejectionOf(async () => pages)), 'KomojuError: No.')
  },
  'malformed responses and arguments': async (settings) => {
    const komoju = clientOf(settings, { fetch: async () => plain({ error: { code: 'x', message: {} } }, 400) })
    const error = await rejectionOf(() => komoju.payments.get('a'))
    same(error instanceof KomojuResponseError && error.status, 400)
    const order = { amount: 1, currency: 'JPY', payment_details: 'tok_1' } as const
    const rejected = await rejectionOf(async () => komoju.payments.create(order, { idempotencyKey: '注文-1' }))
    same(rejected instanceof TypeError && String(rejected).includes('idempotencyKey'), true)
  },
  hooks: async (settings) => {
    const events: string[] = []
    const onRetry = ({ attempt, status }: { attempt: number; status: number | undefined }) => events.push(`${attempt} ${status}`)
    const responses = [plain({ error: { code: 'service_unavailable', message: 'No.' } }, 503), plain({ id: 'a' })]
    await token(clientOf(settings, { fetch: async () => responses.shift() ?? plain({}), onRetry }), 'tok_1')
    same(events, ['1 503'])
  },
  timeouts: async (settings) => {
    const fetch: Fetch = (_url, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    const error = await rejectionOf(() => clientOf(settings).payments.get('a', { fetch, timeout: 1, maxRetries: 0 }))
    same(error instanceof KomojuTimeoutError, true)
  },
  webhooks: async () => {
    const body = JSON.stringify({ type: 'ping', created_at: '2020-01-01T00:00:00.000Z' })
    const signature = await signatureOf(body, 'new')
    const bytes = new TextEncoder().encode(body)
    const given: WebhookHeaders[] = [
      { 'x-komoju-signature': signature },
      new Headers({ 'X-Komoju-Signature': signature }),
      new Map([['X-Komoju-Signature', signature]]),
      ['X-Komoju-Signature', signature],
    ]
    for (const headers of given)
      for (const rawBody of [body, bytes, bytes.buffer, new DataView(bytes.buffer)])
        same((await verifyWebhook(rawBody, headers, ['old', 'new'])).type, 'ping')
    const headers = { 'x-komoju-signature': signature }
    const forged = await rejectionOf(() => verifyWebhook(body, headers, 'other'))
    const late = await rejectionOf(() => verifyWebhook(body, headers, 'new', { maxAge: 1000 }))
    same(
      [forged, late].map((error) => error instanceof KomojuWebhookError),
      [true, true],
    )
    same((await rejectionOf(() => verifyWebhook(body, headers, ''))) instanceof TypeError, true)
  },
}

/**
 * Does all of it.
 * @param without points that the runtime cannot do
 * @throws {Error} that names the first point which went wrong
 */
export const run = async (settings: Settings, without: string[] = []): Promise<string> => {
  for (const [name, point] of Object.entries(points))
    if (!without.includes(name))
      await point(settings).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.stack : error}`)
      })
  return 'works'
}
