/** Speed of the sandbox next to the mock and to Prism's own command, and its memory over 200,000 requests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import autocannon from 'autocannon'
import type { Table } from '../bench.ts'
import { projectFolder } from '../step.ts'

const authorization = `Basic ${Buffer.from('sk_bench:').toString('base64')}`
const headers = { authorization, 'content-type': 'application/json' }
const body = JSON.stringify({
  amount: 1000,
  currency: 'JPY',
  external_order_num: '123',
  payment_details: { type: 'konbini', store: 'lawson', email: 'test@example.com' },
})
/** Seconds that each figure is measured for. */
const duration = 8

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

type Running = { child: ChildProcess; payments: string; stop: () => Promise<unknown> }

/** Starts a command of this project or Prism's, and waits until it answers. */
const start = async (command: 'prism' | 'mock' | 'sandbox', ...args: string[]): Promise<Running> => {
  const port = await freePort()
  const own = ['src/cli.ts', command, '--quiet', '--port', `${port}`, ...args]
  const prism = [
    resolve(projectFolder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
    'mock',
    'generated/openapi.yaml',
    '-v',
    'error',
    '-p',
    `${port}`,
  ]
  const child = spawn(process.execPath, command === 'prism' ? prism : own, { cwd: projectFolder, stdio: 'ignore' })
  const payments = `http://127.0.0.1:${port}${command === 'prism' ? '' : '/api/v1'}/payments`
  for (let tries = 0; ; tries++) {
    const answer = await fetch(payments, { headers }).catch(() => undefined)
    if (answer?.ok) break
    if (tries > 200) throw new Error(`${command} does not answer.`)
    await new Promise((wake) => setTimeout(wake, 100))
  }
  const stop = () => {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill()
    return ended
  }
  return { child, payments, stop }
}

const measure = async (url: string, method: 'GET' | 'POST') => {
  const options = { url, method, headers, connections: 10, ...(method === 'POST' && { body }) }
  await autocannon({ ...options, duration: 1 })
  const { requests, latency, non2xx, errors } = await autocannon({ ...options, duration })
  if (non2xx + errors > 0) throw new Error(`${method} ${url}: ${non2xx} answers were not 2xx, ${errors} requests failed.`)
  return [Math.round(requests.average), latency.p99]
}

const speed = async (folder: string): Promise<Table> => {
  const file = join(folder, 'bench.sqlite')
  const servers: [name: string, start: () => Promise<Running>][] = [
    ['`prism mock -v error`', () => start('prism')],
    ['mock', () => start('mock')],
    ['sandbox in memory', () => start('sandbox')],
    ['sandbox with --db', () => start('sandbox', '--db', file)],
  ]
  const rows: (string | number)[][] = []
  for (const [name, run] of servers) {
    const { payments, stop } = await run()
    const created = (await (await fetch(payments, { method: 'POST', headers, body })).json()) as { id: string }
    rows.push([name, ...(await measure(payments, 'POST')), ...(await measure(`${payments}/${created.id}`, 'GET'))])
    await stop()
  }
  return {
    title: 'Sandbox: requests per second',
    columns: ['server', 'createPayment / s', 'p99 ms', 'getPayment / s', 'p99 ms '],
    rows,
    note: '10 connections, no request log, every answer of the sandbox checked against the document.',
  }
}

/** Resident memory of a process in MiB. */
const residentMemory = ({ pid }: ChildProcess) =>
  Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024)

const memory = async (): Promise<Table> => {
  const { child, payments, stop } = await start('sandbox')
  const rows: number[][] = [[0, residentMemory(child)]]
  let sent = 0
  while (sent < 200_000) {
    const { requests } = await autocannon({ url: payments, method: 'POST', headers, body, connections: 10, duration: 5 })
    sent += requests.total
    rows.push([sent, residentMemory(child)])
  }
  await stop()
  return {
    title: 'Sandbox: memory over 200,000 createPayment requests',
    columns: ['requests', 'resident MiB'],
    rows,
    note: 'In memory, the sandbox keeps the latest 20,000 payments and 40,000 events.',
  }
}

/** Both tables. */
export const bench = async (): Promise<Table[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-bench-'))
  try {
    return [await speed(folder), await memory()]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
