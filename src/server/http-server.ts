/** The HTTP server under the front: its limits, its timeouts, and what it says to requests that no route gets. */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { ApiError, notFound } from './api-error.ts'
import { bodyLimit } from './body.ts'
import { noRoom, takeBytes } from './bytes-in-flight.ts'

const keepAliveTimeoutMs = 10_000
/** Time in which the client of a request that cannot be parsed may read why. */
const closeTimeoutMs = 1000
/** Requests that a connection may send ahead while one of them is under way. */
const maxWaiting = 1000
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
  // Its client may never close its own side.
  setTimeout(() => socket.destroy(), closeTimeoutMs).unref()
}

/** What `send` needs of a response and of an error. */
type Sendable = { status: number; headers?: Record<string, string>; body: unknown }

/** Sends a response of the API. A body that is text is JSON already. */
export const send = (reply: FastifyReply, { status, headers = {}, body }: Sendable): FastifyReply => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (!takeBytes(reply.raw, text.length)) return send(reply, noRoom())
  return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(text)
}

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

/** Bytes that the body of a request announces; without a length, as many as it may have. */
const announcedBytes = ({ headers }: FastifyRequest) =>
  Math.min(Number(headers['content-length'] ?? (headers['transfer-encoding'] ? bodyLimit : 0)), bodyLimit)

/**
 * Bounds what requests and responses under way hold in memory. A connection gets one response after the other, however many requests it has
 * sent ahead. One whose response is not read is closed; one whose response is still being made may take its time.
 */
export const boundTransfers = (app: FastifyInstance, transferTimeoutMs: number) => {
  const queues = new WeakMap<Socket, { latest: ServerResponse; waiting: number }>()
  app.addHook('onRequest', (request, { raw: response }, done) => {
    const { socket } = request.raw
    response.setTimeout(transferTimeoutMs, () => {
      if (socket.writableLength > 0) socket.destroy()
    })
    const begin = () => {
      // What was sent ahead on a connection that has ended is nobody's any more.
      if (!socket.destroyed) done(takeBytes(response, announcedBytes(request)) ? undefined : noRoom())
    }
    const queue = queues.get(socket)
    const before = queue?.latest
    if (!before || before.closed) {
      queues.set(socket, { latest: response, waiting: 0 })
      return begin()
    }
    if (queue.waiting >= maxWaiting) return void socket.destroy()
    queue.latest = response
    queue.waiting++
    before.once('close', () => {
      queue.waiting--
      begin()
    })
  })
}
