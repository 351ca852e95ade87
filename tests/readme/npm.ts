/**
 * npm on the reader's machine. `npm ci` lays links to what is installed here, because the lock file's packages come from npm alone; everything
 * else is npm's own. Run it as `node npm.ts <arguments>` in the reader's folder; INSTALLED names the folder with the packages, REAL_NPM npm itself.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { required } from '../../src/required.ts'

/** Lays all packages with their commands, and runs what npm runs behind that. */
const layAll = (installed: string) => {
  const modules = resolve('node_modules')
  const bin = join(modules, '.bin')
  mkdirSync(modules)
  for (const name of readdirSync(installed)) if (!name.startsWith('.')) symlinkSync(join(installed, name), join(modules, name))
  cpSync(join(installed, '.bin'), bin, { recursive: true, verbatimSymlinks: true })
  rmSync(join(bin, 'komoju-openapi'), { force: true })
  execFileSync(join(bin, 'node'), ['scripts/link-command.ts'])
}

const args = process.argv.slice(2)
if (args[0] === 'ci') layAll(required(process.env.INSTALLED, 'INSTALLED'))
else process.exitCode = spawnSync(required(process.env.REAL_NPM, 'REAL_NPM'), args, { stdio: 'inherit' }).status ?? 1
