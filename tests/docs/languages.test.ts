/** Catalogues: they hold every text of the reference, and a text that is missing, gone or damaged is named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { catalogueText, checkCatalogue, readCatalogue } from '../../scripts/reference/languages/catalogue.ts'
import { translateDocument } from '../../scripts/reference/languages/document.ts'
import { translateMarkdown } from '../../scripts/reference/languages/markdown.ts'
import { textsOf } from '../../scripts/reference/languages/texts.ts'
import { modelOf } from '../../scripts/reference/model/index.ts'
import { readDocument } from '../../src/document.ts'
import { translatedLanguages } from '../../src/pages/languages.ts'
import { translatorOf } from '../../src/pages/translator.ts'

const document = readDocument()
const texts = textsOf(document, 'spec/guides')
const folderWith = (language: 'ja' | 'ko', text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-languages-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, `${language}.po`), text)
  return folder
}

test.each(translatedLanguages)('%s.po has exactly the texts of the reference; `npm run languages` writes them', (language) => {
  expect([...readCatalogue('spec/languages', language).keys()].sort()).toEqual([...texts].sort())
})

test.each(translatedLanguages)('%s.po translates every text, and loses no code, placeholder or link', (language) => {
  expect(checkCatalogue('spec/languages', language, texts)).toEqual([])
})

test.each(translatedLanguages)('%s.po leaves no sentence in English', (language) => {
  const script = { ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, ko: /\p{Script=Hangul}/u }[language]
  const english = [...readCatalogue('spec/languages', language)].filter(
    ([text, translation]) => /[a-z]+ [a-z]+ [a-z]+/.test(text) && !script.test(translation),
  )
  expect(english).toEqual([])
})

/** A document without its texts. */
const structureOf = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(structureOf)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      ['title', 'summary', 'description', 'x-pattern-meaning'].includes(key) && typeof value === 'string'
        ? 'text'
        : key === 'x-enum-meanings'
          ? Object.keys(value)
          : structureOf(value),
    ]),
  )
}

test.each(translatedLanguages)('openapi.%s.yaml is the document in all but its texts', async (language) => {
  const translated = parse(readFileSync(`generated/openapi.${language}.yaml`, 'utf8'))
  expect(structureOf(translated)).toEqual(structureOf(document))
  expect(translated.paths['/payments'].post.summary).toBe(readCatalogue('spec/languages', language).get('Create a payment'))
  expect(await new Validator().validate(translated)).toEqual({ valid: true })
})

test('a missing, a stale and a damaged translation are named', () => {
  const known = new Map([
    ['Copy', 'コピー'],
    ['Gone', '消えた'],
    ['See `amount`.', '金額を見る。'],
  ])
  const folder = folderWith('ja', catalogueText('ja', known.keys(), known))
  expect(checkCatalogue(folder, 'ja', new Set(['Copy', 'See `amount`.', 'Search']))).toEqual([
    'ja.po has no translation of: Search',
    'ja.po translates a text that is gone: Gone',
    'ja.po loses `amount` in the translation of: See `amount`.',
  ])
})

test('a catalogue keeps its translations and comes back as it was written', () => {
  const known = new Map([['One "two"\n\\three', '一「二」\n\\三']])
  const text = catalogueText('ko', ['One "two"\n\\three', 'New'], known)
  expect([...readCatalogue(folderWith('ko', text), 'ko')]).toEqual([...known, ['New', '']])
})

test('a translated document equals the English one in everything but its texts', () => {
  const mark = (text: string) => `＊${text}`
  const translated = translateDocument(document, mark)
  const unmark = (node: unknown): unknown => JSON.parse(JSON.stringify(node).replaceAll('＊', ''))
  expect(unmark(translated)).toEqual(document)
  expect(translated.paths['/payments'].post.summary).toBe('＊Create a payment')
  expect(
    JSON.stringify(Object.values(translated.components.examples).map((example) => Reflect.get(Object(example), 'value'))),
  ).not.toContain('＊')
  expect(Object.keys(translated.components.schemas.Payment.properties)).toEqual(Object.keys(document.components.schemas.Payment.properties))
})

test('Markdown is translated block by block, and code is not', () => {
  const source = '# Title\n\nOne\ntwo `three`.\n\n- item\n\n| a | `b` |\n| --- | --- |\n| c | `d` |\n\n```bash\ncurl x\n```\n\n{{errors}}\n'
  expect(translateMarkdown(source, (text) => text.toUpperCase())).toBe(
    '# TITLE\n\nONE TWO `THREE`.\n\n- ITEM\n\n| A | `b` |\n| --- | --- |\n| C | `d` |\n\n```bash\ncurl x\n```\n\n{{errors}}\n',
  )
})

test('another language has the same places', () => {
  const places = (model: ReturnType<typeof modelOf>) => [
    model.guides.map(({ id, headings }) => [id, headings]),
    model.operations.map(({ id, groups }) => [id, groups.map(({ attributes }) => attributes.map(({ anchor }) => anchor))]),
  ]
  const other = translatorOf(new Map([...texts].map((text) => [text, `訳 ${text}`])))
  expect(places(modelOf(document, 'spec/guides', other))).toEqual(places(modelOf(document, 'spec/guides', (text) => text)))
})
