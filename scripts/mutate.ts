/** `npm run mutate`: removes or alters every constraint of the document, one at a time, and counts how many of these changes the checks notice. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { readDocument } from '../src/document.ts'
import { BuildError, projectFolder, runStep, writeWhole } from './build/step.ts'
import { rules } from './mutation/equivalent.ts'
import { explanations } from './mutation/judges.ts'
import { mutantsOf } from './mutation/mutants.ts'
import type { Outcome } from './mutation/run.ts'
import { replaceBetween } from './tools/between.ts'

/** Runs all mutants on several threads. */
const mutate = async (threads: number, progress: (done: number) => void): Promise<Outcome[]> => {
  const found: Outcome[] = []
  const runs = Array.from({ length: threads }, (_, index) => {
    const worker = new Worker(new URL('./mutation/worker.ts', import.meta.url), { workerData: { index, of: threads } })
    worker.on('message', (outcome: Outcome) => progress(found.push(outcome)))
    return new Promise<void>((done, fail) => worker.once('error', fail).once('exit', () => done()))
  })
  await Promise.all(runs)
  return found
}

const count = (found: Outcome[], fate: Outcome['fate']) => found.filter((outcome) => outcome.fate === fate).length

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`

/** Table of the result as docs/gates.md holds it. */
const reportOf = (found: Outcome[]): string => {
  const kinds = [...new Set(found.map(({ kind }) => kind))].sort()
  const counts = (some: Outcome[]) => [some.length, count(some, 'killed'), count(some, 'equivalent'), count(some, 'survived')]
  const uses = (name: string) => found.filter((outcome) => outcome.fate === 'equivalent' && outcome.by === name).length
  const disagreements = found.flatMap(({ disagreements, place }) => disagreements.map((one) => ({ one, place })))
  return [
    row(['constraint', 'mutants', 'killed', 'equivalent', 'survived']),
    '| --- | --: | --: | --: | --: |',
    ...kinds.map((kind) => row([kind, ...counts(found.filter((outcome) => outcome.kind === kind))])),
    row(['**all**', ...counts(found)]),
    '',
    row(['equivalent mutants', 'number', 'why no check can notice them']),
    '| --- | --: | --- |',
    ...rules.map(({ name, reason }) => row([name, uses(name), reason])),
    '',
    row(['verdicts on mutants where the second judge differs from Ajv', 'number', 'why']),
    '| --- | --: | --- |',
    ...explanations.map(({ name, reason, applies }) =>
      row([name, disagreements.filter(({ one, place }) => applies(one, place)).length, reason]),
    ),
  ].join('\n')
}

const markers = ['<!-- mutation table: written by `npm run mutate -- --write` -->', '<!-- end of the mutation table -->'] as const
const page = resolve(projectFolder, 'docs/gates.md')

const help = `Usage: npm run mutate -- [options]

Removes or alters every constraint of generated/openapi.json, one at a time, and asks the checks of tests/spec whether they notice.
Fails where a change goes unnoticed, where the second JSON Schema implementation differs from Ajv without a reason, or where
the table in docs/gates.md is out of date.

  --write        write the table to docs/gates.md
  --threads <n>  number of threads (default: one a processor)
  --help         show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({
      options: { write: { type: 'boolean' }, threads: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) return console.log(help)
    const threads = values.threads === undefined ? availableParallelism() : Number(values.threads)
    if (!Number.isInteger(threads) || threads < 1) throw new BuildError('--threads takes a whole number from 1.')

    const started = performance.now()
    const all = mutantsOf(readDocument()).length
    const step = Math.ceil(all / 10)
    const found = await mutate(threads, (done) => {
      if (done % step === 0 || done === all)
        console.error(`${done} of ${all} mutants, ${((performance.now() - started) / 1000).toFixed(0)} s`)
    })

    const killed = count(found, 'killed')
    const score = (100 * killed) / (all - count(found, 'equivalent'))
    const report = reportOf(found)
    console.log(`${report}\n\n${killed} of ${all - count(found, 'equivalent')} mutants killed, score ${score.toFixed(1)} %`)

    const survivors = found.filter(({ fate }) => fate === 'survived').map(({ kind, place }) => `  ${kind}  ${place}`)
    const unexplained = found.flatMap(({ disagreements, place }) =>
      disagreements
        .filter((one) => !explanations.some(({ applies }) => applies(one, place)))
        .map(({ schema, why, ajv, second }) => `  ${place}\n    ${schema} ${why}: Ajv ${ajv}, second judge ${second}`),
    )
    if (survivors.length > 0)
      throw new BuildError(
        `No check notices these changes. Add a message to tests/spec/verdicts that tells them apart:\n${survivors.join('\n')}`,
      )
    if (unexplained.length > 0)
      throw new BuildError(`The judges disagree. Explain why in scripts/mutation/judges.ts, or mend the schema:\n${unexplained.join('\n')}`)
    const text = readFileSync(page, 'utf8')
    const fresh = replaceBetween(page, text, markers, report)
    if (values.write) return writeWhole(page, fresh)
    if (fresh !== text) throw new BuildError('The table in docs/gates.md is out of date. Run `npm run mutate -- --write` and commit it.')
  })
