/** Build step: Spectral lints the bundle, with its own rules and the project's (.spectral.yaml). */

import { promises as fs, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ISpectralDiagnostic } from '@stoplight/spectral-core'
import spectralCore from '@stoplight/spectral-core'
import parsers from '@stoplight/spectral-parsers'
import { bundleAndLoadRuleset } from '@stoplight/spectral-ruleset-bundler/with-loader'
import { BuildError, projectFolder, runStep } from './step.ts'

const { Document, Spectral } = spectralCore
const { Yaml } = parsers

const shownProblem = ({ code, message, path, range }: ISpectralDiagnostic) =>
  `generated/openapi.yaml:${range.start.line + 1}:${range.start.character + 1}  ${code}\n  ${message}\n  at ${path.join('.')}`

/**
 * Lints a bundle.
 * @param yaml text of the bundle
 * @throws {BuildError} at any problem, whatever its severity, with the line in the bundle and the fix
 */
export const lintBundle = async (yaml: string) => {
  const spectral = new Spectral()
  const ruleset = resolve(projectFolder, '.spectral.yaml')
  spectral.setRuleset(await bundleAndLoadRuleset(ruleset, { fs: { promises: fs }, fetch }))
  const problems = await spectral.run(new Document(yaml, Yaml, 'generated/openapi.yaml'))
  if (problems.length === 0) return
  throw new BuildError(
    `${problems.map(shownProblem).join('\n')}\nSpectral found ${problems.length} problems in the bundle. Nothing was written.`,
  )
}

if (import.meta.main)
  await runStep(async () => {
    await lintBundle(readFileSync(resolve(projectFolder, 'generated/openapi.yaml'), 'utf8'))
    console.log('generated/openapi.yaml: 0 problems')
  })
