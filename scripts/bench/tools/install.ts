/** Programs of others that are measured beside ours. They are no dependencies of the project. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '../../build/step.ts'

/**
 * Installs packages beside the project, once: a second run finds them there.
 * @param packages names with their exact versions
 * @returns folder that holds their `node_modules`
 * @throws {Error} with what npm said
 */
export const install = async (...packages: string[]): Promise<string> => {
  const folder = resolve(projectFolder, 'node_modules/.cache/peers', packages.join('_').replaceAll(/[^\w.-]+/g, '-'))
  if (existsSync(folder)) return folder
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  writeFileSync(resolve(partial, 'package.json'), '{ "private": true, "type": "module" }\n')
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...packages]
  await promisify(execFile)('npm', args, { cwd: partial })
  renameSync(partial, folder)
  return folder
}
