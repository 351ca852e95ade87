/**
 * A stand-in for npm, so that no test waits for a network: `npm ci` and `npm i` lay what is installed here already. Everything else is npm's own.
 * Run it as `node npm.ts <arguments>` in the reader's folder; INSTALLED names the folder with the packages, REAL_NPM npm itself.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { required } from '../../src/required.ts'

const installed = required(process.env.INSTALLED, 'INSTALLED')
const modules = resolve('node_modules')
const bin = join(modules, '.bin')

const link = (target: string, place: string) => {
  mkdirSync(dirname(place), { recursive: true })
  if (!existsSync(place)) symlinkSync(target, place)
}

/** Lays a package that is installed here, with its commands. */
const lay = (name: string) => {
  link(join(installed, name), join(modules, name))
  const isScoped = name.startsWith('@')
  if (existsSync(join(installed, '.bin', name)) && !isScoped) link(join(installed, '.bin', name), join(bin, name))
}

/** Lays all packages, as `npm ci` in a clone, and runs what it runs behind them. */
const layAll = () => {
  for (const name of readdirSync(installed)) if (!name.startsWith('.')) link(join(installed, name), join(modules, name))
  cpSync(join(installed, '.bin'), bin, { recursive: true, verbatimSymlinks: true })
  rmSync(join(bin, 'komoju-openapi'), { force: true })
  execFileSync(join(bin, 'node'), ['scripts/link-command.ts'])
}

const layTarball = (tarball: string) => {
  const place = join(modules, 'komoju-openapi')
  mkdirSync(place, { recursive: true })
  execFileSync('tar', ['xzf', tarball, '-C', place, '--strip-components=1'])
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers']) lay(name)
  const command = join(place, 'dist/src/bin.js')
  chmodSync(command, 0o755)
  link(command, join(bin, 'komoju-openapi'))
}

const [command, ...args] = process.argv.slice(2)
if (command === 'ci') layAll()
else if (command === 'i')
  for (const name of args.filter((argument) => !argument.startsWith('--')))
    if (name.endsWith('.tgz')) layTarball(name)
    else lay(name.replace(/(?<=.)@.*$/, ''))
else process.exitCode = spawnSync(required(process.env.REAL_NPM, 'REAL_NPM'), process.argv.slice(2), { stdio: 'inherit' }).status ?? 1
