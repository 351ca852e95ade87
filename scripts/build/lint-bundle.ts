/** Build step: Spectral lints the bundle, with its own rules and the project's (.spectral.yaml). */

import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type spectralCore from '@stoplight/spectral-core'
import { parse } from 'yaml'
import { required } from '../../src/required.ts'
import type { Bundle } from './bundle.ts'
import { resolved } from './resolved.ts'
import { shapeRules } from './shape.ts'
import { spectral as packages } from './spectral.ts'
import { loadRuleset } from './spectral-ruleset.ts'
import { shareValidators } from './spectral-validators.ts'
import { BuildError, projectFolder, runStep, shown } from './step.ts'

const { Document, Spectral } = packages.core
type SpectralOptions = NonNullable<ConstructorParameters<typeof spectralCore.Spectral>[0]>
const { Yaml } = packages.parsers

/** File of the source that a place of the bundle comes from: components are called by their files, paths and webhooks by the root. */
const sourceOf = (spec: string, [part, ...path]: (string | number)[]) => {
  if (part === 'components') return shown(resolve(spec, globSync(`**/${path[1]}.yaml`, { cwd: spec })[0] ?? 'openapi.yaml'))
  const node = parse(readFileSync(resolve(spec, 'openapi.yaml'), 'utf8'))[part ?? '']?.[path[0] ?? '']
  return shown(resolve(spec, node?.$ref ?? 'openapi.yaml'))
}

shareValidators()

const withoutLines = (data: unknown) => ({
  parsed: { data, diagnostics: [], ast: {}, lineMap: [] },
  getLocationForJsonPath: () => undefined,
})

/** Spectral's own resolver also finds out where each reference led, in twenty times the time. */
const resolver = {
  uriCache: {},
  resolve: async (data: unknown) => {
    const { document, references } = resolved(data)
    return { result: document, errors: [], graph: { overallOrder: () => references } }
  },
} as unknown as NonNullable<SpectralOptions['resolver']>

const spectralWith = async (skipped: string[], options?: SpectralOptions) => {
  const spectral = new Spectral(options)
  const { rules } = await ruleset
  for (const name of shapeRules.spectral) required(rules[name], name).enabled = !skipped.includes(name)
  spectral.setRuleset(await ruleset)
  return spectral
}

// Loading the rules takes longer than applying them, so it starts with the module.
const ruleset = loadRuleset()

/**
 * Lints a bundle.
 * @param bundle its texts
 * @param spec folder of its source, where a problem is mended
 * @param skipped names of rules that are known to find nothing
 * @throws {BuildError} at any problem, whatever its severity, with the line in the bundle and the fix
 */
export const lintBundle = async ({ yaml, json }: Bundle, spec: string, skipped: string[] = []) => {
  // Spectral's parser and resolver, which are slow, are needed for the lines of problems alone.
  if ((await (await spectralWith(skipped, { resolver })).run(withoutLines(JSON.parse(json)))).length === 0) return
  const problems = await (await spectralWith(skipped)).run(new Document(yaml, Yaml, 'generated/openapi.yaml'))
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
