/** `npm run faults`: runs the kit on every planted fault of both right servers, and writes what it finds into docs/contract/faults.md. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { BuildError, projectFolder, runStep, writeWhole } from './build/step.ts'
import { type MissedKind, sandboxFaultsOf } from './faults/kinds.ts'
import { hunts, type Row } from './faults/rows.ts'
import { faults as secondFaults } from './faults/second-server/faults.ts'
import { replaceBetween } from './tools/between.ts'

/** Hunts all faults on several threads. */
const huntAll = async (threads: number, progress: (done: number) => void): Promise<Row[]> => {
  const rows: Row[] = []
  let done = 0
  const runs = Array.from({ length: threads }, (_, index) => {
    const worker = new Worker(new URL('./faults/worker.ts', import.meta.url), { workerData: { index, of: threads } })
    worker.on('message', ({ number, row }: { number: number; row: Row }) => {
      rows[number] = row
      progress(++done)
    })
    return new Promise<void>((end, fail) => worker.once('error', fail).once('exit', () => end()))
  })
  await Promise.all(runs)
  return rows
}

const line = (cells: (string | number)[]) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`

const foundOf = ({ rule, leftFree }: Row) => (rule !== undefined ? 'yes' : leftFree ? `no: [${leftFree}](leniency.md)` : '**no**')

const namedOf = ({ named, isRight }: Row) => (named === undefined ? '' : isRight ? named : `**${named}**`)

const serverNames = ['sandbox', 'second server'] as const

/** How many faults of each kind that was once missed as a whole each server has. */
const kindsTable = [
  line(['kind of fault', ...serverNames]),
  '| --- | --: | --: |',
  ...Object.entries(sandboxFaultsOf).map(([kind, names]) =>
    line([kind, names.length, secondFaults.filter((fault) => fault.kind === (kind as MissedKind)).length]),
  ),
]

/** The tables in Markdown: a summary, the kinds, and a row for each fault. */
const reportOf = (rows: Row[]): string => {
  const count = (some: Row[], holds: (row: Row) => boolean) => some.filter(holds).length
  const summary = serverNames.map((name) => {
    const some = rows.filter(({ server }) => server === name)
    const found = some.filter(({ rule }) => rule !== undefined)
    const free = count(some, ({ leftFree }) => leftFree !== undefined)
    return line([
      name,
      some.length,
      found.length,
      free,
      some.length - found.length - free,
      count(found, (row) => row.isApt),
      count(found, (row) => row.isRight),
    ])
  })
  return [
    line(['server', 'faults', 'found', 'left free', 'missed', 'by an apt rule', 'right operation named first']),
    `| --- |${' --: |'.repeat(6)}`,
    ...summary,
    '',
    ...kindsTable,
    '',
    line(['server', 'fault', 'operation', 'found', 'rule named first', 'operation named first']),
    `|${' --- |'.repeat(6)}`,
    ...rows.map((row) => line([row.server, row.fault, row.operation, foundOf(row), row.rule ?? '', namedOf(row)])),
  ].join('\n')
}

const markers = ['<!-- table of faults: written by `npm run faults -- --write` -->', '<!-- end of the table of faults -->'] as const
const page = resolve(projectFolder, 'docs/contract/faults.md')
/** What finds each fault of the sandbox, so that its test can begin with that. */
const checksFile = resolve(projectFolder, 'scripts/faults/checks.json')

const help = `Usage: npm run faults -- [options]

Runs the contract kit on every planted fault of the sandbox and of the second server, and prints which rule and which operation its
report names first. Takes a few minutes.

  --write        write the table to docs/contract/faults.md, and to scripts/faults/checks.json what finds each fault of the sandbox
  --threads <n>  number of threads (default: one a processor)
  --help         show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({ options: { write: { type: 'boolean' }, threads: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const threads = values.threads === undefined ? availableParallelism() : Number(values.threads)
    if (!Number.isInteger(threads) || threads < 1) throw new BuildError('--threads takes a whole number from 1.')
    const rows = await huntAll(threads, (done) => {
      if (done % 50 === 0 || done === hunts.length) console.error(`${done} of ${hunts.length} faults hunted`)
    })
    const report = reportOf(rows)
    if (values.write) {
      writeWhole(page, replaceBetween(page, readFileSync(page, 'utf8'), markers, report))
      const checks = rows.flatMap((row) => (row.checks ? [[row.fault, row.checks]] : []))
      writeWhole(checksFile, `${JSON.stringify(Object.fromEntries(checks), null, 2)}\n`)
    } else console.log(report)
    const missed = rows.filter(({ rule, leftFree }) => rule === undefined && leftFree === undefined)
    if (missed.length > 0) throw new BuildError(`The kit misses:\n${missed.map(({ server, fault }) => `  ${server}  ${fault}`).join('\n')}`)
  })
