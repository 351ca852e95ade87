/** What forms send, and where they lead. */
import type { FastifyRequest } from 'fastify'
import { isJsonObject, type JsonObject } from '../../../json-object.ts'
import { decodeBody } from '../../body.ts'

/** Whether a browser asks, which gets a page; a program gets JSON. */
export const wantsPage = ({ headers }: Pick<FastifyRequest, 'headers'>) => headers.accept?.includes('text/html') ?? false

/** Whether the sender of a GET asks for JSON. One that asks for nothing gets the page, as it may be a browser's address line or `curl`. */
export const wantsJson = (request: Pick<FastifyRequest, 'headers'>) =>
  !wantsPage(request) && (request.headers.accept?.includes('application/json') ?? false)

/** Only a path of this server: a form must not send its user elsewhere. */
export const isOwnPath = (path: unknown): path is string => typeof path === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(path)

/** Fields of a form or of a JSON object; none for a request without a body. */
export const fieldsOf = async ({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>): Promise<JsonObject> => {
  const { value } = await decodeBody(Buffer.isBuffer(body) ? body : undefined, headers)
  return isJsonObject(value) ? value : {}
}
