/** `npm run soak`: mixed traffic for minutes or hours, with figures of the memory, and a verdict on what came of every change. */
import { readFileSync } from 'node:fs'
import { cpus, type } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { withFolder } from './bench/tools/folder.ts'
import { BuildError, projectFolder, runStep, writeWhole } from './build/step.ts'
import { reportOf } from './soak/report.ts'
import { type SoakResult, soak } from './soak/run.ts'
import { type StorageName, storages } from './soak/server.ts'
import { replaceBetween } from './tools/between.ts'
import { createPostgresServer } from './tools/postgres.ts'

const markers = ['<!-- figures of a soak: written by `npm run soak -- --write` -->', '<!-- end of the figures of a soak -->'] as const
const page = resolve(projectFolder, 'docs/soak.md')
/** How many times a run notes its memory. */
const marks = 6

const help = `Usage: npm run soak [-- options]

Lets three merchants send mixed requests to a sandbox, with clocks that jump and webhooks that fail, and verifies what came of every
change. Prints the figures as Markdown. Ends with 1 where a change was lost, a response was a 5xx that nobody had asked for, or an
invariant was broken. Ctrl-C ends the traffic early.

  --minutes <n>    how long (default: 30)
  --storage <name> memory, sqlite, postgres, or all of them at the same time (default: all)
  --rate <n>       requests per second to each sandbox (default: 100)
  --write          write the figures to docs/soak.md
  --help           show this help`

const numberOf = (name: string, text: string) => {
  const number = Number(text)
  if (!(number > 0 && number < Number.POSITIVE_INFINITY)) throw new BuildError(`--${name} takes a number above 0.`)
  return number
}

const storagesOf = (name: string): readonly StorageName[] => {
  if (name === 'all') return storages
  const found = storages.find((storage) => storage === name)
  if (!found) throw new BuildError(`--storage takes ${storages.join(', ')} or all.`)
  return [found]
}

/** Aborted by Ctrl-C and by SIGTERM; a second one ends the process. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      console.error('Ending …')
      controller.abort()
    })
  return controller.signal
}

const soakAll = (names: readonly StorageName[], minutes: number, rate: number): Promise<SoakResult[]> =>
  withFolder(async (folder) => {
    const postgres = names.includes('postgres') ? await createPostgresServer() : undefined
    const signal = interruption()
    try {
      return await Promise.all(
        names.map((storage) =>
          soak({
            storage,
            minutes,
            rate,
            marks,
            signal,
            folder,
            postgres: storage === 'postgres' ? postgres : undefined,
            progress: ({ minutes, heap }) => console.error(`${storage}: ${minutes.toFixed(1)} min, ${(heap / 2 ** 20).toFixed(0)} MiB`),
          }),
        ),
      )
    } finally {
      await postgres?.stop()
    }
  })

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '30' },
        storage: { type: 'string', default: 'all' },
        rate: { type: 'string', default: '100' },
        write: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    if (values.help) return console.log(help)
    const rate = numberOf('rate', values.rate)
    const results = await soakAll(storagesOf(values.storage), numberOf('minutes', values.minutes), rate)
    const machine = `${cpus().length} × ${cpus()[0]?.model}, ${type()}, Node ${process.version}; ${rate} requests per second to each sandbox.`
    const report = `${reportOf(results)}\n\n${machine}`
    if (values.write) writeWhole(page, replaceBetween(page, readFileSync(page, 'utf8'), markers, report))
    else console.log(report)
    const broken = results.filter(({ problems }) => problems.total > 0).map(({ storage }) => storage)
    if (broken.length > 0) throw new BuildError(`Something went wrong on ${broken.join(', ')}: see the list above.`)
  })
