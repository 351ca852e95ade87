/** Every link of every Markdown file leads somewhere: to a file, and to a heading in it. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(file))

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')
const linksOf = (text: string) => [...withoutCode(text).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)

/** Anchors of a file's headings, as GitHub makes them. */
const anchorsOf = (text: string) =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )

/** Links of a file that lead nowhere. Guides link into the rendered page, whose own test follows them. */
const brokenLinks = (file: string, text: string) =>
  linksOf(text).filter((link) => {
    if (/^[a-z]+:/.test(link) || (file.startsWith('spec/guides/') && link.startsWith('#'))) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? file : resolve(dirname(file), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchorsOf(path === '' ? text : readFileSync(target, 'utf8')).includes(anchor)
  })

test('there are files to look at', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/decisions/0001-one-document.md']),
  )
})

test.each(files)('%s', (file) => {
  expect(brokenLinks(file, readFileSync(file, 'utf8'))).toEqual([])
})

test('a broken link is seen', () => {
  expect(brokenLinks('README.md', '# A\n[one](nowhere.md) [two](#b) [three](CONTRIBUTING.md#no-such) [four](#a)')).toEqual([
    'nowhere.md',
    '#b',
    'CONTRIBUTING.md#no-such',
  ])
})
