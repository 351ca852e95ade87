/** Tables of figures, and how the documents of the repository show them. */

/** One table of figures. Times are compared only within a table: all of it is measured in the same run. */
export type Table = { title: string; columns: string[]; rows: (string | number)[][]; note?: string }

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
