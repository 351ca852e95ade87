/** Which properties of requests are secrets: those that the document marks with `x-secret`. */
import { type OpenApiDocument, operationsOf, resolveSchema, type Schema, type SchemaObject } from './document.ts'
import { isJsonObject } from './json-object.ts'

/** Secrets of an object by their names: a property is one, or holds some. */
type Marks = Map<string, Marks | 'secret'>

/** Whether a property is a secret, by its own mark or by that of the schema that it refers to. */
export const isSecret = (document: OpenApiDocument, property: Schema | undefined): boolean =>
  typeof property === 'object' && { ...resolveSchema(document, property), ...property }['x-secret'] === true

const partsOf = ({ allOf = [], anyOf = [], oneOf = [], items }: SchemaObject) => [...allOf, ...anyOf, ...oneOf, ...(items ? [items] : [])]

/** Adds what a schema marks, whichever of its alternatives a value takes. */
const addMarks = (document: OpenApiDocument, node: Schema, marks: Marks): Marks => {
  const schema = resolveSchema(document, node)
  for (const part of partsOf(schema)) addMarks(document, part, marks)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const known = marks.get(name)
    if (known === 'secret') continue
    const own = isSecret(document, property) ? 'secret' : addMarks(document, property, known ?? new Map())
    if (own === 'secret' || own.size > 0) marks.set(name, own)
  }
  return marks
}

const namesIn = (marks: Marks): string[] => [...marks].flatMap(([name, mark]) => (mark === 'secret' ? [name] : namesIn(mark)))

const replaceMarked = (value: unknown, marks: Marks, replace: Replace): unknown => {
  if (Array.isArray(value)) return value.map((item) => replaceMarked(item, marks, replace))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const mark = marks.get(name)
      if (mark === undefined) return [name, inner]
      return [name, mark === 'secret' ? replace(name, inner) : replaceMarked(inner, mark, replace)]
    }),
  )
}

type Replace = (name: string, secret: unknown) => unknown

export type MarkedSecrets = {
  /** Names of all secrets, of any operation and at any depth. */
  names: ReadonlySet<string>
  /** A body of an operation with its secrets replaced. What the document does not mark stays, whatever it is called. */
  replaceIn: (operationId: string, body: unknown, replace: Replace) => unknown
}

/** Reads the marks of every operation's request. */
export const markedSecretsOf = (document: OpenApiDocument): MarkedSecrets => {
  const marksByOperation = new Map(
    operationsOf(document).map(({ operationId, request }) => [
      operationId,
      request ? addMarks(document, request.schema, new Map()) : new Map(),
    ]),
  )
  return {
    names: new Set([...marksByOperation.values()].flatMap(namesIn)),
    replaceIn: (operationId, body, replace) => replaceMarked(body, marksByOperation.get(operationId) ?? new Map(), replace),
  }
}
