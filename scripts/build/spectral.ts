/** Spectral, with the Ajv that it uses. */
import type spectralCore from '@stoplight/spectral-core'
import type spectralFunctions from '@stoplight/spectral-functions'
import type spectralParsers from '@stoplight/spectral-parsers'
import type spectralRulesets from '@stoplight/spectral-rulesets'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { importInOneFile } from './one-file.ts'

// The index of the rulesets would load the rules of two other kinds of document, too.
const source = `export { default as core } from '@stoplight/spectral-core'
export { default as functions } from '@stoplight/spectral-functions'
export { default as parsers } from '@stoplight/spectral-parsers'
export { default as oas } from '@stoplight/spectral-rulesets/dist/oas/index.js'
export { Ajv2020 } from 'ajv/dist/2020.js'`

type Spectral = {
  core: typeof spectralCore
  functions: typeof spectralFunctions
  parsers: typeof spectralParsers
  oas: { default: typeof spectralRulesets.oas }
  Ajv2020: typeof Ajv2020
}

export const spectral: Spectral = await importInOneFile(source)
