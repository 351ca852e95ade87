/** The recipe of PgBouncer: what sandboxes share goes through its sessions, and a pool of transactions is rejected. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Payment } from '../../generated/schema.d.ts'
import { freePort } from '../../scripts/tools/free-port.ts'
import { createPostgresServer, newDatabase, type PostgresServer, password, unprivileged } from '../../scripts/tools/postgres.ts'
import { runToEnd, startProcess } from '../server/process.ts'
import { createClient } from '../server/sandbox/client.ts'
import { createReceiver } from '../server/sandbox/receiver.ts'
import { missing } from '../tools.ts'

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }

const isOpen = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })

describe.skipIf([missing('postgres'), missing('pgbouncer')].includes(true))('PgBouncer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-pgbouncer-'))
  const running: ChildProcess[] = []
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await createPostgresServer('-c', 'fsync=off')
  })
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Starts PgBouncer with the recipe's own lines, but for the places on this machine. @returns the address of a new database behind it */
  const startPgBouncer = async (mode: string) => {
    const [port, address] = [await freePort(), new URL(await newDatabase(postgres.port))]
    const [users, file] = [join(folder, `users-${mode}`), join(folder, `${mode}.ini`)]
    writeFileSync(users, `"${address.username}" "${password}"\n`)
    const recipe = readFileSync('examples/pgbouncer/pgbouncer.ini', 'utf8')
      .replace(/^sandbox = .*/m, `sandbox = host=127.0.0.1 port=${postgres.port} dbname=${address.pathname.slice(1)}`)
      .replace(/^listen_port = .*/m, `listen_port = ${port}`)
      .replace(/^auth_file = .*/m, `auth_file = ${users}`)
      .replace('pool_mode = session', `pool_mode = ${mode}`)
    writeFileSync(file, `${recipe}unix_socket_dir =\n`)
    const as = unprivileged()
    if (as.uid !== undefined) for (const path of [folder, users, file]) chownSync(path, as.uid, as.gid)
    running.push(spawn('/usr/sbin/pgbouncer', ['--quiet', file], { ...as, stdio: 'ignore' }))
    await vi.waitFor(async () => expect(await isOpen(port)).toBe(true), { timeout: 10_000 })
    return `postgres://${address.username}:${password}@127.0.0.1:${port}/sandbox`
  }

  test('in session mode two sandboxes are one, and locks end with the process that held them', { timeout: 60_000 }, async () => {
    const db = await startPgBouncer('session')
    const receiver = await createReceiver('whsec')
    onTestFinished(async () => void (await receiver.close()))
    const args = ['sandbox', '--quiet', '--db', db, '--webhook-url', receiver.url, '--webhook-secret', 'whsec']
    // The first one is the one that delivers.
    const first = await startProcess(...args)
    const second = await startProcess(...args)
    const apis = [createClient(first.origin), createClient(second.origin)]

    // Locks of transactions: one key is one payment.
    const headers = { 'X-KOMOJU-IDEMPOTENCY': 'once' }
    const responses = await Promise.all([...apis, ...apis].map((api) => api.send('POST', '/payments', konbini, { headers })))
    for (const { status } of responses) expect([200, 409]).toContain(status)
    expect(await apis[1]!.ok('GET', '/payments')).toMatchObject({ total: 1 })

    // Notifications: a page of the second hears what the first did.
    const live = await fetch(`${second.origin}/sandbox/live`)
    const { id } = (await apis[0]!.ok('POST', '/payments', konbini)) as Payment
    let heard = ''
    for await (const chunk of live.body!.pipeThrough(new TextDecoderStream())) {
      heard += chunk
      if (heard.includes('data: changed')) break
    }
    await vi.waitFor(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized']), { timeout: 10_000 })

    // Locks of sessions: others are counted, and what a killed process held is free.
    const shared = await runToEnd('sandbox', '--reset', '--port', '0', '--db', db)
    expect(shared).toEqual({ code: 1, output: expect.stringContaining('2 other processes use the database') })
    await first.end('SIGKILL')
    await apis[1]!.act('pay', id)
    await vi.waitFor(() => expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.captured']), { timeout: 20_000 })
    expect(await second.end('SIGTERM')).toBe(0)
    const alone = await startProcess('sandbox', '--quiet', '--reset', '--db', db)
    expect(await createClient(alone.origin).ok('GET', '/payments')).toMatchObject({ total: 0 })
    expect(await alone.end('SIGTERM')).toBe(0)
  })

  test('in transaction mode the sandbox does not start, and says what to set', { timeout: 60_000 }, async () => {
    const { code, output } = await runToEnd('sandbox', '--port', '0', '--db', await startPgBouncer('transaction'))
    expect(code).toBe(1)
    expect(output).toMatch(/a pooler in between pools transactions, and the sandbox needs sessions \(pool_mode = session in PgBouncer\)/)
    expect(output).not.toContain(password)
  })
})
