/** Build step: one document from the split source. */

import { resolve } from 'node:path'
import { openapiCore } from './openapi-core.ts'
import { redoclyPath } from './redocly-path.ts'
import { readingOptions } from './source.ts'
import { BuildError, projectFolder, runStep, writeWhole } from './step.ts'

const { bundle, formatProblems, getTotals, stringifyYaml } = openapiCore

export type Bundle = { yaml: string; json: string }

/**
 * Bundles a split document.
 * @param root file of the document's root, for example `spec/openapi.yaml`
 * @returns the same document as YAML and as JSON
 * @throws {BuildError} where a reference cannot be resolved or two files would share a component's name
 */
export const bundleDocument = async (root: string): Promise<Bundle> => {
  const { bundle: document, problems } = await bundle({
    ref: redoclyPath(root),
    ...(await readingOptions()),
    componentRenamingConflicts: 'error',
  })
  const { errors, warnings } = getTotals(problems)
  if (errors > 0) {
    formatProblems(problems, {
      totals: { errors, warnings, ignored: 0 },
      format: 'codeframe',
      cwd: redoclyPath(process.cwd()),
      version: '',
    })
    throw new BuildError(`The source cannot be bundled: ${errors} errors. Nothing was written.`)
  }
  return {
    yaml: stringifyYaml(document.parsed, { noRefs: true }),
    json: `${JSON.stringify(document.parsed, null, 2)}\n`,
  }
}

if (import.meta.main)
  await runStep(async () => {
    const { yaml, json } = await bundleDocument(resolve(projectFolder, 'spec/openapi.yaml'))
    writeWhole(resolve(projectFolder, 'generated/openapi.yaml'), yaml)
    writeWhole(resolve(projectFolder, 'generated/openapi.json'), json)
  })
