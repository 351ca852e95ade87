/** The plain Redoc page of the bundle, for those who want it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import { BuildError, projectFolder } from '../build/step.ts'

const redoclyCommand = join(createRequire(import.meta.url).resolve('@redocly/cli/package.json'), '../bin/cli.js')

/** Redoc's page asks for its logo; an empty image in the page takes its place, so that it makes no request. */
const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g
const emptyImage = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'

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
      throw new BuildError(`Redocly could not render its page:\n${error.stderr}`)
    })
    return readFileSync(output, 'utf8').replaceAll(logo, emptyImage)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
