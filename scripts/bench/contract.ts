/** What the contract kit finds on right servers, and what its peers find. Writes docs/contract/results.md. */
import { join, resolve } from 'node:path'
import type { ContractOptions } from '../../src/contract/run/options.ts'
import { runContract } from '../../src/contract/run/run.ts'
import { createSandbox, type SandboxOptions } from '../../src/server/sandbox/sandbox.ts'
import { projectFolder, writeWhole } from '../build/step.ts'
import { fairVariants } from '../faults/fair.ts'
import { inProcess } from '../faults/hunt.ts'
import { notFair } from '../faults/second-server/apt.ts'
import { fairVariants as secondFairVariants } from '../faults/second-server/fair.ts'
import { createSecondServer } from '../faults/second-server/server.ts'
import { createTarget } from '../faults/target.ts'
import { comparePeers } from './peers/compare.ts'
import { withFolder } from './tools/folder.ts'
import { median } from './tools/process.ts'
import type { Table } from './tools/table.ts'
import { markdown } from './tools/table.ts'

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)

/** A server that stands ready, with the options of a run that knows all of it. */
type RightServer = { options: ContractOptions; close: () => Promise<void> }

/** Starts a server anew for each run. */
type Start = (run: string) => Promise<RightServer>

const startSandbox = async (options: SandboxOptions): Promise<RightServer> => {
  const sandbox = await createSandbox(options)
  const target = await createTarget(undefined, sandbox)
  const close = async () => {
    await target.close()
    await sandbox.close()
  }
  return { options: inProcess(target), close }
}

const startSecondServer = async (fair: string[]): Promise<RightServer> => {
  const { url, payUrl, secretKeys, close } = await createSecondServer({ fair })
  const [secretKey = '', otherSecretKey] = secretKeys
  return { options: { url, payUrl, secretKey, ...(otherSecretKey && { otherSecretKey }) }, close }
}

/** Runs the kit on a server, and says what it finds. */
const judge = async (name: string, start: () => Promise<RightServer>, change: (options: ContractOptions) => ContractOptions) => {
  const { options, close } = await start()
  const begun = performance.now()
  const { findings, requests } = await runContract(change(options))
  const milliseconds = performance.now() - begun
  await close()
  for (const { operationId, rule, message } of findings) console.error(`  ${name}: ${operationId} ${rule}: ${message}`)
  return { findings: findings.length, requests, milliseconds }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** Two rows: runs that know the server's hook for payments and a second key, and runs that know neither. */
const onRightServer = async (name: string, start: Start): Promise<Table['rows']> => {
  const rows: Table['rows'] = []
  for (const known of ['both', 'neither']) {
    const runs: Awaited<ReturnType<typeof judge>>[] = []
    for (const seed of seeds) {
      const run = `${known}-${seed}`
      runs.push(
        await judge(
          `${name}, ${run}`,
          () => start(run),
          ({ payUrl, otherSecretKey, ...least }) => ({ ...least, seed, ...(known === 'both' && { payUrl, otherSecretKey }) }),
        ),
      )
    }
    const times = runs.map(({ milliseconds }) => milliseconds)
    const found = sum(runs.map(({ findings }) => findings))
    console.error(`  ${name}, ${known}: ${found} findings with ${seeds.length} seeds`)
    rows.push([name, known, runs.length, found, runs.at(-1)?.requests ?? 0, seconds(median(times)), seconds(Math.max(...times))])
  }
  return rows
}

/** A row: the kit on every fair variant of a server. */
const onFairVariants = async (
  name: string,
  variants: [name: string, start: () => Promise<RightServer>][],
): Promise<Table['rows'][number]> => {
  const runs: Awaited<ReturnType<typeof judge>>[] = []
  // Generated requests and the details of all methods take long, and no variant is about them.
  for (const [variant, start] of variants)
    runs.push(await judge(variant, start, (options) => ({ ...options, seed: 1, skip: ['generated', 'wrong detail of'] })))
  console.error(`  ${name}: ${variants.length} variants`)
  return [name, 'both', runs.length, sum(runs.map(({ findings }) => findings)), '', '', '']
}

const onRightServers = async (): Promise<Table> => ({
  title: 'Right servers',
  columns: ['server', 'the run knows', 'runs', 'findings', 'requests a run', 'seconds, median', 'seconds, slowest'],
  rows: [
    ...(await onRightServer('sandbox in memory', () => startSandbox({}))),
    ...(await withFolder((folder) => onRightServer('sandbox on SQLite', (run) => startSandbox({ db: join(folder, `${run}.sqlite`) })))),
    ...(await onRightServer('second server', () => startSecondServer([]))),
    await onFairVariants(
      'fair variants of the sandbox',
      fairVariants.map(({ name, make }) => [
        name,
        async () => {
          const target = await createTarget(make())
          return { options: inProcess(target), close: target.close }
        },
      ]),
    ),
    await onFairVariants(
      'fair variants of the second server',
      secondFairVariants.filter(({ name }) => !(name in notFair)).map(({ name }) => [name, () => startSecondServer([name])]),
    ),
  ],
  note:
    'Whole runs, each with a seed of its own, server and kit in one process. A run knows both `--pay-url` and `--other-secret-key`, or neither. ' +
    'Fair variants respond differently and are right as well.',
})

const introOf = (date: Date) => `# The contract kit beside its peers, and on right servers

Written by \`npm run bench:contract\` on ${date.toISOString().slice(0, 10)}. What the kit makes of every planted fault is in [faults](faults.md), what it
accepts in [leniency](leniency.md).
`

/** Measures, and writes the tables into the docs. */
export const bench = async (): Promise<Table[]> => {
  // An exit ends the programs that run and removes their folders; a signal alone does not.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const tables = [await onRightServers(), ...(await comparePeers())]
  writeWhole(resolve(projectFolder, 'docs/contract/results.md'), [introOf(new Date()), ...tables.map(markdown)].join('\n'))
  return tables
}
