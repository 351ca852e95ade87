/** TypeScript and what writes types with it. An import would first search their nine megabytes for the syntax of a module. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const typescript: typeof import('typescript') = require('typescript')
export const openapiTypescript: typeof import('openapi-typescript') = require('openapi-typescript')
