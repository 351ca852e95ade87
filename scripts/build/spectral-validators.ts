/** Faster validators for Spectral, which compiles the schema of every body anew, with every component that it refers to. */

import type { Ajv2020, AnySchema, ValidateFunction } from 'ajv/dist/2020.js'
import { isJsonObject } from '../../src/json-object.ts'
import { hasten } from './ajv.ts'
import { spectral } from './spectral.ts'

/** Compiles each schema once, and each component that schemas have in common. */
const compilerOf = (ajv: Ajv2020, compile: typeof ajv.compile) => {
  const validators = new Map<string, ValidateFunction>()
  const components = new Map<string, string>()
  /** Spectral has put the components in place of the references to them. A title tells where one begins. */
  const withReferences = (key: string, value: unknown) => {
    if (key === '' || !isJsonObject(value) || typeof value.title !== 'string') return value
    const text = JSON.stringify(value)
    const $ref = components.get(text) ?? `component:${components.size}`
    if (!components.has(text)) ajv.addSchema(value, $ref)
    components.set(text, $ref)
    return { $ref }
  }
  return (schema: AnySchema) => {
    const text = JSON.stringify(schema)
    const validator = validators.get(text) ?? compile.call(ajv, JSON.parse(text, withReferences))
    validators.set(text, validator)
    return validator
  }
}

/** Makes Spectral's validators the faster ones. */
export const shareValidators = () => {
  hasten(spectral.Ajv2020)
  const { prototype } = spectral.Ajv2020
  const { compile } = prototype
  const compilers = new WeakMap<Ajv2020, ReturnType<typeof compilerOf>>()
  prototype.compile = function (this: Ajv2020, schema: AnySchema) {
    this.opts.inlineRefs = false
    const compiler = compilers.get(this) ?? compilerOf(this, compile)
    compilers.set(this, compiler)
    return compiler(schema)
  } as typeof compile
}
