/** Before the scripts run, a Node that is too old for them is named, with what brings the right one. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeFolder } from '../../nodes.ts'

const statusAndError = (node: string) => {
  const { status, stderr } = spawnSync(node, ['scripts/tools/needs-node.js'], { encoding: 'utf8' })
  return { status, stderr }
}

test('an old Node is told what it takes', { timeout: 120_000 }, () => {
  expect(statusAndError(join(nodeFolder(20), 'node'))).toEqual({
    status: 1,
    stderr: expect.stringMatching(/take Node 24; this is Node 20\..*\n.*`npm rebuild node`\.\n$/),
  })
})

test('the Node that npm ci brings is told nothing', () => {
  expect(statusAndError(process.execPath)).toEqual({ status: 0, stderr: '' })
})
