/** A client of the sandbox for its tests: nothing between them and HTTP. */

import qs from 'qs'
import { expect } from 'vitest'
import type { JsonObject } from '../../../src/json-object.ts'

export type ReceivedResponse = { status: number; body: unknown; text: string; headers: Headers }
export type SendOptions = { encoding?: 'json' | 'form'; headers?: Record<string, string>; signal?: AbortSignal }

/** @param secretKey key of a merchant; each key sees its own payments only */
export const createClient = (origin: string, secretKey = 'sk_123456') => {
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`
  const send = async (
    method: string,
    path: string,
    fields?: JsonObject,
    { encoding = 'json', headers = {}, signal }: SendOptions = {},
  ): Promise<ReceivedResponse> => {
    const type = encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      signal: signal ?? null,
      headers: { authorization, ...(fields && { 'content-type': type }), ...headers },
      ...(fields && { body: encoding === 'json' ? JSON.stringify(fields) : qs.stringify(fields, { skipNulls: true }) }),
    })
    const text = await response.text()
    return { status: response.status, body: JSON.parse(text), text, headers: response.headers }
  }
  return {
    origin,
    send,
    /** Body of a response that has to be 200. */
    ok: async (method: string, path: string, fields?: JsonObject, options?: SendOptions): Promise<unknown> => {
      const { status, body } = await send(method, path, fields, options)
      expect(status, JSON.stringify(body)).toBe(200)
      return body
    },
    /** What the customer or time does: `POST /sandbox/<action>/<payment>`, without the payment where `id` is empty. */
    act: async (action: string, id: string, fields: JsonObject = {}) => {
      const response = await fetch(`${origin}/sandbox/${action}${id && `/${id}`}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      })
      const body: unknown = await response.json()
      expect(response.status, JSON.stringify(body)).toBe(200)
      return body
    },
  }
}
