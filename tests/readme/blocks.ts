/** The fenced blocks of the README, as a reader meets them. */
import { required } from '../../src/required.ts'

export type Block = {
  /** Where the fence opens, counted from 1. */
  line: number
  /** The reader whom the paragraph above the block addresses with its bold first words; everybody without such words. */
  audience: 'clone' | 'package' | 'old-node' | 'packages' | 'everybody'
  /** What the reader pastes. */
  shell: string
  /** What the block `text` behind it says is printed; `…` stands for anything. */
  output: string | undefined
}

/** How paragraphs begin that only some readers follow. */
const audiences: [words: RegExp, audience: Block['audience']][] = [
  [/^\*\*From a clone/, 'clone'],
  [/^\*\*From the package/, 'package'],
  [/^\*\*With Node older/, 'old-node'],
  [/^\*\*With the package, install/, 'packages'],
]

/** Reads the shell blocks with the output that each promises. */
export const blocksOf = (markdown: string): Block[] => {
  const lines = markdown.split('\n')
  const blocks: Block[] = []
  let paragraph = ''
  for (let index = 0; index < lines.length; index++) {
    const line = required(lines[index], `Line ${index + 1}`)
    const language = /^```(\w*)/.exec(line)?.[1]
    if (language === undefined) {
      if (line === '') continue
      // A paragraph is known by its first line.
      if (lines[index - 1] === '' || /^#/.test(line)) paragraph = line
      continue
    }
    const end = lines.indexOf('```', index + 1)
    if (end < 0) throw new Error(`Line ${index + 1}: the block does not end.`)
    const text = lines.slice(index + 1, end).join('\n')
    if (['sh', 'bash', 'console', 'shell'].includes(language)) {
      const audience = audiences.find(([words]) => words.test(paragraph))?.[1] ?? 'everybody'
      blocks.push({ line: index + 1, audience, shell: text, output: undefined })
    } else if (language === 'text') {
      const last = blocks.at(-1)
      if (!last || last.output !== undefined) throw new Error(`Line ${index + 1}: there is no command that prints this.`)
      last.output = text
    }
    index = end
  }
  return blocks
}

/** Whether an output is what a block promises: all of it, but for white space at the ends, with `…` for anything. */
export const fits = (output: string, promised: string): boolean => {
  const pattern = promised
    .trim()
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*')
  return new RegExp(`^${pattern}$`).test(output.trim())
}
