/** The figures of a soak in Markdown. */
import type { SoakResult } from './run.ts'

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)
const count = (number: number) => number.toLocaleString('en')
const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
const table = (columns: string[], rows: (string | number)[][]) =>
  [line(columns), `| --- |${' --: |'.repeat(columns.length - 1)}`, ...rows.map(line)].join('\n')

/** @param times milliseconds, in any order */
export const percentile = (times: number[], share: number): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0

const traffic = (results: SoakResult[]) =>
  table(
    ['storage', 'minutes', 'requests', 'payments', 'p50 ms', 'p99 ms', '5xx asked for', '5xx else', 'deliveries', 'problems'],
    results.map(({ storage, minutes, figures, payments, deliveries, problems }) => [
      storage,
      minutes.toFixed(1),
      count(figures.requests),
      count(payments),
      percentile(figures.times, 0.5).toFixed(1),
      percentile(figures.times, 0.99).toFixed(1),
      count(figures.askedFailures),
      figures.failures,
      count(Object.values(deliveries).reduce((sum, number) => sum + number, 0)),
      problems.total,
    ]),
  )

const memory = (results: SoakResult[]) => {
  const marks = results[0]?.samples.map(({ minutes }) => `${minutes < 1 ? minutes.toFixed(2) : minutes.toFixed(0)} min`) ?? []
  return table(
    ['MiB after', ...marks],
    results.flatMap(({ storage, samples }) => [
      [`${storage}, live objects`, ...samples.map(({ heap }) => mebibytes(heap))],
      [`${storage}, resident`, ...samples.map(({ resident }) => mebibytes(resident))],
    ]),
  )
}

/** Tables of the traffic and of the memory, and what went wrong. */
export const reportOf = (results: SoakResult[]): string =>
  [
    traffic(results),
    memory(results),
    ...results.flatMap(({ storage, problems }) => problems.lines().map((problem) => `- ${storage}: ${problem}`)),
  ].join('\n\n')
