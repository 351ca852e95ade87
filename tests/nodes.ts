/** Node of other major versions: from this machine, or from the package `node`, fetched once. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'

const isMajor = (node: string, major: number) =>
  existsSync(node) && spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.startsWith(`v${major}.`)

/** Folder with a `node` of a major version. */
export const nodeFolder = (major: number): string => {
  const known = (process.env.PATH ?? '').split(delimiter).find((folder) => isMajor(join(folder, 'node'), major))
  if (known) return known
  const cache = resolve(`node_modules/.cache/node-${major}`)
  const bin = join(cache, 'node_modules/node/bin')
  if (!isMajor(join(bin, 'node'), major)) {
    // Test files that want it at the same time install it apart, and the first one is kept.
    mkdirSync(dirname(cache), { recursive: true })
    const cwd = mkdtempSync(`${cache}-`)
    writeFileSync(join(cwd, 'package.json'), '{"private":true,"allowScripts":{"node":true}}')
    execFileSync('npm', ['install', `node@${major}`, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, stdio: 'pipe' })
    try {
      renameSync(cwd, cache)
    } catch {
      rmSync(cwd, { recursive: true })
    }
  }
  return bin
}
