/** What to install where a command needs a package that is not there: all but the client's are optional. */

const serverPackages = ['@fastify/cors', 'ajv', 'ajv-formats', 'commander', 'fastify', 'qs']

/** Packages that each command imports. */
export const packagesOf: Record<string, string[]> = {
  mock: [...serverPackages, '@stoplight/prism-http'],
  sandbox: [...serverPackages, 'ghtml'],
  contract: ['ajv', 'ajv-formats', 'commander', 'fast-check', 'ghtml', 'qs', 'vitest'],
  'contract-merge': ['commander', 'ghtml'],
  docs: ['commander', 'fastify'],
}

/** Whether an error says that a package is not installed. */
export const isMissingPackage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && /package '/.test(error.message)

/**
 * Reason of a command's failure, as a message that the user can act on.
 * @param command name of the command, `mock` for example
 */
export const reasonOf = (error: Error, command: string | undefined): string => {
  const missing = isMissingPackage(error) && /package '([^']+)'/.exec(error.message)?.[1]
  if (!missing) return error.message
  const needed = packagesOf[command ?? '']
  if (!needed) {
    const commands = Object.entries(packagesOf).map(
      ([name, packages]) => `  ${name.padEnd(15)} npm install --save-dev ${packages.join(' ')}`,
    )
    return `The commands of komoju-openapi need packages that are not installed. Install those of the command that you want:\n${commands.join('\n')}`
  }
  // One that an option needs is in no command's list.
  const packages = [...new Set([...needed, missing])]
  return `\`komoju-openapi ${command}\` needs ${missing}, which is not installed. Install what it needs:\n  npm install --save-dev ${packages.join(' ')}`
}
