/** Servers under load: createPayment by konbini, on every server in turn. */
import { resolve } from 'node:path'
import { operationsOf, readDocument } from '../../src/document.ts'
import type { Table } from '../bench.ts'
import { projectFolder } from '../step.ts'
import { type Load, load, median, memoryOf, startServer } from './tools/process.ts'

const rounds = 3
const seconds = 4
const prism =
  (...more: string[]) =>
  (port: number) => [
    resolve(projectFolder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
    ...['mock', 'generated/openapi.yaml', '-h', '127.0.0.1', '-p', String(port), ...more],
  ]
const ours = (command: string) => (port: number) => [resolve(projectFolder, 'src/cli.ts'), command, '--port', String(port), '--quiet']

const servers: [name: string, args: (port: number) => string[], path: string][] = [
  ['prism mock, quiet', prism('-v', 'error'), '/payments'],
  ['prism mock, default logging', prism(), '/payments'],
  ['mock', ours('mock'), '/api/v1/payments'],
]

export const bench = async (): Promise<Table> => {
  const create = operationsOf(readDocument()).find(({ operationId }) => operationId === 'createPayment')!
  const body = JSON.stringify(create.request!.examples.konbini!.value)
  const headers = { authorization: `Basic ${btoa('sk_123456:')}`, 'content-type': 'application/json' }
  const measured = servers.map((): (Load & { memory: number })[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, [, args, path]] of servers.entries()) {
      const { child, origin, stop } = await startServer(args)
      const request = { url: origin + path, method: 'POST' as const, body, headers }
      await load({ ...request, duration: 1 })
      const result = await load({ ...request, duration: seconds })
      if (result.failures > 0) throw new Error(`${servers[index]![0]} failed ${result.failures} requests`)
      measured[index]!.push({ ...result, memory: memoryOf(child) })
      await stop()
    }
  const of = (index: number, figure: keyof Load | 'memory') => median(measured[index]!.map((result) => result[figure]))
  return {
    title: 'Servers under load',
    columns: ['server', 'requests per second', 'ratio', 'p50 ms', 'p99 ms', 'memory MiB'],
    rows: servers.map(([name], index) => [
      name,
      Math.round(of(index, 'perSecond')),
      (of(index, 'perSecond') / of(0, 'perSecond')).toFixed(2),
      of(index, 'p50'),
      of(index, 'p99'),
      Math.round(of(index, 'memory')),
    ]),
    note: `createPayment by konbini, JSON, 10 connections, ${seconds} s after a warm-up, median of ${rounds} rounds.`,
  }
}
