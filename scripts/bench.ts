/** `npm run bench [-- topic …]`: measures, prints each table, and with no topic writes BENCHMARKS.md. Figures, never tests. */
import { globSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem, type } from 'node:os'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { conclusionsOf } from './bench/tools/conclusions.ts'
import { markdown, type Table } from './bench/tools/table.ts'
import { BuildError, projectFolder, runStep } from './build/step.ts'

const help = (topics: string[]) => `Usage: npm run bench [-- topic …]

Measures, and prints a table for each topic. Without a topic it measures all but \`contract\`, which has a file of its own, and writes
BENCHMARKS.md. Run nothing else meanwhile.

Topics: ${topics.join(', ')}`

if (import.meta.main)
  await runStep(async () => {
    const files = globSync('scripts/bench/*.ts', { cwd: projectFolder }).sort()
    const topics = files.map((file) => basename(file, '.ts'))
    const { values, positionals: wanted } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true })
    if (values.help) return console.log(help(topics))
    const unknown = wanted.find((topic) => !topics.includes(topic))
    if (unknown !== undefined) throw new BuildError(`There is no topic ${unknown}. The topics are ${topics.join(', ')}.`)
    const loadBefore = loadavg()[0]!.toFixed(1)
    const tables: string[] = []
    for (const file of files) {
      const topic = basename(file, '.ts')
      if (wanted.length > 0 ? !wanted.includes(topic) : topic === 'contract') continue
      console.error(`measuring ${topic} …`)
      const { bench } = (await import(pathToFileURL(resolve(projectFolder, file)).href)) as { bench: () => Promise<Table | Table[]> }
      for (const table of [await bench()].flat()) {
        const text = markdown(table)
        console.log(text)
        tables.push(text)
      }
    }
    if (wanted.length > 0) return
    const processor = `${cpus().length} × ${cpus()[0]?.model}`
    const machine = `${processor}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}, Node ${process.version}, load ${loadBefore} before the run`
    const text = tables.join('\n')
    const intro = `# Figures\n\n${conclusionsOf(`\n${text}`)}\n\nWritten by \`npm run bench\` on ${machine}.\nAll of it is one run. Ratios carry over to other machines, seconds do not.\nWhat the contract kit finds, next to its peers, is in [docs/contract/results.md](docs/contract/results.md).\n`
    writeFileSync(resolve(projectFolder, 'BENCHMARKS.md'), `${intro}\n${text}`)
  })
