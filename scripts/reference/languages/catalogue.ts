/** Catalogues of translations, gettext's `.po` files in spec/languages/. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { po } from 'gettext-parser'
import { rememberLatest } from '../../../src/latest.ts'
import type { Language, TranslatedLanguage } from '../../../src/pages/languages.ts'
import { english, type Translate, translatorOf } from '../../../src/pages/translator.ts'

/** Name of a catalogue: that of the reference, or that of the sandbox's dashboard. */
export type CatalogueName = TranslatedLanguage | `dashboard.${TranslatedLanguage}`

const fileOf = (folder: string, name: CatalogueName) => resolve(folder, `${name}.po`)

/** Several steps of a build read the same catalogue. */
const parseCatalogue = rememberLatest((text: string): ReadonlyMap<string, string> => {
  const entries = po.parse(text).translations[''] ?? {}
  return new Map(Object.values(entries).flatMap(({ msgid, msgstr: [text = ''] }) => (msgid === '' ? [] : [[msgid, text] as const])))
})

/**
 * Reads a catalogue.
 * @param folder of the catalogues
 * @returns translations by their English text; empty ones are not translated yet
 */
export const readCatalogue = (folder: string, name: CatalogueName): ReadonlyMap<string, string> => {
  const file = fileOf(folder, name)
  if (!existsSync(file)) return new Map()
  return parseCatalogue(readFileSync(file, 'utf8'))
}

/** Translator into a language, by its catalogue. */
export const translatorFor = (folder: string, language: Language): Translate =>
  language === 'en' ? english : translatorOf(readCatalogue(folder, language))

/**
 * Text of a catalogue with exactly the given texts, in their order. Translations that it had are kept; texts that are gone are not.
 * @param texts in English
 * @param known translations by their English text
 */
export const catalogueText = (name: CatalogueName, texts: Iterable<string>, known: ReadonlyMap<string, string>): string => {
  const language = name.replace('dashboard.', '')
  const header = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': '8bit', Language: language }
  const entries = Object.fromEntries([...texts].map((msgid) => [msgid, { msgid, msgstr: [known.get(msgid) ?? ''] }]))
  const translations = { '': { '': { msgid: '', msgstr: [''] }, ...entries } }
  return `${po.compile({ charset: 'utf-8', headers: header, translations }, { foldLength: 0 }).toString('utf8').trim()}\n`
}

/** What is wrong with a catalogue, in words. */
const problemsOf = (texts: ReadonlySet<string>, catalogue: ReadonlyMap<string, string>): string[] => {
  const missing = [...texts].filter((text) => !catalogue.get(text)).map((text) => `has no translation of: ${text}`)
  const stale = [...catalogue.keys()].filter((text) => !texts.has(text)).map((text) => `translates a text that is gone: ${text}`)
  const broken = [...catalogue].flatMap(([text, translation]) =>
    translation === '' ? [] : lostIn(text, translation).map((part) => `loses ${part} in the translation of: ${text}`),
  )
  return [...missing, ...stale, ...broken]
}

const partsOf = (text: string) => [...text.matchAll(/`[^`]+`|\{\w+\}|\]\([^)]+\)|†/g)].map(([part]) => part)

/** Code, placeholders and links of a text that its translation lacks: they never change. */
export const lostIn = (text: string, translation: string): string[] =>
  [...new Set(partsOf(text))].filter((part) => !translation.includes(part))

/**
 * Problems of a catalogue: texts without a translation, translations of texts that are gone, and those that lose code or a link.
 * @param texts that the reference or the dashboard has in English
 */
export const checkCatalogue = (folder: string, name: CatalogueName, texts: ReadonlySet<string>): string[] =>
  problemsOf(texts, readCatalogue(folder, name)).map((problem) => `${name}.po ${problem}`)
