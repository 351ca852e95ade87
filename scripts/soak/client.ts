/** Requests of a merchant, each with its time and its status noted. */
import qs from 'qs'
import { asError } from '../../src/as-error.ts'
import { isJsonObject, type JsonObject } from '../../src/json-object.ts'
import type { Problems } from './problems.ts'

export type Figures = {
  /** Milliseconds that requests took. */
  times: number[]
  requests: number
  /** Responses with 5xx that the merchant had asked for. */
  askedFailures: number
  /** All other responses with 5xx, and requests that did not arrive in time or got none. */
  failures: number
}

export const newFigures = (): Figures => ({ times: [], requests: 0, askedFailures: 0, failures: 0 })

/** Times that percentiles are taken of: every time up to here, then a random choice of all. */
const maxTimes = 100_000

export type Reply = { status: number; text: string; body: unknown }
export type Sending = { path: string; method?: string; fields?: JsonObject; form?: boolean; headers?: Record<string, string> }
export type Client = (sending: Sending) => Promise<Reply | undefined>

const noteTime = ({ times, requests }: Figures, time: number) => {
  if (times.length < maxTimes) times.push(time)
  else times[Math.floor(Math.random() * requests)] = time
  times.length = Math.min(times.length, maxTimes)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a merchant asked for an error. */
const isAskedFor = (body: unknown) => isJsonObject(body) && isJsonObject(body.error) && String(body.error.message).includes('on demand')

/**
 * @param secretKey of the merchant
 * @returns what sends a request; undefined where it has no response to go on with
 */
export const createClient = (origin: string, secretKey: string, figures: Figures, problems: Problems): Client => {
  const authorization = `Basic ${btoa(`${secretKey}:`)}`
  return async ({ path, method = 'GET', fields, form = false, headers = {} }) => {
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
    const started = performance.now()
    figures.requests++
    try {
      const response = await fetch(origin + path, {
        method,
        redirect: 'manual',
        headers: { authorization, ...(fields && { 'content-type': type }), ...headers },
        ...(fields && { body: form ? qs.stringify(fields, { skipNulls: true }) : JSON.stringify(fields) }),
      })
      const text = await response.text()
      noteTime(figures, performance.now() - started)
      const reply = { status: response.status, text, body: parsed(text) }
      if (response.status < 500 && response.status !== 408) return reply
      if (isAskedFor(reply.body)) figures.askedFailures++
      else {
        figures.failures++
        problems.add(`${response.status}`, `${method} ${path}: ${text.slice(0, 300)}`)
      }
    } catch (error) {
      figures.failures++
      problems.add('no response', `${method} ${path}: ${asError(asError(error).cause ?? error).message}`)
    }
  }
}
