/** How the linters' Ajv compiles. */
import type { Ajv2020, AnySchemaObject } from 'ajv/dist/2020.js'

/**
 * Makes Ajv compile sooner. OpenAPI's own schema, which both linters apply, judges the schemas of the document, so Ajv does not; and a
 * validator that judges a few examples is not worth polishing.
 * @param ajv the class that a linter makes its instances of
 */
export const hasten = ({ prototype }: typeof Ajv2020) => {
  const base: Ajv2020 = Object.getPrototypeOf(prototype)
  base.validateSchema = () => true
  const { addMetaSchema } = base
  // Every instance calls this when it is made.
  base.addMetaSchema = function (this: Ajv2020, ...args: [AnySchemaObject]) {
    this.opts.code.optimize = 0
    return addMetaSchema.apply(this, args)
  }
}
