/** A target that attacks its judge: responses without an end, and JSON that is nested without one. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
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
