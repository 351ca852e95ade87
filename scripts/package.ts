/** `npm run build:package`: the published files. dist/ keeps the folders of the project, so that code finds generated/ where it always is. */
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BuildError, projectFolder, runStep, shown } from './build/step.ts'

const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

const compile = (project: string, out: string) => {
  const args = [compiler, '--project', resolve(projectFolder, project), '--outDir', out]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new BuildError(`TypeScript cannot compile the package:\n${stdout}`)
}

/**
 * Compiles the client once more, for what loads CommonJS only: Jest by default, and types of `moduleResolution: node10`.
 * @param out folder for the results
 */
const buildCommonJs = (out: string) => {
  compile('tsconfig.commonjs.json', out)
  writeFileSync(resolve(out, 'package.json'), '{"type":"commonjs"}\n')
  cpSync(resolve(projectFolder, 'generated/schema.d.ts'), resolve(out, 'generated/schema.d.ts'))
}

/**
 * Compiles src/ and copies generated/ beside it.
 * @param out folder for the results; what it held is gone
 * @throws {BuildError} with what TypeScript found, where the source does not compile
 */
export const buildPackage = (out: string) => {
  rmSync(out, { recursive: true, force: true })
  compile('tsconfig.build.json', out)
  buildCommonJs(resolve(out, 'commonjs'))
  // The commands read their version, and those of the packages they need, from the folder above src/, here as there.
  const { version, type, peerDependencies, devDependencies } = JSON.parse(readFileSync(resolve(projectFolder, 'package.json'), 'utf8'))
  const needed = Object.fromEntries(Object.keys(peerDependencies).map((name) => [name, devDependencies[name]]))
  writeFileSync(resolve(out, 'package.json'), `${JSON.stringify({ version, type, devDependencies: needed })}\n`)
  cpSync(resolve(projectFolder, 'generated'), resolve(out, 'generated'), {
    recursive: true,
    // The client is compiled; hidden files are the build's own.
    filter: (file) => basename(file) !== 'client.ts' && !basename(file).startsWith('.'),
  })
}

const help = `Usage: npm run build:package -- [options]

Compiles src/ to JavaScript and types, and copies generated/ beside it.

  --out <folder>  where to write (default: dist)
  --help          show this help`

if (import.meta.main)
  await runStep(() => {
    const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const out = resolve(values.out ?? resolve(projectFolder, 'dist'))
    buildPackage(out)
    console.log(`wrote ${shown(out)}`)
  })
