/** Code with its syntax highlighted while the reference is built: the page needs no script for it. */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import { rememberLatest } from '../../src/latest.ts'
import type { Remember } from '../build/cache.ts'
import { escapeHtml } from './html/escape.ts'
import type { Code } from './model/types.ts'

for (const [name, language] of Object.entries({ bash, javascript, json, php, python, ruby })) hljs.registerLanguage(name, language)

/** Kinds of tokens that the page tells apart, with the element that carries their colour: short, because there are thousands. */
const elements: Record<string, string> = {
  string: 's',
  regexp: 's',
  attr: 'var',
  number: 'b',
  literal: 'b',
  keyword: 'i',
  built_in: 'i',
  comment: 'em',
  meta: 'em',
}

/** Codes of a reference and more: it has the same ones in every language, so each is highlighted once. */
const maxCodes = 10_000

const highlighterOf = rememberLatest((language: string) => rememberLatest((code: string) => highlight(code, language), maxCodes))

const keyOf = (code: string, language: string) => `${language}\n${code}`

/** Codes that were highlighted ahead, by their keys. */
let ahead: ReadonlyMap<string, string> = new Map()

/**
 * Highlights the codes of a reference before its pages ask for them.
 * @param groups of codes that change together
 * @param remember keeps what the last build made of the same group
 */
export const highlightAhead = async (groups: Pick<Code, 'source' | 'syntax'>[][], remember: Remember) => {
  const entries = groups.map(async (codes) => {
    const keys = codes.map(({ source, syntax }) => keyOf(source, syntax))
    const made = await remember('highlighted codes', keys, async () => codes.map(({ source, syntax }) => highlighted(source, syntax)))
    return made.map((code, index) => [keys[index] ?? '', code] as const)
  })
  ahead = new Map((await Promise.all(entries)).flat())
}

/**
 * Highlights a code.
 * @param language as a Markdown fence names it; one that is not known is not highlighted
 * @returns HTML in which `s` is a string, `var` a property, `b` a number or literal, `i` a keyword and `em` a comment
 */
export const highlighted = (code: string, language: string): string => ahead.get(keyOf(code, language)) ?? highlighterOf(language)(code)

const highlight = (code: string, language: string): string => {
  if (!hljs.getLanguage(language)) return escapeHtml(code)
  const open: string[] = []
  return hljs
    .highlight(code, { language })
    .value.replaceAll(/<span class="hljs-([\w-]+)[^"]*">|<\/span>/g, (_tag, kind: string | undefined) => {
      if (kind === undefined) {
        const element = open.pop()
        return element ? `</${element}>` : ''
      }
      const element = open.some(Boolean) ? '' : (elements[kind] ?? '')
      open.push(element)
      return element ? `<${element}>` : ''
    })
}
