/** Every operation × example through both layers, in both encodings: what reaches the server is the example, what comes back is its response. */
import { createKomojuClient, Komoju } from 'komoju-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationsOf, readDocument } from '../../src/document.ts'
import { type ApiRequest, createFront } from '../../src/server/front.ts'
import { createMockServer } from '../../src/server/index.ts'
import { type Server, serverOf } from '../../src/server/listen.ts'
import { createMock } from '../../src/server/mock.ts'
import { createValidator } from '../../src/validator.ts'

const document = readDocument()
const operations = operationsOf(document)

/** How each operation is called through the methods. */
const methods: Record<string, (komoju: Komoju, id: string, sent: never, options: object) => Promise<unknown>> = {
  listPayments: ({ payments }, _id, query, options) => payments.list(query, options),
  createPayment: ({ payments }, _id, body, options) => payments.create(body, options),
  getPayment: ({ payments }, id, _body, options) => payments.get(id, options),
  updatePayment: ({ payments }, id, body, options) => payments.update(id, body, options),
  capturePayment: ({ payments }, id, _body, options) => payments.capture(id, options),
  refundPayment: ({ payments }, id, body, options) => payments.refund(id, body, options),
  requestRefund: ({ payments }, id, body, options) => payments.requestRefund(id, body, options),
  cancelPayment: ({ payments }, id, body, options) => payments.cancel(id, body, options),
  createAccount: ({ accounts }, _id, body, options) => accounts.create(body, options),
  getAccount: ({ accounts }, id, _body, options) => accounts.get(id, options),
  updateAccount: ({ accounts }, id, body, options) => accounts.update(id, body, options),
  acceptServiceAgreement: ({ accounts }, id, body, options) => accounts.acceptServiceAgreement(id, body, options),
}

type Untyped = Record<string, (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>>

/** Values as a form carries them: text, or null. */
const asText = (value: unknown): unknown => {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asText(part)]))
}

let server: Server
let baseUrl: string
let received: ApiRequest[] = []

beforeAll(async () => {
  const mock = await createMock(document)
  const front = await createFront({
    document,
    validator: createValidator(document),
    handler: (request) => {
      received.push(request)
      return mock(request)
    },
  })
  server = serverOf(front)
  baseUrl = `${await server.listen()}/api/v1`
})
afterAll(() => server.close())

test('every operation has a method', () => {
  expect(Object.keys(methods).sort()).toEqual(operations.map(({ operationId }) => operationId).sort())
})

const cases = operations.flatMap((operation) => {
  const { operationId, request, responses, parameters } = operation
  const responsesByKey = responses['200']!.body!.examples
  const [first] = Object.values(responsesByKey)
  const query = Object.fromEntries(parameters.filter((each) => each.in === 'query').map(({ name, example }) => [name, example]))
  return Object.entries(request?.examples ?? responsesByKey).map(([key, { value }]) => {
    const response = (responsesByKey[key] ?? first)!.value as { id?: string }
    return { name: `${operationId} ${key}`, operation, sent: request ? value : query, id: response.id ?? '', response }
  })
})

test('the document has at least one case for each operation and payment method', () => {
  expect(cases.length).toBeGreaterThanOrEqual(43)
})

describe.for(['json', 'form'] as const)('%s', (bodyFormat) => {
  test.for(cases)('$name', async ({ operation: { operationId, method, path, request }, sent, id, response }) => {
    const options = { secretKey: 'sk_123', baseUrl, bodyFormat }
    const komoju = new Komoju(options)
    const client = createKomojuClient(options) as unknown as Untyped
    received = []
    const body = request ? sent : undefined
    const responses = [
      await methods[operationId]!(komoju, id, sent as never, {}),
      (await client[method]!(path, { params: { path: { id }, ...(!request && { query: sent }) }, body })).data,
    ]
    expect(received).toHaveLength(2)
    for (const { operation, parameters, body: got, headers } of received) {
      expect(operation.operationId).toBe(operationId)
      if (path.includes('{id}')) expect(parameters.id).toBe(id)
      if (!request) expect(parameters).toMatchObject(sent as object)
      else if (bodyFormat === 'json') expect(got).toEqual(sent)
      else expect(asText(got)).toEqual(asText(sent))
      if (headers['content-type'])
        expect(headers['content-type']).toBe(bodyFormat === 'form' ? 'application/x-www-form-urlencoded' : 'application/json')
    }
    for (const got of responses) expect(got).toMatchObject({ resource: (response as { resource: string }).resource })
    expect(responses[0]).toEqual(responses[1])
    const type = (sent as { payment_details?: { type?: string } }).payment_details?.type
    if (type) expect(responses[0]).toMatchObject({ payment_details: { type } })
  })
})

test('the mock as users start it responds to the client', async () => {
  const mock = await createMockServer()
  try {
    const komoju = new Komoju({ secretKey: 'sk_123', baseUrl: `${await mock.listen()}/api/v1` })
    const ids: string[] = []
    for await (const { id } of komoju.payments.list()) ids.push(id)
    expect(ids).toHaveLength(1)
    await expect(
      komoju.payments.create(
        { amount: 1000, currency: 'JPY', payment_details: { type: 'line_pay' } },
        { headers: { 'Komoju-Scenario': 'card_declined' } },
      ),
    ).rejects.toMatchObject({ name: 'KomojuError', status: 502, code: 'card_declined', param: null })
  } finally {
    await mock.close()
  }
})
