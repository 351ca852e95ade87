/** What the contract kit finds: every fault of the catalogue, and nothing on right servers. Writes src/contract/faults.md. */
import { resolve } from 'node:path'
import { runContract } from '../../src/contract/run.ts'
import { createSandbox } from '../../src/server/sandbox/sandbox.ts'
import { faults } from '../../tests/contract/faults/catalogue.ts'
import { fairVariants } from '../../tests/contract/faults/fair.ts'
import { hunt, inProcess } from '../../tests/contract/faults/hunt.ts'
import { createTarget } from '../../tests/contract/faults/target.ts'
import type { Table } from '../bench.ts'
import { projectFolder, writeWhole } from '../step.ts'

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)

const huntAll = async (): Promise<Table> => {
  const rows: Table['rows'] = []
  let sandbox = await createSandbox({})
  for (const [index, fault] of faults.entries()) {
    // A sandbox that remembers thousands of payments answers its lists later.
    if (index % 20 === 19) {
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

const onRightServers = async (): Promise<Table> => {
  const times: number[] = []
  let found = 0
  let requests = 0
  for (let seed = 1; seed <= 20; seed++) {
    const target = await createTarget()
    const start = performance.now()
    const verdict = await runContract({ ...inProcess(target), seed })
    times.push(performance.now() - start)
    found += verdict.findings.length
    requests = verdict.requests
    await target.close()
  }
  let alarms = 0
  for (const variant of fairVariants) {
    const target = await createTarget(variant.make())
    alarms += (await runContract({ ...inProcess(target), skip: ['generated', 'wrong detail of'] })).findings.length
    await target.close()
  }
  times.sort((one, other) => one - other)
  return {
    title: 'Contract kit on right servers',
    columns: ['server', 'runs', 'findings', 'requests a run', 'seconds, median', 'seconds, slowest'],
    rows: [
      ['sandbox in the same process, 20 seeds', 20, found, requests, seconds(times[10]!), seconds(times.at(-1)!)],
      ['fair variants', fairVariants.length, alarms, '', '', ''],
    ],
  }
}

const markdown = ({ title, columns, rows, note }: Table) =>
  [
    `## ${title}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => ' --- ').join('|')}|`,
    ...rows.map((row) => `| ${row.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`),
    ...(note ? ['', note] : []),
    '',
  ].join('\n')

/** Measures, and writes the table of faults into the docs. */
export const bench = async (): Promise<Table[]> => {
  const found = await huntAll()
  const intro = '# What the contract kit finds\n\nWritten by `npm run bench:contract`. The faults live in `tests/contract/faults/`.\n'
  writeWhole(resolve(projectFolder, 'src/contract/faults.md'), `${intro}\n${markdown(found)}`)
  return [await onRightServers()]
}
