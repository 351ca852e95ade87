/** Schemas of the requests' bodies as the page's script needs them: each once, without the texts that only a reader needs. */
import { operationsOf } from '../../../src/document.ts'
import { isJsonObject } from '../../../src/json-object.ts'
import type { OpenApiDocument, Schema } from '../../../src/schema.ts'

export type RequestSchemas = {
  /** Name of the body's schema by operation. */
  bodies: Record<string, string>
  /** Schemas of the bodies and all that they refer to, where their references look for them. */
  components: { schemas: Record<string, Schema> }
}

const prefix = '#/components/schemas/'

/** Keywords that decide nothing. The meaning of a pattern stays: it is what a message says. */
const isText = (key: string) =>
  ['title', 'description', 'default', 'example', 'examples'].includes(key) || (key.startsWith('x-') && key !== 'x-pattern-meaning')

/** A schema without texts; names that it refers to are added to `names`. */
const withoutTexts = (node: unknown, names: Set<string>, isMap = false): unknown => {
  if (Array.isArray(node)) return node.map((item) => withoutTexts(item, names))
  if (typeof node === 'string' && node.startsWith(prefix)) names.add(node.slice(prefix.length))
  if (!isJsonObject(node)) return node
  const entries = Object.entries(node).filter(([key]) => isMap || !isText(key))
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutTexts(value, names, !isMap && key === 'properties')]))
}

/**
 * Collects the schemas.
 * @param document in the language of the page
 */
export const requestSchemasOf = (document: OpenApiDocument): RequestSchemas => {
  const bodies = Object.fromEntries(
    operationsOf(document).flatMap(({ operationId, request }) => {
      const name = isJsonObject(request?.schema) ? String(request.schema.$ref).slice(prefix.length) : undefined
      return name === undefined ? [] : [[operationId, name]]
    }),
  )
  const names = new Set(Object.values(bodies))
  const schemas: Record<string, Schema> = {}
  // The set grows while it is walked.
  for (const name of names) schemas[name] = withoutTexts(document.components.schemas[name], names) as Schema
  return { bodies, components: { schemas } }
}
