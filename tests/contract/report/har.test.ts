/** The archive has the shape of HAR 1.2 and holds every exchange. That it holds no key is seen in tests/secrets.test.ts. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { harReport } from '../../../src/contract/report/har.ts'
import type { Exchange } from '../../../src/contract/run/exchange.ts'

/** An object with just these properties, all required but those that the specification leaves open. */
const objectOf = (properties: Record<string, unknown>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  // Names of one's own start with an underscore.
  patternProperties: { '^_': true },
  additionalProperties: false,
})
const listOf = (items: unknown) => ({ type: 'array', items })
const [text, size, time] = [{ type: 'string' }, { type: 'integer', minimum: -1 }, { type: 'number', minimum: 0 }]
const pairs = listOf(objectOf({ name: text, value: text }))
/** HAR 1.2 as http://www.softwareishard.com/blog/har-12-spec/ gives it, where this archive uses it. */
const har = objectOf({
  log: objectOf({
    version: { const: '1.2' },
    creator: objectOf({ name: text, version: text }),
    entries: listOf(
      objectOf({
        startedDateTime: { type: 'string', format: 'date-time' },
        time,
        request: objectOf(
          {
            method: text,
            url: { type: 'string', format: 'uri' },
            httpVersion: text,
            cookies: { type: 'array' },
            headers: pairs,
            queryString: pairs,
            postData: objectOf({ mimeType: text, text }),
            headersSize: size,
            bodySize: size,
          },
          ['postData'],
        ),
        response: objectOf({
          status: { type: 'integer', minimum: 0 },
          statusText: text,
          httpVersion: text,
          cookies: { type: 'array' },
          headers: pairs,
          content: objectOf({ size: { type: 'integer', minimum: 0 }, mimeType: text, text }),
          redirectURL: text,
          headersSize: size,
          bodySize: size,
        }),
        cache: objectOf({}),
        timings: objectOf({ send: time, wait: time, receive: time }),
      }),
    ),
  }),
})
const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)
const isHar = ajv.compile(har)

const authorization = `Basic ${Buffer.from('sk_test_har:').toString('base64')}`
const exchange = (changes: Partial<Exchange> = {}): Exchange => ({
  number: 1,
  operationId: 'createPayment',
  method: 'POST',
  url: 'http://127.0.0.1:4010/api/v1/payments',
  requestHeaders: { authorization, 'content-type': 'application/json' },
  requestBody: '{"description":"コモジュ"}',
  encoding: 'json',
  status: 200,
  headers: { 'content-type': 'application/json' },
  text: '{"id":"ü"}',
  body: { id: 'ü' },
  startedAt: Date.UTC(2024, 0, 2, 3, 4, 5, 678),
  duration: 12.5,
  ...changes,
})
const list = exchange({
  method: 'GET',
  url: 'http://127.0.0.1:4010/api/v1/payments?page=2&status=captured%2Crefunded',
  requestBody: undefined,
})
const moved = exchange({ status: 302, headers: { location: '/elsewhere' }, text: '' })
const lost = exchange({ status: 0, headers: {}, text: '', body: undefined, failure: 'no response within 50 ms' })
const entriesOf = (exchanges: Exchange[]) => JSON.parse(harReport(exchanges, '1.2.3')).log.entries

test.each([
  ['no exchange', []],
  ['a request with a body', [exchange()]],
  ['one without', [list]],
  ['a redirect', [moved]],
  ['a request without a response', [lost]],
  ['several', [exchange(), list, moved, lost]],
])('%s makes a valid archive', (_name, exchanges) => {
  const report = harReport(exchanges, '1.2.3')
  expect(isHar(JSON.parse(report)), ajv.errorsText(isHar.errors)).toBe(true)
  expect(JSON.parse(report).log).toMatchObject({ creator: { name: 'komoju-openapi', version: '1.2.3' } })
  expect(entriesOf(exchanges)).toHaveLength(exchanges.length)
})

test('it says what went over the wire', () => {
  const [created] = entriesOf([exchange()])
  expect(created).toMatchObject({ startedDateTime: '2024-01-02T03:04:05.678Z', time: 12.5 })
  // Sizes are in bytes.
  expect(created.request).toMatchObject({ bodySize: 30, postData: { mimeType: 'application/json', text: '{"description":"コモジュ"}' } })
  expect(created.response).toMatchObject({ status: 200, bodySize: 11, content: { size: 11, text: '{"id":"ü"}' } })
  const [{ request }] = entriesOf([list])
  expect(request).toMatchObject({
    method: 'GET',
    bodySize: 0,
    queryString: [
      { name: 'page', value: '2' },
      { name: 'status', value: 'captured,refunded' },
    ],
  })
  expect(entriesOf([moved])[0].response.redirectURL).toBe('/elsewhere')
  expect(entriesOf([lost])[0].response).toMatchObject({ status: 0, _error: 'no response within 50 ms' })
})
