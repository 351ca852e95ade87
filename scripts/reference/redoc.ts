/** The plain Redoc page of the bundle, for those who want it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import type { OpenApiDocument } from '../../src/document.ts'
import { type Remember, rememberNothing } from '../build/cache.ts'
import { BuildError, projectFolder } from '../build/step.ts'

const redoclyCommand = join(createRequire(import.meta.url).resolve('@redocly/cli/package.json'), '../bin/cli.js')

/** Redoc's page asks for its logo; an empty image in the page takes its place, so that it makes no request. */
const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g
const emptyImage = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'

/**
 * Runs Redoc's command.
 * @param json text of the document
 * @returns the page, HTML with everything it needs inlined
 * @throws {BuildError} with what Redocly printed, where it fails
 */
export const pageOf = async (json: string) => {
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
      throw new BuildError(`Redocly could not render its page:\n${error.stderr}`)
    })
    return readFileSync(output, 'utf8').replaceAll(logo, emptyImage)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Properties of an operation that hold what it sends and returns. */
const messages = new Set(['parameters', 'requestBody', 'responses'])

/** What Redoc renders ahead, its first view, shows of a document: everything but messages. */
const outlineOf = ({ components: { securitySchemes }, ...document }: OpenApiDocument): string =>
  JSON.stringify({ ...document, components: { securitySchemes } }, (key, value) => (messages.has(key) ? undefined : value))

/** A document as the page carries it, for its script. */
const carried = (json: string) =>
  JSON.stringify(JSON.parse(json)).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/**
 * Makes the page that Redoc's command makes, from less: Redoc renders the outline, and the document takes its place in the page.
 * @param json text of the document
 * @param remember keeps what the last build made of the same outline
 * @throws {BuildError} with what Redocly printed, where it fails
 */
export const renderRedoc = async (json: string, remember: Remember = rememberNothing) => {
  const outline = outlineOf(JSON.parse(json))
  const page = await remember('redoc', [outline], () => pageOf(outline))
  const [before, after, ...more] = page.split(carried(outline))
  if (after === undefined || more.length > 0)
    throw new BuildError('Redoc’s page does not carry the document as it did. Mend scripts/reference/redoc.ts.')
  return before + carried(json) + after
}
