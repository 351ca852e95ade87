/** Build step: Redocly lints the hand-written source. */

import { resolve } from 'node:path'
import { openapiCore } from './openapi-core.ts'
import { redoclyPath } from './redocly-path.ts'
import { readingOptions } from './source.ts'
import { BuildError, projectFolder, runStep } from './step.ts'

const { formatProblems, getTotals, lint } = openapiCore

/**
 * Lints a split document with the rules of redocly.yaml.
 * @param root file of the document's root, for example `spec/openapi.yaml`
 * @param skipped names of rules that are known to find nothing
 * @throws {BuildError} at any problem, warnings too; the problems are printed with their place
 */
export const lintSource = async (root: string, skipped: string[] = []) => {
  const options = await readingOptions()
  options.config.skipRules(skipped)
  const problems = await lint({ ref: redoclyPath(root), ...options })
  const { errors, warnings } = getTotals(problems)
  if (errors + warnings === 0) return
  formatProblems(problems, { totals: { errors, warnings, ignored: 0 }, format: 'codeframe', cwd: redoclyPath(process.cwd()), version: '' })
  throw new BuildError(`Redocly found ${errors} errors and ${warnings} warnings in the source. Nothing was written.`)
}

if (import.meta.main)
  await runStep(async () => {
    await lintSource(resolve(projectFolder, 'spec/openapi.yaml'))
    console.log('spec/openapi.yaml: 0 problems')
  })
