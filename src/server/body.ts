/** Bodies of requests: JSON, bracketed form and multipart decode to the same value. */
import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import qs from 'qs'
import { isNestedBeyond } from '../json-depth.ts'
import { hasDuplicateKey } from '../json-keys.ts'
import { ApiError } from './api-error.ts'

/** Largest body that the server reads, in bytes. */
export const bodyLimit = 1024 * 1024

const formOptions: qs.IParseOptions = {
  depth: 5,
  strictDepth: true,
  parameterLimit: 1000,
  throwOnLimitExceeded: true,
  arrayLimit: 100,
  allowDots: false,
}

/** Keys with a meaning in JavaScript. No parameter of the API is called so. */
const hostileKey = /(?:^|\[)(?:__proto__|constructor|prototype)(?:[\][]|$)/

const malformed = (message: string) => new ApiError(400, 'bad_request', message)

/** Text without its byte order mark. Bytes that are no UTF-8 would lose what they say. */
const textOf = (bytes: Buffer): string => {
  if (!isUtf8(bytes)) throw malformed('The request body is not UTF-8.')
  const text = bytes.toString('utf8')
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

export const unsupportedMediaType = () =>
  new ApiError(
    415,
    'unsupported_media_type',
    'Send the body as application/json, application/x-www-form-urlencoded or multipart/form-data.',
  )

/** Whether percent-encoded bytes of a form are no UTF-8: they would lose what they say. */
const holdsOtherBytes = (text: string): boolean =>
  (text.match(/(?:%[\da-f]{2})+/gi) ?? []).some((encoded) => {
    try {
      decodeURIComponent(encoded)
      return false
    } catch {
      return true
    }
  })

const decodeForm = (text: string): unknown => {
  if (holdsOtherBytes(text)) throw malformed('The form is not UTF-8 once it is decoded.')
  for (const [key] of new URLSearchParams(text))
    if (hostileKey.test(key)) throw new ApiError(422, 'invalid_parameter', 'A parameter has a name that is not allowed.')
  try {
    return qs.parse(text, formOptions)
  } catch {
    throw malformed('The form has too many or too deeply nested parameters.')
  }
}

/** Deepest nesting of a JSON body. No parameter of the API needs more than four levels. */
const maxJsonDepth = 50

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('The request body is not valid JSON.')
  }
}

const decodeJson = (text: string): unknown => {
  if (isNestedBeyond(text, maxJsonDepth)) throw malformed('The request body is nested too deeply.')
  const value = parseJson(text)
  // As a form with one is: which of the values counts would be a guess.
  if (hasDuplicateKey(text, value)) throw malformed('The request body has an object with the same key twice.')
  return value
}

const decodeMultipart = async (text: string, contentType: string): Promise<unknown> => {
  const form = await new Response(text, { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw malformed('The request body is not a valid multipart form.')
  })
  const pairs = new URLSearchParams()
  for (const [key, value] of form) {
    if (typeof value !== 'string') throw malformed(`The form has a file where a value belongs.`)
    pairs.append(key, value)
  }
  return decodeForm(pairs.toString())
}

export type DecodedBody = { value: unknown; isForm: boolean }

/**
 * Decodes a body by its content type. An empty body is an empty object; a body without a content type is a form,
 * which is how the API's own samples send it.
 * @throws {ApiError} 400 where the body does not parse, 415 for any other content type or encoding, 422 for hostile keys
 */
export const decodeBody = async (bytes: Buffer | undefined, headers: IncomingHttpHeaders): Promise<DecodedBody> => {
  const { 'content-type': contentType, 'content-encoding': encoding = 'identity' } = headers
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase()
  if (bytes === undefined || bytes.length === 0) return { value: {}, isForm: false }
  if (encoding.toLowerCase() !== 'identity')
    throw new ApiError(415, 'unsupported_media_type', 'Send the body as it is, without a Content-Encoding.')
  switch (mediaType) {
    case 'application/json':
      return { value: decodeJson(textOf(bytes)), isForm: false }
    case undefined:
    case '':
    case 'application/x-www-form-urlencoded':
      return { value: decodeForm(textOf(bytes)), isForm: true }
    case 'multipart/form-data':
      return { value: await decodeMultipart(textOf(bytes), contentType!), isForm: true }
    default:
      throw unsupportedMediaType()
  }
}
