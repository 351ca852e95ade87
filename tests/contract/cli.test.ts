/** The `contract` command keeps its word whatever happens to it: signals, disks, targets that attack the terminal. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'

const serving = async (listener: RequestListener) => {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
}

/** @param nodeOptions what Node gets before the command */
const startKit = (nodeOptions: string[], ...args: string[]) => {
  const child = spawn(process.execPath, [...nodeOptions, 'src/cli.ts', 'contract', '--secret-key', 'sk_test_1', ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk
    })
  const ended = new Promise<{ code: number | null; output: string }>((end) => child.once('close', (code) => end({ code, output })))
  return { ended }
}

/** Sends the process SIGTERM as soon as the command listens for it, which is before its worker does. */
const impatience = `
  import { isMainThread } from 'node:worker_threads'
  const timer = isMainThread && setInterval(() => {
    if (!process.listeners('SIGTERM').some(({ name }) => name === 'stop')) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 1)`

test('a signal is not lost while the run is being prepared', { timeout: 300_000 }, async () => {
  let requests = 0
  const url = await serving(async (_request, response) => {
    requests++
    await setTimeout(20_000, undefined, { ref: false })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  const { ended } = startKit(['--import', `data:text/javascript,${encodeURIComponent(impatience)}`], '--url', url)
  // 2 where the kit ended the run, 143 where vitest came first.
  expect((await ended).code).toBeOneOf([2, 143])
  expect(requests).toBeLessThan(2)
})

test('what a target says reaches the terminal without its control characters', { timeout: 300_000 }, async () => {
  const title = '\u009b31m'
  const url = await serving((_request, response) => void response.writeHead(302, { location: `https://x/${title}` }).end())
  const { code, output } = await startKit([], '--url', url).ended
  expect(code).toBe(2)
  expect(output).toContain('redirects to https://x/\ufffd31m')
  expect(output).not.toContain('\u009b')
})

test('a report that cannot be written leaves no half file, and is no verdict', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'contract.json'))
  const url = await serving((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  const { code, output } = await startKit(
    [],
    '--url',
    url,
    '--only',
    'getAccount',
    '--bail',
    '1',
    '--report',
    'json',
    '--report-dir',
    folder,
  ).ended
  expect(code).toBe(2)
  expect(output).toContain(`Cannot write ${join(folder, 'contract.json')}`)
  expect(readdirSync(folder)).toEqual(['contract.json'])
})

test('a worker that runs out of memory is no verdict', { timeout: 300_000 }, async () => {
  const flood = JSON.stringify({ data: Array(120_000).fill([]) })
  const url = await serving((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(flood))
  const { code, output } = await startKit(['--max-old-space-size=120'], '--url', url, '--quick').ended
  expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining('The run ended without a verdict: ') })
  expect(output).not.toContain('node:events')
})

test.each([
  ['is a file', 'package.json'],
  ['lies below a file', 'package.json/reports'],
  ['cannot be made', '/proc/reports'],
])('a folder for reports that %s is said before anything is sent', { timeout: 60_000 }, async (_what, folder) => {
  let requests = 0
  const url = await serving((_request, response) => void response.writeHead(++requests && 200).end('{}'))
  const { code, output } = await startKit([], '--url', url, '--report', 'json', '--report-dir', folder).ended
  expect({ code, requests }).toEqual({ code: 2, requests: 0 })
  expect(output).toMatch(/^Cannot write reports to .*\. Give a folder with --report-dir\.\n$/)
})
