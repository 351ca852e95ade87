/** Where a rule stands in the document, as JSON pointers. */
import { type OpenApiDocument, resolveRef, type Schema, type SchemaObject } from '../document.ts'
import type { Validator } from '../validator.ts'

const escaped = (key: string | number) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')

/** JSON pointer from the keys that lead to a place. */
export const pointerOf = (...keys: (string | number)[]) => `#/${keys.map(escaped).join('/')}`

/**
 * Place of the schema that has the say on a part of a value.
 * @param path the part, as keys and indexes from the top of the value
 */
export const schemaPlace = (
  document: OpenApiDocument,
  validator: Validator,
  schema: Schema,
  place: string,
  value: unknown,
  path: (string | number)[],
): { place: string; schema: Schema | undefined } => {
  if (typeof schema === 'boolean') return { place, schema: path.length === 0 ? schema : undefined }
  if (schema.$ref) return schemaPlace(document, validator, resolveRef(document, schema), schema.$ref, value, path)
  const [key, ...rest] = path
  if (key === undefined) return { place, schema }
  const inner = (value as Record<string | number, unknown> | undefined)?.[key]
  const property = schema.properties?.[key]
  if (property !== undefined) return schemaPlace(document, validator, property, `${place}/properties/${escaped(key)}`, inner, rest)
  if (typeof key === 'number' && schema.items !== undefined)
    return schemaPlace(document, validator, schema.items, `${place}/items`, inner, rest)
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const)
    for (const [index, branch] of (schema[keyword] ?? []).entries()) {
      if (!isBranchOf(document, schema, branch, value, validator)) continue
      const found = schemaPlace(document, validator, branch, `${place}/${keyword}/${index}`, value, path)
      if (found.schema !== undefined) return found
    }
  return { place, schema: undefined }
}

/** Whether a branch of a union is the one that the value chose, by its tag or because it fits. */
export const isBranchOf = (
  document: OpenApiDocument,
  union: SchemaObject,
  branch: Schema,
  value: unknown,
  { conforms }: Validator,
): boolean => {
  const tag = union.discriminator?.propertyName
  const chosen = (value as Record<string, unknown> | null | undefined)?.[tag ?? '']
  if (tag !== undefined && chosen !== undefined) {
    const { properties } = resolveRef(document, branch) as SchemaObject
    return (properties?.[tag] as SchemaObject | undefined)?.const === chosen
  }
  if (conforms(branch, value)) return true
  // A value that fits no branch is told by what it is: fields belong to the branch that describes fields.
  const resolved = resolveRef(document, branch) as SchemaObject
  return typeof value === 'object' && value !== null && (resolved.type === 'object' || resolved.oneOf !== undefined)
}
