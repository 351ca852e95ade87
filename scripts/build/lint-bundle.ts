/** Build step: Spectral lints the bundle, with its own rules and the project's (.spectral.yaml). */

import { promises as fs, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import spectralCore from '@stoplight/spectral-core'
import parsers from '@stoplight/spectral-parsers'
import { bundleAndLoadRuleset } from '@stoplight/spectral-ruleset-bundler/with-loader'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
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
    const text = JSON.stringify(schema)
    if (!known.has(text)) known.set(text, compile.call(this, schema, meta))
    return known.get(text)
  }
}
shareValidators()

// Loading the rules takes longer than applying them, so it starts with the module.
const ruleset = bundleAndLoadRuleset(resolve(projectFolder, '.spectral.yaml'), { fs: { promises: fs }, fetch })

/**
 * Lints a bundle.
 * @param yaml text of the bundle
 * @param spec folder of its source, where a problem is mended
 * @throws {BuildError} at any problem, whatever its severity, with the line in the bundle and the fix
 */
export const lintBundle = async (yaml: string, spec: string) => {
  const spectral = new Spectral()
  spectral.setRuleset(await ruleset)
  const problems = await spectral.run(new Document(yaml, Yaml, 'generated/openapi.yaml'))
  if (problems.length === 0) return
  const shownProblems = problems.map(
    ({ code, message, path, range }) =>
      `${sourceOf(spec, path)}, generated/openapi.yaml:${range.start.line + 1}:${range.start.character + 1}\n  ${code}: ${message}\n  in ${path.join('.')}`,
  )
  throw new BuildError(`${shownProblems.join('\n')}\nProblems that Spectral found: ${problems.length}. Nothing was written.`)
}

if (import.meta.main)
  await runStep(async () => {
    await lintBundle(readFileSync(resolve(projectFolder, 'generated/openapi.yaml'), 'utf8'), resolve(projectFolder, 'spec'))
    console.log('generated/openapi.yaml: 0 problems')
  })
