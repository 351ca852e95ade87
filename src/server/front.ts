/**
 * The HTTP front of the mock and the sandbox. It routes by the document, checks the credentials and the request,
 * shapes every error as the API does, and logs. The request handler stands behind it.
 */

import cors from '@fastify/cors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asError } from '../as-error.ts'
import { type OpenApiDocument, type Operation, operationsOf } from '../document.ts'
import { withoutSecrets } from '../secrets.ts'
import type { Validator } from '../validator.ts'
import { ApiError, notFound } from './api-error.ts'
import { bodyLimit, type DecodedBody, decodeBody, unsupportedMediaType } from './body.ts'
import { type Breakage, createBreaker } from './broken-response.ts'
import { secretKeyOf } from './credentials.ts'
import { serveHealth } from './health.ts'
import { createHosts, type Hosts } from './hosts.ts'
import { boundTransfers, createHttpServer, send } from './http-server.ts'
import { serveReference } from './reference.ts'
import { createRequestCheck } from './request-check.ts'

/** Where the API lives on the server. */
export const basePath = '/api/v1'

/** A request that conforms to its operation. */
export type ApiRequest = {
  operation: Operation
  /** Parameters of the path, the query and the headers by name, decoded, with the document's defaults. */
  parameters: Record<string, unknown>
  body: unknown
  /** Headers as Node gives them: lower-case names. */
  headers: Record<string, string | string[] | undefined>
  secretKey: string
  /** Address under which the client reached the server, for example `http://127.0.0.1:4010`. */
  origin: string
}
export type ApiResponse = {
  status: number
  headers?: Record<string, string>
  body: unknown
  /** How it breaks on its way to the client, where the request asks for that. */
  breakage?: Breakage
}
/** What makes the responses: the mock or the sandbox. */
export type RequestHandler = (request: ApiRequest) => ApiResponse | Promise<ApiResponse>

/** A request to an operation and its response, for whom watches. */
export type Exchange = {
  method: string
  /** Path and query. */
  path: string
  operationId: string
  secretKey: string
  /** Decoded; undefined for a request without a body, and for one that could not be decoded. */
  body: unknown
  /** Bytes of the body as it was sent. */
  bodyBytes: number
  status: number
  response: string
  /** How the response broke on its way; undefined for one that was sent whole. */
  breakage: Breakage | undefined
  milliseconds: number
}

export type FrontOptions = {
  document: OpenApiDocument
  validator: Validator
  handler: RequestHandler
  /** The one secret key to accept. Without it, any key that starts with `sk_` is accepted. */
  secretKey?: string | undefined
  /** Under which names the server is reached. Without it, those of this machine. */
  hosts?: Hosts | undefined
  /** Whether the server can do its work, for `/healthz`. */
  isHealthy?: (() => Promise<boolean>) | undefined
  /** Gets each request to an operation with its response, but for those whose key is rejected. Secrets are in it. */
  observe?: ((exchange: Exchange) => void) | undefined
  /** Gets one line a request that got a response: method, path, status, time. No line holds a secret or a value of a query. */
  log?: ((line: string) => void) | undefined
  /** Milliseconds that a request has to arrive in, and in which its sender has to read some of the response. 30,000 if not given. */
  transferTimeoutMs?: number | undefined
}

/** Errors of the HTTP server itself, in the API's shape. */
export const asApiError = (error: Error & { statusCode?: number }): ApiError => {
  if (error instanceof ApiError) return error
  const status = error.statusCode ?? 500
  if (status === 413)
    return new ApiError(413, 'payload_too_large', 'The request body is larger than {limit} bytes.', null, { values: { limit: bodyLimit } })
  if (status === 415) return unsupportedMediaType()
  if (status >= 500) return new ApiError(500, 'internal_server_error', 'Something went wrong on our side.')
  return new ApiError(status, 'bad_request', 'The request is malformed.')
}

/** Path of the document as the router writes it: `/payments/:id`. */
const routerPath = (path: string) => basePath + path.replaceAll(/\{(\w+)\}/g, ':$1')

/** Header of a response that names what the operation ignored of the request, so that a typing mistake shows. */
const ignoredHeader = 'X-Ignored-Parameters'
const maxIgnoredNames = 10

/** Query of an address that has none. */
const emptyQuery = new URLSearchParams()

const queryOf = ({ url }: Pick<FastifyRequest, 'url'>) => {
  const start = url.indexOf('?')
  return start < 0 ? emptyQuery : new URLSearchParams(url.slice(start))
}

const pathOf = ({ url }: Pick<FastifyRequest, 'url'>) => url.split('?', 1).join('')

const logResponses = (app: FastifyInstance, log: (line: string) => void) =>
  app.addHook('onResponse', (request, reply, done) => {
    const ignored = reply.getHeader(ignoredHeader)
    const note = ignored === undefined ? '' : `, ignored: ${withoutSecrets(String(ignored))}`
    log(`${request.method} ${withoutSecrets(pathOf(request))} ${reply.statusCode} ${reply.elapsedTime.toFixed(1)} ms${note}`)
    done()
  })

/** Shapes errors as the API does, also those of paths and methods that it does not have. */
const shapeErrors = (app: FastifyInstance, operations: Operation[]) => {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const shaped = asApiError(error)
    if (shaped.status === 500) console.error(error)
    return send(reply, shaped)
  })
  const allowed = Map.groupBy(operations, ({ path }) => routerPath(path))
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request)
    const methods = [...allowed].find(([route]) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}/?$`).test(path))?.[1]
    if (!methods) return send(reply, notFound(`The API has no ${path}.`.slice(0, 200)))
    const allow = methods.map(({ method }) => method).join(', ')
    return send(reply, new ApiError(405, 'method_not_allowed', `Use ${allow} here.`, null, { headers: { Allow: allow } }))
  })
}

/** A request to an operation, which keeps the secret key that it was sent with. */
const keyed = (request: FastifyRequest) => request as FastifyRequest & { secretKey: string }

type RouteParts = { hosts: Hosts; breakResponse: ReturnType<typeof createBreaker> }

/** Adds the route of an operation: credentials, then the request, then the handler. */
const addRoute = (
  app: FastifyInstance,
  operation: Operation,
  { hosts, breakResponse }: RouteParts,
  { validator, handler, secretKey, observe }: FrontOptions,
) => {
  const check = createRequestCheck(operation, validator)
  /** @param seen gets the body, and its size as it was sent */
  const respond = async (
    request: FastifyRequest,
    reply: FastifyReply,
    seen: Pick<Exchange, 'body' | 'bodyBytes'>,
  ): Promise<ApiResponse> => {
    const { headers } = request
    const query = queryOf(request)
    const parameters = check.parameters(request.params as Record<string, string>, query, headers)
    const sent = Buffer.isBuffer(request.body) ? request.body : undefined
    const decoded: DecodedBody = operation.request ? await decodeBody(sent, headers) : { value: undefined, isForm: false }
    seen.body = decoded.value
    seen.bodyBytes = sent?.length ?? 0
    const body = check.body(decoded.value, decoded.isForm)
    const ignored = check.ignoredIn({ body, headers, query })
    if (ignored.length > 0) reply.header(ignoredHeader, encodeURI(ignored.slice(0, maxIgnoredNames).join(', ')).replaceAll('%20', ' '))
    const origin = hosts.originOf(request)
    return handler({ operation, parameters, body, headers, origin, secretKey: keyed(request).secretKey })
  }
  app.route({
    method: operation.method,
    url: routerPath(operation.path),
    // Before the body is read: a client without a key cannot make the server work.
    onRequest: (request, _reply, done) => {
      try {
        keyed(request).secretKey = secretKeyOf(request.headers.authorization, secretKey)
        done()
      } catch (error) {
        done(asError(error))
      }
    },
    handler: async (request: FastifyRequest, reply) => {
      const started = performance.now()
      const seen = { body: undefined as unknown, bodyBytes: 0 }
      const watched = ({ status, body, breakage }: Pick<ApiResponse, 'status' | 'body' | 'breakage'>) =>
        observe?.({
          method: request.method,
          path: request.url,
          operationId: operation.operationId,
          secretKey: keyed(request).secretKey,
          ...seen,
          status,
          response: typeof body === 'string' ? body : JSON.stringify(body),
          breakage,
          milliseconds: performance.now() - started,
        })
      try {
        const response = await respond(request, reply, seen)
        watched(response)
        return response.breakage ? breakResponse(reply, response.breakage) : send(reply, response)
      } catch (error) {
        watched(asApiError(asError(error)))
        throw error
      }
    },
  })
}

/**
 * Makes the server. It does not listen yet.
 * @returns a Fastify instance, to which the sandbox adds its pages
 * @throws {Error} for a secret key that is empty, which anybody could send
 */
export const createFront = async (options: FrontOptions): Promise<FastifyInstance> => {
  if (options.secretKey === '') throw new Error('The secret key is empty. Give one that starts with sk_, or leave it out.')
  const { document, log, hosts = createHosts({}), isHealthy, transferTimeoutMs = 30_000 } = options
  const app = createHttpServer(transferTimeoutMs, hosts.trustProxy)
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS'],
    maxAge: 86_400,
    strictPreflight: false,
    exposedHeaders: [ignoredHeader],
  })
  boundTransfers(app, transferTimeoutMs)
  // Bodies stay bytes until the credentials and the route are known.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  if (log) logResponses(app, log)
  const operations = operationsOf(document)
  shapeErrors(app, operations)
  serveReference(app, { apiPath: basePath })
  serveHealth(app, isHealthy)
  app.decorateRequest('secretKey', '')
  const parts = { hosts, breakResponse: createBreaker(app) }
  for (const operation of operations) addRoute(app, operation, parts, options)
  return app
}
