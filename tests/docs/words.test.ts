/** Words that docs/style.md replaces are in no page, no guide, no help and no description. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const banned = [
  /\banswer(s|ed|ing)?\b/i,
  /\brefus(e|es|ed|al|als|ing)\b(?! connection)/i,
  /\bwhere there (is|are) (none|no)\b/i,
  /\bwhat is no\b/i,
  /\bwhoever\b/i,
  /\b(is|are) told\b/i,
  /\bin words for the user\b/i,
  /\bhangs? on\b/i,
  /\bpatience\b/i,
  /\bhandful\b/i,
  /\basks nobody\b/i,
]
const bannedIn = (text: string) => banned.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])

// style.md quotes the words; the glossary names the one that is not used.
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md', 'spec/**/*.yaml'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(file) && !['docs/style.md', 'docs/glossary.md'].includes(file))

test.each(files)('%s', (file) => {
  expect(bannedIn(readFileSync(file, 'utf8'))).toEqual([])
})

const helps = [
  ['src/cli.ts'],
  ...['mock', 'sandbox', 'docs', 'contract', 'contract-merge', 'init', 'completion'].map((command) => ['src/cli.ts', command]),
]
const scripts = ['build', 'check', 'mutate', 'diff', 'licences', 'bench', 'release', 'docs', 'languages', 'pictures'].map((name) => [
  `scripts/${name}.ts`,
])

test.each([...helps, ...scripts].map((command) => [command.join(' '), command] as const))('%s --help', (_name, command) => {
  const { stdout, status } = spawnSync(process.execPath, [...command, '--help'], { encoding: 'utf8' })
  expect(status).toBe(0)
  expect(bannedIn(stdout)).toEqual([])
})

test('a banned word is seen', () => {
  expect(bannedIn('The server answers 404, whoever asks.')).toEqual(['answers', 'whoever'])
})
