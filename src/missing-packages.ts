/** What to install where a command needs a package that is not there: all but the client's are optional. */

const serverPackages = ['@fastify/cors', 'ajv', 'ajv-formats', 'commander', 'fastify', 'qs']

const contractPackages = ['ajv', 'ajv-formats', 'commander', 'fast-check', 'qs', 'vitest']

/** Packages that each command imports. */
export const packagesOf: Record<string, string[]> = {
  mock: [...serverPackages, '@stoplight/prism-http'],
  sandbox: [...serverPackages, 'ghtml'],
  contract: contractPackages,
  'contract-merge': contractPackages,
  docs: ['commander', 'fastify'],
}

/**
 * Reason of a command's failure, in words for the user.
 * @param command name of the command, `mock` for example
 */
export const reasonOf = (error: Error & { code?: string }, command: string | undefined): string => {
  const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /package '([^']+)'/.exec(error.message)?.[1]
  if (!missing) return error.message
  // One that an option needs is in no command's list.
  const packages = [...new Set([...(packagesOf[command ?? ''] ?? []), missing])]
  return `\`komoju-openapi${command ? ` ${command}` : ''}\` needs ${missing}, which is not installed. Install what it needs:\n  npm install --save-dev ${packages.join(' ')}`
}
