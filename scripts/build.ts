/** `npm run build`: everything in generated/, from spec/. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleDocument } from './bundle.ts'
import { clientOf } from './client.ts'
import { docsOf } from './docs.ts'
import { inputsHash, rememberInputs } from './inputs.ts'
import { startBundleLint } from './lint-bundle.ts'
import { lintSource } from './lint-source.ts'
import { projectFolder, runStep, writeWhole } from './step.ts'
import { typesOf } from './types.ts'

/** Generated files by name, with their text. */
export type Generated = Record<string, string>

/**
 * Compiles the committed part of generated/: everything but the rendered reference.
 * @param spec folder of the hand-written source
 * @throws {BuildError} at the first step that finds a problem
 */
export const generate = async (spec: string): Promise<Generated> => {
  const root = resolve(spec, 'openapi.yaml')
  await lintSource(root)
  const { yaml, json } = await bundleDocument(root)
  return { 'openapi.yaml': yaml, 'openapi.json': json, 'schema.d.ts': await typesOf(json), 'client.ts': clientOf(json) }
}

/**
 * Builds everything and writes it only when every step succeeded.
 * @param spec folder of the hand-written source
 * @param out folder for the results
 */
export const build = async (spec: string, out: string) => {
  const hash = inputsHash(spec)
  const lintBundle = startBundleLint()
  const generated = await generate(spec)
  const [page] = await Promise.all([
    docsOf(generated['openapi.json']!, resolve(spec, 'guides')),
    lintBundle(generated['openapi.yaml']!, spec),
  ])
  for (const [name, text] of Object.entries(generated)) writeWhole(resolve(out, name), text)
  writeWhole(resolve(out, 'docs/index.html'), page)
  rememberInputs(out, hash)
}

const help = `Usage: npm run build -- [options]

Lints spec/, bundles it, lints the bundle, and writes the bundle, its types and the rendered reference to generated/.

  --spec <folder>  source to build (default: spec)
  --out <folder>   where to write (default: generated)
  --help           show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({
      options: { spec: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) return console.log(help)
    const started = performance.now()
    await build(values.spec ?? resolve(projectFolder, 'spec'), values.out ?? resolve(projectFolder, 'generated'))
    console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  })
