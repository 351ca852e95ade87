/** A database that is frozen or out of reach keeps no sandbox from its end. */
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createPostgresServer, newDatabase, type PostgresServer } from '../../../scripts/tools/postgres.ts'
import { createSandboxServer } from '../../../src/server/index.ts'
import { missing } from '../../tools.ts'
import { startProcess } from '../process.ts'
import { createClient } from './client.ts'

/** Twice what is promised, for a busy machine. Without a limit, it never ended. */
const endTimeoutMs = 20_000

describe.skipIf(missing('postgres'))('PostgreSQL that stops to respond', { timeout: 60_000 }, () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await createPostgresServer('-c', 'fsync=off')
  })
  afterAll(() => postgres?.stop())

  /** A new database behind a line that can be frozen: then nothing comes through, and nothing is closed. */
  const newFrozenLine = async () => {
    const sockets = new Set<Socket>()
    let isFrozen = false
    const line = createServer((client) => {
      const server = connect(postgres.port, '127.0.0.1')
      for (const [from, to] of [
        [client, server],
        [server, client],
      ] as const) {
        sockets.add(from.on('error', () => undefined))
        from.on('data', (data) => void to.write(data)).on('end', () => void to.end())
      }
      if (isFrozen) for (const socket of [client, server]) socket.pause()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => line.once('listening', resolve))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      line.close()
    })
    const { port } = line.address() as { port: number }
    const freeze = () => {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    }
    return { db: (await newDatabase(postgres.port)).replace(`:${postgres.port}/`, `:${port}/`), freeze }
  }
  const msOf = async (work: () => Promise<unknown>) => {
    const begin = performance.now()
    await work()
    return performance.now() - begin
  }

  test.for([
    ['a process', []],
    ['workers', ['--workers', '2']],
  ] as const)('SIGTERM ends %s, with the reason', async ([, args]) => {
    const { db, freeze } = await newFrozenLine()
    const server = await startProcess('sandbox', '--quiet', '--db', db, ...args)
    const api = createClient(server.origin)
    await api.ok('GET', '/payments')
    freeze()
    // One request is under way and waits for the database.
    const open = api.send('GET', '/payments').catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 200))
    let code: number | null = null
    const ms = await msOf(async () => {
      code = await server.end('SIGTERM')
    })
    expect({ code, output: server.output() }).toEqual({ code: 1, output: expect.stringContaining('the database does not respond') })
    expect(ms).toBeLessThan(endTimeoutMs)
    expect(server.output()).not.toMatch(/\n\s+at /)
    await open
  })

  test('close says that it does not respond, soon', async () => {
    const { db, freeze } = await newFrozenLine()
    const server = await createSandboxServer({ db })
    await createClient(await server.listen()).ok('GET', '/payments')
    freeze()
    expect(await msOf(() => expect(server.close()).rejects.toThrow('the database does not respond'))).toBeLessThan(endTimeoutMs)
  })
})
