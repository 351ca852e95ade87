/** Before the scripts run, a Node that is too old for them is named, with what brings the right one. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
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

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const own = Object.entries(scripts).filter(([, command]) => command.startsWith('node '))

test('package.json has scripts of its own', () => expect(own.length).toBeGreaterThan(15))

test.for(own)('npm run %s tells an old Node, too', { timeout: 120_000 }, ([, command]) => {
  const { status, stderr } = spawnSync(join(nodeFolder(20), 'node'), command.split(' ').slice(1), { encoding: 'utf8' })
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^Building and testing take Node 24; this is Node 20\..*\n.*`npm rebuild node`\.\n$/),
  ])
})

test('the Node that npm ci brings is told nothing', () => {
  expect(statusAndError(process.execPath)).toEqual({ status: 0, stderr: '' })
})
