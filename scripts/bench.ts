/** `npm run bench [-- topic …]`: measures, prints each table, and with no topic writes BENCHMARKS.md. Figures, never tests. */
import { globSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { basename, resolve } from 'node:path'
import { projectFolder, runStep } from './step.ts'

/** One table of figures. Times are compared only within a table: all of it is measured in the same run. */
export type Table = { title: string; columns: string[]; rows: (string | number)[][]; note?: string }

const markdown = ({ title, columns, rows, note }: Table) =>
  [
    `## ${title}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...(note ? [note, ''] : []),
  ].join('\n')

if (import.meta.main)
  await runStep(async () => {
    const wanted = process.argv.slice(2)
    const files = globSync('scripts/bench/*.ts', { cwd: projectFolder }).sort()
    const tables: string[] = []
    for (const file of files) {
      if (wanted.length > 0 && !wanted.includes(basename(file, '.ts'))) continue
      console.error(`measuring ${basename(file, '.ts')} …`)
      const { bench } = (await import(resolve(projectFolder, file))) as { bench: () => Promise<Table | Table[]> }
      for (const table of [await bench()].flat()) {
        const text = markdown(table)
        console.log(text)
        tables.push(text)
      }
    }
    if (wanted.length > 0) return
    const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
    const intro = `# Figures\n\nWritten by \`npm run bench\` on ${machine}. Ratios carry over to other machines, seconds do not.\n`
    writeFileSync(resolve(projectFolder, 'BENCHMARKS.md'), `${intro}\n${tables.join('\n')}`)
  })
