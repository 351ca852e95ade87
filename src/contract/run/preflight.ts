/** One request before the run: whether there is an API to judge, and what is wrong with the options if there is none. */
import { isJsonObject } from '../../json-object.ts'
import type { Exchange } from './exchange.ts'
import { OptionsError } from './options.ts'
import { wireRequestOf } from './request.ts'
import type { RunParts } from './run-parts.ts'

/** The target cannot be judged. The message names the cause and what to do. */
export class PreflightError extends OptionsError {
  override name = 'PreflightError'
}

/** What is wrong with the response to a plain list of payments, undefined for a target that can be judged. */
const problemOf = ({ status, url, headers, body, text, failure }: Exchange): string | undefined => {
  const list = new URL(url)
  const base = `${list.origin}${list.pathname.replace(/\/payments$/, '')}`
  if (status === 0) return `${base} does not respond: ${failure}. Is the server running, and --url its address?`
  if (status >= 300 && status < 400)
    return `${base} redirects to ${headers.location ?? 'another address'}. Give the API's own address with --url.`
  if (status === 401 || status === 403)
    return `${base} rejects the secret key with ${status}. Give one that the target accepts with --secret-key.`
  const isApi = isJsonObject(body)
  if (!isApi && /<!doctype html|<html/i.test(text.slice(0, 1000)))
    return `${base} returns a page and not the API (status ${status}). Something before the target responds: a proxy, or a login.`
  if (status === 429)
    return `${base} returns 429 to the first request, however long the run waits. Raise its limit, or send less with --rate and --concurrency.`
  // A plain 500 is a fault of the list, which its checks report.
  if ([502, 503, 504].includes(status)) return `${base} is out of service: it returns ${status} to a plain list of payments. Is it up?`
  if (status === 404)
    return `${base}/payments is not found. --url has to end where /payments begins, for example http://localhost:3000/api/v1.`
  return undefined
}

/** Responses above this are measured twice: the first of a server can be slow because it is the first. */
const slowResponseMs = 100

/**
 * Asks the target for a list of payments.
 * @returns milliseconds that it takes for a response
 * @throws {PreflightError} for a target that cannot be judged: unreachable, out of service, another key, another path, a redirect, a proxy's page
 */
export const preflight = async ({ api, settings, transport }: RunParts): Promise<number> => {
  const list = () => transport.send(wireRequestOf(api, settings, 'listPayments', { query: { per_page: '1' } }))
  const exchange = await list()
  const problem = problemOf(exchange)
  if (problem !== undefined) throw new PreflightError(problem)
  return exchange.duration > slowResponseMs ? Math.min(exchange.duration, (await list()).duration) : exchange.duration
}
