/** Where the document says something, as JSON pointers. */
import { resolveRef, resolveSchema, type Schema, type SchemaObject } from '../../document.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import type { ApiModel } from './api-model.ts'

const escaped = (key: string | number) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')

/** JSON pointer from the keys that lead there. */
export const pointerOf = (...keys: (string | number)[]) => `#/${keys.map(escaped).join('/')}`

/** JSON pointer to an operation, or to a part of it. The paths where the document has no such operation. */
export const operationPointer = ({ operations }: Pick<ApiModel, 'operations'>, operationId: string, ...keys: string[]) => {
  const operation = operations.get(operationId)
  return operation ? pointerOf('paths', operation.path, operation.method.toLowerCase(), ...keys) : '#/paths'
}

/** JSON pointer to a response of an operation. */
export const responsePointer = (api: Pick<ApiModel, 'operations'>, operationId: string, status: number | string) =>
  operationPointer(api, operationId, 'responses', String(status))

type Judged = Pick<ApiModel, 'document' | 'validator'>

/**
 * JSON pointer to the schema that decides on a part of a value, and that schema.
 * @param pointer where `schema` is in the document
 * @param path the part, as keys and indexes from the top of the value
 */
export const schemaPointer = (
  api: Judged,
  schema: Schema,
  pointer: string,
  value: unknown,
  path: (string | number)[],
): { pointer: string; schema: Schema | undefined } => {
  if (typeof schema === 'boolean') return { pointer, schema: path.length === 0 ? schema : undefined }
  if (schema.$ref) return schemaPointer(api, resolveRef(api.document, schema), schema.$ref, value, path)
  const [key, ...rest] = path
  if (key === undefined) return { pointer, schema }
  const inner = (value as Record<string | number, unknown> | undefined)?.[key]
  const property = schema.properties?.[key]
  if (property !== undefined) return schemaPointer(api, property, `${pointer}/properties/${escaped(key)}`, inner, rest)
  if (typeof key === 'number' && schema.items !== undefined) return schemaPointer(api, schema.items, `${pointer}/items`, inner, rest)
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const)
    for (const [index, branch] of (schema[keyword] ?? []).entries()) {
      if (!isBranchOf(api, schema, branch, value)) continue
      const found = schemaPointer(api, branch, `${pointer}/${keyword}/${index}`, value, path)
      if (found.schema !== undefined) return found
    }
  return { pointer, schema: undefined }
}

/** Whether a branch of a union is the one that the value chose, by its tag or because it fits. */
export const isBranchOf = ({ document, validator }: Judged, union: SchemaObject, branch: Schema, value: unknown): boolean => {
  const tag = union.discriminator?.propertyName
  const chosen = (value as JsonObject | null | undefined)?.[tag ?? '']
  if (tag !== undefined && chosen !== undefined) {
    const { properties } = resolveSchema(document, branch)
    return (properties?.[tag] as SchemaObject | undefined)?.const === chosen
  }
  if (validator.conforms(branch, value)) return true
  // A value that fits no branch is recognised by what it is: properties belong to the branch that describes properties.
  const resolved = resolveSchema(document, branch)
  return isJsonObject(value) && (resolved.type === 'object' || resolved.oneOf !== undefined)
}
