/** Markdown for programs: links lead to the Markdown page of what they name. */
import { placeOf } from '../anchors.ts'
import type { ReferenceModel } from '../model/types.ts'

/** Name of the Markdown page that holds a place. */
export type PageOf = (place: string) => string

/** Makes the look-up from the places of a model. */
export const pageOfModel = ({ guides, operations, webhooks, objects }: ReferenceModel): PageOf => {
  const names = new Map(
    [
      ...guides.map(({ id }) => id),
      ...operations.map(({ id }) => id),
      ...webhooks.map(({ id }) => id),
      ...objects.map(({ name }) => name),
    ].map((id) => [id.toLowerCase(), id]),
  )
  return (place) => names.get((place.split(/[/.]/)[0] ?? '').toLowerCase()) ?? 'index'
}

/** Markdown with links between pages, without what only the page in a browser needs. */
export const plainMarkdown = (text: string, { diagrams }: ReferenceModel, pageOf: PageOf): string =>
  text
    .replaceAll(/<a id="[^"]*"><\/a>/g, '')
    .replaceAll(/\{\{diagram ([\w-]+)\}\}/g, (_call, name: string) => diagrams[name]?.text ?? '')
    .replaceAll(/\]\(#([^)]+)\)/g, (_link, place: string) => `](${pageOf(placeOf(place))}.md)`)

/** A block of code. */
export const fence = (syntax: string, source: string) => `\`\`\`${syntax}\n${source}\n\`\`\``

/** A table; cells are Markdown. */
export const table = (columns: string[], rows: string[][]) =>
  [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`)
    .join('\n')
