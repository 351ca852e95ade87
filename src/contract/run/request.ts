/** Requests as checks describe them, and as they go over the wire. */
import type { ApiModel } from '../api/api-model.ts'
import { encodeBody, mediaTypes } from '../generate/encoding.ts'
import type { Encoding } from '../generate/encodings.ts'
import type { Settings } from './options.ts'
import type { WireRequest } from './transport.ts'

/** A request of an operation. What is left out is what the document says: its method, its path, JSON, the secret key. */
export type RequestInput = {
  /** Values of the path's parameters by name. */
  path?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  encoding?: Encoding
  /** The body as text, sent as it is with `contentType`. */
  text?: string
  contentType?: string
  /** The `Authorization` header; null sends none. */
  authorization?: string | null
  /** Another method or path than the operation's, for requests that the document does not have. */
  method?: string
  rawPath?: string
}

/** The `Authorization` header for a secret key. */
export const basicCredentials = (secretKey: string) => `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`

/** The request as it goes over the wire. */
export const wireRequestOf = (
  api: ApiModel,
  { secretKey, headers: always }: Settings,
  operationId: string,
  input: RequestInput,
): WireRequest => {
  const operation = api.operation(operationId)
  const path = (input.rawPath ?? operation.path).replaceAll(/\{(\w+)\}/g, (_match, name) => encodeURIComponent(input.path?.[name] ?? ''))
  const query = input.query ? `?${new URLSearchParams(input.query)}` : ''
  const headers: Record<string, string> = { ...always }
  const authorization = input.authorization === undefined ? basicCredentials(secretKey) : input.authorization
  if (authorization !== null) headers.authorization = authorization
  const encoding = input.encoding ?? (input.body === undefined ? undefined : 'json')
  const body = input.text ?? (input.body === undefined ? undefined : encodeBody(input.body, encoding ?? 'json'))
  const contentType = input.contentType ?? (input.body === undefined ? undefined : mediaTypes[encoding ?? 'json'])
  if (contentType !== undefined) headers['content-type'] = contentType
  headers.accept = 'application/json'
  Object.assign(headers, input.headers)
  return { operationId, method: input.method ?? operation.method, path: path + query, headers, body, encoding }
}
