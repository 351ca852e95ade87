/** What the client rejects, and what it keeps to itself. */
import { inspect } from 'node:util'
import { createKomojuClient, Komoju, KomojuError } from 'komoju-openapi'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { json, payment, scriptedServer, silence, text } from './scripted-server.ts'

const local = 'http://127.0.0.1:4010/api/v1'

describe('secret keys', () => {
  test.for([
    ['missing', undefined],
    ['empty', ''],
    ['publishable', 'pk_test_123'],
    ['with a line break from a file', 'sk_test_123\n'],
    ['with a colon', 'sk_test:123'],
    ['non-ASCII', 'sk_test_é'],
  ] as const)('%s', ([, secretKey]) => {
    for (const make of [() => new Komoju({ secretKey }), () => createKomojuClient({ secretKey })]) {
      expect(make).toThrow(TypeError)
      expect(make).toThrow('secretKey: pass a secret key of KOMOJU, which starts with sk_')
    }
  })

  test('the key goes out as the user name of HTTP Basic', async () => {
    const { baseUrl, received } = await scriptedServer(json(200, payment))
    await new Komoju({ secretKey: 'sk_test_123', baseUrl }).payments.get(payment.id)
    expect(received[0]!.headers.authorization).toBe(`Basic ${Buffer.from('sk_test_123:').toString('base64')}`)
  })

  test('a live key stays with KOMOJU unless asked for', async () => {
    const live = { secretKey: 'sk_live_123' }
    expect(() => new Komoju(live)).not.toThrow()
    for (const baseUrl of [local, 'http://komoju.com/api/v1', 'https://komoju.com.example/api/v1', 'https://komoju.com:444/api/v1'])
      expect(() => new Komoju({ ...live, baseUrl })).toThrow('dangerouslyAllowLiveKey')
    expect(() => new Komoju({ ...live, baseUrl: local, dangerouslyAllowLiveKey: true })).not.toThrow()

    const { baseUrl, received } = await scriptedServer(json(200, payment))
    const komoju = new Komoju(live)
    await expect(komoju.payments.get(payment.id, { baseUrl })).rejects.toThrow('dangerouslyAllowLiveKey')
    // It begins like the client's own address.
    const bare = new Komoju({ ...live, baseUrl: 'https://komoju.com', fetch: () => expect.unreachable() })
    for (const like of ['https://komoju.com.example', 'https://komoju.com@127.0.0.1', 'https://komoju.com:444'])
      await expect(bare.payments.get(payment.id, { baseUrl: like })).rejects.toThrow(TypeError)
    const client = createKomojuClient(live)
    client.use({ onRequest: ({ request }) => new Request(`${baseUrl}/payments/x`, request) })
    await expect(client.GET('/payments')).rejects.toThrow('dangerouslyAllowLiveKey')
    await expect(createKomojuClient(live).GET('/payments', { baseUrl })).rejects.toThrow('dangerouslyAllowLiveKey')
    expect(received).toEqual([])
  })

  test('a base URL that is none', () => {
    expect(() => new Komoju({ secretKey: 'sk_123', baseUrl: 'localhost' })).toThrow('baseUrl: pass an address such as')
  })

  test('a redirect is not followed', async () => {
    const other = await scriptedServer(json(200, payment))
    const { baseUrl } = await scriptedServer(text(307, '', { Location: other.baseUrl }))
    await expect(new Komoju({ secretKey: 'sk_123', baseUrl }).payments.capture(payment.id)).rejects.toMatchObject({ status: 307 })
    expect(other.received).toEqual([])
  })
})

describe('browser pages', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('have to be asked for', () => {
    vi.stubGlobal('document', {})
    expect(() => new Komoju({ secretKey: 'sk_123' })).toThrow('dangerouslyAllowBrowser')
    expect(() => new Komoju({ secretKey: 'sk_123', dangerouslyAllowBrowser: true })).not.toThrow()
  })
})

test.for(['', '.', '..', '../accounts', 'a/b', 'a?b', '%2e', undefined, null])('the id %s addresses nothing', async (id) => {
  const { baseUrl, received } = await scriptedServer(json(200, payment))
  const komoju = new Komoju({ secretKey: 'sk_123', baseUrl })
  await expect(komoju.payments.get(id as string)).rejects.toThrow('id: pass the identifier of an object')
  const client = createKomojuClient({ secretKey: 'sk_123', baseUrl })
  for (const params of [{ path: { id: id as string } }, {} as never])
    await expect(client.GET('/payments/{id}', { params })).rejects.toThrow('id: pass')
  expect(received).toEqual([])
})

describe('nothing secret is printed', () => {
  const secrets = [
    'sk_test_verysecret',
    btoa('sk_test_verysecret:'),
    '4111111111111111',
    '4111 1111 1111 1111',
    'secret@example.com',
    '98765',
  ]
  const body = {
    amount: 1000,
    currency: 'JPY',
    payment_details: {
      type: 'credit_card',
      number: '4111111111111111',
      month: 12,
      year: 2030,
      name: 'x',
      verification_value: '98765',
      email: 'secret@example.com',
    },
  } as const
  const printed = (value: unknown) =>
    [String(value), JSON.stringify(value), inspect(value, { depth: 10, showHidden: false }), (value as Error).stack ?? ''].join('\n')
  const clean = (value: unknown) => {
    for (const secret of secrets) expect(printed(value)).not.toContain(secret)
  }

  test('by the client', () => {
    const options = { secretKey: 'sk_test_verysecret' }
    const komoju = new Komoju(options)
    for (const value of [komoju, komoju.payments, createKomojuClient(options)]) clean(value)
  })

  const echo = {
    code: 'invalid_number',
    message: 'Number 4111 1111 1111 1111 (4111111111111111) of sk_test_verysecret is invalid',
    param: null,
    details: body,
  }
  test.for([
    ['KomojuError', json(422, { error: echo }, { 'X-Echo': 'sk_test_verysecret' })],
    ['KomojuResponseError', text(502, JSON.stringify(body), { 'Content-Type': 'text/html' })],
    ['KomojuTimeoutError', silence],
    ['KomojuConnectionError', (response: { destroy: () => void }) => response.destroy()],
  ] as const)('by %s', async ([name, step]) => {
    const { baseUrl } = await scriptedServer(step)
    const komoju = new Komoju({ secretKey: 'sk_test_verysecret', baseUrl, timeout: 300, maxRetries: 0 })
    const error = await komoju.payments.create(body).catch((thrown) => thrown)
    expect(error.name).toBe(name)
    clean(error)
  })

  const escaped = (secret: string) => secret.replace(/[^\d]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
  test.for([
    ['a card number in the parameter', { param: 'payment_details[number]=4111111111111111' }],
    ['a card number in the code', { code: 'invalid 4111-1111-1111-1111' }],
    ['the body as the parameter', { param: body }],
    ['the key in all of them', { code: 'sk_test_verysecret', param: 'sk_test_verysecret', message: 'sk_test_verysecret' }],
    ['the key in base64', { param: btoa('sk_test_verysecret:') }],
  ] as [string, object][])('by an error with %s, escaped or not', async ([, change]) => {
    const plain = JSON.stringify({ error: { ...echo, details: null, ...change } })
    for (const written of [plain, plain.replaceAll('sk_test_verysecret', escaped), plain.replaceAll('verysecret', escaped)]) {
      const { baseUrl } = await scriptedServer(text(422, written, { 'Content-Type': 'application/json' }))
      const options = { secretKey: 'sk_test_verysecret', baseUrl }
      const error = await new Komoju(options).payments.create(body).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(KomojuError)
      clean(error)
      expect(error.param === null || typeof error.param === 'string').toBe(true)
      const { response: _, ...result } = await createKomojuClient(options).POST('/payments', { body })
      clean(result)
      for (const each of [error, result])
        for (const part of ['4111', 'verysecret', btoa('sk_test_very')]) expect(printed(each)).not.toContain(part)
    }
  })

  test('what an error knows can still be read', async () => {
    const { baseUrl } = await scriptedServer(json(422, { error: { ...echo, decline_details: { reason: 'x' } } }, { 'X-Request-Id': 'abc' }))
    const error = await new Komoju({ secretKey: 'sk_123', baseUrl }).payments.create(body).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(KomojuError)
    expect(error.details).toEqual(body)
    expect(error.declineDetails).toEqual({ reason: 'x' })
    expect(error.headers.get('X-Request-Id')).toBe('abc')
    expect(error.message).toBe('Number [hidden] ([hidden]) of [hidden] is invalid')
  })
})
