/** Several workers are one server: all of them respond, one that dies is replaced, and they stop together. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createPostgresServer, newDatabase } from '../../scripts/tools/postgres.ts'
import { missing } from '../tools.ts'
import { runToEnd, startProcess } from './process.ts'
import { createClient } from './sandbox/client.ts'

/** Numbers of the worker processes. */
const workersOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 100 })
const isGone = (pid: number) => {
  try {
    return process.kill(pid, 0) && false
  } catch {
    return true
  }
}
/** Each request has a connection of its own. One that is handed to a worker in the moment of its death gets no response. */
const status = async (origin: string) => {
  const headers = { authorization: `Basic ${btoa('sk_123456:')}`, connection: 'close' }
  return (await fetch(`${origin}/api/v1/payments`, { headers, signal: AbortSignal.timeout(3000) })).status
}

describe('mock', () => {
  test('workers that are killed are replaced on the same port, and it is said', { timeout: 90_000 }, async () => {
    const server = await startProcess('mock', '--workers', '2', '--quiet')
    const first = workersOf(server.child.pid!)
    expect(first).toHaveLength(2)
    expect(await Promise.all(Array.from({ length: 8 }, () => status(server.origin)))).toEqual(Array(8).fill(200))
    process.kill(first[0]!, 'SIGKILL')
    await until(() => expect(server.output()).toContain(`Worker ${first[0]} ended (SIGKILL). Another takes its place.`))
    // The other one responds all the while.
    expect(await status(server.origin)).toBe(200)
    await until(() => expect(workersOf(server.child.pid!)).toHaveLength(2))
    for (const pid of workersOf(server.child.pid!)) process.kill(pid, 'SIGKILL')
    await until(async () => expect(await status(server.origin)).toBe(200))
    const last = workersOf(server.child.pid!)
    expect(last.some((pid) => first.includes(pid))).toBe(false)
    expect(await server.end('SIGINT')).toBe(0)
    expect(last.every(isGone)).toBe(true)
  })

  test('every worker responds, and they end with the first process however it ends', { timeout: 90_000 }, async () => {
    const server = await startProcess('mock', '--workers', '3', '--quiet')
    const workers = workersOf(server.child.pid!)
    for (const stopped of workers) {
      // With the others stopped, this one has to respond.
      for (const pid of workers) if (pid !== stopped) process.kill(pid, 'SIGSTOP')
      const responses = Array.from({ length: 6 }, () => status(server.origin).catch(() => 0))
      expect(await Promise.race(responses)).toBe(200)
      for (const pid of workers) process.kill(pid, 'SIGCONT')
      await Promise.all(responses)
    }
    await server.end('SIGKILL')
    await until(() => expect(workers.every(isGone)).toBe(true))
  })

  test('a port in use is one clear error', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const { code, output } = await runToEnd('mock', '--workers', '2', '--port', String(port))
    taken.close()
    expect({ code, output }).toEqual({
      code: 1,
      output: `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port.\n`,
    })
  })
})

describe('sandbox', () => {
  test.for([[], ['--db', 'state.sqlite']])('without a shared database is rejected: %j', async (db) => {
    const { code, output } = await runToEnd('sandbox', '--workers', '2', ...db)
    expect({ code, output }).toEqual({
      code: 2,
      output: 'Workers share their state in a PostgreSQL database. Name one with --db postgres://…, or leave out --workers.\n',
    })
  })

  test.skipIf(missing('postgres'))(
    'workers share the state; --reset and --examples happen once, not when a worker is replaced',
    async () => {
      const postgres = await createPostgresServer('-c', 'fsync=off')
      onTestFinished(postgres.stop)
      const server = await startProcess(
        ...['sandbox', '--workers', '2', '--quiet', '--reset', '--examples', '--db', await newDatabase(postgres.port)],
      )
      const api = createClient(server.origin)
      const total = async () =>
        ((await api.ok('GET', '/payments', undefined, { headers: { connection: 'close' } })) as { total: number }).total
      await until(async () => expect(await total()).toBe(15))
      for (const pid of workersOf(server.child.pid!)) {
        process.kill(pid, 'SIGKILL')
        await until(() => expect(server.output()).toContain(`Worker ${pid} ended`))
        await until(() => expect(workersOf(server.child.pid!)).toHaveLength(2))
      }
      await until(async () => expect(await total()).toBe(15))
      expect(await total()).toBe(15)
      expect(await server.end('SIGTERM')).toBe(0)
    },
  )
})
