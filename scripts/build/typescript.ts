/**
 * TypeScript, and the part of openapi-typescript that makes types of a document: the rest would load a bundler and lint the bundle once
 * more. Both are required, since an import of TypeScript first searches its nine megabytes for the syntax of a module.
 */
import { createRequire } from 'node:module'
import type { astToString, GlobalContext, OpenAPI3, scanDiscriminators } from 'openapi-typescript'
import type ts from 'typescript'

const require = createRequire(import.meta.url)

export const typescript: typeof ts = require('typescript')

export const openapiTypescript: {
  transformSchema: (document: OpenAPI3, context: GlobalContext) => ts.Node[]
  scanDiscriminators: typeof scanDiscriminators
  astToString: typeof astToString
} = {
  transformSchema: require('openapi-typescript/dist/transform/index.cjs'),
  ...require('openapi-typescript/dist/lib/utils.cjs'),
  ...require('openapi-typescript/dist/lib/ts.cjs'),
}
