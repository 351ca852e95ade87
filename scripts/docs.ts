/** Build step: the rendered reference, and the plain Redoc page beside it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Remember, rememberNothing } from './build/cache.ts'
import { sourceHash } from './build/inputs.ts'
import { BuildError, projectFolder, replaceFile, runStep, writeWhole } from './build/step.ts'
import type { ReferenceFiles } from './reference/index.ts'
import { renderRedoc } from './reference/redoc.ts'

/**
 * Makes the reference: page, Markdown, indexes for programs.
 * @param json text of the bundle
 * @param specFolder folder of the source, with guides and translations
 * @param remember keeps what the last build made of the same parts
 * @throws {BuildError} where a guide or a diagram fails
 */
export const docsOf = async (
  json: string,
  specFolder = resolve(projectFolder, 'spec'),
  remember: Remember = rememberNothing,
): Promise<ReferenceFiles> => (await import('./reference/index.ts')).renderReference(JSON.parse(json), specFolder, remember)

/**
 * Makes everything that is rendered: the reference and the Redoc page.
 * @param json text of the bundle
 * @param specFolder folder of the source, with guides and translations
 * @param remember keeps what the last build made of the same
 * @throws {BuildError} where a guide, a diagram or Redoc fails
 */
export const allDocsOf = async (json: string, specFolder: string, remember: Remember = rememberNothing): Promise<ReferenceFiles> => {
  const texts = sourceHash(specFolder, '{guides,languages}/*')
  // Redoc renders in a process of its own meanwhile.
  const [redoc, reference] = await Promise.allSettled([
    renderRedoc(json, remember),
    remember('reference', [json, texts], (rememberPart) => docsOf(json, specFolder, rememberPart)),
  ])
  if (reference.status === 'rejected') throw reference.reason
  if (redoc.status === 'rejected') throw redoc.reason
  return { ...reference.value, 'redoc/index.html': redoc.value }
}

/** Writes rendered files, each whole or not at all, and says so of the pages. */
export const writeDocs = (folder: string, files: ReferenceFiles) => {
  for (const [name, text] of Object.entries(files)) (name.endsWith('.html') ? writeWhole : replaceFile)(resolve(folder, name), text)
}

const help = `Usage: npm run docs -- [options]

Renders generated/openapi.json with its guides and samples to generated/docs/: the page, its Markdown, and a plain Redoc page.

  --watch          serve the page, rebuild it at each change of spec/, and reload it
  --port <number>  port to serve it on with --watch, 0 for any free one (default: 4030)
  --help           show this help`

const portOf = (text: string) => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new BuildError(`--port ${text} is no port. Give a whole number from 0 to 65535.`)
  return port
}

const watchSource = async (port: number) => {
  const spec = resolve(projectFolder, 'spec')
  const { bundleDocument } = await import('./build/bundle.ts')
  const { renderPage } = await import('./reference/index.ts')
  const build = async () => renderPage(JSON.parse((await bundleDocument(resolve(spec, 'openapi.yaml'))).json), spec)
  const { watchPage } = await import('./reference/watch.ts')
  const { address } = await watchPage(spec, build, port).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new BuildError(`Port ${port} is in use. Choose another with --port.`) : error
  })
  console.log(`Reference  ${address}\nIt follows the changes of spec/. Stop with Ctrl-C.`)
}

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({ options: { watch: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    if (values.watch) return watchSource(portOf(values.port ?? '4030'))
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    writeDocs(resolve(projectFolder, 'generated/docs'), await allDocsOf(json, resolve(projectFolder, 'spec')))
  })
