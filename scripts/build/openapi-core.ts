/** Redocly's core, with the Ajv that it has of its own. */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as OpenApiCore from '@redocly/openapi-core'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { importInOneFile } from './one-file.ts'

const source = `export * from '@redocly/openapi-core'
export { default as Ajv2020 } from '@redocly/ajv/dist/2020.js'`

export const openapiCore: typeof OpenApiCore & { Ajv2020: typeof Ajv2020 } = await importInOneFile(
  source,
  dirname(fileURLToPath(import.meta.resolve('@redocly/openapi-core'))),
)
