/** A target that attacks its judge: responses without an end, packed small or not, and JSON that is large once it is read. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib'
import { expect, test } from 'vitest'
import { shownExchange } from '../../../src/contract/run/exchange.ts'
import { settingsOf } from '../../../src/contract/run/options.ts'
import { Transport } from '../../../src/contract/run/transport.ts'

const request = { operationId: 'getPayment', method: 'GET', path: '/', headers: {}, body: undefined, encoding: undefined }

const exchangeWith = async (listener: RequestListener) => {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const transport = new Transport(settingsOf({ url: `http://127.0.0.1:${port}`, secretKey: 'sk_1' }))
  const exchange = await transport.send(request)
  server.closeAllConnections()
  server.close()
  return exchange
}

test('a response without an end is cut off and told', async () => {
  const exchange = await exchangeWith((_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    const more = () => {
      while (response.write(chunk)) {}
    }
    response.on('drain', more)
    more()
  })
  expect(exchange).toMatchObject({ status: 0, failure: 'the response is larger than 5 MB', body: undefined })
})

const packers = {
  gzip: createGzip,
  deflate: createDeflate,
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }),
}
test.each(Object.entries(packers))('a response in %s that unpacks to half a gigabyte is cut off', async (encoding, createPacker) => {
  const megabyte = Buffer.alloc(1024 * 1024, ' ')
  // Packed piece by piece: the test itself may not take the memory that the kit may not.
  const packed = await buffer(Readable.from(Array(512).fill(megabyte)).pipe(createPacker()))
  const before = process.resourceUsage().maxRSS
  const exchange = await exchangeWith((_request, response) => response.setHeader('content-encoding', encoding).end(packed))
  expect(exchange).toMatchObject({ status: 0, text: '', failure: 'the response is larger than 5 MB' })
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(150)
})

test('JSON of too many values is not read, in one response or in all together', async () => {
  const many = await exchangeWith((_request, response) => response.end(JSON.stringify(Array(250_001).fill([]))))
  expect(many).toMatchObject({ status: 0, text: '', body: undefined, failure: 'the response holds more than 250,000 values' })
  const flood = `[${'1,'.repeat(200_000)}1]`
  const transport = new Transport(settingsOf({ url: 'http://127.0.0.1:1', secretKey: 'sk_1', fetch: async () => new Response(flood) }))
  for (let count = 0; count < 80; count++) await transport.send(request)
  expect(transport.exchanges[0]).toMatchObject({ status: 200 })
  expect(transport.exchanges.at(-1)).toMatchObject({ failure: 'the responses of the run hold more than 16,000,000 values together' })
})

test('a finding shows the beginning of a long response, without a key that the cut would halve', async () => {
  const secretKey = `sk_${'k'.repeat(40)}`
  const exchange = await exchangeWith((_request, response) => response.end(`${'x'.repeat(99_980)}${secretKey}${'x'.repeat(900_000)}`))
  const { text, body } = shownExchange(exchange, { secretKey })
  expect(text).toMatch(/x\*\*\*x+… \(1,000,023 characters\)$/)
  expect(text.length).toBeLessThan(101_000)
  expect(body).toBeUndefined()
})

test('JSON that is nested too deeply is not read as JSON', async () => {
  const nested = await exchangeWith((_request, response) => response.end('['.repeat(100_000) + ']'.repeat(100_000)))
  expect(nested.body).toBeUndefined()
  const flat = await exchangeWith((_request, response) => response.end(JSON.stringify({ list: Array(2000).fill([1]) })))
  expect(flat.body).toMatchObject({ list: expect.any(Array) })
})

test('what all responses of a run hold together has a limit', async () => {
  const fetch = async () => Response.json({ filling: 'x'.repeat(1000) })
  const transport = new Transport(settingsOf({ url: 'http://127.0.0.1:1', secretKey: 'sk_1', fetch }), 1024 * 1024)
  for (let count = 0; count < 1100; count++) await transport.send(request)
  const { exchanges } = transport
  expect(exchanges[0]).toMatchObject({ status: 200, body: { filling: expect.any(String) } })
  expect(exchanges.at(-1)).toMatchObject({ status: 0, text: '', failure: 'the responses of the run are larger than 1 MB together' })
})
