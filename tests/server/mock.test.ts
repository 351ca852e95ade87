/** The mock, on every operation, example and encoding of the document, and on the samples as the reference pages send them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationsOf, readDocument } from '../../src/document.ts'
import type { JsonObject } from '../../src/json-object.ts'
import { createMockServer } from '../../src/server/index.ts'
import { createValidator } from '../../src/validator.ts'
import { type Encoding, exchange, sendValue, urlOf } from './exchange.ts'
import pageSamples from './page-samples.json' with { type: 'json' }

const document = readDocument()
const operations = operationsOf(document)
const validator = createValidator(document)
const server = await createMockServer()
let origin: string
beforeAll(async () => {
  origin = await server.listen()
})
afterAll(() => server.close())

const encodings: Encoding[] = ['json', 'form', 'multipart']
const operationById = (id: string) => operations.find(({ operationId }) => operationId === id)!

describe('every operation × example × encoding', () => {
  for (const operation of operations) {
    const response = operation.responses['200']!.body!
    for (const [key, { value }] of Object.entries(response.examples)) {
      const id = (value as { id?: string }).id
      const request = operation.request?.examples[key]?.value
      for (const encoding of operation.request ? encodings : (['json'] as const))
        test(`${operation.operationId} ${key} ${encoding}`, async () => {
          if (operation.request) expect(validator.violations(operation.request.schema, request)).toEqual([])
          const { status, type, body } = operation.request
            ? await sendValue(urlOf(origin, operation, id), operation.method, request, encoding)
            : await exchange(urlOf(origin, operation, id))
          expect({ status, type, body }).toEqual({ status: 200, type: 'application/json; charset=utf-8', body: value })
          expect(validator.violations(response.schema, body)).toEqual([])
        })
    }
  }
})

describe('the 43 samples of the reference pages, every value as text', () => {
  test('there are 43', () => expect(pageSamples).toHaveLength(43))
  for (const { operation, method, path, form, body, response } of pageSamples)
    for (const encoding of ['json', 'form'] as const)
      test(`${operation} ${path} ${encoding}`, async () => {
        const url = origin + path
        const send = () => {
          if (method === 'GET') return exchange(url)
          if (encoding === 'json') return sendValue(url, method, body, 'json')
          // The pages' Node.js samples send the form without a content type, the cURL samples with one.
          return exchange(url, { method, body: new URLSearchParams(form as [string, string][]) })
        }
        expect(await send()).toMatchObject({ status: 200, body: response })
        expect((await send()).body).toEqual(response)
      })
})

describe('what fits the request', () => {
  const create = operationById('createPayment')
  const get = operationById('getPayment')
  const card = create.request!.examples.credit_card!.value as { payment_details: object }
  const send = (value: unknown, headers: Record<string, string> = {}) => sendValue(urlOf(origin, create), 'POST', value, 'json', headers)
  const exampleOf = (key: string) => create.responses['200']!.body!.examples[key]!.value

  test.for([
    ['token', { payment_details: 'tok_abc' }],
    ['customer', { customer: 'cus_1' }],
  ] as const)('a %s returns the card example', async ([, source]) => {
    const { body } = await send({ amount: 1, currency: 'JPY', ...source })
    expect(body).toEqual(exampleOf('credit_card'))
  })

  test('an unknown id returns the first example, with that id', async () => {
    const first = Object.values(get.responses['200']!.body!.examples)[0]!.value as JsonObject
    const id = 'a'.repeat(25)
    expect((await exchange(urlOf(origin, get, id))).body).toEqual(JSON.parse(JSON.stringify(first).replaceAll(String(first.id), id)))
  })

  test('a refund of an unknown id is one of that payment', async () => {
    const id = 'b'.repeat(25)
    const { body } = await sendValue(urlOf(origin, operationById('refundPayment'), id), 'POST', {}, 'json')
    expect(body).toMatchObject({ id, refunds: [{ payment: id }] })
  })

  test.for(['short', 'A'.repeat(25), 'a'.repeat(26), '%00', '..%2f', '%'])('a malformed id %s is 404', async (id) => {
    expect(await exchange(urlOf(origin, get, id))).toMatchObject({ status: 404, body: { error: { code: 'not_found', param: null } } })
  })

  test('Prefer chooses status, example and generation', async () => {
    const prefer = (value: string) => send(card, { prefer: value })
    expect(await prefer('code=401')).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
    expect(await prefer('example=paidy')).toMatchObject({ status: 200, body: exampleOf('paidy') as object })
    expect(await prefer('code=502, example=card_expired')).toMatchObject({ status: 502, body: { error: { code: 'card_expired' } } })
    expect(await prefer('example=fraudulent')).toMatchObject({ status: 422, body: { error: { code: 'fraudulent' } } })
    const { status, body } = await prefer('dynamic=true')
    expect(status).toBe(200)
    expect(body).toHaveProperty('refunds')
    expect(body).not.toEqual(exampleOf('credit_card'))
  })

  test('Prefer for what is not there says what is', async () => {
    expect(await send(card, { prefer: 'example=nope' })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('konbini') } },
    })
    expect(await send(card, { prefer: 'code=418' })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('422') } },
    })
  })

  const codes = Object.entries(create.responses).flatMap(([status, { body }]) =>
    Number(status) < 400 ? [] : Object.keys(body!.examples).map((code) => [code, Number(status)] as const),
  )
  test.for(codes)('scenario %s returns %i', async ([code, status]) => {
    const response = await send(card, { 'komoju-scenario': code })
    expect(response).toMatchObject({ status, body: { error: { code } } })
    expect(validator.violations(create.responses[String(status)]!.body!.schema, response.body)).toEqual([])
  })

  test.for([
    ['4123111111111000', 502, 'insufficient_funds'],
    ['4123111111111018', 502, 'exceeds_limit'],
    ['4123111111111034', 502, 'bad_verification_value'],
    ['4123111111111042', 502, 'card_expired'],
    ['4123111111111059', 502, 'card_declined'],
    ['4123111111111067', 502, 'invalid_number'],
    ['4123111111111083', 422, 'fraudulent'],
  ] as const)('test card %s returns %i %s', async ([number, status, code]) => {
    const value = { ...card, payment_details: { ...card.payment_details, number } }
    for (const encoding of encodings)
      expect(await sendValue(urlOf(origin, create), 'POST', value, encoding)).toMatchObject({ status, body: { error: { code } } })
  })
})
