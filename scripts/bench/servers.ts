/** Servers under load: ours, Prism's command and another mock, by the same requests; and the sandbox's memory over many. */
import { join } from 'node:path'
import { withFolder } from './tools/folder.ts'
import { type Load, load, median, memoryOf, startServer } from './tools/process.ts'
import { body, type Command, headers, ours, prism, scalar, scalarVersion } from './tools/servers.ts'
import type { Table } from './tools/table.ts'

const rounds = 3
const seconds = 4

type Measured = { create: Load; get: Load; memory: number }

const measure = async (command: Command, path: string): Promise<Measured> => {
  const { child, origin, stop } = await startServer(command)
  const loaded = async (request: Parameters<typeof load>[0]) => {
    await load({ ...request, duration: 1 })
    const result = await load({ ...request, duration: seconds })
    if (result.failures > 0) throw new Error(`${request.method} ${request.url}: ${result.failures} requests failed`)
    return result
  }
  const url = origin + path
  const create = await loaded({ url, method: 'POST', headers, body })
  // A new one: in memory, the load has pushed out the first.
  const { id } = (await (await fetch(url, { method: 'POST', headers, body })).json()) as { id: string }
  const get = await loaded({ url: `${url}/${id}`, method: 'GET', headers })
  const memory = memoryOf(child)
  await stop()
  return { create, get, memory }
}

const speed = async (folder: string): Promise<Table> => {
  const servers: [name: string, command: (round: number) => Command, path: string][] = [
    ['prism mock, quiet', () => prism('-v', 'error'), '/payments'],
    ['prism mock, default logging', () => prism(), '/payments'],
    ['mock', () => ours('mock'), '/api/v1/payments'],
    ['sandbox in memory', () => ours('sandbox'), '/api/v1/payments'],
    ['sandbox on SQLite', (round) => ours('sandbox', '--db', join(folder, `${round}.sqlite`)), '/api/v1/payments'],
  ]
  const other = await scalar().catch((error: Error) => void console.error(`@scalar/mock-server is left out: ${error.message}`))
  if (other) servers.splice(2, 0, [`@scalar/mock-server ${scalarVersion}`, () => other, '/payments'])
  const measured = servers.map((): Measured[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, [name, command, path]] of servers.entries()) {
      console.error(`  round ${round + 1} of ${rounds}: ${name}`)
      measured[index]!.push(await measure(command(round), path))
    }
  const of = (index: number, figure: (result: Measured) => number) => median(measured[index]!.map(figure))
  const ratio = (index: number, figure: (result: Measured) => number) => (of(index, figure) / of(0, figure)).toFixed(2)
  return {
    title: 'Servers under load',
    columns: ['server', 'createPayment / s', 'ratio', 'p50 ms', 'p99 ms', 'getPayment / s', 'ratio ', 'p99 ms ', 'memory MiB'],
    rows: servers.map(([name], index) => [
      name,
      Math.round(of(index, ({ create }) => create.perSecond)),
      ratio(index, ({ create }) => create.perSecond),
      of(index, ({ create }) => create.p50),
      of(index, ({ create }) => create.p99),
      Math.round(of(index, ({ get }) => get.perSecond)),
      ratio(index, ({ get }) => get.perSecond),
      of(index, ({ get }) => get.p99),
      Math.round(of(index, ({ memory }) => memory)),
    ]),
    note: `konbini, JSON, 10 connections, ${seconds} s after a warm-up, median of ${rounds} rounds that take turns; load and server share the machine. Prism and ours check each request against the document, the sandbox its responses too; @scalar/mock-server checks neither and returns the same example for every payment.`,
  }
}

const requests = 250_000
const steps = 5
const oldSpace = 160

/** Memory each time that so many requests more got a response, and how fast they were. */
const memoryAfter = async (command: Command) => {
  const { child, origin, stop } = await startServer(command)
  const rows = [{ memory: memoryOf(child), perSecond: 0 }]
  while (rows.length <= steps) {
    const { perSecond } = await load({ url: `${origin}/api/v1/payments`, method: 'POST', headers, body, amount: requests / steps })
    rows.push({ memory: memoryOf(child), perSecond })
  }
  await stop()
  return rows
}

const memory = async (): Promise<Table> => {
  const free = await memoryAfter(ours('sandbox'))
  const limited = await memoryAfter((port) => [`--max-old-space-size=${oldSpace}`, ...ours('sandbox')(port)])
  return {
    title: `Sandbox: memory over ${requests.toLocaleString('en')} createPayment requests`,
    columns: ['requests', 'memory MiB', 'requests / s', `memory MiB, ${oldSpace} MiB of old space`, 'requests / s '],
    rows: free.map((row, step) => [
      ((requests / steps) * step).toLocaleString('en'),
      Math.round(row.memory),
      Math.round(row.perSecond) || '',
      Math.round(limited[step]!.memory),
      Math.round(limited[step]!.perSecond) || '',
    ]),
    note: 'In memory, the sandbox keeps the latest 20,000 payments and 40,000 events. Node takes what it is allowed to before it collects; with less it needs less.',
  }
}

export const bench = (): Promise<Table[]> => withFolder(async (folder) => [await speed(folder), await memory()])
