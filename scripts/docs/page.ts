/** The page itself: what Redoc renders, made self-contained, strict and ours. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BuildError } from '../step.ts'
import type { Diagram } from './diagrams.ts'

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const dataUri = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg.trim())}`

/** Replaces exactly one place of Redoc's page. Another version of Redoc that reads differently stops the build instead of the page. */
const replaceOne = (html: string, what: string, pattern: RegExp, replacement: (...groups: string[]) => string) => {
  const found = [...html.matchAll(new RegExp(pattern, 'g'))]
  if (found.length !== 1)
    throw new BuildError(
      `Redoc's page has ${found.length} places that look like ${what}, and needs one. Adapt scripts/docs/page.ts to its version.`,
    )
  const { 0: text, index } = found[0]!
  return html.slice(0, index) + replacement(...(found[0] as unknown as string[])) + html.slice(index + text.length)
}

/**
 * Lets the sample follow the selected example and media type. Redoc has one sample a language; where it reads its text, it asks
 * `sampleText` now, with the keys selected in the answer and in the request. Minified names are taken from the code around.
 */
const chooseSamples = (html: string) => {
  const [, selected] = /(\w+)=\w+\(\w+\(\{itemId:\w+,key:`activeExampleKey`\}\)\);\w+\(\w+,\w+\);let \w+=`\$\{(?:\w+)\}\|/.exec(html) ?? []
  const [, mediaType, request] =
    /\$\{(\w+)\}\|\$\{\w+\?\.join\(`,`\)\}`,(?:(?!function )[\s\S]){0,900}?,(\w+)=\w+\?\w+\[\w+\]\?\.key\?\?\w+:void 0,/.exec(html) ?? []
  return replaceOne(
    html,
    'the code sample',
    /\(0,\w+\.useMemo\)\(\(\)=>(\{if\(\w+===`payload`\)return``;let (\w+)=\w+\?\.find\([^;]*\);return )\2\?\2\.source:([^}]*\}[^}]*\})(,\[[\w,]*\]\))/,
    (_text, head, sample, rest) => `(()=>${head}${sample}?sampleText(${sample}.source,[${selected},${request}],${mediaType}):${rest})()`,
  )
}

/** Redoc's mark in the footer, as text in an image that the page carries itself. */
const mark = dataUri(
  '<svg xmlns="http://www.w3.org/2000/svg" width="46" height="16"><text x="0" y="12" font-family="sans-serif" font-size="12" fill="#227a88">Redoc</text></svg>',
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
  let page = chooseSamples(html)
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
