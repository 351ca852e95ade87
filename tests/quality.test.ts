/** The code's own checks, so that one command and one count cover them. */
import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'
import { expect, test } from 'vitest'

const run = (command: string, ...args: string[]) => {
  const PATH = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter)
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PATH } })
  return { status, output: stdout + stderr }
}

test('TypeScript compiles strictly', { timeout: 120_000 }, () => {
  // It checks anew what has changed since it last ran here, and whatever that reaches: on a fresh clone, everything.
  const known = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/typescript/strict.tsbuildinfo']
  expect(run('tsc', ...known)).toMatchObject({ status: 0, output: '' })
})

test('Biome has nothing to say', { timeout: 60_000 }, () => {
  const { status, output } = run('biome', 'check', '--error-on-warnings', '.')
  expect(status, output).toBe(0)
})

test('generated/ is what a fresh build writes', { timeout: 60_000 }, () => {
  const { status, output } = run('node', 'scripts/check.ts')
  expect(status, output).toBe(0)
})
