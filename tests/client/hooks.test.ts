/** What a caller sees of its calls: hooks, the response beside the body, known codes; and what stays hidden. */
import { inspect } from 'node:util'
import { createKomojuClient, isKnownCode, Komoju, KomojuError, type KomojuOptions } from 'komoju-openapi'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document.ts'
import { exampleOf, failure, hangUp, json, payment, type Step, scriptedServer } from './scripted-server.ts'

const order = { amount: 1000, currency: 'JPY', payment_details: 'tok_1' } as const
const secretKey = 'sk_test_very-secret'

const setUp = async (options: Partial<KomojuOptions>, ...script: Step[]) => {
  const server = await scriptedServer(...script)
  const given = { secretKey, baseUrl: server.baseUrl, ...options }
  return { ...server, komoju: new Komoju(given), client: createKomojuClient(given) }
}

describe('hooks', () => {
  test('tell of each try, its response and the pause after it, without secrets', async () => {
    const events: [string, object][] = []
    const { komoju, baseUrl } = await setUp(
      {
        onRequest: (event) => events.push(['request', event]),
        onResponse: (event) => events.push(['response', event]),
        onRetry: (event) => events.push(['retry', event]),
      },
      hangUp,
      failure(503, 'service_unavailable'),
      json(200, payment),
    )
    await komoju.payments.create(order, { idempotencyKey: 'order-1' })
    const call = { method: 'POST', url: `${baseUrl}/payments`, idempotencyKey: 'order-1' }
    const duration = expect.any(Number)
    expect(events).toEqual([
      ['request', { ...call, attempt: 1 }],
      ['retry', { ...call, attempt: 1, status: undefined, delay: expect.any(Number) }],
      ['request', { ...call, attempt: 2 }],
      ['response', { ...call, attempt: 2, status: 503, duration }],
      ['retry', { ...call, attempt: 2, status: 503, delay: 0 }],
      ['request', { ...call, attempt: 3 }],
      ['response', { ...call, attempt: 3, status: 200, duration }],
    ])
    expect(inspect(events, { depth: 9 })).not.toContain('secret')
  })

  test('what they throw undoes nothing', async () => {
    const fail = () => {
      throw new Error('of a log')
    }
    const { komoju } = await setUp({ onRequest: fail, onResponse: async () => fail() }, json(200, payment))
    expect(await komoju.payments.create(order)).toEqual(payment)
  })
})

describe('withResponse', () => {
  test('has the status and the headers beside the body', async () => {
    const { komoju } = await setUp({}, json(200, payment, { 'X-Request-Id': 'abc' }))
    const { data, response } = await komoju.payments.create(order).withResponse()
    expect(data).toEqual(payment)
    expect([response.status, response.headers.get('X-Request-Id')]).toEqual([200, 'abc'])
  })

  test('of a list has those of the page', async () => {
    const { komoju, received } = await setUp({}, json(200, exampleOf('listPayments-response'), { 'X-Request-Id': 'abc' }))
    const { data, response } = await komoju.payments.list().withResponse()
    expect([data.resource, response.headers.get('X-Request-Id'), received.length]).toEqual(['list', 'abc', 1])
  })

  test('rejects as the call does, once', async () => {
    const { komoju } = await setUp({}, failure(404, 'not_found'))
    await expect(komoju.payments.get('a').withResponse()).rejects.toMatchObject({ name: 'KomojuError', status: 404 })
    await new Promise((resolve) => setTimeout(resolve, 20))
  })
})

test('isKnownCode knows the codes of the document', () => {
  const { ErrorCode } = readDocument().components.schemas
  for (const code of ErrorCode.anyOf[0].enum) expect(isKnownCode(code)).toBe(true)
  for (const code of ['brand_new', '', 'toString']) expect(isKnownCode(code)).toBe(false)
})

test.for([
  ['plain', secretKey],
  ['as the header has it', btoa(`${secretKey}:`)],
  ['in base64', btoa(secretKey)],
  ['in base64 without padding', btoa(secretKey).replaceAll('=', '')],
])('a key that the server repeats %s is hidden', async ([, echo]) => {
  const { komoju, client } = await setUp({}, json(401, { error: { code: 'unauthorized', message: `Key ${echo} is wrong`, param: null } }))
  const error = await komoju.payments.create(order).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(KomojuError)
  expect(error.message).toMatch(/^Key \[hidden\]=* is wrong$/)
  expect(inspect(error, { depth: 9 })).not.toContain(echo)
  expect(inspect(await client.POST('/payments', { body: order }), { depth: 9 })).not.toContain(echo)
})

test('and in the type of a response that is not the API’s', async () => {
  const { komoju } = await setUp({}, (response) => response.writeHead(200, { 'Content-Type': `text/${secretKey}` }).end('no'))
  const error = await komoju.payments.create(order).catch((thrown) => thrown)
  expect(error.name).toBe('KomojuResponseError')
  expect(inspect(error)).not.toContain('very-secret')
})
