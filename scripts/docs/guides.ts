/** Guides of the reference: the hand-written texts of spec/guides/, with tables and diagrams where they call for them. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenApiDocument } from '../../src/document.ts'
import { BuildError } from '../build/step.ts'
import { type Diagram, drawGraph, drawSequence } from './diagrams.ts'
import { tables } from './tables.ts'

export type Guides = {
  introduction: string
  /** Guides in the order of their files' names. */
  guides: { title: string; text: string }[]
  /** Drawings that the texts refer to, by name. */
  diagrams: Record<string, Diagram>
}

const painters = { '.dot': drawGraph, '.seq': drawSequence }

const drawnFrom = (folder: string, name: string, calledBy: string) => {
  for (const [extension, draw] of Object.entries(painters)) {
    const file = join(folder, name + extension)
    if (existsSync(file)) return draw(readFileSync(file, 'utf8'), file)
  }
  throw new BuildError(`${calledBy} calls for a diagram ${name}. Add ${join(folder, name)}.dot or .seq.`)
}

/**
 * Reads the guides.
 * @param folder with one Markdown file a guide, which starts with its title, and the sources of the diagrams
 * @throws {BuildError} where a text calls for something that does not exist
 */
export const guidesOf = (folder: string, document: OpenApiDocument): Guides => {
  const diagrams: Guides['diagrams'] = {}
  const completed = (text: string, file: string) =>
    text.replaceAll(/\{\{(diagram )?([\w-]+)\}\}/g, (_call, isDiagram: string | undefined, name: string) => {
      if (isDiagram) {
        diagrams[name] ??= drawnFrom(folder, name, file)
        // The drawing itself stands once in the page, outside the guide, where its view box survives.
        return `<svg class="diagram diagram-${name}" role="img" aria-label="${diagrams[name].text}"><use href="#diagram-${name}"></use></svg>`
      }
      const table = tables[name]
      if (!table) throw new BuildError(`${file} calls for a table ${name}. There are ${Object.keys(tables).join(', ')}.`)
      return table(document)
    })
  const texts = globSync('*.md', { cwd: folder })
    .sort()
    .map((file) => completed(readFileSync(join(folder, file), 'utf8'), join(folder, file)))
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
