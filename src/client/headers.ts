/** Headers in whatever form a caller has them. */
import { reject } from './reject.ts'

/**
 * Headers: `Headers` of any `fetch`, a `Map`, pairs, an object as Node, Express, Koa and Lambda give it, or Node's `rawHeaders`,
 * which are names and values in turn.
 */
export type HeadersLike = Iterable<readonly [string, string]> | readonly string[] | Record<string, string | string[] | undefined>

type Pair = readonly [name: string, value: unknown]

/** Names and values of headers in any form. */
export const pairsOf = (headers: HeadersLike): Pair[] => {
  if (!(Symbol.iterator in headers)) return Object.entries(headers)
  const items: (Pair | string)[] = [...headers]
  return items.flatMap((item, index): Pair[] => {
    if (typeof item !== 'string') return [item]
    return index % 2 ? [] : [[item, items[index + 1]]]
  })
}

/**
 * Merges headers into an object with names in lower case; later ones win, and null removes.
 * @throws {TypeError} for a header that HTTP cannot carry
 */
export const mergeHeaders = (...sources: (HeadersLike | undefined)[]): Record<string, string> => {
  const merged: Record<string, string> = {}
  for (const source of sources)
    for (const [given, value] of pairsOf(source ?? {})) {
      const name = given.toLowerCase()
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t -~\x80-\xff]/.test(`${value}`))
        reject(`headers: pass names and values that HTTP can carry; ${name} is none`)
      if (value === null) delete merged[name]
      else if (value !== undefined) merged[name] = String(value)
    }
  return merged
}
