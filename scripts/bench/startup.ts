/** How long every command takes to start: until it ends, or until it responds to its first request. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { projectFolder } from '../build/step.ts'
import { build } from '../build.ts'
import { withFolder } from './tools/folder.ts'
import { median, startServer, wallTime } from './tools/process.ts'
import { type Command, ours, prism } from './tools/servers.ts'
import type { Table } from './tools/table.ts'

const rounds = 7
const cli = resolve(projectFolder, 'src/cli.ts')

const untilItResponds = async (command: Command) => {
  const started = performance.now()
  const { stop } = await startServer(command)
  const time = performance.now() - started
  await stop()
  return time
}

const measure = async (folder: string): Promise<Table> => {
  // Where the launcher of a clone lets Node keep what it has compiled.
  process.env.NODE_COMPILE_CACHE ??= resolve(projectFolder, 'node_modules/.cache/node')
  // `docs` and `npm start` need the page, and `npm start` builds it where it is missing.
  if (!existsSync(resolve(projectFolder, 'generated/docs/index.html')))
    await build(resolve(projectFolder, 'spec'), resolve(projectFolder, 'generated'))
  const commands: [name: string, time: () => Promise<number>][] = [
    ['node, nothing else', () => wallTime(['-e', ''])],
    ['--version', () => wallTime([cli, '--version'])],
    ['--help', () => wallTime([cli, '--help'])],
    ['contract --list', () => wallTime([cli, 'contract', '--list'], projectFolder)],
    ['docs', () => untilItResponds((port) => [cli, 'docs', '--port', String(port)])],
    ['mock', () => untilItResponds(ours('mock'))],
    ['sandbox', () => untilItResponds(ours('sandbox'))],
    ['sandbox --db state.sqlite', () => untilItResponds(ours('sandbox', '--db', join(folder, 'state.sqlite')))],
    [
      'npm start, nothing stale',
      () => untilItResponds((port) => [resolve(projectFolder, 'scripts/start.ts'), '--port', String(port), '--quiet']),
    ],
    ['prism mock', () => untilItResponds(prism())],
  ]
  const times = commands.map((): number[] => [])
  for (let round = -1; round < rounds; round++)
    for (const [index, [, time]] of commands.entries()) {
      const taken = await time()
      if (round >= 0) times[index]!.push(taken)
    }
  const last = median(times.at(-1)!)
  return {
    title: 'Start of every command',
    columns: ['command', 'ms', 'ratio to prism mock'],
    rows: commands.map(([name], index) => [name, Math.round(median(times[index]!)), (median(times[index]!) / last).toFixed(2)]),
    note: `Median of ${rounds} rounds that take turns, after one to warm up. A server has started when it responds to its first request.`,
  }
}

export const bench = (): Promise<Table> => withFolder(measure)
