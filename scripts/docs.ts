/** Build step: the rendered reference, one self-contained page. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import { bundleDocument } from './build/bundle.ts'
import { BuildError, projectFolder, runStep, writeWhole } from './build/step.ts'
import { pageDocument } from './docs/document.ts'
import { guidesOf } from './docs/guides.ts'
import { completePage } from './docs/page.ts'

const redoclyCommand = join(createRequire(import.meta.url).resolve('@redocly/cli/package.json'), '../bin/cli.js')

/**
 * Renders a document with Redoc, as its command does.
 * @param json text of the document
 * @returns the page, HTML with everything it needs inlined
 * @throws {BuildError} with what Redocly printed, where it fails
 */
export const renderRedoc = async (json: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-docs-'))
  try {
    const input = join(folder, 'openapi.json')
    const output = join(folder, 'index.html')
    writeFileSync(input, json)
    // Only what is said of the page: the plugin and the rules of the source have done their work.
    const { openapi } = parse(readFileSync(resolve(projectFolder, 'redocly.yaml'), 'utf8'))
    writeFileSync(join(folder, 'redocly.yaml'), stringify({ telemetry: 'off', openapi }))
    const args = [redoclyCommand, 'build-docs', input, '--output', output, '--inlineBundle']
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    await promisify(execFile)(process.execPath, args, { env, cwd: folder }).catch((error: { stderr: string }) => {
      throw new BuildError(`Redocly could not render the reference:\n${error.stderr}`)
    })
    return readFileSync(output, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Makes the reference: the bundle with its guides and samples, rendered.
 * @param json text of the bundle
 * @param guidesFolder folder of the guides' texts and diagrams
 * @throws {BuildError} where a guide, a diagram or Redoc fails
 */
export const docsOf = async (json: string, guidesFolder = resolve(projectFolder, 'spec/guides')) => {
  const document = JSON.parse(json)
  const guides = guidesOf(guidesFolder, document)
  return completePage(await renderRedoc(JSON.stringify(pageDocument(document, guides))), guides.diagrams)
}

const help = `Usage: npm run docs -- [options]

Renders generated/openapi.json with its guides and samples to generated/docs/index.html.

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
  const build = async () => docsOf((await bundleDocument(resolve(spec, 'openapi.yaml'))).json)
  const { watchPage } = await import('./docs/watch.ts')
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
    writeWhole(resolve(projectFolder, 'generated/docs/index.html'), await docsOf(json))
  })
