/** Guides of the reference: the hand-written texts of spec/guides/, with tables and diagrams where they call for them. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenApiDocument } from '../../src/document.ts'
import type { Translate } from '../../src/pages/translator.ts'
import { BuildError } from '../build/step.ts'
import { type Diagram, drawGraph, drawSequence } from './diagrams.ts'
import { translateMarkdown } from './languages/markdown.ts'
import { tables } from './tables.ts'

export type Guide = { title: string; text: string }

export type GuideTexts = {
  introduction: string
  /** Guides in the order of their files' names. A line `{{diagram name}}` stands where a drawing belongs. */
  guides: Guide[]
}

export type Guides = GuideTexts & {
  /** Drawings that the texts refer to, by name. */
  diagrams: Record<string, Diagram>
}

const painters = { '.dot': drawGraph, '.seq': drawSequence }

const drawnFrom = (folder: string, name: string, calledBy: string, t: Translate) => {
  for (const [extension, draw] of Object.entries(painters)) {
    const file = join(folder, name + extension)
    if (existsSync(file)) return draw(readFileSync(file, 'utf8'), file, t)
  }
  throw new BuildError(`${calledBy} calls for a diagram ${name}. Add ${join(folder, name)}.dot or .seq.`)
}

/**
 * Reads the texts of the guides.
 * @param folder with one Markdown file a guide, which starts with its title
 * @param document from which the tables are made, in the language of the page
 * @param t translates texts and tables
 * @param onDiagram is called with the name of each diagram that a file calls for
 * @throws {BuildError} where a text calls for a table that does not exist
 */
export const guideTextsOf = (
  folder: string,
  document: OpenApiDocument,
  t: Translate,
  onDiagram: (name: string, file: string) => void = () => {},
): GuideTexts => {
  const completed = (text: string, file: string) =>
    text.replaceAll(/\{\{(diagram )?([\w-]+)\}\}/g, (call, isDiagram: string | undefined, name: string) => {
      if (isDiagram) {
        onDiagram(name, file)
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
  }
}

/**
 * Reads the guides and draws their diagrams, whose sources are in the same folder.
 * @throws {BuildError} where a text calls for something that does not exist
 */
export const guidesOf = (folder: string, document: OpenApiDocument, t: Translate): Guides => {
  const diagrams: Guides['diagrams'] = {}
  const texts = guideTextsOf(folder, document, t, (name, file) => {
    diagrams[name] ??= drawnFrom(folder, name, file, t)
  })
  return { ...texts, diagrams }
}
