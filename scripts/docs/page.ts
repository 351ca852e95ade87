/** The page itself: what Redoc renders, made self-contained, strict and ours. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Diagram } from './diagrams.ts'
import { shareSelection } from './selection.ts'

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const dataUri = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg.trim())}`

/** Redoc's mark in the footer, as text in an image that the page carries itself. */
const mark = dataUri(
  '<svg xmlns="http://www.w3.org/2000/svg" width="46" height="16"><text x="0" y="12" font-family="sans-serif" font-size="12" fill="#2f93a8">Redoc</text></svg>',
)

const sprite = (diagrams: Record<string, Diagram>) =>
  `<svg class="sprite" aria-hidden="true">${Object.entries(diagrams)
    .map(([name, { width, height, svg }]) => `<symbol id="diagram-${name}" viewBox="0 0 ${width} ${height}">${svg}</symbol>`)
    .join('')}</svg>`

const diagramSizes = (diagrams: Record<string, Diagram>) =>
  Object.entries(diagrams)
    .map(([name, { width, height }]) => `.diagram-${name}{width:min(100%,${width}px);aspect-ratio:${width}/${height}}`)
    .join('\n')

const hashesOf = (texts: Iterable<string>) =>
  [...new Set([...texts].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`))].join(' ')

/**
 * Policy for exactly this page: its own scripts and styles by their hash, its search workers, pictures that it carries, nothing else.
 * Nothing may be loaded from anywhere. The empty style is the element into which styled-components inserts its rules;
 * Redoc colours its code by style attributes, which cannot load anything either.
 */
const policyOf = (html: string) => {
  const inner = (tag: string) => [...html.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text!)
  return [
    "default-src 'none'",
    `script-src ${hashesOf(inner('script'))}`,
    `style-src-elem ${hashesOf(['', ...inner('style')])}`,
    "style-src-attr 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/**
 * Completes Redoc's page.
 * @param html as `redocly build-docs --inlineBundle` writes it
 * @throws {BuildError} where Redoc's page does not read as expected
 */
export const completePage = (html: string, diagrams: Record<string, Diagram>) => {
  let page = shareSelection(html)
  page = page.replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, mark)
  page = page.replace(
    /<body[^>]*>/,
    (body) => `${body}\n<a class="skip-link" href="#api-content">Skip to the content</a>${sprite(diagrams)}`,
  )
  const head = [
    `<link rel="icon" href="${dataUri(file('favicon.svg'))}">`,
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<style>${file('theme.css')}\n${diagramSizes(diagrams)}</style>`,
    `<script>${file('samples-choice.js')}</script>`,
  ].join('\n  ')
  page = page.replace('</head>', () => `  ${head}\n</head>`)
  return page.replace(
    '<meta charset="utf8" />',
    () => `<meta charset="utf-8">\n  <meta http-equiv="Content-Security-Policy" content="${policyOf(page)}">`,
  )
}
