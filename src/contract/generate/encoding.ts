/** A body as text, and what the other side can read from it. */
import qs from 'qs'
import type { Schema } from '../../document.ts'
import type { Validator } from '../../validator.ts'
import type { Encoding } from './encodings.ts'

export const mediaTypes: Record<Encoding, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
}

/** Text of a body. A form has no null: it becomes an empty value. */
export const encodeBody = (body: unknown, encoding: Encoding): string =>
  encoding === 'json' ? JSON.stringify(body) : qs.stringify(body, { format: 'RFC1738' })

type Path = (string | number)[]
type Container = Record<string | number, unknown>

/** A copy of a value with one place changed; `undefined` removes the place. */
export const withValueAt = (value: unknown, path: Path, replacement: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return replacement
  const copy: Container = Array.isArray(value) ? ([...value] as unknown as Container) : { ...(value as Container) }
  if (rest.length === 0 && replacement === undefined) delete copy[key]
  else copy[key] = withValueAt(copy[key], rest, replacement)
  return copy
}

export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((node, key) => (node as Container | undefined | null)?.[key], value)

/**
 * Whether a body, as it arrives, is a valid one. In a form everything is text and an empty value can stand for null,
 * so a fault that only JSON can show does not count there.
 */
export const arrivesValid = (schema: Schema, body: unknown, encoding: Encoding, { conforms, violations }: Validator): boolean => {
  if (encoding === 'json') return conforms(schema, body)
  let read: unknown = qs.parse(encodeBody(body, 'form'), { depth: 10 })
  if (conforms(schema, read)) return true
  for (const { path } of violations(schema, read)) if (path.length > 0 && valueAt(read, path) === '') read = withValueAt(read, path, null)
  return conforms(schema, read)
}
