/** How near the servers come to what the machine can do: a bare HTTP server, bare statements, and PostgreSQL's own benchmark. */
import { join, resolve } from 'node:path'
import { projectFolder } from '../build/step.ts'
import { createPostgresServer, newDatabase } from '../tools/postgres.ts'
import { pgbenchWriter, sqliteWriter } from './tools/bare-statements.ts'
import { withFolder } from './tools/folder.ts'
import { load, type Running, startServer, workOf } from './tools/process.ts'
import { body, type Command, headers, ours } from './tools/servers.ts'
import type { Table } from './tools/table.ts'
import { type Contender, measureInTurns } from './tools/turns.ts'

const path = '/api/v1/payments'
const warmUpRequests = 20_000

const bare =
  (kind: 'http' | 'fastify'): Command =>
  (port) => [resolve(projectFolder, 'scripts/bench/tools/bare-server.ts'), kind, String(port)]

const createOn = async ({ origin }: Running) => (await fetch(origin + path, { method: 'POST', headers, body })).text()

/** @param url of the requests, once the server runs */
const contender = (name: string, server: Running, request: { method: 'GET' | 'POST'; url: string; body?: string }): Contender => ({
  name,
  work: () => workOf(server.child),
  warmUp: () => load({ ...request, headers, amount: warmUpRequests }),
  run: async (duration) => {
    const { perSecond, total, failures } = await load({ ...request, headers, duration })
    if (failures > 0) throw new Error(`${name} failed ${failures} requests`)
    return { perSecond, count: total }
  },
})

const http = async (): Promise<Table> => {
  const mock = await startServer(ours('mock'))
  const response = await createOn(mock)
  const sandbox = await startServer(ours('sandbox'))
  const plain = await startServer(bare('http'), response)
  const fastify = await startServer(bare('fastify'), response)
  const servers = [plain, fastify, mock, sandbox]
  const names = ['bare node:http', 'empty Fastify', 'mock', 'sandbox in memory']
  const creates = await measureInTurns(
    servers.map((server, index) => contender(names[index]!, server, { method: 'POST', url: server.origin + path, body })),
  )
  const gets = await measureInTurns(
    await Promise.all(
      servers.map(async (server, index) => {
        // A new one: in memory, the load has pushed out the first.
        const { id } = JSON.parse(await createOn(server)) as { id: string }
        return contender(names[index]!, server, { method: 'GET', url: `${server.origin}${path}/${id}` })
      }),
    ),
  )
  await Promise.all(servers.map(({ stop }) => stop()))
  const cells = (figures: typeof creates, name: string) => {
    const { perSecond, ratio, work, workRatio } = figures.get(name)!
    return [Math.round(perSecond), ratio.toFixed(2), work.toFixed(0), workRatio.toFixed(2)]
  }
  return {
    title: 'Servers against a bare one',
    columns: ['server', 'createPayment / s', 'ratio', 'µs of work', 'ratio ', 'getPayment / s', 'ratio  ', 'µs of work ', 'ratio   '],
    rows: names.map((name) => [name, ...cells(creates, name), ...cells(gets, name)]),
    note: 'The bare servers read the request and send the response of the mock. konbini, JSON, 10 connections, medians of rounds that take turns. Work is the time that the processor spent on the server for one request, all its threads together.',
  }
}

const create = (name: string, server: Running) => contender(name, server, { method: 'POST', url: server.origin + path, body })

/** Milliseconds that this process has worked. */
const ownWork = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const sqlite = (): Promise<Table> =>
  withFolder(async (folder) => {
    const file = join(folder, 'first.sqlite')
    const first = await startServer(ours('sandbox', '--db', file))
    await createOn(first)
    await first.stop()
    const write = sqliteWriter(file)
    const sandbox = await startServer(ours('sandbox', '--db', join(folder, 'state.sqlite')))
    const bareName = 'bare prepared statements'
    const figures = await measureInTurns([
      { name: bareName, work: ownWork, warmUp: () => write(1), run: write },
      create('sandbox on SQLite', sandbox),
    ])
    await sandbox.stop()
    return {
      title: 'SQLite against bare statements',
      columns: ['writer', 'payments / s', 'ratio', 'µs of work', 'ratio '],
      rows: [...figures].map(([name, { perSecond, ratio, work, workRatio }]) => [
        name,
        Math.round(perSecond),
        ratio.toFixed(2),
        work.toFixed(0),
        workRatio.toFixed(2),
      ]),
      note: 'The bare statements write the same rows into the same tables, in the same transactions, without a request. createPayment by konbini, JSON, 10 connections.',
    }
  })

const postgresConnections = 10

const postgres = async (): Promise<Table> => {
  const server = await createPostgresServer('-c', 'max_wal_size=4GB')
  try {
    return await withFolder(async (folder) => {
      const first = await newDatabase(server.port)
      const single = await startServer(ours('sandbox', '--db', first))
      await createOn(single)
      const bare = await pgbenchWriter(first, folder, postgresConnections)
      const both = await newDatabase(server.port)
      const pair = [await startServer(ours('sandbox', '--db', both)), await startServer(ours('sandbox', '--db', both))]
      const halves = pair.map((each, index) => create(`process ${index + 1}`, each))
      const runPair = async (seconds: number) => {
        const turns = await Promise.all(halves.map(({ run }) => run(seconds)))
        return {
          perSecond: turns.reduce((sum, { perSecond }) => sum + perSecond, 0),
          count: turns.reduce((sum, { count }) => sum + count, 0),
        }
      }
      const none = () => 0
      const figures = await measureInTurns([
        { name: 'pgbench', work: none, warmUp: () => bare(1), run: bare },
        create('sandbox on PostgreSQL', single),
        {
          name: 'two processes',
          work: () => halves.reduce((sum, { work }) => sum + work(), 0),
          warmUp: () => Promise.all(halves.map(({ warmUp }) => warmUp())),
          run: runPair,
        },
      ])
      for (const { stop } of [single, ...pair]) await stop()
      return {
        title: 'PostgreSQL against pgbench',
        columns: ['writer', 'payments / s', 'ratio', 'µs of work'],
        rows: [...figures].map(([name, { perSecond, ratio, work }]) => [
          name,
          Math.round(perSecond),
          ratio.toFixed(2),
          work > 0 ? work.toFixed(0) : '',
        ]),
        note: 'pgbench sends the same statement, prepared, over as many connections as one process of the sandbox has. createPayment by konbini, JSON, 10 connections for each process. Server, database and load share the machine; work is that of the sandbox alone.',
      }
    })
  } finally {
    await server.stop()
  }
}

export const bench = async (): Promise<Table[]> => [await http(), await sqlite(), await postgres()]
