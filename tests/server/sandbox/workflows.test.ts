/** The journeys that spec/workflows describes pass on the sandbox: Redocly's runner follows each and checks every response. */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'

const files = globSync('spec/workflows/*.arazzo.yaml').sort()
let server: Server
let origin: string
beforeAll(async () => {
  server = await createSandboxServer()
  origin = await server.listen()
})
afterAll(() => server.close())

const respect = async (file: string) => {
  const authorization = `Basic ${Buffer.from('sk_workflows:').toString('base64')}`
  const inputs = [`authorization=${authorization}`, `name=Shop of ${basename(file)}`]
  const child = spawn(
    resolve('node_modules/.bin/redocly'),
    ['respect', file, '-S', `komoju=${origin}/api/v1`, ...inputs.flatMap((input) => ['-i', input])],
    { env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const status = await new Promise((done) => child.once('close', done))
  return { status, output }
}

test('there are six workflows', () => expect(files).toHaveLength(6))

test.each(files)('%s', { timeout: 60_000 }, async (file) => {
  const { status, output } = await respect(file)
  expect(status, output).toBe(0)
  expect(output).toContain('Workflows: 1 passed, 1 total')
})
