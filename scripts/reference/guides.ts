/** Guides of the reference: the hand-written texts of spec/guides/, with tables and diagrams where they call for them. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenApiDocument } from '../../src/document.ts'
import type { Translate } from '../../src/pages/translator.ts'
import { BuildError } from '../build/step.ts'
import type { Diagram, Draw } from './diagrams.ts'
import { translateMarkdown } from './languages/markdown.ts'
import { tables } from './tables.ts'

export type Guide = { title: string; text: string }

export type Guides = {
  introduction: string
  /** Guides in the order of their files' names. A line `{{diagram name}}` stands where a drawing belongs. */
  guides: Guide[]
  /** Drawings that the texts refer to, by name. */
  diagrams: Record<string, Diagram>
}

/**
 * Reads the guides.
 * @param folder with one Markdown file a guide, which starts with its title
 * @param document from which the tables are made, in the language of the page
 * @param t translates texts and tables
 * @param draw makes the diagrams that the texts call for; without it there are none
 * @throws {BuildError} where a text calls for something that does not exist
 */
export const guidesOf = (folder: string, document: OpenApiDocument, t: Translate, draw?: Draw): Guides => {
  const diagrams: Guides['diagrams'] = {}
  const drawn = (name: string, file: string): Diagram => {
    const diagram = diagrams[name] ?? draw?.(name)
    if (!diagram) throw new BuildError(`${file} calls for a diagram ${name}. Add ${join(folder, name)}.dot or .seq.`)
    return diagram
  }
  const completed = (text: string, file: string) =>
    text.replaceAll(/\{\{(diagram )?([\w-]+)\}\}/g, (call, isDiagram: string | undefined, name: string) => {
      if (isDiagram) {
        if (draw) diagrams[name] = drawn(name, file)
        return call
      }
      const table = tables[name]
      if (!table) throw new BuildError(`${file} calls for a table ${name}. There are ${Object.keys(tables).join(', ')}.`)
      return table(document, t)
    })
  const texts = globSync('*.md', { cwd: folder })
    .sort()
    .map((file) => completed(translateMarkdown(readFileSync(join(folder, file), 'utf8'), t), join(folder, file)))
  const [introduction = '', ...guides] = texts
  return {
    introduction,
    guides: guides.map((text) => {
      const [, title = '', rest = ''] = /^# (.+)\n([\s\S]*)$/.exec(text) ?? []
      return { title, text: rest.trim() }
    }),
    diagrams,
  }
}
