/** Beyond one process: workers, storages, several processes on one database, and lists of a million payments. */
import { join } from 'node:path'
import pg from 'pg'
import { merchantOf } from '../../src/server/sandbox/merchant.ts'
import { findStatement } from '../../src/server/sandbox/postgres/queries.ts'
import type { Query } from '../../src/server/sandbox/storage.ts'
import { createPostgresServer, newDatabase } from '../tools/postgres.ts'
import { withFolder } from './tools/folder.ts'
import { createPayment, fillPostgres, secretKey, timesOfList } from './tools/payments.ts'
import { type Load, load, memoryOf, type Running, startServer } from './tools/process.ts'
import { body, headers, ours } from './tools/servers.ts'
import type { Table } from './tools/table.ts'

const seconds = 4
const million = 1_000_000

const start = (command: string, ...args: string[]) => startServer(ours(command, ...args))

/** Ten connections, shared out among the servers. */
const loadAll = async (servers: Running[], duration: number): Promise<Load> => {
  const connections = Math.ceil(10 / servers.length)
  const results = await Promise.all(
    servers.map(({ origin }) => load({ url: `${origin}/api/v1/payments`, method: 'POST', body, headers, duration, connections })),
  )
  return {
    perSecond: results.reduce((sum, { perSecond }) => sum + perSecond, 0),
    p50: Math.max(...results.map(({ p50 }) => p50)),
    p99: Math.max(...results.map(({ p99 }) => p99)),
    failures: results.reduce((sum, { failures }) => sum + failures, 0),
    total: results.reduce((sum, { total }) => sum + total, 0),
  }
}

const throughput = async (folder: string, newAddress: () => Promise<string>): Promise<Table> => {
  const cases: [name: string, start: () => Promise<Running[]>][] = [
    ['mock, 1 worker', async () => [await start('mock')]],
    ['mock, 2 workers', async () => [await start('mock', '--workers', '2')]],
    ['sandbox in memory', async () => [await start('sandbox')]],
    ['sandbox on SQLite', async () => [await start('sandbox', '--db', join(folder, 'state.sqlite'))]],
    ['sandbox on PostgreSQL, 1 worker', async () => [await start('sandbox', '--db', await newAddress())]],
    ['sandbox on PostgreSQL, 2 workers', async () => [await start('sandbox', '--workers', '2', '--db', await newAddress())]],
    [
      'sandbox on PostgreSQL, 3 processes',
      async () => {
        const db = await newAddress()
        return Promise.all([0, 1, 2].map(() => start('sandbox', '--db', db)))
      },
    ],
  ]
  const rows: Table['rows'] = []
  for (const [name, startAll] of cases) {
    const servers = await startAll()
    await loadAll(servers, 1)
    const { perSecond, p50, p99, failures } = await loadAll(servers, seconds)
    if (failures > 0) throw new Error(`${name} failed ${failures} requests`)
    rows.push([name, Math.round(perSecond), p50, p99, servers.map(({ child }) => Math.round(memoryOf(child))).join(' + ')])
    for (const { stop } of servers) await stop()
  }
  return {
    title: 'Workers, storages and processes',
    columns: ['server', 'requests per second', 'p50 ms', 'p99 ms', 'memory MiB'],
    rows,
    note: `createPayment by konbini, JSON, 10 connections, ${seconds} s after a warm-up. Memory is that of the first process of each. Server, database and load share one machine.`,
  }
}

const dayBefore = (days: number) => `${new Date(Date.now() - days * 24 * 3600_000).toISOString().slice(0, 19)}Z`
/** A query for each try, so that nothing comes from the cache of the try before. */
const lists: [name: string, query: (index: number) => string, find: Query][] = [
  ['first page', () => '', {}],
  ['any page', (index) => `page=${1 + ((index * 7919) % 100_000)}`, { skip: 500_000 }],
  ['one status', (index) => `status=refunded&page=${1 + (index % 50)}`, { where: { status: 'refunded' } }],
  [
    'rare statuses and currency',
    (index) => `status=failed,authorized&currency=KRW&page=${1 + (index % 5)}`,
    { where: { status: ['failed', 'authorized'], currency: 'KRW' } },
  ],
  [
    'order number',
    (index) => `external_order_num=order-${1 + ((index * 104_729) % million)}`,
    { where: { external_order_num: 'order-7' } },
  ],
  [
    'one day',
    (index) => `start_time=${dayBefore((index % 300) + 1.4)}&end_time=${dayBefore((index % 300) + 0.4)}`,
    { range: { property: 'created_at', from: dayBefore(9.4), below: dayBefore(8.4) } },
  ],
  [
    'half a year, one status',
    (index) => `status=captured&start_time=${dayBefore((index % 100) + 200)}&end_time=${dayBefore((index % 100) + 20)}`,
    { where: { status: 'captured' }, range: { property: 'created_at', from: dayBefore(220), below: dayBefore(40) } },
  ],
]
const tries = 300

/** Names of the indexes that a query uses, from the database's own plan. */
const indexesOf = async (client: pg.Client, query: Query): Promise<string> => {
  const { text, values } = findStatement('payments', {
    order: 'newest',
    take: 10,
    ...query,
    where: { merchant: merchantOf(secretKey), ...query.where },
  })
  const { rows } = await client.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${text}`, values)
  const plan = rows.map((row) => row['QUERY PLAN'] as string)
  if (process.env.SHOW_PLANS) console.error(plan.join('\n'))
  const scans = plan.flatMap((line) => /(?:using|Index Scan on) (\w+)|(Seq Scan on \w+)/.exec(line)?.slice(1).filter(Boolean) ?? [])
  return [...new Set(scans)].join(', ')
}

const bigLists = async (address: string): Promise<Table> => {
  const server = await start('sandbox', '--db', address)
  const client = new pg.Client(address)
  await client.connect()
  await fillPostgres(client, await createPayment(server.origin), million)
  const rows: Table['rows'] = []
  for (const [name, query, find] of lists) {
    const { p50, p99 } = await timesOfList(server.origin, query, tries)
    rows.push([name, p50.toFixed(1), p99.toFixed(1), await indexesOf(client, find)])
  }
  await client.end()
  await server.stop()
  return {
    title: 'Lists of 1,000,000 payments on PostgreSQL',
    columns: ['list', 'p50 ms', 'p99 ms', 'indexes of the query plan'],
    rows,
    note: `GET /payments over HTTP, one after the other, ${tries} each; one merchant, a year of payments.`,
  }
}

export const bench = async (): Promise<Table[]> => {
  const server = await createPostgresServer('-c', 'max_wal_size=4GB')
  try {
    return [
      await withFolder((folder) => throughput(folder, () => newDatabase(server.port))),
      await bigLists(await newDatabase(server.port)),
    ]
  } finally {
    await server.stop()
  }
}
