/** The HTTP front: routes, methods, bodies, limits, headers, the reference and the log. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMockServer } from '../../src/server/index.ts'
import { exchange, sendValue } from './exchange.ts'

const lines: string[] = []
const server = await createMockServer({ log: (line) => lines.push(line) })
let origin: string
let payments: string
beforeAll(async () => {
  origin = await server.listen()
  payments = `${origin}/api/v1/payments`
})
afterAll(() => server.close())

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
const rejection = (code: string, param: string | null = null) => ({ error: { code, message: expect.any(String), param } })
const post = (body: string, type?: string) =>
  exchange(payments, { method: 'POST', body: Buffer.from(body), headers: type ? { 'content-type': type } : {} })

describe('routes', () => {
  test.for(['/api/v1/nothing', '/api/v1', '/api/v2/payments', '/nothing', '/api/v1/payments/a/b/c', '/api/v1/payments//', '/%E0%A4%A'])(
    '%s is 404 in the shape of the API',
    async (path) => expect(await exchange(origin + path)).toMatchObject({ status: 404, body: rejection('not_found') }),
  )
  test.for([
    ['DELETE', '/payments', 'GET, POST'],
    ['PUT', `/payments/${'a'.repeat(25)}`, 'GET, PATCH'],
    ['GET', `/payments/${'a'.repeat(25)}/cancel`, 'POST'],
    ['POST', `/accounts/${'a'.repeat(25)}`, 'GET, PATCH'],
  ] as const)('%s %s is 405', async ([method, path, allow]) => {
    const response = await exchange(`${origin}/api/v1${path}`, { method })
    expect(response).toMatchObject({ status: 405, body: rejection('method_not_allowed') })
    expect(response.headers.get('allow')).toBe(allow)
  })
  test('HEAD responds as GET does, without a body', async () => {
    expect(await exchange(payments, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  })
  test('CORS is on', async () => {
    const preflight = await fetch(payments, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
  })
  test('the bundle is served as YAML and as JSON', async () => {
    expect((await exchange(`${origin}/openapi.json`)).body).toMatchObject({ openapi: '3.1.1' })
    expect((await exchange(`${origin}/openapi.yaml`)).body).toMatch(/^openapi: 3\.1\.1/)
  })
})

describe('bodies', () => {
  test('`+` is a space and a body without a content type is a form', async () => {
    const form = 'amount=1&currency=JPY&customer=a+b&description=x%20y'
    expect((await post(form)).status).toBe(200)
    expect((await post(form, 'application/x-www-form-urlencoded; charset=utf-8')).status).toBe(200)
  })
  test('a JSON body with a charset', async () => {
    expect((await post(JSON.stringify(konbini), 'Application/JSON; Charset=UTF-8')).status).toBe(200)
  })
  test('an empty value is null in a form where null is allowed and empty text is not', async () => {
    expect((await post('amount=1&currency=JPY&customer=a&tax=', 'application/x-www-form-urlencoded')).status).toBe(200)
    expect(await post('amount=&currency=JPY&customer=a&tax=', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 422,
      body: rejection('invalid_parameter', 'amount'),
    })
  })
  test.for(['{', '', ' ', 'nul', '{"amount":1,}', '{"amount":NaN}', '\u0000', `${'['.repeat(200_000)}`])(
    'malformed JSON %#',
    async (text) => {
      const response = await post(text, 'application/json')
      expect(response.status).toBe(text === '' ? 422 : 400)
      expect(response.body).toMatchObject(text === '' ? rejection('missing_parameter', 'amount') : rejection('bad_request'))
    },
  )
  test.for([
    ['application/json', '{"amount":1,"amount":2}', 'same key twice'],
    ['application/json', '{"payment_details":{"type":"konbini","type":"paidy"}}', 'same key twice'],
    ['application/x-www-form-urlencoded', 'description=%FF', 'not UTF-8'],
    ['application/x-www-form-urlencoded', 'metadata[%C3%28]=a', 'not UTF-8'],
  ] as const)('%s that says two things, or nothing that can be read: %s', async ([type, text, message]) => {
    expect(await post(text, type)).toMatchObject({
      status: 400,
      body: { error: { code: 'bad_request', message: expect.stringContaining(message) } },
    })
  })
  test.for(['[]', 'null', '1', '"text"', 'true', '[{"amount":1}]'])('JSON that is no object: %s', async (text) => {
    expect(await post(text, 'application/json')).toMatchObject({ status: 422, body: rejection('invalid_parameter') })
  })
  test.for(['text/plain', 'application/xml', 'application/octet-stream', 'nonsense'])('%s is 415', async (type) => {
    expect(await post('x', type)).toMatchObject({ status: 415, body: rejection('unsupported_media_type') })
  })
  test('a broken multipart body is 400', async () => {
    expect(await post('x', 'multipart/form-data; boundary=a')).toMatchObject({ status: 400, body: rejection('bad_request') })
    expect(await post('x', 'multipart/form-data')).toMatchObject({ status: 400, body: rejection('bad_request') })
    const form = new FormData()
    form.append('amount', new Blob(['1']), 'amount.txt')
    expect(await exchange(payments, { method: 'POST', body: form })).toMatchObject({ status: 400, body: rejection('bad_request') })
  })
  test.for(['json', 'form'] as const)('2 MB of %s is rejected', async (encoding) => {
    const response = await sendValue(payments, 'POST', { ...konbini, description: 'x'.repeat(2 * 1024 * 1024) }, encoding)
    expect(response).toMatchObject({ status: 413, body: rejection('payload_too_large') })
  })
  test('10,000 brackets are rejected', async () => {
    expect(await post(`metadata${'[a]'.repeat(10_000)}=1`, 'application/x-www-form-urlencoded')).toMatchObject({
      status: 400,
      body: rejection('bad_request'),
    })
    expect(await post(`metadata${'['.repeat(10_000)}=1`, 'application/x-www-form-urlencoded')).toMatchObject({ status: 422 })
  })
  test('10,000 parameters are rejected', async () => {
    const form = Array.from({ length: 10_000 }, (_, index) => `metadata[k${index}]=1`).join('&')
    expect(await post(form, 'application/x-www-form-urlencoded')).toMatchObject({ status: 400, body: rejection('bad_request') })
  })
  test.for([
    '__proto__[a]=1',
    'metadata[__proto__]=1',
    'metadata[__proto__][a]=1',
    'constructor[prototype][a]=1',
    'payment_details[constructor]=1',
  ])('a hostile key %s is rejected and pollutes nothing', async (key) => {
    expect(await post(`amount=1&currency=JPY&customer=a&${key}`, 'application/x-www-form-urlencoded')).toMatchObject({
      status: 422,
      body: rejection('invalid_parameter'),
    })
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })
  test('hostile keys in JSON are unknown parameters', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])
      expect(await post(`{"amount":1,"currency":"JPY","customer":"a","${key}":{"a":1}}`, 'application/json')).toMatchObject({
        status: 422,
        body: rejection('invalid_parameter', key),
      })
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })
  test.for([
    ['amount=1&amount=2&currency=JPY&customer=a', 'amount'],
    ['amount=1&currency=JPY&customer=a&customer=b', 'customer'],
    ['amount=1&currency=JPY&payment_details=tok_a&payment_details[type]=mobile', 'payment_details'],
  ] as const)('a repeated key is rejected: %s', async ([form, param]) => {
    expect(await post(form, 'application/x-www-form-urlencoded')).toMatchObject({
      status: 422,
      body: rejection('invalid_parameter', param),
    })
  })
})

describe('the wire', () => {
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(origin)
      const socket = connect(Number(port), hostname, () => socket.write(text))
      let response = ''
      socket.on('data', (chunk) => {
        response += chunk
      })
      socket.on('close', () => resolve(response))
      socket.on('error', reject)
    })
  test('what is not HTTP is 400 in the shape of the API', async () => {
    const response = await raw('nonsense\r\n\r\n')
    expect(response).toMatch(/^HTTP\/1\.1 400 /)
    expect(JSON.parse(response.split('\r\n\r\n')[1]!)).toMatchObject(rejection('bad_request'))
  })
  test.for(['GET', 'HEAD'])('an oversized head of %s is 431', async (method) => {
    const [head, body] = (await raw(`${method} /api/v1/payments HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 431 /)
    if (method === 'GET') expect(JSON.parse(body!)).toMatchObject(rejection('bad_request'))
    else expect(body).toBe('')
  })
})

test('the log has one line a request, without secrets', async () => {
  lines.length = 0
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030, name: 'A', verification_value: '987' }
  await sendValue(`${payments}?token=hushed`, 'POST', { amount: 1, currency: 'JPY', payment_details: card }, 'json')
  expect(lines).toEqual([expect.stringMatching(/^POST \/api\/v1\/payments 200 \d+\.\d ms, ignored: token \(query\)$/)])
  for (const secret of ['sk_', '4111', '987', 'hushed']) expect(lines.join()).not.toContain(secret)
})
