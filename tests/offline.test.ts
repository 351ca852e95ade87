/** No telemetry: every command runs without a word to anybody beyond this machine. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runToEnd, startProcess } from './server/process.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-offline-'))
const log = join(folder, 'calls')
const calls = () => readFileSync(log, 'utf8')

beforeAll(() => {
  writeFileSync(log, '')
  vi.stubEnv('OFFLINE_LOG', log)
  vi.stubEnv('NODE_OPTIONS', `--import ${pathToFileURL(resolve('tests/offline.ts')).href}`)
  // As on a user's machine: telemetry is off because the project says so, not because the shell does.
  vi.stubEnv('REDOCLY_TELEMETRY', undefined)
  vi.stubEnv('CI', undefined)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const run = (...args: string[]) =>
  new Promise<{ code: number | null; output: string }>((done) => {
    const child = spawn(process.execPath, args)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    child.once('close', (code) => done({ code, output }))
  })

test('the watch sees each way out', async () => {
  const ways = {
    fetch: "await fetch('http://192.0.2.1/').catch(() => 0)",
    name: "await fetch('http://telemetry.example/').catch(() => 0)",
    request: "const { get } = await import('node:https'); try { get('https://192.0.2.2/').on('error', () => 0) } catch {}",
    lookup: "const { promises } = await import('node:dns'); try { await promises.lookup('dns.example') } catch {}",
    datagram:
      "const { createSocket } = await import('node:dgram'); const s = createSocket('udp4'); try { s.send('x', 9, '192.0.2.3') } catch {} s.close()",
    worker:
      "const { Worker } = await import('node:worker_threads'); new Worker(\"fetch('http://192.0.2.4/').catch(() => 0)\", { eval: true })",
    child:
      "const { spawnSync } = await import('node:child_process'); spawnSync(process.execPath, ['-e', \"fetch('http://192.0.2.5/').catch(() => 0)\"])",
  }
  for (const script of Object.values(ways)) await run('--input-type=module', '-e', script)
  for (const seen of ['192.0.2.1', 'telemetry.example', '192.0.2.2', 'dns.example', 'datagram', '192.0.2.4', '192.0.2.5'])
    expect(calls()).toContain(seen)
  writeFileSync(log, '')
  const here = `const { createServer } = await import('node:http')
const server = createServer((_, response) => response.end('x')).listen(0, async () => {
  console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text())
  server.close()
})`
  expect(await run('--input-type=module', '-e', here)).toEqual({ code: 0, output: 'x\n' })
})

describe('nobody is called', { timeout: 120_000 }, () => {
  const quiet = () => expect(calls()).toBe('')
  test('by the build, with lint, types and reference', async () => {
    const { code, output } = await run('scripts/build.ts', '--out', join(folder, 'generated'))
    expect([code, output]).toEqual([0, expect.stringContaining('docs/index.html')])
    quiet()
  })
  test('by the score', async () => {
    expect((await run('node_modules/@redocly/cli/bin/cli.js', 'score', 'generated/openapi.yaml')).code).toBe(0)
    quiet()
  })
  test.for(['mock', 'sandbox'])('by the %s', async (command) => {
    const server = await startProcess(command)
    for (const path of ['/', '/api/v1/payments']) {
      const { status } = await fetch(server.origin + path, { headers: { authorization: `Basic ${btoa('sk_1:')}` } })
      expect([200, 404]).toContain(status)
    }
    expect(await server.end('SIGTERM')).toBe(0)
    quiet()
  })
  test('by the contract kit', async () => {
    const server = await startProcess('sandbox', '--quiet')
    const url = `${server.origin}/api/v1`
    const reports = ['--report', 'junit,html,json,har', '--report-dir', join(folder, 'reports')]
    const { code, output } = await runToEnd('contract', '--url', url, '--secret-key', 'sk_test_1', '--only', 'konbini', ...reports)
    expect(code, output).toBe(0)
    quiet()
  })
})
