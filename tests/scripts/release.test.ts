/** A release in a temporary clone: what is checked, written, committed and tagged, and what stops it. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lastRelease } from '../../scripts/diff.ts'
import { datedChangelog, release } from '../../scripts/release.ts'
import { readVersion } from '../../src/version.ts'

const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n\n- One.\n\n## 0.1.0 - 2026-01-02\n\n- Zero.\n'

describe('the changelog', () => {
  test('gets the version and the date above its unreleased entries', () => {
    expect(datedChangelog(changelog, '0.2.0', '2026-03-04')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-03-04\n\n### Added\n\n- One.\n\n## 0.1.0 - 2026-01-02\n\n- Zero.\n',
    )
  })
  test('has to have entries', () => {
    expect(() => datedChangelog(changelog.replace('- One.', ''), '0.2.0', '2026-03-04')).toThrow('nothing to release')
    expect(() => datedChangelog(changelog, '0.1.0', '2026-03-04')).toThrow('has version 0.1.0 already')
  })
})

/** A clone of the working tree's files, as one commit. */
const cloneOf = () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-release-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  execFileSync(
    'sh',
    ['-c', `tar --null --files-from=- --create --ignore-failed-read 2>/dev/null | tar --extract --directory "${folder}"`],
    {
      input: files,
      cwd: resolve('.'),
    },
  )
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  git('init', '--quiet', '--initial-branch', 'main')
  git('config', 'user.name', 'Test')
  git('config', 'user.email', 'test@example.com')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'All of it')
  return { folder, git }
}
const options = (folder: string, more = {}) => ({ version: '9.0.0', folder, date: '2026-03-04', skipTests: true, dryRun: false, ...more })

test('versions, dates, commits and tags, and the gate compares with it from then on', { timeout: 120_000 }, async () => {
  const { folder, git } = cloneOf()
  const before = git('rev-parse', 'HEAD')
  expect(await lastRelease(folder)).toBe(before.slice(0, 7))
  release(options(folder, { dryRun: true }))
  expect(git('rev-parse', 'HEAD')).toBe(before)
  release(options(folder))
  expect(git('log', '-1', '--format=%s')).toBe('Release 9.0.0')
  expect(git('describe', '--tags')).toBe('v9.0.0')
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version).toBe('9.0.0')
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  expect([lock.version, lock.packages[''].version]).toEqual(['9.0.0', '9.0.0'])
  expect(lock.packages['node_modules/openapi-fetch'].version).not.toBe('9.0.0')
  for (const readme of ['README.md', 'README.ja.md', 'README.ko.md']) {
    const named = readFileSync(join(folder, readme), 'utf8').match(/komoju-openapi-[\w.-]+\.tgz/g)
    expect(new Set(named)).toEqual(new Set(['komoju-openapi-9.0.0.tgz']))
  }
  expect(git('status', '--porcelain')).toBe('')
  expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain('## 9.0.0 - 2026-03-04\n')
  expect(await lastRelease(folder)).toBe('v9.0.0')
  git('tag', '--delete', 'v9.0.0')
  appendFileSync(join(folder, 'CHANGELOG.md'), '\n- A late word.\n')
  git('commit', '--quiet', '--all', '--message', 'Touch the changelog')
  expect(await lastRelease(folder)).toBe(git('rev-parse', '--short', 'HEAD~1'))
})

test('what does not fit stops it, and nothing is written', { timeout: 120_000 }, () => {
  const { folder, git } = cloneOf()
  const before = git('rev-parse', 'HEAD')
  expect(() => release(options(folder, { version: 'next' }))).toThrow('not a semantic version')
  const current = readVersion()
  for (const version of ['0.0.1', current, `${current}-rc.1`])
    expect(() => release(options(folder, { version }))).toThrow(`${version} is not above ${current}`)
  git('switch', '--quiet', '--create', 'feature')
  expect(() => release(options(folder))).toThrow('Releases are made on main, and this is feature')
  git('switch', '--quiet', 'main')
  // The document can be ahead of the package.
  const file = join(folder, 'generated/openapi.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": ?"\d+\.\d+\.\d+"/, '"version": "9.1.0"'))
  git('commit', '--quiet', '--all', '--message', 'Raise info.version')
  expect(() => release(options(folder))).toThrow('9.0.0 is below 9.1.0')
  git('reset', '--quiet', '--hard', before)
  writeFileSync(join(folder, 'generated/openapi.yaml'), 'changed')
  expect(() => release(options(folder))).toThrow('uncommitted changes')
  git('commit', '--quiet', '--all', '--message', 'Edit what is generated')
  expect(() => release(options(folder))).toThrow('generated/openapi.yaml differs from a fresh build')
  expect(git('log', '-1', '--format=%s')).toBe('Edit what is generated')
  expect(git('rev-parse', 'HEAD~1')).toBe(before)
  expect(git('status', '--porcelain')).toBe('')
})
