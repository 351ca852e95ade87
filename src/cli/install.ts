/** `--install`: installs the packages that a command needs, once the user said yes. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'

const managers = {
  pnpm: { lockFile: 'pnpm-lock.yaml', install: 'pnpm add --save-dev' },
  yarn: { lockFile: 'yarn.lock', install: 'yarn add --dev' },
  bun: { lockFile: 'bun.lock', install: 'bun add --dev' },
}

/**
 * The line that installs packages in a project, with the package manager that its lock file names, npm without one.
 * @param packages with their versions, for example `fastify@5`
 */
export const installCommand = (packages: string[], folder = process.cwd()): string => {
  const manager = Object.values(managers).find(({ lockFile }) => existsSync(join(folder, lockFile)))
  return `${manager?.install ?? 'npm install --save-dev'} ${packages.join(' ')}`
}

/**
 * Installs packages in the current folder, and asks first.
 * @param isAgreed `--yes`: the user has agreed already
 * @returns whether they are installed now
 */
export const install = async (packages: string[], isAgreed: boolean): Promise<boolean> => {
  const line = installCommand(packages)
  if (!isAgreed) {
    if (!process.stdin.isTTY) {
      console.error(`Nothing was installed, because there is no terminal to ask on. Add --yes, or run:\n  ${line}`)
      return false
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    const reply = await terminal.question(`Run \`${line}\`? [Y/n] `)
    terminal.close()
    if (!/^(?:y|yes|)$/i.test(reply.trim())) return false
  }
  console.error(line)
  const [command = 'npm', ...args] = line.split(' ')
  // On Windows package managers are .cmd files, which only a shell starts. No part of the line comes from the user.
  return spawnSync(command, args, { stdio: ['inherit', 2, 2], shell: process.platform === 'win32' }).status === 0
}
