/** Generated tables in hand-written pages, each between two markers. */
import { relative } from 'node:path'
import { BuildError, projectFolder } from '../build/step.ts'

export type Markers = readonly [start: string, end: string]

/**
 * Replaces what stands between two markers.
 * @param page path of the Markdown file, for the message
 * @param text its text
 * @param markers comments before and after the table, which stay
 * @param table Markdown to put between them
 * @throws {BuildError} for a page without the markers
 */
export const replaceBetween = (page: string, text: string, [start, end]: Markers, table: string): string => {
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new BuildError(`${relative(projectFolder, page)} has no place for the table: add ${start} and ${end}.`)
  return `${before}${start}\n\n${table}\n\n${end}${after}`
}
