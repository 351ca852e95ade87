/** What the pages for contributors name exists: files and folders, scripts of package.json, packages of the system. */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packages } from '../tools.ts'

const pages = [...globSync('docs/**/*.md'), ...globSync('README*.md'), 'CONTRIBUTING.md', 'SECURITY.md'].sort()

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(file))
/** All files, and the folders they are in. */
const places = new Set(files.flatMap((file) => file.split('/').map((_name, index, names) => names.slice(0, index + 1).join('/'))))

/** Folders that a build or an installation makes. */
const made = /^(generated\/docs|dist|node_modules)\//
const extension = /[\w>*]\.(ts|js|json|ya?ml|md|css|html|po|dot|seq|svg|rb|php|sh)$/
/** A path from the project's root, or the end of one. A place of the servers begins with a slash. */
const isPath = (word: string) => /^[\w<*.@][\w<>*.@/-]*$/.test(word) && (word.endsWith('/') || extension.test(word))

/** Whether a path is the end of the path of a file or folder. `<type>` and `*` stand for any name. */
const exists = (path: string) => {
  const pattern = path
    .replace(/\/$/, '')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/<\w+>|\\\*/g, '[^/]+')
  const end = new RegExp(`(^|/)${pattern}$`)
  return [...places].some((place) => end.test(place))
}

/** Paths in backticks. Within a command only words with a slash are paths: the others are the user's own files. */
const pathsOf = (text: string) =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => {
    const words = code.split(' ')
    return words.filter((word) => isPath(word) && !made.test(word) && (words.length === 1 || word.includes('/')))
  })
const missingPaths = (text: string) => pathsOf(text).filter((path) => !exists(path))

test.each(pages)('%s names files that exist', (page) => {
  expect(missingPaths(readFileSync(page, 'utf8'))).toEqual([])
})

test('a path that leads nowhere is seen', () => {
  const text =
    '`scripts/docs/tables.ts` `spec/payment-methods/<type>/sandbox.yaml` `rules/rules.ts` `nowhere.ts` `npx node scripts/gone.ts a.json`'
  expect(
    missingPaths(`${text} \`/openapi.yaml\` \`generated/docs/index.html\` \`spec/nothing/\` \`front.ts\` \`spec/<no>/<such>.txt.yaml\``),
  ).toEqual(['scripts/docs/tables.ts', 'nowhere.ts', 'scripts/gone.ts', 'spec/nothing/', 'spec/<no>/<such>.txt.yaml'])
})

test.each(pages)('%s runs scripts that package.json has', (page) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const named = [...readFileSync(page, 'utf8').matchAll(/\bnpm run ([a-z][\w:]*)/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('.ci/run installs what the tests need of the system, and CONTRIBUTING.md names it', () => {
  const [, installed = ''] = /^packages=\((.*)\)$/m.exec(readFileSync('.ci/run', 'utf8')) ?? []
  expect(installed.split(' ')).toEqual(expect.arrayContaining(Object.values(packages)))
  const contributing = readFileSync('CONTRIBUTING.md', 'utf8').toLowerCase().replaceAll(' ', '')
  expect(Object.keys(packages).filter((program) => !contributing.includes(program))).toEqual([])
})
