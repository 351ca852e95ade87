/** Markdown as the page shows it. */
import { Marked, type Tokens } from 'marked'
import { placeOf } from '../anchors.ts'
import type { Diagram } from '../diagrams.ts'
import { codeBlock, codeChoice } from './code.ts'
import type { HtmlContext } from './context.ts'
import { escapeHtml, html } from './escape.ts'

const syntaxLabels: Record<string, { label: string; language?: string }> = {
  bash: { label: 'cURL' },
  json: { label: 'JSON' },
  javascript: { label: 'Node.js', language: 'node' },
  ruby: { label: 'Ruby', language: 'ruby' },
  python: { label: 'Python', language: 'python' },
  php: { label: 'PHP', language: 'php' },
}

const figure = (name: string, { width, height, text, svg }: Diagram) =>
  `<figure class="diagram" tabindex="0"><svg id="diagram-${name}" role="img" aria-label="${escapeHtml(text)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${svg}</svg></figure>`

const isCode = (token: { type: string } | undefined): token is Tokens.Code => token?.type === 'code'

/** Codes that follow each other say the same in several languages: one group, of which the reader's language is shown. */
const codeGroup = (codes: Tokens.Code[], context: HtmlContext): string => {
  const blocks = codes.map(({ text, lang = '' }) => ({
    language: syntaxLabels[lang]?.language,
    label: syntaxLabels[lang]?.label ?? lang,
    syntax: lang,
    source: text,
  }))
  return blocks.length > 1 ? codeChoice(blocks, context) : blocks.map((block) => codeBlock(block, context)).join('')
}

/** Marks facts that KOMOJU's pages do not state where they stand. */
const markInferred = (text: string, { t }: HtmlContext) =>
  text.replaceAll(
    '†',
    html`<a class="inferred" href="#versions-and-stability/what-is-not-from-komojus-reference" title="${t('Not stated on KOMOJU’s reference pages')}">†</a>`,
  )

const rendererOf = (context: HtmlContext, headings: string[]) => {
  let index = 0
  return new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const id = headings[index++] ?? ''
        return html`<h${depth + 1} id="${id}" class="anchored">!${this.parser.parseInline(tokens)}<a class="anchor" href="#${id}" aria-label="${context.t('Link to this section')}">#</a></h${depth + 1}>`
      },
      link({ href, tokens }) {
        const target = href.startsWith('#') ? `#${placeOf(href)}` : href
        return html`<a href="${target}">!${this.parser.parseInline(tokens)}</a>`
      },
      codespan({ text }) {
        const place = context.links.get(text)
        return place ? html`<a href="#${place}"><code>${text}</code></a>` : html`<code>${text}</code>`
      },
      table({ header, rows }) {
        const cell = (tag: string, { tokens }: Tokens.TableCell, label = '') =>
          `<${tag}${label ? ` data-label="${escapeHtml(label)}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>`
        const body = rows.map((row) => `<tr>${row.map((item, column) => cell('td', item, header[column]?.text)).join('')}</tr>`).join('')
        const wide = header.length > 4 ? ' wide' : header.length > 2 ? ' middle' : ''
        return `<table class="md${wide}"><thead><tr>${header.map((item) => cell('th', item)).join('')}</tr></thead><tbody>${body}</tbody></table>`
      },
    },
  })
}

/**
 * Renders a text.
 * @param headings anchors of its headings, in their order
 */
export const markdownHtml = (text: string, context: HtmlContext, headings: string[] = []): string => {
  const marked = rendererOf(context, headings)
  const tokens = marked.lexer(text)
  let output = ''
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    const [, name] = /^\{\{diagram ([\w-]+)\}\}/.exec(token?.raw ?? '') ?? []
    const diagram = name === undefined ? undefined : context.diagrams[name]
    if (name !== undefined && diagram) output += figure(name, diagram)
    else if (isCode(token)) {
      const codes = [token]
      for (let next = tokens[at + 1]; isCode(next) || next?.type === 'space'; next = tokens[at + 1]) {
        if (isCode(next)) codes.push(next)
        at++
      }
      output += codeGroup(codes, context)
    } else if (token) output += marked.parser([token])
  }
  return markInferred(output, context)
}

/** Renders a text without blocks: a sentence, a cell. */
export const inlineHtml = (text: string, context: HtmlContext): string =>
  markInferred(rendererOf(context, []).parseInline(text, { async: false }), context)
