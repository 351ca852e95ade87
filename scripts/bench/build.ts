/** The build, against the command lines of its tools one after another on the same document. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { projectFolder } from '../build/step.ts'
import { withFolder } from './tools/folder.ts'
import { median, wallTime } from './tools/process.ts'
import type { Table } from './tools/table.ts'

const rounds = 5
/** The arguments that `npm run build` gives to Node. */
const command = ['--import', './scripts/tools/compile-cache.js', 'scripts/build.ts']
const bin = (path: string) => resolve(projectFolder, 'node_modules', path)

/** Lines to change, each time to something new, in the copy of the source. */
const lines: [what: string, file: string, line: RegExp][] = [
  ['of the document', 'components/schemas/Refund.yaml', /^description: .*/m],
  ['of a guide', 'guides/08-idempotency.md', /^\w.*/m],
]

const changeLine = (file: string, line: RegExp, round: number) => {
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(line, (old) => `${old} Round ${round}.`),
  )
}

const measure = async (folder: string): Promise<Table> => {
  const bundle = join(folder, 'openapi.yaml')
  // openapi-typescript reads the redocly.yaml of its working directory, and wants the settings for several documents there.
  const tools: [name: string, args: string[], cwd: string][] = [
    ['redocly lint', [bin('@redocly/cli/bin/cli.js'), 'lint', 'komoju'], projectFolder],
    ['redocly bundle', [bin('@redocly/cli/bin/cli.js'), 'bundle', 'komoju', '-o', bundle], projectFolder],
    ['spectral lint', [bin('@stoplight/spectral-cli/dist/index.js'), 'lint', bundle, '--ruleset', '.spectral.yaml'], projectFolder],
    ['openapi-typescript', [bin('openapi-typescript/bin/cli.js'), bundle, '-o', join(folder, 'schema.d.ts'), '--root-types'], folder],
    [
      'redocly build-docs',
      [bin('@redocly/cli/bin/cli.js'), 'build-docs', bundle, '--inlineBundle', '-o', join(folder, 'index.html')],
      projectFolder,
    ],
  ]
  const spec = join(folder, 'spec')
  cpSync(resolve(projectFolder, 'spec'), spec, { recursive: true })
  const build = (...options: string[]) => wallTime([...command, '--out', join(folder, 'generated'), ...options], projectFolder)
  await build('--spec', spec)
  const ours: number[] = []
  const rebuilds = lines.map((): number[] => [])
  const theirs = tools.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    ours.push(await build('--no-cache'))
    for (const [index, [, file, line]] of lines.entries()) {
      changeLine(join(spec, file), line, round)
      rebuilds[index]!.push(await build('--spec', spec))
    }
    for (const [index, [, args, cwd]] of tools.entries()) theirs[index]!.push(await wallTime(args, cwd))
  }
  const sum = theirs.reduce((total, times) => total + median(times), 0)
  const seconds = (ms: number) => (ms / 1000).toFixed(2)
  return {
    title: 'Build',
    columns: ['command', 'seconds', 'ratio to the sum'],
    rows: [
      ['npm run build', seconds(median(ours)), (median(ours) / sum).toFixed(2)],
      ...lines.map(([what], index) => [`npm run build after a changed line ${what}`, seconds(median(rebuilds[index]!)), '']),
      ...tools.map(([name], index) => [name, seconds(median(theirs[index]!)), '']),
      ['the five tools one after another', seconds(sum), '1.00'],
    ],
    note: `Median of ${rounds} rounds, wall time. The first build is without a cache.`,
  }
}

export const bench = (): Promise<Table> => withFolder(measure)
