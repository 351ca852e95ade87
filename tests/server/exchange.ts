/** A server and a client for tests: what goes over the wire, and nothing else. */
import qs from 'qs'
import type { Operation } from '../../src/document.ts'

export type Encoding = 'json' | 'form' | 'multipart'

const authorization = `Basic ${btoa('sk_123456:')}`

/** Body and its content type, as a client encodes it. */
export const encode = (value: unknown, encoding: Encoding): { body: string | FormData; type?: string } => {
  if (encoding === 'json') return { body: JSON.stringify(value), type: 'application/json' }
  const text = qs.stringify(value, { arrayFormat: 'indices' })
  if (encoding === 'form') return { body: text, type: 'application/x-www-form-urlencoded' }
  const form = new FormData()
  for (const [key, part] of new URLSearchParams(text)) form.append(key, part)
  return { body: form }
}

export type ReceivedResponse = { status: number; type: string | null; headers: Headers; body: unknown }

/** Sends a request and reads the response whole. */
export const exchange = async (url: string, init: RequestInit = {}): Promise<ReceivedResponse> => {
  const response = await fetch(url, { ...init, headers: { authorization, ...init.headers } })
  const text = await response.text()
  const type = response.headers.get('content-type')
  return { status: response.status, type, headers: response.headers, body: type?.includes('json') && text ? JSON.parse(text) : text }
}

/** Sends a value in an encoding. */
export const sendValue = (url: string, method: string, value: unknown, encoding: Encoding, headers: Record<string, string> = {}) => {
  const { body, type } = encode(value, encoding)
  return exchange(url, { method, body, headers: { ...(type && { 'content-type': type }), ...headers } })
}

/** URL of an operation, with the id in its path where it has one. */
export const urlOf = (origin: string, { path }: Operation, id = '') => `${origin}/api/v1${path.replace('{id}', id)}`
