/**
 * The one judge of messages: Ajv decides whether a value conforms to a schema of the document,
 * and `violations.ts` says why not.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenApiDocument, Schema, SchemaObject } from './document.ts'
import { isJsonObject, type JsonObject } from './json-object.ts'
import { Explainer, type Violation, violationOf } from './violations.ts'

export { bracketed, type Violation } from './violations.ts'

export type Validator = {
  /** Whether a value conforms. */
  conforms: (schema: Schema, value: unknown) => boolean
  /** Why a value does not conform, missing properties first; empty if it does. */
  violations: (schema: Schema, value: unknown) => Violation[]
}

/**
 * Makes a validator of a document's schemas. Schemas compile at their first use.
 * @param document the bundle
 */
export const createValidator = (document: OpenApiDocument): Validator => {
  const ajv = new Ajv2020({
    strict: false,
    discriminator: true,
    validateFormats: true,
    allowUnionTypes: true,
    // The linters have checked the schemas themselves; to check them again takes longer than to compile them.
    validateSchema: false,
    // Polishing the compiled code takes as long as compiling it, and makes it no faster.
    code: { optimize: false },
  })
  addFormats.default(ajv)

  // Ajv knows no `mapping` and resolves references only within a schema: both are settled once, on a copy.
  const forAjv = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(forAjv)
    if (!isJsonObject(node)) return node
    const copy: JsonObject = {}
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string' && value.startsWith('#')) copy[key] = `document${value}`
      else if (key === 'discriminator' && isJsonObject(value)) copy[key] = { propertyName: value.propertyName }
      else copy[key] = forAjv(value)
    }
    return copy
  }
  ajv.addSchema({ $id: 'document', components: forAjv({ schemas: document.components?.schemas ?? {} }) as SchemaObject })

  const compiled = new Map<Schema, (value: unknown) => boolean>()
  const compile = (schema: Schema, source: () => unknown) => {
    let validate = compiled.get(schema)
    if (!validate) {
      validate = ajv.compile(source() as SchemaObject) as (value: unknown) => boolean
      compiled.set(schema, validate)
    }
    return validate
  }
  const conforms = (schema: Schema, value: unknown) => compile(schema, () => forAjv(schema))(value)

  const explainer = new Explainer(document, {
    conforms,
    compileKeyword: (keyword, limit) => ajv.compile({ [keyword]: forAjv(limit) }) as (value: unknown) => boolean,
  })

  const violations = (schema: Schema, value: unknown): Violation[] => explainer.explain(schema, value).map(violationOf)

  return { conforms, violations }
}
