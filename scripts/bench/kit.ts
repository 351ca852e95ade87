/** How long the contract kit takes, as the command that its users run. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Verdict } from '../../src/contract/report/run-report.ts'
import { projectFolder } from '../build/step.ts'
import { withFolder } from './tools/folder.ts'
import { median, startServer, wallTime } from './tools/process.ts'
import { type Command, ours } from './tools/servers.ts'
import type { Table } from './tools/table.ts'

const rounds = 5

const measure = async (folder: string): Promise<Table> => {
  const targets: [name: string, command: (round: number) => Command][] = [
    ['sandbox in memory', () => ours('sandbox')],
    ['sandbox on SQLite', (round) => ours('sandbox', '--db', join(folder, `${round}.sqlite`))],
    ['mock', () => ours('mock')],
  ]
  const rows: Table['rows'] = []
  for (const [name, command] of targets) {
    const times: number[] = []
    let verdict: Verdict | undefined
    for (let round = 0; round < rounds; round++) {
      console.error(`  round ${round + 1} of ${rounds}: ${name}`)
      const { origin, stop } = await startServer(command(round))
      const args = ['contract', '--url', `${origin}/api/v1`, '--secret-key', 'sk_test_1', '--seed', String(round + 1)]
      const reports = ['--report', 'json', '--report-dir', folder, ...(name === 'mock' ? [] : ['--pay-url', `${origin}/sandbox/pay/{id}`])]
      times.push(await wallTime([resolve(projectFolder, 'src/cli.ts'), ...args, ...reports]))
      await stop()
      verdict = JSON.parse(readFileSync(join(folder, 'contract.json'), 'utf8')) as Verdict
    }
    const { checks, notChecked, coverage, requests, findings } = verdict!
    const cases = coverage.reduce((sum, { checked }) => sum + checked, 0)
    const seconds = median(times) / 1000
    rows.push([name, checks, notChecked.length, requests, cases, findings.length, seconds.toFixed(1), Math.round(cases / seconds)])
  }
  return {
    title: 'Contract kit',
    columns: ['target', 'checks', 'not checked', 'requests', 'rules looked at', 'findings', 'seconds', 'rules / s'],
    rows,
    note: `The whole command with its start, a seed a round; median of ${rounds} rounds, counts of the last. Kit and target share the machine.`,
  }
}

export const bench = (): Promise<Table> => withFolder(measure)
