/** What to install where a command needs a package that is not there, or in another version: all but the client's are optional. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installCommand } from './cli/install.ts'

const serverPackages = ['@fastify/cors', 'ajv', 'ajv-formats', 'commander', 'fastify', 'leven', 'qs']

/** Packages that each command imports. */
export const packagesOf: Record<string, string[]> = {
  mock: [...serverPackages, '@stoplight/prism-http'],
  sandbox: [...serverPackages, 'ghtml'],
  contract: ['ajv', 'ajv-formats', 'commander', 'fast-check', 'ghtml', 'qs', 'vitest'],
  'contract-merge': ['commander', 'ghtml'],
  docs: ['commander', 'fastify'],
  init: ['commander'],
  completion: ['commander'],
}

/** What each command is for, in a line: the help, with and without the package that prints it. */
export const summaries = {
  mock: "Serve the reference and a mock that responds from the document's examples.",
  sandbox: 'Serve an API that keeps state: payments go through their whole life cycle, with pages for the customer and a dashboard.',
  docs: 'Serve the reference alone.',
  contract: 'Test another implementation of the API: a gateway, a proxy, a sandbox, a rewrite.',
  'contract-merge': 'Merge the JSON reports of all shards into one verdict and one table of what was checked.',
  init: 'Write a contract test and an .env.example into this project.',
  completion: 'Print the completion script of a shell: bash, zsh or fish.',
}

const readManifest = (file: string | URL) =>
  JSON.parse(readFileSync(file, 'utf8')) as { version: string; devDependencies: Record<string, string> }

/**
 * Major versions that work here, `5` for fastify. The newest one need not: commander 15 asks for a newer Node. They are no ranges of
 * `peerDependencies`: npm would not install the client in a project that has another version of one of them.
 */
const majorOf = (name: string): string | undefined =>
  /\d+/.exec(readManifest(new URL('../package.json', import.meta.url)).devDependencies[name] ?? '')?.[0]

/**
 * Names of packages with the major version that works here.
 * @param names optional packages; others stay as they are
 */
export const withVersions = (names: string[]): string[] =>
  names.map((name) => {
    const major = majorOf(name)
    return major === undefined ? name : `${name}@${major}`
  })

/** Version of a package as this one would import it; undefined for one that is not installed. */
const installedVersionOf = (name: string): string | undefined => {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  const file = folders.map((folder) => join(folder, name, 'package.json')).find((place) => existsSync(place))
  return file === undefined ? undefined : readManifest(file).version
}

/** A package of a command is installed in a version that does not work here. */
class OtherVersionError extends Error {
  constructor(name: string, version: string) {
    super(`${name} ${majorOf(name)}, and ${version} is installed`)
  }
}

/**
 * Checks the versions of a command's packages, as far as they are installed.
 * @throws {OtherVersionError} for the first one of another major version
 */
export const checkVersions = (command: string | undefined) => {
  for (const name of packagesOf[command ?? ''] ?? []) {
    const version = installedVersionOf(name)
    if (version !== undefined && version.split('.')[0] !== majorOf(name)) throw new OtherVersionError(name, version)
  }
}

/** Whether an error says that a package is not installed. */
export const isMissingPackage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && /package '/.test(error.message)

/** Name of the package that an error misses; undefined where something else failed. */
const missingPackageOf = (error: unknown): string | undefined =>
  isMissingPackage(error) ? /package '([^']+)'/.exec(error.message)?.[1] : undefined

/**
 * Packages that a failed command needs, with their versions; undefined where something else failed.
 * @param command name of the command, `mock` for example
 */
export const neededPackages = (error: unknown, command: string | undefined): string[] | undefined => {
  const missing = missingPackageOf(error)
  if (missing === undefined && !(error instanceof OtherVersionError)) return undefined
  // One that an option needs is in no command's list.
  return withVersions([...new Set([...(packagesOf[command ?? ''] ?? []), missing ?? []].flat())])
}

/** The help where commander is not installed: each command with the line that installs what it needs. */
export const helpWithoutPackages = (): string => {
  const lines = Object.entries(summaries).map(
    ([name, summary]) => `  ${name.padEnd(15)} ${summary}\n  ${''.padEnd(15)} ${installCommand(withVersions(packagesOf[name] ?? []))}\n`,
  )
  return `Usage: komoju-openapi <command> [options]

Each command needs packages that are not installed yet. The line below it installs them, and so does the command itself with --install,
which asks first.

${lines.join('\n')}`
}

/**
 * Reason of a command's failure, as a message that the user can act on.
 * @param command name of the command, `mock` for example
 * @param name of the export that needs the command's packages, where no command runs
 */
export const reasonOf = (error: Error, command: string | undefined, name?: string): string => {
  const packages = neededPackages(error, command)
  if (!packages) return error.message
  if (!packagesOf[command ?? '']) return helpWithoutPackages()
  const missing = missingPackageOf(error)
  const need =
    missing === undefined
      ? `${error.message}. Install what it needs, in a folder of its own if the project needs that version`
      : `${missing}, which is not installed. Install what it needs`
  // An export is no command: it cannot install, and needs no command line.
  if (name !== undefined)
    return `\`${name}\` needs ${need}:\n  ${installCommand(packages.filter((each) => !each.startsWith('commander@')))}`
  const line = `  ${installCommand(packages)}\nor let the command do it: npx komoju-openapi ${command} --install`
  return `\`komoju-openapi ${command}\` needs ${need}:\n${line}`
}
