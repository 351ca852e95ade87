/** Server that responses by a script, one step a request, and keeps what it got. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { readDocument } from '../../src/document.ts'

const { examples } = readDocument().components

/** Value of one of the document's examples. */
export const exampleOf = (name: string) => examples[name].value

export const payment = exampleOf('getPayment-response')

export type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: string }
export type Step = (response: ServerResponse) => unknown

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Step =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))

export const text =
  (status: number, body: string, headers: Record<string, string> = {}): Step =>
  (response) =>
    response.writeHead(status, headers).end(body)

/** Error of the API, to be tried again at once. */
export const failure = (status: number, code: string, headers: Record<string, string> = { 'Retry-After': '0' }) =>
  json(status, { error: { code, message: `It is ${code}.`, param: null } }, headers)

export const hangUp: Step = (response) => response.destroy()
export const silence: Step = () => {}

/**
 * Starts a server for one test.
 * @param script what it responds with; the last step responds to every request after it
 */
export const scriptedServer = async (...script: Step[]) => {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ method: request.method!, url: request.url!, headers: request.headers, body })
    script[Math.min(received.length, script.length) - 1]!(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { received, baseUrl: `http://127.0.0.1:${port}/api/v1`, port }
}
