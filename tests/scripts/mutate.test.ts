/** The mutation score of the document, and the table of it. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { projectFolder } from '../../scripts/build/step.ts'

test('every mutant is killed or equivalent by rule, the judges agree, and the table in docs/gates.md is current', {
  timeout: 600_000,
}, () => {
  const { status, stdout, stderr } = spawnSync('node', ['scripts/mutate.ts'], { cwd: projectFolder, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  expect(stdout).toMatch(/score 100\.0 %/)
})
