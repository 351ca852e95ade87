/** One try: sends a request, and reads the response. */
import type { ErrorBody } from '../../generated/schema.d.ts'
import { withoutSecrets } from '../secrets.ts'
import type { Outcome } from './deliver.ts'
import { KomojuConnectionError, KomojuResponseError } from './errors.ts'
import type { Fetch, FetchInit } from './options.ts'
import { parsed, textOf } from './read.ts'

type Exchange = {
  url: string
  init: FetchInit
  fetch: Fetch
  /** Called with the status of the response. */
  onResponse: (status: number) => void
  /** Hides the secret key in a text. */
  hide: (text: string) => string
  /** Bytes that the response may have. */
  limit: number
}

const isError = (body: unknown): body is ErrorBody => {
  const { error } = { ...(body as Partial<ErrorBody> | undefined) }
  return typeof error?.code === 'string' && typeof (error.message ?? '') === 'string'
}

/** An error without what it may repeat of the request: the key, and secrets in what is printed of it. JSON can write both with escapes. */
const maskedError = (body: unknown, hide: Exchange['hide']): ErrorBody | undefined => {
  if (!isError(body)) return
  const masked: ErrorBody = JSON.parse(hide(JSON.stringify(body)))
  for (const name of ['code', 'message', 'param'] as const) {
    const value: unknown = masked.error[name]
    masked.error[name] = typeof value === 'string' ? withoutSecrets(value) : (null as never)
  }
  return masked
}

const read = async (response: Response, { hide, limit }: Exchange): Promise<Outcome> => {
  const { ok, status, headers } = response
  const contentType = headers.get('Content-Type') ?? ''
  const problem = (what: string) => ({
    response,
    problem: new KomojuResponseError(status, hide(`Response ${what}: status ${status}, content type ${contentType || 'missing'}.`)),
  })
  const whole = await textOf(response, limit)
  if (whole === undefined) return problem(`has more than ${limit} bytes`)
  const json = parsed(whole)
  const body = ok ? json : maskedError(json, hide)
  if (!/\bjson\b/.test(contentType) || !body || typeof body !== 'object') return problem("is not the API's")
  return { response, text: ok ? whole : JSON.stringify(body), body }
}

/**
 * Sends a request once.
 * @throws {KomojuConnectionError} where no whole response arrives
 */
export const exchange = async (given: Exchange): Promise<Outcome> => {
  const { url, init, fetch, onResponse } = given
  try {
    // A response of another make stands for one of this realm.
    const response = (await fetch(url, init)) as Response
    onResponse(response.status)
    return await read(response, given)
  } catch (cause) {
    throw new KomojuConnectionError(`Connection to ${new URL(url).host} failed.`, { cause })
  }
}
