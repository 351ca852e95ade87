/** What the contract kit finds: every fault of the catalogue, and nothing on right servers. Writes docs/contract/results.md. */
import { join, resolve } from 'node:path'
import { runContract } from '../../src/contract/run/run.ts'
import { createSandbox, type SandboxOptions } from '../../src/server/sandbox/sandbox.ts'
import { projectFolder, writeWhole } from '../build/step.ts'
import { faults } from '../faults/catalogue.ts'
import { fairVariants } from '../faults/fair.ts'
import { hunt, inProcess } from '../faults/hunt.ts'
import { createTarget } from '../faults/target.ts'
import { comparePeers } from './peers/compare.ts'
import { withFolder } from './tools/folder.ts'
import { median } from './tools/process.ts'
import type { Table } from './tools/table.ts'
import { markdown } from './tools/table.ts'

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)

const huntAll = async (): Promise<Table> => {
  const rows: Table['rows'] = []
  let sandbox = await createSandbox({})
  for (const [index, fault] of faults.entries()) {
    // A sandbox that remembers thousands of payments responds to its lists later.
    if (index % 20 === 19) {
      console.error(`  ${index} of ${faults.length} faults hunted`)
      await sandbox.close()
      sandbox = await createSandbox({})
    }
    const target = await createTarget(fault.make(), sandbox)
    const start = performance.now()
    const { finding, verdict } = await hunt(fault, target)
    await target.close()
    rows.push([
      fault.name,
      fault.kind,
      fault.operation,
      fault.rule,
      finding ? finding.check : '**not found**',
      verdict.requests,
      Math.round(performance.now() - start),
    ])
  }
  await sandbox.close()
  return {
    title: `Faults: ${rows.filter(([, , , , check]) => check !== '**not found**').length} of ${rows.length} found`,
    columns: ['fault', 'class', 'operation', 'rule', 'found by', 'requests', 'ms'],
    rows,
    note: 'Requests and milliseconds until the finding, of the checks that can find it. Kit, proxy and sandbox share a process.',
  }
}

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)

/** One row: the kit on a right server, made anew for each seed. */
const onRightServer = async (name: string, options: (seed: number) => SandboxOptions): Promise<Table['rows'][number]> => {
  const times: number[] = []
  let found = 0
  let requests = 0
  for (const seed of seeds) {
    const sandbox = await createSandbox(options(seed))
    const target = await createTarget(undefined, sandbox)
    const start = performance.now()
    const verdict = await runContract({ ...inProcess(target), seed })
    times.push(performance.now() - start)
    found += verdict.findings.length
    requests = verdict.requests
    for (const { operationId, rule, message } of verdict.findings)
      console.error(`  ${name}, seed ${seed}: ${operationId} ${rule}: ${message}`)
    await target.close()
    await sandbox.close()
  }
  console.error(`  ${name}: ${found} findings with ${seeds.length} seeds`)
  return [name, seeds.length, found, requests, seconds(median(times)), seconds(Math.max(...times))]
}

const onFairVariants = async (): Promise<Table['rows'][number]> => {
  let alarms = 0
  for (const variant of fairVariants) {
    const target = await createTarget(variant.make())
    alarms += (await runContract({ ...inProcess(target), skip: ['generated', 'wrong detail of'] })).findings.length
    await target.close()
  }
  return ['fair variants', fairVariants.length, alarms, '', '', '']
}

const onRightServers = async (): Promise<Table> => ({
  title: 'Right servers',
  columns: ['server', 'runs', 'findings', 'requests a run', 'seconds, median', 'seconds, slowest'],
  rows: [
    await onRightServer('sandbox in memory', () => ({})),
    await withFolder((folder) => onRightServer('sandbox on SQLite', (seed) => ({ db: join(folder, `${seed}.sqlite`) }))),
    await onFairVariants(),
  ],
  note: 'Whole runs, each with a seed of its own, server and kit in one process. Fair variants respond differently and are right as well.',
})

/** Measures, and writes the tables into the docs. */
export const bench = async (): Promise<Table[]> => {
  // An exit ends the programs that run and removes their folders; a signal alone does not.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const tables = [await huntAll(), await onRightServers(), ...(await comparePeers())]
  const intro = '# What the contract kit finds\n\nWritten by `npm run bench:contract`. The faults are in `scripts/faults/`.\n'
  writeWhole(resolve(projectFolder, 'docs/contract/results.md'), [intro, ...tables.map(markdown)].join('\n'))
  return tables.slice(1)
}
