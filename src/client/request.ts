/** Makes a request of what a caller passes: its address and its body as text. */
import { formOf } from './form.ts'
import { reject } from './reject.ts'

const isConvertible = (value: unknown): value is { toJSON: () => unknown } =>
  typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function'

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

/** A plain object of any realm: not a Map, not FormData. */
const isObject = (value: unknown): value is object => Object.prototype.toString.call(value) === '[object Object]'

/** A value as JSON knows it, with dates as ISO text. */
const plainOf = (name: string, given: unknown): unknown => {
  const value = isConvertible(given) ? given.toJSON() : given
  if (given == null || isScalar(value)) return value
  if (Array.isArray(value)) return value.map((part) => plainOf(`${name}[]`, part))
  if (!isObject(value)) return reject(`${name}: pass text, a number, a boolean, a date, or a list or an object of these`)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainOf(name ? `${name}[${key}]` : key, part)]))
}

/** Media type of a form. */
export const formType = 'application/x-www-form-urlencoded'

/**
 * The body as text: a form where the headers announce one, else JSON.
 * @throws {TypeError} that names the value which cannot be sent
 */
export const bodyOf = (body: unknown, headers: Record<string, string>): string => {
  const plain = plainOf('', body)
  return headers['content-type']?.startsWith(formType) ? formOf(plain) : JSON.stringify(plain)
}

/** An id goes into the path: an empty one, or one with a slash or dots, would address something else. */
export const pathOf = (path: string, ids: Record<string, unknown> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = String(ids[name] ?? '')
    return /^\w+$/.test(id) ? id : reject(`${name}: pass the identifier of an object, letters and digits`)
  })

/** The query with its question mark, lists with commas; empty where nothing is asked for. */
export const queryOf = (query: object = {}): string => {
  const pairs = Object.entries(query).flatMap(([name, given]) => {
    const values = [plainOf(name, given) ?? []].flat()
    // Without its values, the filter would be none, and all payments would match.
    if (!values.every(isScalar) || (given && !values.length)) reject(`${name}: pass a value or a list of one or more`)
    return values.length ? `${name}=${values.map((value) => encodeURIComponent(`${value}`)).join()}` : []
  })
  return pairs.length ? `?${pairs.join('&')}` : ''
}
