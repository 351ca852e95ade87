/**
 * `npm test`: runs every test and closes with `N passed, N failed, N skipped`.
 * Arguments go to vitest, for example `npm test -- tests/server`. In CI a skipped test fails the run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from './build/step.ts'

const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
const folder = mkdtempSync(join(tmpdir(), 'komoju-test-'))
const report = join(folder, 'report.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: projectFolder,
})

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  success: boolean
}
if (existsSync(report)) {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Report
  const skipped = counts.numPendingTests + counts.numTodoTests
  // A file that does not load has no tests to count, and fails all the same.
  const failed = counts.numFailedTests || (counts.success ? 0 : 1)
  if (skipped > 0 && process.env.CI) console.error('In CI no test may be skipped: install what the skipped tests name.')
  process.exitCode = failed > 0 || status !== 0 || (skipped > 0 && process.env.CI) ? 1 : 0
  console.log(`${counts.numPassedTests} passed, ${failed} failed, ${skipped} skipped`)
} else process.exitCode = 1
rmSync(folder, { recursive: true, force: true })
