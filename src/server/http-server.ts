/** The HTTP server under the front: its limits, its timeouts, and what it says to requests that no route gets. */
import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { ApiError, notFound } from './api-error.ts'
import { bodyLimit } from './body.ts'

const keepAliveTimeoutMs = 10_000
/** Longest id in a path that reaches an operation. */
const maxParamLength = 500

const unparsed: Record<string, [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The URL or the headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
}

/** Responds to what is not HTTP, one whose head is too large, and one that does not arrive in time. */
const rejectUnparsed = (error: { code: string; rawPacket?: unknown }, socket: Socket) => {
  if (!socket.writable) return
  const [status, message] = unparsed[error.code] ?? ['400 Bad Request', 'The request is malformed.']
  const body = JSON.stringify(new ApiError(400, 'bad_request', message).body)
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`
  // The response to HEAD has no body, whatever its length says.
  const isHead = Buffer.isBuffer(error.rawPacket) && error.rawPacket.subarray(0, 5).toString() === 'HEAD '
  socket.end(isHead ? head : head + body)
}

/** What `send` needs of a response and of an error. */
type Sendable = { status: number; headers?: Record<string, string>; body: unknown }

/** Sends a response of the API. A body that is text is JSON already. */
export const send = (reply: FastifyReply, { status, headers = {}, body }: Sendable) =>
  reply
    .code(status)
    .headers(headers)
    .type('application/json; charset=utf-8')
    .send(typeof body === 'string' ? body : JSON.stringify(body))

/** The HTTP server, with its limits and its timeouts. */
export const createHttpServer = (transferTimeoutMs: number, trustProxy: boolean): FastifyInstance =>
  Fastify({
    trustProxy,
    bodyLimit,
    forceCloseConnections: 'idle',
    requestTimeout: transferTimeoutMs,
    http: { headersTimeout: transferTimeoutMs, connectionsCheckingInterval: Math.ceil(transferTimeoutMs / 6) },
    keepAliveTimeout: keepAliveTimeoutMs,
    routerOptions: { maxParamLength },
    // A path that does not decode is a path that does not exist.
    frameworkErrors: (_error, _request, reply) => void send(reply, notFound()),
    clientErrorHandler: rejectUnparsed,
  })

/** Closes connections whose response is not read. One that is still being made may take its time; one that nobody reads would stay in memory. */
export const closeUnread = (app: FastifyInstance, transferTimeoutMs: number) =>
  app.addHook('onRequest', (_request, reply, done) => {
    reply.raw.setTimeout(transferTimeoutMs, () => {
      if (reply.raw.socket && reply.raw.socket.writableLength > 0) reply.raw.socket.destroy()
    })
    done()
  })
