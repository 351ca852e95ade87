/** `npm run check`: whether generated/ is what a fresh build writes, and the catalogues translate every text. */

import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BuildError, projectFolder, runStep } from './build/step.ts'
import { generate } from './build.ts'
import { allCatalogues } from './reference/languages/all.ts'
import { checkCatalogue } from './reference/languages/catalogue.ts'

/** Difference between a committed file and its fresh text, as `git diff` shows it; empty if they agree. */
const differenceOf = (committed: string, fresh: string, name: string) => {
  if (existsSync(committed) && readFileSync(committed, 'utf8') === fresh) return ''
  const folder = mkdtempSync(join(tmpdir(), 'komoju-check-'))
  try {
    writeFileSync(join(folder, 'fresh'), fresh)
    const old = existsSync(committed) ? committed : '/dev/null'
    const { stdout } = spawnSync('git', ['diff', '--no-index', '--no-color', old, join(folder, 'fresh')], { encoding: 'utf8' })
    return `generated/${name} differs from a fresh build (- committed, + fresh):\n${stdout.split('\n').slice(4).join('\n')}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Compares a folder with a fresh build.
 * @returns one readable difference a file that is missing, changed or left over; empty where all agree
 */
export const driftOf = async (spec: string, out: string): Promise<string[]> => {
  const fresh = await generate(spec)
  const leftOver = globSync('**/*', { cwd: out, exclude: ['docs'] })
    .filter((name) => statSync(resolve(out, name)).isFile() && !(name in fresh))
    .map((name) => `generated/${name} is not written by the build. Delete it.`)
  return [...Object.entries(fresh).map(([name, text]) => differenceOf(resolve(out, name), text, name)), ...leftOver].filter(Boolean)
}

/** What the catalogues of translations lack, have too much or have damaged, in words. */
const catalogueProblems = (spec: string): string[] => {
  const document = JSON.parse(readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8'))
  return allCatalogues(document, spec).flatMap(({ name, texts }) => checkCatalogue(resolve(spec, 'languages'), name, texts))
}

const help = `Usage: npm run check

Builds spec/ in memory and shows where the committed files of generated/ differ, and which texts of the reference
and of the sandbox's dashboard lack a translation. It writes nothing.

  --help  show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({ options: { help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const drift = await driftOf(resolve(projectFolder, 'spec'), resolve(projectFolder, 'generated'))
    if (drift.length > 0) throw new BuildError(`${drift.join('\n\n')}\n\nRun \`npm run build\` and commit generated/.`)
    const problems = catalogueProblems(resolve(projectFolder, 'spec'))
    if (problems.length > 0)
      throw new BuildError(`${problems.join('\n')}\n\nRun \`npm run languages\`, and translate what is empty in spec/languages/.`)
    console.log('generated/ is what a fresh build writes, and every text is translated')
  })
