/** What the generated methods share: one call, and a list that turns its pages by itself. */
import type { ErrorBody } from '../../generated/schema.d.ts'
import { KomojuError } from './errors.ts'
import type { CallOptions } from './options.ts'
import type { Send } from './send.ts'

/** Body of a success when awaited; `withResponse()` resolves to the response beside it, for its status and headers. */
export type ApiPromise<Result> = Promise<Result> & { withResponse: () => Promise<{ data: Result; response: Response }> }

type Parts = { path?: Record<string, string>; query?: object | undefined; body?: unknown }
/** Calls an operation. */
export type Call = <Result>(method: string, path: string, parts: Parts, options: CallOptions | undefined) => ApiPromise<Result>

/**
 * What the methods of operations call.
 * @param hide hides the secret key in a text
 */
export const callOf =
  (send: Send, hide: (text: string) => string): Call =>
  <Result>(method: string, path: string, { body, ...params }: Parts, options: CallOptions | undefined) => {
    const whole = (async () => {
      const { data, error, response } = await send(method, path, { ...options, params, body })
      if (response.ok) return { data: data as Result, response }
      const { error: said } = error as ErrorBody
      throw new KomojuError(response.status, { error: { ...said, message: hide(said.message) } }, response.headers)
    })()
    const result = whole.then(({ data }) => data)
    const withResponse = () => {
      // Rejections reach the caller through the whole.
      result.catch(() => undefined)
      return whole
    }
    return Object.assign(result, { withResponse })
  }

type Page<Item> = { data: Item[]; page: number; last_page: number; total: number }
/** One page when awaited; every item of this page and the following ones in a `for await` loop. */
export type Pages<P extends Page<unknown>> = ApiPromise<P> & AsyncIterable<P['data'][number]>

/**
 * A list whose loop visits each item once: what arrives meanwhile makes no duplicates, and where items leave the list because of what the
 * loop does, it begins again at the first page for those that moved up.
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
    for (let number = start; ; page = await load(number)) {
      // A server that does not turn pages would be read for ever.
      if (page.page !== number) return
      if (page.total < total && number > start) {
        total = page.total
        number = start
        continue
      }
      total = page.total
      for (const item of page.data as { id?: unknown }[]) if (!seen.has(item.id) && seen.add(item.id)) yield item as P['data'][number]
      if (++number > page.last_page) return
    }
  }
  return Object.assign(first, { [Symbol.asyncIterator]: items })
}
