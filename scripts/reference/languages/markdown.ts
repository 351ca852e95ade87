/** The texts of a Markdown source in another language, block by block. Code stays as it is. */
import { Lexer, type Token, type Tokens } from 'marked'
import type { Translate } from '../../../src/pages/translator.ts'

/** A text without words: code, numbers, links to names. */
const isWordless = (text: string) => !/\p{L}/u.test(text.replaceAll(/`[^`]*`|<[^>]*>|https?:\S+|\{\{[^}]*\}\}/g, ''))

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ').trim()

const isList = (token: Token): token is Tokens.List => token.type === 'list'
const isTable = (token: Token): token is Tokens.Table => token.type === 'table'
const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'

/**
 * Translates a Markdown text.
 * @returns Markdown with the same blocks
 */
export const translateMarkdown = (source: string, translate: Translate): string => {
  const inLanguage = (text: string) => (isWordless(text) ? text : translate(oneLine(text)))
  const cells = (row: Tokens.TableCell[]) => `| ${row.map(({ text }) => inLanguage(text).replaceAll('|', '\\|')).join(' | ')} |`
  const block = (token: Token): string => {
    if (isHeading(token)) return `${'#'.repeat(token.depth)} ${inLanguage(token.text)}\n\n`
    if (token.type === 'paragraph') return `${inLanguage(token.raw)}\n\n`
    if (isList(token)) return `${token.items.map(({ text }) => `- ${inLanguage(text)}`).join('\n')}\n\n`
    if (isTable(token))
      return `${[cells(token.header), `| ${token.header.map(() => '---').join(' | ')} |`, ...token.rows.map(cells)].join('\n')}\n\n`
    return token.type === 'space' ? '' : `${token.raw.trimEnd()}\n\n`
  }
  // What is in the blocks is translated as it is written.
  return `${new Lexer().blockTokens(source).map(block).join('').trim()}\n`
}
