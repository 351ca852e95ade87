/** Build step: Spectral lints the bundle, with its own rules and the project's (.spectral.yaml). */

import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import spectralCore from '@stoplight/spectral-core'
import parsers from '@stoplight/spectral-parsers'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import type { Bundle } from './bundle.ts'
import { loadRuleset } from './spectral-ruleset.ts'
import { BuildError, projectFolder, runStep, shown } from './step.ts'

const { Document, Spectral } = spectralCore
const { Yaml } = parsers

/** File of the source that a place of the bundle comes from: components are called by their files, paths and webhooks by the root. */
const sourceOf = (spec: string, [part, ...path]: (string | number)[]) => {
  if (part === 'components') return shown(resolve(spec, globSync(`**/${path[1]}.yaml`, { cwd: spec })[0] ?? 'openapi.yaml'))
  const node = parse(readFileSync(resolve(spec, 'openapi.yaml'), 'utf8'))[part ?? '']?.[path[0] ?? '']
  return shown(resolve(spec, node?.$ref ?? 'openapi.yaml'))
}

/**
 * Lets equal schemas share a validator. Spectral compiles the schema of every body anew, 310 times for the 42 that differ,
 * which was half of its time.
 */
const shareValidators = () => {
  const compile = Ajv2020.prototype.compile
  const validators = new WeakMap<Ajv2020, Map<string, ValidateFunction>>()
  Ajv2020.prototype.compile = function (this: Ajv2020, schema: AnySchema, meta?: boolean) {
    const known = validators.get(this) ?? new Map()
    validators.set(this, known)
    // A validator that judges a few examples is not worth polishing.
    this.opts.code.optimize = 0
    // OpenAPI's own schema, which both linters apply, judges the schemas of the document.
    this.opts.validateSchema = false
    const text = JSON.stringify(schema)
    if (!known.has(text)) known.set(text, compile.call(this, schema, meta))
    return known.get(text)
  }
}
shareValidators()

const withoutLines = (data: unknown) => ({
  parsed: { data, diagnostics: [], ast: {}, lineMap: [] },
  getLocationForJsonPath: () => undefined,
})

// Loading the rules takes longer than applying them, so it starts with the module.
const ruleset = loadRuleset()

/**
 * Lints a bundle.
 * @param bundle its texts
 * @param spec folder of its source, where a problem is mended
 * @throws {BuildError} at any problem, whatever its severity, with the line in the bundle and the fix
 */
export const lintBundle = async ({ yaml, json }: Bundle, spec: string) => {
  const spectral = new Spectral()
  spectral.setRuleset(await ruleset)
  // Spectral's parser, which is slow, is needed for the lines of problems alone.
  if ((await spectral.run(withoutLines(JSON.parse(json)))).length === 0) return
  const problems = await spectral.run(new Document(yaml, Yaml, 'generated/openapi.yaml'))
  const shownProblems = problems.map(
    ({ code, message, path, range }) =>
      `${sourceOf(spec, path)}, generated/openapi.yaml:${range.start.line + 1}:${range.start.character + 1}\n  ${code}: ${message}\n  in ${path.join('.')}`,
  )
  throw new BuildError(`${shownProblems.join('\n')}\nProblems that Spectral found: ${problems.length}. Nothing was written.`)
}

if (import.meta.main)
  await runStep(async () => {
    const textOf = (name: string) => readFileSync(resolve(projectFolder, 'generated', name), 'utf8')
    await lintBundle({ yaml: textOf('openapi.yaml'), json: textOf('openapi.json') }, resolve(projectFolder, 'spec'))
    console.log('generated/openapi.yaml: 0 problems')
  })
