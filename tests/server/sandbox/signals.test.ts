/** A signal ends a sandbox cleanly at any moment, from the first on. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createPostgresServer, newDatabase, type PostgresServer } from '../../../scripts/tools/postgres.ts'
import { createSandboxServer } from '../../../src/server/index.ts'
import { missing } from '../../tools.ts'
import { runUntil, startProcess } from '../process.ts'
import { connectTo, countConnections } from './database-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-signals-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const isOpen = (file: string) => {
  const database = new DatabaseSync(file, { readOnly: true })
  onTestFinished(() => database.close())
  return database.prepare('SELECT is_open FROM session').get()?.is_open === 1
}

test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s closes the file', async (signal) => {
  const db = join(folder, `${signal}.sqlite`)
  const server = await startProcess('sandbox', '--quiet', '--db', db)
  expect(await server.end(signal)).toBe(0)
  expect(isOpen(db)).toBe(false)
})

test('SIGHUP ends workers', async () => {
  const server = await startProcess('mock', '--workers', '2', '--quiet')
  expect(await server.end('SIGHUP')).toBe(0)
})

test('SIGTERM at any moment of the start leaves a closed file, or none', { timeout: 60_000 }, async () => {
  for (let ms = 100; ms <= 1500; ms += 100) {
    const db = join(folder, `${ms}.sqlite`)
    const { output } = await runUntil('SIGTERM', ms, 'sandbox', '--quiet', '--port', '0', '--examples', '--db', db)
    expect(output).not.toMatch(/\n\s+at |did not close/)
    expect({ ms, isOpen: existsSync(db) && isOpen(db) }).toEqual({ ms, isOpen: false })
  }
})

describe.skipIf(missing('postgres'))('on PostgreSQL', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await createPostgresServer('-c', 'fsync=off')
  })
  afterAll(() => postgres?.stop())

  test.for([
    ['a process', []],
    ['workers', ['--workers', '2']],
  ] as const)('SIGTERM ends %s while the start waits for the database', { timeout: 60_000 }, async ([, args]) => {
    const db = await newDatabase(postgres.port)
    await (await createSandboxServer({ db })).close()
    const client = await connectTo(db)
    await client.query('BEGIN; LOCK TABLE komoju_sandbox.settings IN ACCESS EXCLUSIVE MODE')
    const ending = runUntil('SIGTERM', 4000, 'sandbox', '--quiet', '--port', '0', '--db', db, ...args)
    const { code, output } = await ending
    // The database has work of it that it does not end.
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^(The server did not close cleanly: .+\n)+$/) })
  })

  test('SIGTERM at any moment of the start leaves no worker and no stack', { timeout: 120_000 }, async () => {
    const db = await newDatabase(postgres.port)
    const client = await connectTo(db)
    for (let ms = 150; ms <= 2550; ms += 300) {
      const { output } = await runUntil('SIGTERM', ms, 'sandbox', '--workers', '2', '--quiet', '--port', '0', '--db', db)
      expect(output).not.toMatch(/\n\s+at |EPIPE|did not close|Worker \d+ ended/)
      await vi.waitFor(async () => expect(await countConnections(client)).toBe(0), { timeout: 20_000 })
    }
  })
})
