/** Markdown for programs: links lead to the Markdown page of what they name. */
import { placeOf, slugOf } from '../anchors.ts'
import type { ReferenceModel } from '../model/types.ts'

/** Link to the Markdown page that holds a place, and to the heading of a payment method. */
export type LinkOf = (place: string) => string

/** Makes the look-up from the places of a model. */
export const linksOfModel = ({ guides, operations, webhooks, objects }: ReferenceModel): LinkOf => {
  const pages = [...guides, ...operations, ...webhooks].map(({ id }) => id)
  const links = new Map([...pages, ...objects.map(({ name }) => name)].map((name) => [name.toLowerCase(), `${name}.md`]))
  for (const { id, methods } of operations)
    for (const { type, title } of methods) links.set(`${id}/${type}`.toLowerCase(), `${id}.md#${slugOf(`${title} ${type}`)}`)
  return (place) => links.get(place.toLowerCase()) ?? links.get((place.split(/[/.]/)[0] ?? '').toLowerCase()) ?? 'index.md'
}

/** Markdown with links between pages, without what only the page in a browser needs. */
export const plainMarkdown = (text: string, { diagrams }: ReferenceModel, linkOf: LinkOf): string =>
  text
    .replaceAll(/<a id="[^"]*"><\/a>/g, '')
    .replaceAll(/\{\{diagram ([\w-]+)\}\}/g, (_call, name: string) => diagrams[name]?.text ?? '')
    .replaceAll(/\]\(#([^)]+)\)/g, (_link, place: string) => `](${linkOf(placeOf(place))})`)

/** A block of code. */
export const fence = (syntax: string, source: string) => `\`\`\`${syntax}\n${source}\n\`\`\``

/** A table; cells are Markdown. */
export const table = (columns: string[], rows: string[][]) =>
  [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`)
    .join('\n')
