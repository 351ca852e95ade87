#!/usr/bin/env node
/**
 * The `komoju-openapi` binary. It stands apart from the commands, because they cannot load on an old Node or without their packages:
 * then it says, and with `--install` does, what makes them work.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { asError } from './as-error.ts'
import { install } from './cli/install.ts'
import { onParentGone } from './cli/parent.ts'
import { checkVersions, helpWithoutPackages, neededPackages, packagesOf, reasonOf } from './missing-packages.ts'
import { isOldNode, oldestNode } from './oldest-node.ts'
import { readVersion } from './version.ts'

const isInstalling = process.argv.includes('--install')
const isAgreed = process.argv.includes('--yes')
// The commands do not know these two.
process.argv = process.argv.filter((argument, index) => index < 2 || !['--install', '--yes'].includes(argument))
const args = process.argv.slice(2)
const [command] = args

/** Installs what is missing, then runs the command. */
const installAndRun = async (packages: string[]) => {
  if (!(await install(packages, isAgreed))) {
    process.exitCode = 2
    return
  }
  // A new process, because this one remembers which packages it did not find.
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' })
  const stop = () => void child.kill('SIGTERM')
  process.once('SIGTERM', stop)
  // A terminal sends it to both, and the command decides what it means.
  process.on('SIGINT', () => undefined)
  onParentGone(stop)
  process.exitCode = await new Promise<number>((ended, fail) => child.once('error', fail).once('exit', (code) => ended(code ?? 1)))
}

const run = async () => {
  const wantsHelp = args.length === 0 || ['--help', '-h', 'help'].includes(command ?? '')
  if (command === '--version' || command === '-V') return console.log(readVersion())
  if (isOldNode && wantsHelp) console.error(`This is Node ${process.version}. The commands need Node ${oldestNode} or newer.\n`)
  else if (isOldNode) {
    console.error(
      `\`komoju-openapi ${command}\` needs Node ${oldestNode} or newer, and this is ${process.version}. Install one for this project alone:
  npm install --save-dev node@24
then run \`npx komoju-openapi ${args.join(' ')}\` again. The client runs on Node 20.`,
    )
    process.exitCode = 2
    return
  }
  try {
    checkVersions(command)
    await import('./cli.ts')
  } catch (error) {
    const packages = neededPackages(error, command)
    if (packages && wantsHelp) return console.log(helpWithoutPackages())
    if (packages && isInstalling && packagesOf[command ?? '']) return installAndRun(packages)
    throw error
  }
}

try {
  await run()
} catch (error) {
  console.error(reasonOf(asError(error), command))
  process.exitCode = 2
}
