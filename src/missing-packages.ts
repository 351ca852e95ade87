/** What to install where a command needs a package that is not there: all but the client's are optional. */
import { readFileSync } from 'node:fs'
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
  sandbox: 'Serve the API with a memory: payments live through their states, with pages for the customer and a dashboard.',
  docs: 'Serve the reference alone.',
  contract: 'Test another implementation of the API: a gateway, a proxy, a sandbox, a rewrite.',
  'contract-merge': 'Make the JSON reports of all shards one verdict and one table of what was checked.',
  init: 'Write a contract test and an .env.example into this project.',
  completion: 'Print the completion script of a shell: bash, zsh or fish.',
}

/**
 * Names of packages with the major version that works here. The newest one need not: commander 15 asks for a newer Node.
 * @param names packages of `peerDependencies`; others stay as they are
 */
export const withVersions = (names: string[]): string[] => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    peerDependencies: Record<string, string>
  }
  return names.map((name) => {
    const major = /\d+/.exec(manifest.peerDependencies[name] ?? '')?.[0]
    return major === undefined ? name : `${name}@${major}`
  })
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
  if (missing === undefined) return undefined
  // One that an option needs is in no command's list.
  return withVersions([...new Set([...(packagesOf[command ?? ''] ?? []), missing])])
}

/** The help where commander is not installed: each command with the line that installs what it needs. */
export const helpWithoutPackages = (): string => {
  const lines = Object.entries(summaries).map(
    ([name, summary]) => `  ${name.padEnd(15)} ${summary}\n  ${''.padEnd(15)} ${installCommand(withVersions(packagesOf[name] ?? []))}\n`,
  )
  return `Usage: komoju-openapi <command> [options]

Each command needs packages that are not installed yet. Its line below installs them; so does the command itself with --install,
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
  // An export is no command: it cannot install, and needs no command line.
  if (name !== undefined)
    return `\`${name}\` needs ${missing}, which is not installed. Install what it needs:\n  ${installCommand(packages.filter((each) => !each.startsWith('commander@')))}`
  const line = `  ${installCommand(packages)}\nor let the command do it: npx komoju-openapi ${command} --install`
  return `\`komoju-openapi ${command}\` needs ${missing}, which is not installed. Install what it needs:\n${line}`
}
