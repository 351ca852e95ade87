/** `npm run diff -- <git ref>`: what the change of the document since then means for its users. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { BuildError, projectFolder, runStep, writeWhole } from './build/step.ts'
import { compareVersions } from './tools/semver.ts'

const redoclyCommand = join(createRequire(import.meta.url).resolve('@redocly/cli/package.json'), '../bin/cli.js')
const run = promisify(execFile)

/** Reports by their name here, and Redocly's name for each. */
const formats = { text: 'stylish', markdown: 'markdown', html: 'html', json: 'json', version: 'next-version' } as const
export type Format = keyof typeof formats

/**
 * Compares two bundles.
 * @param base JSON text of the older one
 * @param revision JSON text of the newer one
 * @param format `version` is the lowest version that the newer one has to carry, by semantic versioning
 * @param names what to call the two in the report
 */
export const diffOf = async (base: string, revision: string, format: Format, names = { base: 'before', revision: 'after' }) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-diff-'))
  try {
    // The report shows the names of the files.
    const files = [`${names.base.replaceAll('/', '-')}.json`, `${names.revision}.json`] as const
    writeFileSync(join(folder, files[0]), base)
    writeFileSync(join(folder, files[1]), revision)
    const config = resolve(projectFolder, 'scripts/diff/redocly.yaml')
    const args = ['diff', ...files, '--config', config, '--format', formats[format], '--fail-on', 'none', '--output', 'report']
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1', FORCE_COLOR: '0' }
    await run(process.execPath, [redoclyCommand, ...args], { cwd: folder, env }).catch((error: { stdout: string; stderr: string }) => {
      throw new BuildError(`Redocly could not compare the documents:\n${error.stdout}${error.stderr}`)
    })
    return readFileSync(join(folder, 'report'), 'utf8').trim()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const versionOf = (document: string) => (JSON.parse(document) as { info: { version: string } }).info.version

/** What CHANGELOG.md says about a version, or about the next one. */
const sectionsOf = (changelog: string, version: string) =>
  changelog
    .split(/^## /m)
    .slice(1)
    .filter((section) => /^\[?Unreleased\b/.test(section) || section.replace('[', '').startsWith(version))
    .join('\n')

/**
 * What is wrong with the version of a document, or with the changelog, for what changed since a release.
 * @returns one sentence a problem, each with what to do; empty where they match the change
 */
export const versionProblems = async (released: string, current: string, changelog: string): Promise<string[]> => {
  const [json, needed] = await Promise.all([diffOf(released, current, 'json'), diffOf(released, current, 'version')])
  const { bump, changes } = JSON.parse(json) as { bump: string; changes: unknown[] }
  if (changes.length === 0) return []
  const version = versionOf(current)
  const section = sectionsOf(changelog, version)
  const problems: string[] = []
  if (compareVersions(version, needed) < 0)
    problems.push(
      `The document changed (${bump}) and needs version ${needed}, but info.version is ${version}. Set it in spec/openapi.yaml.`,
    )
  if (!/^- /m.test(section)) problems.push(`CHANGELOG.md has no entry for the change. Add one under Unreleased or ${version}.`)
  if (bump === 'major' && !/^### (Changed|Removed)/m.test(section))
    problems.push('The change breaks clients, and CHANGELOG.md says so nowhere. Add `### Changed` or `### Removed` with what to do.')
  return problems
}

const git = async (folder: string, ...args: string[]) => (await run('git', args, { cwd: folder, maxBuffer: 2 ** 26 })).stdout

/** The bundle as it was at a commit, tag or branch. */
const bundleAt = async (ref: string) => {
  try {
    return await git(projectFolder, 'show', `${ref}:generated/openapi.json`)
  } catch {
    throw new BuildError(`${ref} has no generated/openapi.json. Name a commit, a tag or a branch of this repository that has one.`)
  }
}

const lastTag = async (folder: string): Promise<string | undefined> => {
  try {
    return (await git(folder, 'describe', '--tags', '--abbrev=0', '--match', 'v*')).trim()
  } catch {
    return
  }
}

/** Version that a changelog dates, for example `0.1.0` in `## 0.1.0 - 2026-11-27`; undefined before the first release. */
const datedVersionOf = (changelog: string) => /^## \[?(\d+\.\d+\.\d+[^\]\s]*)\]? - \d{4}-\d\d-\d\d$/m.exec(changelog)?.[1]

/**
 * The last release: the last tag, or without tags the commit in which CHANGELOG.md got its latest dated version.
 * @param folder of the repository
 */
export const lastRelease = async (folder = projectFolder): Promise<string | undefined> => {
  const tag = await lastTag(folder)
  if (tag !== undefined) return tag
  const changelogAt = (commit: string) => git(folder, 'show', `${commit}:CHANGELOG.md`).catch(() => '')
  const commits = (await git(folder, 'log', '--format=%h', '--', 'CHANGELOG.md')).split('\n').filter(Boolean)
  const latest = datedVersionOf(await changelogAt(commits[0] ?? 'HEAD'))
  if (latest === undefined) return
  let release = commits[0]
  for (const commit of commits) {
    if (datedVersionOf(await changelogAt(commit)) !== latest) break
    release = commit
  }
  return release
}

const help = `Usage: npm run diff -- <git ref> [options]
       npm run diff -- --check

Shows what the change of generated/openapi.json since a commit, a tag or a branch means for its users: major, minor or patch, by operation.
A shared schema is shown at the first operation that uses it.

  --format <name>  text (default), markdown, html or json
  --output <file>  write the report to a file
  --check          fail if info.version or CHANGELOG.md do not match the change since the last release: the last tag (v*),
                   or the last commit that dated a version in CHANGELOG.md
  --help           show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { format: { type: 'string' }, output: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } },
    })
    if (values.help) return console.log(help)
    const current = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    if (values.check) {
      const release = await lastRelease()
      if (release === undefined) throw new BuildError('CHANGELOG.md has no dated version. Write one, such as `## 0.1.0 - 2026-11-27`.')
      const problems = await versionProblems(await bundleAt(release), current, readFileSync(resolve(projectFolder, 'CHANGELOG.md'), 'utf8'))
      if (problems.length > 0) throw new BuildError(`Since ${release}:\n${problems.join('\n')}`)
      return console.log(`Version ${versionOf(current)} and CHANGELOG.md match what changed since ${release}.`)
    }
    const [ref] = positionals
    if (ref === undefined) throw new BuildError(help)
    const format = (values.format ?? 'text') as Format
    if (!(format in formats)) throw new BuildError(`--format takes ${Object.keys(formats).join(', ')}, not ${values.format}.`)
    const report = await diffOf(await bundleAt(ref), current, format, { base: ref, revision: 'now' })
    if (values.output === undefined) console.log(report)
    else writeWhole(resolve(values.output), `${report}\n`)
  })
