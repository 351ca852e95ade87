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
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md', 'spec/**/*.yaml'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(file) && !['docs/style.md', 'docs/glossary.md'].includes(file))

test.each(pages)('%s', (file) => {
  expect(bannedIn(readFileSync(file, 'utf8'))).toEqual([])
})

const helpOf = (command: string[]) => spawnSync(process.execPath, [...command, '--help'], { encoding: 'utf8' })

/** The commands that the help of the command line lists. */
const commands = [...helpOf(['src/cli.ts']).stdout.matchAll(/^ {2}([a-z][\w-]*) .*$/gm)].map(([, name = '']) => name)
/** The scripts of package.json. Those that npm runs by itself have no help of their own, and the arguments of `test` are vitest's. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const files = new Set(
  Object.entries(scripts).flatMap(([name, script]) =>
    ['dependencies', 'test'].includes(name) || name.startsWith('pre')
      ? []
      : (/^node (?:--import \S+ )*(scripts\/\S+)/.exec(script)?.[1] ?? []),
  ),
)
const helps = [['src/cli.ts'], ...commands.map((command) => ['src/cli.ts', command]), ...[...files].map((file) => [file])]

test('the helps are those of all commands and scripts', () => {
  expect(commands).toEqual(expect.arrayContaining(['mock', 'sandbox', 'contract', 'completion']))
  expect([...files]).toEqual(expect.arrayContaining(['scripts/build.ts', 'scripts/check.ts', 'scripts/interop.ts', 'scripts/package.ts']))
})

test.each(helps.map((command) => [command.join(' '), command] as const))('%s --help', (_name, command) => {
  const { stdout, status } = helpOf(command)
  expect(status).toBe(0)
  expect(stdout).toMatch(/^Usage: /)
  expect(bannedIn(stdout)).toEqual([])
})

test('a banned word is seen', () => {
  expect(bannedIn('The server answers 404, whoever asks.')).toEqual(['answers', 'whoever'])
})
