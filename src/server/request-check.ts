/** Whether a request conforms to its operation, and the error that says why it does not. */

import type { Operation, Parameter, Schema, SchemaObject } from '../document.ts'
import { isJsonObject } from '../json-object.ts'
import { required } from '../required.ts'
import { bracketed, type Validator, type Violation } from '../validator.ts'
import { ApiError, notFound } from './api-error.ts'
import { nearestName } from './nearest-name.ts'

/** A name that somebody may have given to a parameter. A body under the wrong content type is read as one long name, secrets and all. */
const plausibleName = /^[\p{L}\p{N}_.: -]{1,64}$/u

const shownName = (name: string | number) => (plausibleName.test(String(name)) ? String(name) : '…')

/** Headers of other APIs that programs send here, where they do nothing, and those that they mean. */
const mistakenHeaders = { 'Idempotency-Key': 'X-KOMOJU-IDEMPOTENCY' }

/** The error for what is wrong with a parameter. */
export const errorOf = ({ path, rule, message }: Violation): ApiError => {
  const names = path.map(shownName)
  const param = names.length === 0 ? null : bracketed(names)
  const subject = param === null ? 'The request body' : `Parameter ${param}`
  if (rule === 'missing') return new ApiError(422, 'missing_parameter', `A required parameter (${param}) ${message}.`, param)
  if (rule === 'unknown_tag') return new ApiError(422, 'invalid_payment_type', `${subject} ${message}.`, param)
  return new ApiError(422, 'invalid_parameter', `${subject} ${message}.`, param)
}

const schemaType = (schema: Schema) => (typeof schema === 'object' ? schema.type : undefined)

/** Texts of one parameter in the query: a list can also come as `status[]=a&status[]=b`, which is how PHP and Ruby write it. */
const textsInQuery = ({ name, schema }: Parameter, query: URLSearchParams): string[] => {
  const texts = query.getAll(name)
  const items = schemaType(schema) === 'array' ? query.getAll(`${name}[]`) : []
  if (texts.length + Math.min(items.length, 1) > 1) throw errorOf({ path: [name], rule: 'repeated', message: 'is given more than once' })
  return items.length > 0 ? [items.join(',')] : texts
}

/**
 * Rejects parameters of the query that a list does not have: a filter with a typing mistake filters nothing.
 * An operation without parameters in the query has none to mistake.
 * @throws {ApiError} 422 with the nearest name
 */
const rejectUnknown = (query: URLSearchParams, known: Parameter[]) => {
  const names = known.map(({ name }) => name)
  if (names.length === 0) return
  const accepted = new Set(known.flatMap(({ name, schema }) => (schemaType(schema) === 'array' ? [name, `${name}[]`] : [name])))
  for (const name of new Set(query.keys()))
    if (!accepted.has(name)) {
      const nearest = nearestName(name, names)
      const advice = nearest ? `did you mean ${nearest}?` : `known are ${names.join(', ')}.`
      const shown = plausibleName.test(name.replaceAll(/[[\]]/g, '')) ? name : '…'
      throw new ApiError(422, 'invalid_parameter', `Parameter ${shown} is not known: ${advice}`, shown)
    }
}

/** Value of a parameter from its text in the URL or a header. Text that is no number stays text, and fails its schema. */
const decodeParameter = (schema: SchemaObject, text: string): unknown => {
  if (schemaType(schema) === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (schemaType(schema) === 'array') return text.split(',')
  return text
}

/** Sets a value deep inside another. */
const replaceAt = (value: unknown, path: (string | number)[], replacement: unknown) => {
  const parent = path.slice(0, -1).reduce((node, key) => (node as Record<string | number, unknown>)[key], value)
  ;(parent as Record<string | number, unknown>)[required(path.at(-1), 'Key')] = replacement
}

const valueAt = (value: unknown, path: (string | number)[]) =>
  path.reduce((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], value)

/** Makes the check of one operation's requests. */
export const createRequestCheck = (operation: Operation, { conforms, violations }: Validator) => {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query')

  const textOf = (parameter: Parameter, path: Record<string, string>, query: URLSearchParams, headers: Record<string, unknown>) => {
    if (parameter.in === 'path') return path[parameter.name]
    return parameter.in === 'query' ? textsInQuery(parameter, query)[0] : headers[parameter.name.toLowerCase()]
  }

  /**
   * Decodes and checks the parameters of the path, the query and the headers.
   * @returns their values by name, with the defaults of the document
   * @throws {ApiError} 404 for an id that cannot exist, 422 for every other parameter
   */
  const parameters = (path: Record<string, string>, query: URLSearchParams, headers: Record<string, unknown>) => {
    const values: Record<string, unknown> = {}
    for (const parameter of operation.parameters) {
      const schema = parameter.schema as SchemaObject
      const text = textOf(parameter, path, query, headers)
      if (text === undefined || text === null) {
        if (schema.default !== undefined) values[parameter.name] = schema.default
        continue
      }
      const value = decodeParameter(schema, String(text))
      if (!conforms(schema, value)) {
        if (parameter.in === 'path') throw notFound()
        // A list in the query is one parameter, whichever of its values is wrong.
        throw errorOf({ ...required(violations(schema, value)[0], 'Violation'), path: [parameter.name] })
      }
      values[parameter.name] = value
    }
    rejectUnknown(query, inQuery)
    return values
  }

  /**
   * Checks a decoded body.
   * @returns the body; in a form, which has no null, an empty value is null where its schema takes null and no empty text
   * @throws {ApiError} 422 with the parameter at fault
   */
  const body = (value: unknown, isForm: boolean): unknown => {
    const schema = operation.request?.schema
    if (schema === undefined || conforms(schema, value)) return value
    let found = violations(schema, value)
    if (isForm) {
      for (const { path } of found) if (path.length > 0 && valueAt(value, path) === '') replaceAt(value, path, null)
      const remaining = violations(schema, value)
      if (remaining.length === 0) return value
      // An empty value that null does not mend is reported as what it was: empty.
      found = found.filter(({ path }) => remaining.some((other) => bracketed(other.path) === bracketed(path)))
    }
    throw errorOf(required(found[0], 'Violation'))
  }

  const ignoredHeaders = Object.entries(mistakenHeaders)
    .filter(([, meant]) => operation.parameters.some((parameter) => parameter.in === 'header' && parameter.name === meant))
    .map(([name, meant]) => [name.toLowerCase(), `${name} (${meant}?)`] as const)

  /** Headers that the operation ignores, each with the one that is meant. */
  const ignoredHeadersIn = (headers: Record<string, unknown>): string[] =>
    ignoredHeaders.flatMap(([name, shown]) => (headers[name] === undefined ? [] : [shown]))

  /** Properties of a body that the operation ignores, each with the name that it may have meant: `amuont (amount?)`. */
  const ignoredPropertiesIn = (value: unknown): string[] => {
    const { isClosed = true, properties = [] } = operation.request ?? {}
    if (isClosed || !isJsonObject(value)) return []
    return Object.keys(value)
      .filter((name) => !properties.includes(name))
      .map((name) => {
        const nearest = nearestName(name, properties)
        return nearest ? `${shownName(name)} (${nearest}?)` : shownName(name)
      })
  }

  return {
    parameters,
    body,
    /** What the operation ignores of a request that conforms to it, each with the name that it may have meant. */
    ignoredIn: ({ body, headers, query }: { body: unknown; headers: Record<string, unknown>; query: URLSearchParams }) => [
      ...ignoredHeadersIn(headers),
      ...(inQuery.length > 0 ? [] : [...new Set(query.keys())].map((name) => `${shownName(name)} (query)`)),
      ...ignoredPropertiesIn(body),
    ],
  }
}
