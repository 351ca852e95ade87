/** `npm run release -- <version>`: checks, versions, dates the changelog, commits and tags. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BuildError, projectFolder, runStep } from './build/step.ts'
import { compareVersions } from './tools/semver.ts'

const versionPattern = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/** Entries of the changelog's section *Unreleased*. */
const unreleasedOf = (changelog: string) => /^## Unreleased\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog)?.[1]?.trim() ?? ''

/**
 * The changelog with its unreleased entries under a version.
 * @param date as `2026-11-27`
 * @throws {BuildError} for a changelog without entries to release
 */
export const datedChangelog = (changelog: string, version: string, date: string): string => {
  if (!/^- /m.test(unreleasedOf(changelog)))
    throw new BuildError('CHANGELOG.md has no entry under `## Unreleased`: there is nothing to release.')
  if (changelog.includes(`## ${version} `)) throw new BuildError(`CHANGELOG.md has version ${version} already.`)
  return changelog.replace(/^## Unreleased\n/m, `## Unreleased\n\n## ${version} - ${date}\n`)
}

/** Text of a JSON file with another version. @param levels how many times the version is in it */
const withVersion = (text: string, version: string, levels: number) => {
  let changed = 0
  return text.replaceAll(/^( {2}| {6})"version": ".*?"/gm, (line, indent) =>
    changed++ < levels ? `${indent}"version": "${version}"` : line,
  )
}

const readmes = ['README.md', 'README.ja.md', 'README.ko.md']

/** A README with the name of another version's tarball. */
const withTarball = (text: string, current: string, version: string) =>
  text.replaceAll(`komoju-openapi-${current}.tgz`, `komoju-openapi-${version}.tgz`)

const help = `Usage: npm run release -- <version> [options]

Checks that this is main, that the version is a higher one and fits what changed, that generated/ is current and that the tests pass; then
writes the version to package.json, package-lock.json and the READMEs, dates the changelog, commits and tags. Nothing is pushed.

  --skip-tests  leave the tests to CI
  --dry-run     check, say what would be written, and write nothing
  --help        show this help`

type ReleaseOptions = { version: string; folder: string; date: string; skipTests: boolean; dryRun: boolean }

/** Runs a command that has to succeed. @throws {BuildError} with its output */
const expectSuccess = (folder: string, what: string, command: string, ...args: string[]) => {
  console.log(`${what} …`)
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new BuildError(`${what}: failed. Nothing was written.\n${stdout}${stderr}`)
}

/**
 * Makes a release.
 * @throws {BuildError} at the first check that fails; then nothing is written
 */
export const release = ({ version, folder, date, skipTests, dryRun }: ReleaseOptions) => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
  const file = (name: string) => resolve(folder, name)
  if (!versionPattern.test(version)) throw new BuildError(`${version} is not a semantic version. Write one such as 0.2.0.`)
  const branch = git('branch', '--show-current')
  if (branch !== 'main')
    throw new BuildError(`Releases are made on main, and this is ${branch || 'a detached commit'}. Run \`git switch main\` first.`)
  if (git('status', '--porcelain') !== '') throw new BuildError('There are uncommitted changes. Commit or stash them first.')
  if (git('tag', '--list', `v${version}`) !== '') throw new BuildError(`The tag v${version} exists already.`)
  const manifest = readFileSync(file('package.json'), 'utf8')
  const { version: current } = JSON.parse(manifest) as { version: string }
  if (compareVersions(version, current) <= 0)
    throw new BuildError(`${version} is not above ${current}, the version of package.json. Choose a higher one.`)
  const { info } = JSON.parse(readFileSync(file('generated/openapi.json'), 'utf8')) as { info: { version: string } }
  if (compareVersions(version, info.version) < 0)
    throw new BuildError(`${version} is below ${info.version}, the document's info.version in spec/openapi.yaml. Choose a higher one.`)
  const changelog = datedChangelog(readFileSync(file('CHANGELOG.md'), 'utf8'), version, date)
  expectSuccess(folder, 'The version fits the change', process.execPath, 'scripts/diff.ts', '--check')
  expectSuccess(folder, 'generated/ is current', process.execPath, 'scripts/check.ts')
  if (!skipTests) expectSuccess(folder, 'The tests pass', 'npm', 'test')
  const written = ['package.json', 'package-lock.json', ...readmes, 'CHANGELOG.md']
  if (dryRun) return console.log(`Would release ${version}: ${written.join(', ')}, one commit, tag v${version}.`)
  writeFileSync(file('package.json'), withVersion(manifest, version, 1))
  writeFileSync(file('package-lock.json'), withVersion(readFileSync(file('package-lock.json'), 'utf8'), version, 2))
  for (const readme of readmes) writeFileSync(file(readme), withTarball(readFileSync(file(readme), 'utf8'), current, version))
  writeFileSync(file('CHANGELOG.md'), changelog)
  git('commit', '--quiet', '--message', `Release ${version}`, ...written)
  git('tag', '--annotate', `v${version}`, '--message', `Version ${version}`)
  console.log(`Released ${version}. Publish it: git push --follow-tags`)
}

if (import.meta.main)
  await runStep(() => {
    const options = { 'skip-tests': { type: 'boolean' }, 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ allowPositionals: true, options })
    const [version] = positionals
    if (values.help || version === undefined) return console.log(help)
    const date = new Date().toISOString().slice(0, 10)
    release({ version, folder: projectFolder, date, skipTests: values['skip-tests'] ?? false, dryRun: values['dry-run'] ?? false })
  })
