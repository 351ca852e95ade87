/** Speed of the sandbox next to the mock and to Prism's own command, and its memory over 200,000 requests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { operationsOf, readDocument } from '../../src/document.ts'
import type { Table } from '../bench.ts'
import { projectFolder } from '../step.ts'
import { load, memoryOf, startServer } from './tools/process.ts'

/** Seconds that each figure is measured for. */
const duration = 5

const headers = { authorization: `Basic ${btoa('sk_123456:')}`, 'content-type': 'application/json' }
const create = operationsOf(readDocument()).find(({ operationId }) => operationId === 'createPayment')!
const body = JSON.stringify(create.request!.examples.konbini!.value)

const prism = (port: number) => [
  resolve(projectFolder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
  ...['mock', 'generated/openapi.yaml', '-h', '127.0.0.1', '-p', String(port), '-v', 'error'],
]
const ours =
  (command: string, ...more: string[]) =>
  (port: number) => [resolve(projectFolder, 'src/cli.ts'), command, '--port', String(port), '--quiet', ...more]

const measured = async (request: Parameters<typeof load>[0]) => {
  await load({ ...request, duration: 1 })
  const { perSecond, p99, failures } = await load({ ...request, duration })
  if (failures > 0) throw new Error(`${request.url}: ${failures} requests failed.`)
  return [Math.round(perSecond), p99]
}

const speed = async (folder: string): Promise<Table> => {
  const servers: [name: string, args: (port: number) => string[], path: string][] = [
    ['prism mock, quiet', prism, '/payments'],
    ['mock', ours('mock'), '/api/v1/payments'],
    ['sandbox in memory', ours('sandbox'), '/api/v1/payments'],
    ['sandbox with --db', ours('sandbox', '--db', join(folder, 'bench.sqlite')), '/api/v1/payments'],
  ]
  const rows: (string | number)[][] = []
  for (const [name, args, path] of servers) {
    const { child, origin, stop } = await startServer(args)
    const url = origin + path
    const created = await measured({ url, method: 'POST', headers, body })
    // A new one: in memory, the load has pushed out the first.
    const { id } = (await (await fetch(url, { method: 'POST', headers, body })).json()) as { id: string }
    rows.push([name, ...created, ...(await measured({ url: `${url}/${id}`, method: 'GET', headers })), Math.round(memoryOf(child))])
    await stop()
  }
  return {
    title: 'Sandbox: requests per second',
    columns: ['server', 'createPayment / s', 'p99 ms', 'getPayment / s', 'p99 ms ', 'memory MiB'],
    rows,
    note: `konbini, JSON, 10 connections, ${duration} s after a warm-up, one after the other. Every answer of the sandbox is checked against the document.`,
  }
}

const memory = async (): Promise<Table> => {
  const { child, origin, stop } = await startServer(ours('sandbox'))
  const rows = [[0, Math.round(memoryOf(child))]]
  let sent = 0
  while (sent < 200_000) {
    const { perSecond } = await load({ url: `${origin}/api/v1/payments`, method: 'POST', headers, body, duration })
    sent += Math.round(perSecond * duration)
    rows.push([sent, Math.round(memoryOf(child))])
  }
  await stop()
  return {
    title: 'Sandbox: memory over 200,000 createPayment requests',
    columns: ['requests', 'memory MiB'],
    rows,
    note: 'In memory, the sandbox keeps the latest 20,000 payments and 40,000 events.',
  }
}

export const bench = async (): Promise<Table[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-bench-'))
  try {
    return [await speed(folder), await memory()]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
