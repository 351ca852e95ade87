/** Loads what is behind an export of the package whose packages are optional, and says what is missing. */
import { asError } from './as-error.ts'
import { checkVersions, neededPackages, reasonOf } from './missing-packages.ts'
import { isOldNode, oldestNode } from './oldest-node.ts'

/**
 * Loads or runs what needs optional packages.
 * @param name of the export, `komoju-openapi/server` for example
 * @param command that needs the same packages
 * @throws {Error} that says which Node is needed, or what to install
 */
export const loadExport = async <Result>(name: string, command: string, load: () => Promise<Result>): Promise<Result> => {
  if (isOldNode) throw new Error(`${name} needs Node ${oldestNode} or newer; this is ${process.version}. The client runs on Node 20.`)
  try {
    checkVersions(command)
    return await load()
  } catch (error) {
    throw neededPackages(error, command) ? new Error(reasonOf(asError(error), command, name), { cause: error }) : error
  }
}
