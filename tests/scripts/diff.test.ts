/** What a change of the document means for its users, shown on three constructed changes. */
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { projectFolder } from '../../scripts/build/step.ts'
import { diffOf, versionProblems } from '../../scripts/diff.ts'
import { edited, type Path } from '../../scripts/mutation/mutants.ts'
import { readDocument } from '../../src/document.ts'

const released = readDocument()
const changed = (path: Path, value: unknown, version?: string) => {
  const document = edited(released, path, value)
  return JSON.stringify(version === undefined ? document : edited(document, ['info', 'version'], version))
}
const before = JSON.stringify(edited(released, ['info', 'version'], '1.2.3'))
const currencies: string[] = released.components.schemas.PaymentCurrency.enum

const newProperty: [Path, unknown] = [
  ['components', 'schemas', 'UpdatePaymentRequest', 'properties', 'note'],
  { description: 'Note for the staff.', type: 'string' },
]
const narrowedEnum: [Path, unknown] = [['components', 'schemas', 'PaymentCurrency', 'enum'], currencies.slice(1)]
const removedResponse: [Path, unknown] = [['paths', '/payments', 'post', 'responses', '402'], undefined]

describe('a change', { timeout: 60_000 }, () => {
  test.each([
    ['a new optional property', 'minor', '1.3.0', /PATCH \/payments\/\{id\}.*note/s, newProperty],
    ['a narrowed enum', 'major', '2.0.0', /GET \/payments.*Enum of `PaymentCurrency` lost values/s, narrowedEnum],
    ['a removed response', 'major', '2.0.0', /POST \/payments.*Response `402` was removed/s, removedResponse],
  ] as const)('%s is %s and needs %s', async (_name, bump, version, line, [path, value]) => {
    const after = changed(path, value, '1.2.3')
    const [text, json, next] = await Promise.all([
      diffOf(before, after, 'text'),
      diffOf(before, after, 'json'),
      diffOf(before, after, 'version'),
    ])
    expect(text).toMatch(line)
    expect(JSON.parse(json).bump).toBe(bump)
    expect(next).toBe(version)
  })

  test('is shown as Markdown and as a page', async () => {
    const after = changed(...narrowedEnum)
    const [markdown, html] = await Promise.all([diffOf(before, after, 'markdown'), diffOf(before, after, 'html')])
    expect(markdown).toContain('requires a **major** bump')
    expect(html).toContain('requires a major bump')
  })
})

describe('a version', { timeout: 60_000 }, () => {
  const changelog = (heading: string, section: string) => `# Changelog\n\n## ${heading}\n\n${section}\n\n## 1.2.3\n\n### Added\n\n- Old.\n`

  test('may stay where nothing changed', async () => {
    expect(await versionProblems(before, before, '')).toEqual([])
  })

  test('has to move as far as the change, and the changelog has to tell it', async () => {
    const problems = await versionProblems(before, changed(...narrowedEnum, '1.3.0'), changelog('Unreleased', ''))
    expect(problems).toHaveLength(3)
    expect(problems[0]).toMatch(/needs version 2\.0\.0, but info\.version is 1\.3\.0/)
    expect(problems[1]).toMatch(/no entry/)
    expect(problems[2]).toMatch(/breaks clients/)
  })

  test('matches a breaking change that the changelog names', async () => {
    const entry = '### Removed\n\n- Payments in JPY.'
    expect(await versionProblems(before, changed(...narrowedEnum, '2.0.0'), changelog('Unreleased', entry))).toEqual([])
    expect(await versionProblems(before, changed(...narrowedEnum, '2.0.0'), changelog('2.0.0 - 2026-12-01', entry))).toEqual([])
  })

  test('matches an addition', async () => {
    expect(await versionProblems(before, changed(...newProperty, '1.3.0'), changelog('[1.3.0]', '### Added\n\n- A note.'))).toEqual([])
    expect(await versionProblems(before, changed(...newProperty, '1.2.4'), changelog('1.2.4', '- A note.'))).toHaveLength(1)
  })

  test('compares numbers, not text', async () => {
    expect(await versionProblems(before, changed(...newProperty, '1.10.0'), changelog('1.10.0', '- A note.'))).toEqual([])
  })
})

test('this document has the version, and CHANGELOG.md the entry, that its change since the last release needs', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = spawnSync('node', ['scripts/diff.ts', '--check'], { cwd: projectFolder, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  expect(stdout).toMatch(/match what changed since/)
})
