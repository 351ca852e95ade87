/** The three sentences on top of BENCHMARKS.md, from its own tables. */
import { required } from '../../../src/required.ts'

/** Looks a cell up. @throws {Error} for a table, row or column that is not there */
const cellOf = (text: string, title: string, row: string, column: string): string => {
  const [, following = ''] = text.split(`\n## ${title}\n`)
  const [section = ''] = following.split('\n## ')
  const [head = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const cells = rows.find(([, first]) => first === row)
  return required(cells?.[head.indexOf(column)], `${title}: ${row}, ${column}`)
}

/**
 * What the figures come to.
 * @param tables Markdown of all tables, each below its title
 */
export const conclusionsOf = (tables: string): string => {
  const cell = (title: string, row: string, column: string) => cellOf(tables, title, row, column)
  const load = (server: string) => Number(cell('Servers under load', server, 'ratio')).toFixed(1)
  const size = (name: string) => (Number(cell('Client: size', name, 'min + gzip, bytes')) / 1000).toFixed(1)
  const percent = Number.parseFloat(cell('Client: time per call', 'komoju.payments.create', 'against openapi-fetch'))
  const difference = `${Math.abs(percent)} % ${percent < 0 ? 'less' : 'more'} time`
  const build = Math.round(Number(cell('Build', 'npm run build', 'ratio to the sum')) * 100)
  const kit = (column: string) => cell('Contract kit', 'sandbox in memory', column)
  return [
    `- **Servers.** The mock makes ${load('mock')} times as many payments a second as Prism's own, the sandbox in memory ${load('sandbox in memory')} times.`,
    `- **Client.** It is ${size('komoju-openapi, without createKomojuClient')} kB compressed, ${size('komoju-openapi, everything')} kB with openapi-fetch, which alone is ${size('openapi-fetch')} kB; a call takes ${difference} than openapi-fetch's.`,
    `- **Tools.** The build takes ${build} % of the time of its tools one after another; the contract kit looks at ${Number(kit('rules looked at')).toLocaleString('en')} rules in ${kit('seconds')} s.`,
  ].join('\n')
}
