/** What the generated methods share: one call, and a list that turns its pages by itself. */
import type { ErrorBody } from '../../generated/schema.d.ts'
import { KomojuError, KomojuResponseError } from './errors.ts'
import type { CallOptions, KomojuOptions } from './options.ts'
import { bodyOf, pathOf, queryOf } from './request.ts'
import { transportOf } from './transport.ts'

/** Body of a success when awaited; `withResponse()` resolves to the response beside it, for its status and headers. */
export type ApiPromise<Result> = Promise<Result> & { withResponse: () => Promise<{ data: Result; response: Response }> }

type Parts = { path?: Record<string, string>; query?: object | undefined; body?: unknown }
/** Calls an operation. */
export type Call = <Result>(method: string, path: string, parts: Parts, options: CallOptions | undefined) => ApiPromise<Result>

/**
 * What the methods of operations call.
 * @param home address of the API, which live keys may be sent to
 * @throws {TypeError} where the secret key is missing, or an option needs one of the `dangerously…` options
 */
export const callOf = (options: KomojuOptions, home: string): Call => {
  const { headersOf, send } = transportOf(options, home)
  return <Result>(method: string, path: string, { path: ids, query, body }: Parts, given: CallOptions = {}) => {
    const whole = (async () => {
      const headers = headersOf(method, given, body !== undefined)
      const baseUrl = given.baseUrl ?? options.baseUrl ?? home
      const url = baseUrl.replace(/\/$/, '') + pathOf(path, ids) + queryOf(query)
      const text = body === undefined ? null : bodyOf(body, headers)
      const { response, body: result } = await send({ method, url, headers, body: text }, given)
      if (response.ok) return { data: result as Result, response }
      throw new KomojuError(response.status, result as ErrorBody, response.headers)
    })()
    const result = whole.then(({ data }) => data)
    const withResponse = () => {
      // Rejections reach the caller through the whole.
      result.catch(() => undefined)
      return whole
    }
    return Object.assign(result, { withResponse })
  }
}

type Page<Item> = { data: Item[]; page: number; per_page: number; last_page: number; total: number }
/** One page when awaited; every item of this page and the following ones in a `for await` loop. */
export type Pages<P extends Page<unknown>> = ApiPromise<P> & AsyncIterable<P['data'][number]>

/**
 * A list whose loop visits each item once: what arrives meanwhile makes no duplicates, and where items leave the list, it reads again as
 * far back as others can have moved up. Where the list changes faster than that, it throws, so that it ends with any server.
 * @param load loads a page by its number, or the first one asked for
 */
export const pagesOf = <P extends Page<unknown>>(load: (page?: number) => ApiPromise<P>): Pages<P> => {
  const first = load()
  // A loop that never begins must not end the process; who awaits the page gets the rejection all the same.
  first.catch(() => undefined)
  async function* items() {
    const seen = new Set<unknown>()
    let page = await first
    const start = page.page
    let { total } = page
    // Items at the beginning of the list that need no further look.
    let done = 0
    for (let number = start, tries = 30 + 4 * page.last_page; ; page = await load(number)) {
      // A server that does not turn pages would be read for ever.
      if (page.page !== number) return
      // Not every server says how large its pages are.
      const size = Math.max(1, +page.per_page || page.data.length)
      done -= Math.max(0, total - page.total)
      total = page.total
      if (number === start || (number - 1) * size <= done) {
        for (const item of page.data as { id?: unknown }[]) if (!seen.has(item.id) && seen.add(item.id)) yield item as P['data'][number]
        if (number >= page.last_page) return
        done = number * size
      }
      if (!tries--) throw new KomojuResponseError(200, 'List changes faster than it can be read: pass a larger per_page.')
      number = Math.max(start, Math.floor(done / size) + 1)
    }
  }
  return Object.assign(first, { [Symbol.asyncIterator]: items })
}
