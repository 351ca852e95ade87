/** How time grows: with the methods of the document, with the payments of a list, with the connections of a server. */
import { cpSync, globSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { projectFolder } from '../build/step.ts'
import { createPostgresServer, newDatabase } from '../tools/postgres.ts'
import { withFolder } from './tools/folder.ts'
import { createPayment, fillPostgres, fillSqlite, timesOfList } from './tools/payments.ts'
import { load, median, memoryOf, startServer, wallTime } from './tools/process.ts'
import { body, type Command, headers, ours, prism } from './tools/servers.ts'
import type { Table } from './tools/table.ts'

const rounds = 3
const spec = resolve(projectFolder, 'spec')

/** Adds a payment method to a copy of the source: LINE Pay under another name. */
const addMethod = (copy: string, number: number) => {
  const renamed = (text: string) =>
    text
      .replaceAll('line_pay', `pay_${number}`)
      .replaceAll('LinePay', `Pay${number}`)
      .replaceAll('LINE Pay', `Pay ${number}`)
      .replaceAll(/\b[0-9a-z]{25}\b/g, String(number).padStart(25, 'x'))
  const folder = join(copy, `payment-methods/pay_${number}`)
  cpSync(join(spec, 'payment-methods/line_pay'), folder, { recursive: true })
  for (const file of globSync('**/*.yaml', { cwd: folder }).map((name) => join(folder, name))) {
    writeFileSync(file, renamed(readFileSync(file, 'utf8')))
    renameSync(file, join(dirname(file), renamed(file.slice(dirname(file).length + 1))))
  }
  for (const union of ['PaymentDetailsRequest', 'PaymentDetails']) {
    const file = join(copy, `components/schemas/${union}.yaml`)
    const text = readFileSync(file, 'utf8')
    const [line] = /^ *- \$ref: .*line_pay\/.*$/m.exec(text)!
    writeFileSync(file, text.replace(line, `${line}\n${renamed(line)}`))
  }
}

const serveDocument =
  (file: string): Command =>
  (port) => [resolve(projectFolder, 'scripts/bench/tools/serve-document.ts'), file, String(port)]

const documents = async (folder: string): Promise<Table> => {
  const rows: Table['rows'] = []
  let first = 0
  for (const methods of [15, 60, 240]) {
    console.error(`  document of ${methods} methods`)
    const copy = join(folder, `${methods}/spec`)
    const out = join(folder, `${methods}/generated`)
    cpSync(spec, copy, { recursive: true })
    for (let number = 16; number <= methods; number++) addMethod(copy, number)
    const builds: number[] = []
    const starts: number[] = []
    const speeds: number[] = []
    for (let round = 0; round < rounds; round++) {
      builds.push(await wallTime(['scripts/build.ts', '--spec', copy, '--out', out], projectFolder))
      const started = performance.now()
      const { origin, stop } = await startServer(serveDocument(join(out, 'openapi.json')))
      starts.push(performance.now() - started)
      const request = { url: `${origin}/api/v1/payments`, method: 'POST' as const, headers, body }
      await load({ ...request, duration: 1 })
      speeds.push((await load({ ...request, duration: 3 })).perSecond)
      await stop()
    }
    first ||= median(builds)
    const kilobytes = Math.round(statSync(join(out, 'openapi.yaml')).size / 1024)
    rows.push([
      methods,
      kilobytes,
      (median(builds) / 1000).toFixed(2),
      (median(builds) / first).toFixed(2),
      Math.round(median(starts)),
      Math.round(median(speeds)),
    ])
  }
  return {
    title: 'Growth with the document',
    columns: ['payment methods', 'bundle kB', 'build s', 'ratio', 'start of the mock ms', 'createPayment / s of the mock'],
    rows,
    note: `Median of ${rounds} rounds. The methods beyond 15 are copies of LINE Pay with all its examples.`,
  }
}

const lists = async (folder: string): Promise<Table> => {
  const database = await createPostgresServer('-c', 'max_wal_size=4GB')
  const rows: Table['rows'] = []
  const measure = async (name: string, count: number, origin: string) => {
    const tries = count > 100_000 ? 60 : 300
    const cells: string[] = []
    for (const query of [
      (index: number) => `per_page=${10 + (index % 5)}`,
      (index: number) => `status=refunded&per_page=${10 + (index % 5)}`,
    ]) {
      const { p50, p99 } = await timesOfList(origin, query, tries)
      cells.push(p50.toFixed(1), p99.toFixed(1))
    }
    rows.push([name, count.toLocaleString('en'), ...cells])
  }
  try {
    for (const count of [10, 10_000]) {
      console.error(`  ${count} payments in memory`)
      const { origin, stop } = await startServer(ours('sandbox'))
      await load({ url: `${origin}/api/v1/payments`, method: 'POST', headers, body, amount: count })
      await measure('memory', count, origin)
      await stop()
    }
    for (const count of [10, 10_000, 1_000_000]) {
      console.error(`  ${count} payments on SQLite`)
      const command = ours('sandbox', '--db', join(folder, `${count}.sqlite`))
      const empty = await startServer(command)
      const payment = await createPayment(empty.origin)
      await empty.stop()
      fillSqlite(join(folder, `${count}.sqlite`), payment, count)
      const { origin, stop } = await startServer(command)
      await measure('SQLite', count, origin)
      await stop()
    }
    for (const count of [10, 10_000, 1_000_000]) {
      console.error(`  ${count} payments on PostgreSQL`)
      const address = await newDatabase(database.port)
      const { origin, stop } = await startServer(ours('sandbox', '--db', address))
      const client = new pg.Client(address)
      await client.connect()
      await fillPostgres(client, await createPayment(origin), count)
      await measure('PostgreSQL', count, origin)
      await client.end()
      await stop()
    }
  } finally {
    await database.stop()
  }
  return {
    title: 'Growth with the payments of a list',
    columns: ['storage', 'payments', 'first page p50 ms', 'p99 ms', 'one status p50 ms', 'p99 ms '],
    rows,
    note: 'GET /payments over HTTP, one after the other; one merchant, a year of payments.',
  }
}

const connections = async (): Promise<Table> => {
  const servers: [name: string, command: Command, path: string][] = [
    ['prism mock, quiet', prism('-v', 'error'), '/payments'],
    ['mock', ours('mock'), '/api/v1/payments'],
    ['sandbox in memory', ours('sandbox'), '/api/v1/payments'],
  ]
  const rows: Table['rows'] = []
  for (const [name, command, path] of servers) {
    const { child, origin, stop } = await startServer(command)
    const request = { url: origin + path, method: 'POST' as const, headers, body }
    await load({ ...request, duration: 1 })
    for (const connections of [1, 4, 16, 64, 256]) {
      console.error(`  ${name}, ${connections} connections`)
      const { perSecond, p50, p99, failures } = await load({ ...request, connections, duration: 3 })
      rows.push([name, connections, Math.round(perSecond), p50, p99, failures, Math.round(memoryOf(child))])
    }
    await stop()
  }
  return {
    title: 'Growth with the connections',
    columns: ['server', 'connections', 'createPayment / s', 'p50 ms', 'p99 ms', 'failures', 'memory MiB'],
    rows,
    note: '3 s each after a warm-up; load and server share the machine.',
  }
}

export const bench = (): Promise<Table[]> =>
  withFolder(async (folder) => [await documents(folder), await lists(folder), await connections()])
