/** The short READMEs: their blocks are those of README.md, which tests run, they have the same sections, and each is in its own language. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const readme = readFileSync('README.md', 'utf8')
const scripts = { 'README.ja.md': /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, 'README.ko.md': /\p{Script=Hangul}/u }
const languages = Object.entries(scripts).map(([file, script]) => ({ file, script, text: readFileSync(file, 'utf8') }))

const fence = /^```[\s\S]*?^```$/gm
const blocksOf = (text: string) => text.match(fence) ?? []
const strangeBlocks = (text: string) => {
  const known = new Set(blocksOf(readme))
  return blocksOf(text).filter((block) => !known.has(block))
}

const linksOf = (text: string) => [...text.replaceAll(fence, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
const brokenLinks = (text: string) => linksOf(text).filter((link) => !/^[a-z]+:/.test(link) && !existsSync(link.replace(/#.*/, '')))

/** What the sections have in common in every language: levels of headings, blocks, and links but those to the other languages. */
const sectionsOf = (text: string) =>
  text
    .replaceAll(fence, (block) => block.replaceAll(/^#/gm, ' #'))
    .split(/^(?=#+ )/m)
    .map((section) => ({
      level: section.search(/[^#]/),
      blocks: blocksOf(section),
      links: linksOf(section)
        .filter((link) => !/^README\.(ja|ko)\.md$/.test(link))
        .sort(),
    }))

/** What is in another language: three Latin words in a row, and lines without a letter of the language. The title is the project's name. */
const foreign = (text: string, script: RegExp) => {
  const prose = text
    .replace(/^# .*/, '')
    .replaceAll(fence, '')
    .replaceAll(/`[^`\n]*`|<http[^>]*>|\]\([^)]*\)/g, '·')
  const words = prose.match(/[A-Za-z][\w.'’-]*(?:\s+[A-Za-z][\w.'’-]*){2,}/g) ?? []
  return [...words, ...prose.split('\n').filter((line) => /\p{L}/u.test(line) && !script.test(line))]
}

test.each(languages)('every block of $file is in README.md', ({ text }) => {
  expect(blocksOf(text).length).toBeGreaterThan(5)
  expect(strangeBlocks(text)).toEqual([])
})

test.each(languages)('every relative link of $file leads to a file', ({ text }) => {
  expect(brokenLinks(text)).toEqual([])
})

test('the sections correspond one to one', () => {
  const [japanese, korean] = languages.map(({ text }) => sectionsOf(text))
  expect(japanese?.length).toBeGreaterThan(5)
  expect(korean).toEqual(japanese)
})

test.each(languages)('$file is in its language throughout', ({ text, script }) => {
  expect(foreign(text, script)).toEqual([])
})

test('each README begins with links to the others', () => {
  const names = { 'README.md': 'English', 'README.ja.md': '日本語', 'README.ko.md': '한국어' }
  for (const file of Object.keys(names)) {
    const links = Object.entries(names).map(([other, name]) => (other === file ? name : `[${name}](${other})`))
    expect(readFileSync(file, 'utf8').split('\n')[2]).toBe(links.join(' · '))
  }
})

test('an own block, a broken link, a section too many and English are seen', () => {
  expect(strangeBlocks('```sh\nnpm run nothing\n```\n')).toEqual(['```sh\nnpm run nothing\n```'])
  expect(brokenLinks('[a](nowhere.md) [b](README.md#start)')).toEqual(['nowhere.md'])
  expect(sectionsOf('# a\n```sh\n# b\n```\n## c')).not.toEqual(sectionsOf('# a\n```sh\n# b\n```\n## c\n## d'))
  expect(foreign('# a\n## Licence\nモックです。Nothing is published.\n`npm run a b c`です。', scripts['README.ja.md'])).toEqual([
    'Nothing is published.',
    '## Licence',
  ])
})
