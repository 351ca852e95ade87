/** Tables as the documents of the repository have them. */
import type { Table } from '../../bench.ts'

/** A table with its title and its note, in Markdown. */
export const markdown = ({ title, columns, rows, note }: Table): string =>
  [
    `## ${title}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => ' --- ').join('|')}|`,
    ...rows.map((row) => `| ${row.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`),
    ...(note ? ['', note] : []),
    '',
  ].join('\n')
