/** The sandbox behind a proxy that does one thing wrong, or one thing differently. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import qs from 'qs'
import { operationsOf, readDocument } from '../../src/document.ts'
import { isJsonObject, type JsonObject } from '../../src/json-object.ts'
import { createSandbox } from '../../src/server/sandbox/sandbox.ts'

export type ProxyRequest = {
  method: string
  /** Path below `/api/v1`, without the query. */
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  text: string | undefined
  /** Operation of the document that the request addresses, undefined where none does. */
  operationId: string | undefined
  id: string | undefined
}
export type ProxyResponse = { status: number; headers: Record<string, string>; text: string }
export type Next = (request: ProxyRequest) => Promise<ProxyResponse>
/** What stands before the sandbox. It may change the request, the response, or respond itself. */
export type Middleware = (request: ProxyRequest, next: Next) => Promise<ProxyResponse>

const operations = operationsOf(readDocument()).map(({ operationId, method, path }) => ({
  operationId,
  method,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
}))

export const isForm = ({ headers }: ProxyRequest) => (headers['content-type'] ?? '').includes('form')

/** The operation that a request addresses, and the id that it names. */
const addressOf = (method: string, path: string): Pick<ProxyRequest, 'operationId' | 'id'> => {
  for (const operation of operations) {
    const found = operation.method === method ? operation.pattern.exec(path) : null
    if (found) return { operationId: operation.operationId, id: found[1] }
  }
  return { operationId: undefined, id: undefined }
}

/** Several in a row, the first of them next to the client. What one of them asks for itself reaches the others as what it is. */
export const inRow = (proxies: Middleware[]): Middleware =>
  proxies.reduceRight(
    (inner, outer) => (request, next) => outer(request, (passed) => inner({ ...passed, ...addressOf(passed.method, passed.path) }, next)),
  )

/** Body of a request as a value; undefined where it does not parse. */
export const bodyOf = (request: ProxyRequest): JsonObject | undefined => {
  try {
    const body: unknown = isForm(request) ? qs.parse(request.text ?? '', { depth: 8 }) : JSON.parse(request.text || '{}')
    return isJsonObject(body) ? body : undefined
  } catch {
    return undefined
  }
}

/** The request with another body. */
export const withBody = (request: ProxyRequest, body: unknown): ProxyRequest => ({
  ...request,
  text: isForm(request) ? qs.stringify(body) : JSON.stringify(body),
  headers:
    isForm(request) || request.headers['content-type'] ? request.headers : { ...request.headers, 'content-type': 'application/json' },
})

export const json = (status: number, body: unknown): ProxyResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: JSON.stringify(body),
})

export const parsed = ({ text }: ProxyResponse): JsonObject => JSON.parse(text) as JsonObject

/** The response with another body. */
export const responding = (response: ProxyResponse, body: unknown): ProxyResponse => ({ ...response, text: JSON.stringify(body) })

export type Target = {
  /** Takes the place of the network, for a kit in the same process. */
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Listens on a free port of the loopback address, and says where the API is. */
  listen: () => Promise<string>
  close: () => Promise<void>
}

/**
 * Makes a target.
 * @param proxy what stands before the sandbox; nothing where the sandbox itself is the target
 * @param shared sandbox to stand before; without it, a fresh one
 */
export const createTarget = async (proxy?: Middleware, shared?: FastifyInstance): Promise<Target> => {
  const sandbox = shared ?? (await createSandbox({}))
  await sandbox.ready()
  const base = '/api/v1'

  const inject = async (method: string, url: string, headers: Record<string, string>, text: string | undefined): Promise<ProxyResponse> => {
    const response = await sandbox.inject({
      method: method as 'GET',
      url,
      headers: { host: '127.0.0.1', ...headers },
      ...(text !== undefined && { payload: text }),
    })
    const kept = Object.entries(response.headers).filter(
      ([name]) => !['content-length', 'connection', 'date', 'transfer-encoding'].includes(name),
    )
    return {
      status: response.statusCode,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      text: response.body,
    }
  }
  const next: Next = ({ method, path, query, headers, text }) =>
    inject(method, `${base}${path}${query.size > 0 ? `?${query}` : ''}`, headers, text)

  const respond = async (method: string, url: URL, headers: Record<string, string>, text: string | undefined) => {
    if (!proxy || !url.pathname.startsWith(base)) return inject(method, url.pathname + url.search, headers, text)
    const path = url.pathname.slice(base.length)
    return proxy({ method, path, query: url.searchParams, headers, text, ...addressOf(method, path) }, next)
  }

  let server: Server | undefined
  return {
    fetch: async (url, { method = 'GET', headers, body }) => {
      const {
        status,
        headers: returned,
        text,
      } = await respond(
        method,
        new URL(url),
        Object.fromEntries(new Headers(headers)),
        body === undefined || body === null ? undefined : String(body),
      )
      return new Response(status === 204 ? null : text, { status, headers: returned })
    },
    listen: async () => {
      server = createServer(async (request, response) => {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        const text = chunks.length > 0 ? Buffer.concat(chunks).toString('utf8') : undefined
        const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _connection, ...rest } = request.headers
        const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
        try {
          const result = await respond(request.method ?? 'GET', new URL(request.url ?? '/', 'http://127.0.0.1'), headers, text)
          response.writeHead(result.status, result.headers).end(result.status === 204 ? undefined : result.text)
        } catch {
          request.socket.destroy()
        }
      })
      await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`
    },
    close: async () => {
      server?.closeAllConnections()
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
      if (!shared) await sandbox.close()
    },
  }
}
