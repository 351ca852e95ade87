/** `npm run build`: everything in generated/, from spec/. */
import module from 'node:module'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bundle } from './build/bundle.ts'
import { openCache, type Remember, rememberNothing } from './build/cache.ts'
import { checkSource } from './build/check-source.ts'
import { codeHash, inputsHash, rememberInputs, sourceHash } from './build/inputs.ts'
import { sandboxFactsOf } from './build/sandbox-facts.ts'
import { shapeOf, shapeRules } from './build/shape.ts'
import { projectFolder, replaceFile, runStep, shown, writeWhole } from './build/step.ts'
import { threadFor } from './build/thread.ts'
import { clientOf } from './client/index.ts'

// What a step needs is imported when its turn comes, compiled before: loading the tools takes longer than most steps.
module.enableCompileCache()

/** Generated files by name, with their text. */
export type Generated = Record<string, string>

/** Waits for steps that run side by side; where several fail, the first in the list tells why. */
const allOf = async <Steps extends Promise<unknown>[]>(...steps: Steps) => {
  await Promise.allSettled(steps)
  return Promise.all(steps)
}

const lint = async (root: string, skipped?: string[]) => (await import('./build/lint-source.ts')).lintSource(root, skipped)

const typesHere = async ({ json }: Bundle) => (await import('./build/types.ts')).typesOf(json)

const filesOf = async (
  bundle: Bundle,
  spec: string,
  typesOf: (bundle: Bundle) => Promise<string>,
  remember: Remember,
): Promise<Generated> => {
  const { yaml, json } = bundle
  const translations = sourceHash(spec, 'languages/*')
  const [client, types, artifacts, { dashboardCatalogues }] = await Promise.all([
    // A process formats the client while this one makes the others.
    clientOf(json, remember),
    remember('types', [json], () => typesOf(bundle)),
    remember('artifacts', [json, translations], async () => (await import('./artifacts/index.ts')).artifactsOf(json, spec)),
    import('./build/dashboard.ts'),
  ])
  return {
    'openapi.yaml': yaml,
    'openapi.json': json,
    'schema.d.ts': types,
    'client.ts': client,
    'sandbox.json': sandboxFactsOf(spec),
    'dashboard.json': dashboardCatalogues(json, spec),
    ...artifacts,
  }
}

/**
 * Compiles the committed part of generated/: everything but the rendered reference.
 * @param spec folder of the hand-written source
 * @throws {BuildError} at the first step that finds a problem
 */
export const generate = async (spec: string): Promise<Generated> => {
  const root = resolve(spec, 'openapi.yaml')
  checkSource(spec)
  const { bundleDocument } = await import('./build/bundle.ts')
  await lint(root)
  return filesOf(await bundleDocument(root), spec, typesHere, rememberNothing)
}

/** Writes the files, and says so once a folder. */
const writeAll = (out: string, files: Generated) => {
  const byFolder = Map.groupBy(Object.entries(files), ([name]) => (name.includes('/') ? name.split('/', 1).join() : ''))
  for (const [folder, entries] of byFolder) {
    for (const [name, text] of entries) (folder === '' ? writeWhole : replaceFile)(resolve(out, name), text)
    if (folder !== '') console.log(`wrote ${shown(resolve(out, folder))}/ (${entries.length} files)`)
  }
}

/** Cache of a build's steps; a build without one remembers nothing. */
const cacheOf = (useCache: boolean, code: string) =>
  useCache
    ? openCache(resolve(projectFolder, 'node_modules/.cache/komoju-build'), code)
    : { remember: rememberNothing, removeUnused: () => {} }

/** Executes every step. @returns what they make: the reference, and the other files */
const makeAll = async (spec: string, remember: Remember, thread: ReturnType<typeof threadFor>) => {
  const root = resolve(spec, 'openapi.yaml')
  checkSource(spec)
  const source = sourceHash(spec, '**/*', ['guides', 'languages'])
  const bundle = await remember('bundle', [source], async () => {
    // The thread loads its rules meanwhile.
    thread.start()
    const { bundleDocument } = await import('./build/bundle.ts')
    return bundleDocument(root).catch(async (error) => {
      await lint(root)
      throw error
    })
  })
  const shape = shapeOf(bundle.json)
  /** Where the last build judged the same shape, only the rules that read texts are left. */
  const lintOnce = async (linter: string, whole: () => Promise<unknown>, texts: () => Promise<unknown>) => {
    let isDone = false
    await remember(`${linter}: shape`, [shape], async () => {
      await whole()
      isDone = true
    })
    await remember(`${linter}: texts`, [source], async () => {
      if (!isDone) await texts()
    })
  }
  const { allDocsOf } = await import('./docs.ts')
  // A thread and a process begin their work before this thread does its own. A problem in the source explains those after it.
  const elsewhere = [
    lintOnce(
      'Spectral',
      () => thread.execute('lint', bundle),
      () => thread.execute('lintTexts', bundle),
    ),
    allDocsOf(bundle.json, spec, remember),
  ] as const
  const lintSource = lintOnce(
    'Redocly',
    () => lint(root),
    () => lint(root, shapeRules.redocly),
  )
  const typesThere = () => thread.execute('types', bundle)
  const [, , docs, files] = await allOf(lintSource, ...elsewhere, filesOf(bundle, spec, typesThere, remember))
  return { docs, files }
}

/**
 * Builds everything and writes it only when every step succeeded.
 * @param spec folder of the hand-written source
 * @param out folder for the results
 * @param useCache whether steps whose inputs have not changed take their results from the last build
 * @throws {BuildError} with what the earliest step found
 */
export const build = async (spec: string, out: string, useCache = true) => {
  const code = codeHash()
  const hash = inputsHash(spec, code)
  const { remember, removeUnused } = cacheOf(useCache, code)
  const thread = threadFor(spec)
  // A server that builds before it starts must not carry the linters along.
  const { docs, files } = await makeAll(spec, remember, thread).finally(thread.end)
  const { writeDocs } = await import('./docs.ts')
  writeAll(out, files)
  writeDocs(resolve(out, 'docs'), docs)
  rememberInputs(out, hash)
  removeUnused()
}

const help = `Usage: npm run build -- [options]

Lints spec/, bundles it, lints the bundle, and writes to generated/: the document as YAML, JSON and OpenAPI 3.0, its translations, its types and
the client, one JSON Schema a message, a Postman collection, a Bruno folder, what the sandbox knows of the payment methods, the
languages of its dashboard, and the rendered reference.

  --spec <folder>  source to build (default: spec)
  --out <folder>   where to write (default: generated)
  --no-cache       repeat every step, whatever the last build remembers in node_modules/.cache
  --help           show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({
      options: { spec: { type: 'string' }, out: { type: 'string' }, 'no-cache': { type: 'boolean' }, help: { type: 'boolean' } },
    })
    if (values.help) return console.log(help)
    const started = performance.now()
    const { spec = resolve(projectFolder, 'spec'), out = resolve(projectFolder, 'generated'), 'no-cache': noCache } = values
    await build(spec, out, !noCache)
    console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  })
