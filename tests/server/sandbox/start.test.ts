/** A start that fails leaves nothing behind: no process, no connection, no delivery, no change to a database. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createPostgresServer, newDatabase, type PostgresServer, password } from '../../../scripts/tools/postgres.ts'
import { createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { missing } from '../../tools.ts'
import { runToEnd, startProcess } from '../process.ts'
import { canMount, fillDisk, newDisk } from '../small-disk.ts'
import { createClient } from './client.ts'
import { connectTo, countConnections } from './database-client.ts'
import { createReceiver } from './receiver.ts'

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }

/** A port that something listens on. */
const takenPort = async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  onTestFinished(() => void taken.close())
  const address = taken.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
  return address.port
}
const listening = async (options: SandboxOptions) => {
  const server = await createSandboxServer(options)
  onTestFinished(server.close)
  return createClient(await server.listen())
}
/** A server that listens; where that fails, it is closed. */
const listeningOnce = async (options: SandboxOptions) => {
  const server = await createSandboxServer(options)
  await server.listen()
  return server
}
const totalOf = async (api: ReturnType<typeof createClient>) => ((await api.ok('GET', '/payments')) as { total: number }).total

describe.skipIf(missing('postgres'))('on PostgreSQL', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await createPostgresServer('-c', 'fsync=off')
  })
  afterAll(() => postgres?.stop())

  test('a port in use ends the process, which has taken no delivery from a healthy one', async () => {
    const db = await newDatabase(postgres.port)
    const [dead, healthy] = [await createReceiver('a'), await createReceiver('a')]
    onTestFinished(async () => void (await Promise.all([dead.close(), healthy.close()])))
    const port = String(await takenPort())
    const ended = await runToEnd('sandbox', '--port', port, '--db', db, '--webhook-url', dead.url, '--webhook-secret', 'a')
    expect(ended).toEqual({ code: 1, output: expect.stringContaining(`Port ${port} on 127.0.0.1 is in use.`) })
    const api = await listening({ db, webhookUrl: healthy.url, webhookSecret: 'a' })
    for (let index = 0; index < 5; index++) await api.ok('POST', '/payments', konbini)
    await vi.waitFor(() => expect(healthy.received).toHaveLength(5), { timeout: 10_000 })
    expect(dead.received).toEqual([])
  })

  test('a table that another program has locked, and a webhook address with a password, end the process', { timeout: 60_000 }, async () => {
    const db = await newDatabase(postgres.port)
    await (await createSandboxServer({ db })).close()
    const client = await connectTo(db)
    await client.query('BEGIN; LOCK TABLE komoju_sandbox.settings IN ACCESS EXCLUSIVE MODE')
    const ended = await runToEnd('sandbox', '--port', '0', '--db', db)
    expect(ended).toEqual({ code: 1, output: expect.stringMatching(/The database does not respond|Cannot use PostgreSQL/) })
    await client.query('ROLLBACK')
    const refused = await runToEnd('sandbox', '--port', '0', '--db', db, '--webhook-url', 'http://me:pw@127.0.0.1/')
    expect(refused).toEqual({ code: 2, output: expect.stringContaining('Leave the user and the password out') })
    expect(refused.output).not.toContain('pw@')
  })

  test('no connection stays open', async () => {
    const db = await newDatabase(postgres.port)
    const client = await connectTo(db)
    const port = await takenPort()
    for (let tries = 0; tries < 3; tries++) await expect((await createSandboxServer({ db })).listen({ port })).rejects.toThrow('is in use')
    await expect(createSandboxServer({ db, webhookUrl: 'http://me:pw@127.0.0.1/' })).rejects.toThrow('a user or a password')
    await vi.waitFor(async () => expect(await countConnections(client)).toBe(0), { timeout: 5000 })
  })

  test('--reset keeps what it cannot begin anew, and what other processes use', { timeout: 60_000 }, async () => {
    const db = await newDatabase(postgres.port)
    const live = await startProcess('sandbox', '--quiet', '--db', db)
    const api = createClient(live.origin)
    await api.ok('POST', '/payments', konbini)
    const inUse = await runToEnd('sandbox', '--reset', '--force', '--port', String(await takenPort()), '--db', db)
    expect(inUse).toEqual({ code: 1, output: expect.stringContaining('is in use') })
    expect(await totalOf(api)).toBe(1)
    const shared = await runToEnd('sandbox', '--reset', '--port', '0', '--db', db)
    expect(shared).toEqual({ code: 1, output: expect.stringContaining('Another process uses the database') })
    expect(shared.output).toContain('--force')
    expect(await totalOf(api)).toBe(1)
    const forced = await startProcess('sandbox', '--quiet', '--reset', '--force', '--db', db)
    expect(await totalOf(api)).toBe(0)
    await live.end('SIGKILL')
    await api.ok('POST', '/payments', konbini).catch(() => undefined)
    await forced.end('SIGTERM')
    const alone = await startProcess('sandbox', '--quiet', '--reset', '--db', db)
    expect(await totalOf(createClient(alone.origin))).toBe(0)
    expect(await alone.end('SIGTERM')).toBe(0)
  })

  test('--reset whose payments cannot all be made keeps what was there', async () => {
    const db = await newDatabase(postgres.port)
    await (await listeningOnce({ db, examples: true })).close()
    const client = await connectTo(db)
    await client.query(`
      CREATE FUNCTION only_eight() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF (SELECT count(*) FROM komoju_sandbox.payments) >= 8 THEN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER only_eight BEFORE INSERT ON komoju_sandbox.payments FOR EACH ROW EXECUTE FUNCTION only_eight()`)
    await expect(listeningOnce({ db, reset: true, examples: true })).rejects.toThrow(
      /^The disk that holds \S+ is full\. Nothing was changed\./,
    )
    expect((await client.query('SELECT count(*)::int AS n FROM komoju_sandbox.payments')).rows).toEqual([{ n: 15 }])
  })

  test('--reset of two workers for which connections run out clears nothing', { timeout: 60_000 }, async () => {
    const db = await newDatabase(postgres.port)
    const admin = await connectTo(db)
    await admin.query('CREATE ROLE limited LOGIN CONNECTION LIMIT 3; GRANT sandbox TO limited')
    await admin.query('ALTER ROLE limited SET ROLE TO sandbox')
    await (await listeningOnce({ db, examples: true })).close()
    const address = db.replace('sandbox:', 'limited:')
    const ended = await runToEnd('sandbox', '--workers', '2', '--port', '0', '--reset', '--quiet', '--db', address)
    expect(ended).toEqual({ code: 1, output: expect.stringContaining('too many connections') })
    expect((await admin.query('SELECT count(*)::int AS n FROM komoju_sandbox.payments')).rows).toEqual([{ n: 15 }])
  })

  test.for(['pg-secret/7f3a', 'pg-secret@7f3a', '12/pg-secret', '1@2/pg-secret'])('a password of %s is printed nowhere', async (odd) => {
    for (const address of [`postgres://me:${odd}@127.0.0.1:1/none`, `mysql://me:${odd}@127.0.0.1/none`]) {
      const { code, output } = await runToEnd('sandbox', '--port', '0', '--db', address)
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^(The address|Cannot use)/) })
      for (const piece of [...odd.split(/[/@]/), password]) if (piece.length > 2) expect(output).not.toContain(piece)
    }
  })
})

describe('an SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-start-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let files = 0
  const newFile = () => join(folder, `${++files}.sqlite`)
  const made = (...statements: string[]) => {
    const file = newFile()
    const database = new DatabaseSync(file)
    for (const statement of statements) database.exec(statement)
    database.close()
    return file
  }
  const rejection = async (db: string) => {
    const error = await createSandboxServer({ db }).then(
      async (server) => {
        await server.close()
        return new Error('It was opened.')
      },
      (reason: Error) => reason,
    )
    return error.message
  }
  test('one whose log was being written back when its process was killed is whole with its log', async () => {
    const file = newFile()
    const running = await createSandboxServer({ db: file })
    onTestFinished(running.close)
    const api = createClient(await running.listen())
    for (let index = 0; index < 40; index++) await api.ok('POST', '/payments', konbini)
    const killed = newFile()
    for (const ending of ['', '-wal']) copyFileSync(file + ending, killed + ending)
    // The first page is half written; the log has it whole.
    const descriptor = openSync(killed, 'r+')
    writeSync(descriptor, Buffer.alloc(2000, 0xff), 0, 2000, 100)
    closeSync(descriptor)
    const after = await listening({ db: killed })
    expect(await after.ok('GET', '/payments')).toMatchObject({ total: 40 })
  })

  /** A sandbox's file with some payments, closed. */
  const written = async () => {
    const db = newFile()
    const server = await createSandboxServer({ db })
    const api = createClient(await server.listen())
    for (let index = 0; index < 40; index++) await api.ok('POST', '/payments', konbini)
    await server.close()
    return db
  }

  test('--reset whose payments cannot all be made keeps what was there', async () => {
    const db = newFile()
    await (await listeningOnce({ db, examples: true })).close()
    const database = new DatabaseSync(db)
    database.exec(`CREATE TRIGGER only_eight BEFORE INSERT ON payments WHEN (SELECT count(*) FROM payments) >= 8
      BEGIN SELECT RAISE(ABORT, 'no room'); END`)
    database.close()
    await expect(listeningOnce({ db, reset: true, examples: true })).rejects.toThrow('no room')
    expect(await totalOf(await listening({ db }))).toBe(15)
  })

  test.each([
    ['of another program', ['CREATE TABLE users (id, name)', "INSERT INTO users VALUES (1, 'Taro')"], 'it belongs to another program'],
    ['with another application id', ['PRAGMA application_id = 42'], 'it belongs to another program'],
    ['with a version of another program', ['CREATE TABLE users (id)', 'PRAGMA user_version = 1'], 'it belongs to another program'],
    ['of a later version', ['PRAGMA application_id = 0x4b4f4d4a', 'PRAGMA user_version = 99'], 'another version of the sandbox'],
    ['without tables and with a version of another program', ['PRAGMA user_version = 7'], 'it belongs to another program'],
    ['with a view alone', ['CREATE VIEW today AS SELECT 1'], 'it belongs to another program'],
    ['with a log of another program', ['PRAGMA journal_mode = WAL', 'CREATE TABLE users (id)'], 'it belongs to another program'],
  ])('%s is rejected unchanged', async (_name, statements, reason) => {
    const file = made(...statements)
    const before = readFileSync(file)
    expect(await rejection(file)).toContain(reason)
    expect(readFileSync(file).equals(before)).toBe(true)
    for (const suffix of ['-wal', '-shm', '-journal']) expect(existsSync(file + suffix), suffix).toBe(false)
  })

  test('cannot be a folder, a device, a pipe, or below a file', async () => {
    expect(await rejection(folder)).toBe(`Cannot use ${folder} as the database: it is a folder. Name another file with --db.`)
    expect(await rejection('/dev/null')).toContain('it is a device or a pipe, and not a file')
    const pipe = newFile()
    spawnSync('mkfifo', [pipe])
    expect(await rejection(pipe)).toContain('it is a device or a pipe, and not a file')
    const text = newFile()
    writeFileSync(text, '')
    expect(await rejection(join(text, 'state.sqlite'))).toContain(`there is no folder ${text}`)
  })

  if (canMount)
    test('on a disk that is read only is rejected, also a new one', async () => {
      const disk = newDisk(4096)
      const db = join(disk, 'state.sqlite')
      await (await createSandboxServer({ db })).close()
      spawnSync('mount', ['-o', 'remount,ro', disk])
      expect(await rejection(db)).toContain('it cannot be written')
      expect(await rejection(join(disk, 'new.sqlite'))).toContain(`its folder ${disk} cannot be written`)
    })

  // Root may read everything.
  if (process.getuid?.() !== 0)
    test('that its user may not read is rejected', async () => {
      const db = newFile()
      writeFileSync(db, '', { mode: 0 })
      expect(await rejection(db)).toContain('it cannot be read')
    })

  test('whose page is corrupted, or whose table lacks a column, is rejected at the start', async () => {
    const corrupted = await written()
    const descriptor = openSync(corrupted, 'r+')
    for (let position = 8192; position < statSync(corrupted).size; position += 4096)
      writeSync(descriptor, Buffer.alloc(64, 0xff), 0, 64, position)
    expect(await rejection(corrupted)).toMatch(/it is damaged|malformed/)
    const incomplete = await written()
    const database = new DatabaseSync(incomplete)
    database.exec('DROP INDEX payments_deadline; DROP INDEX payments_due; ALTER TABLE payments DROP COLUMN deadline')
    database.close()
    expect(await rejection(incomplete)).toContain('its table payments has no column deadline')
  })

  test('that was copied without its log is rejected, with its log it is read', async () => {
    const db = newFile()
    const api = await listening({ db })
    await api.ok('POST', '/payments', konbini)
    const copy = newFile()
    copyFileSync(db, copy)
    expect(await rejection(copy)).toContain('copied from a running sandbox without its log')
    copyFileSync(`${db}-wal`, `${copy}-wal`)
    expect(await totalOf(await listening({ db: copy }))).toBe(1)
  })

  /** Takes away what the third version of the tables added. */
  const withoutTally = (database: DatabaseSync) => {
    for (const trigger of ['payments_come', 'payments_go', 'payments_change']) database.exec(`DROP TRIGGER ${trigger}`)
    database.exec('DROP TABLE payments_tally; PRAGMA user_version = 2')
  }

  test('of the third version gets the index of old keys', async () => {
    const db = await written()
    const database = new DatabaseSync(db)
    database.exec('DROP INDEX idempotency_age; PRAGMA user_version = 3')
    database.close()
    await (await createSandboxServer({ db })).close()
    const after = new DatabaseSync(db)
    onTestFinished(() => after.close())
    expect(after.prepare("SELECT name FROM sqlite_schema WHERE name = 'idempotency_age'").get()).toBeDefined()
  })

  test('of the second version is brought up to date', async () => {
    const db = await written()
    const database = new DatabaseSync(db)
    withoutTally(database)
    database.close()
    expect(await totalOf(await listening({ db }))).toBe(40)
  })

  test('of the first version is brought up to date', async () => {
    const db = await written()
    const database = new DatabaseSync(db)
    withoutTally(database)
    for (const index of ['payments_due', 'events_merchant', 'idempotency_merchant']) database.exec(`DROP INDEX ${index}`)
    for (const table of ['events', 'idempotency']) database.exec(`ALTER TABLE ${table} DROP COLUMN merchant`)
    database.exec('DROP TABLE session; PRAGMA user_version = 1; PRAGMA application_id = 0')
    database.close()
    expect(await totalOf(await listening({ db }))).toBe(40)
  })

  test('that is empty becomes a database', async () => {
    const db = newFile()
    writeFileSync(db, '')
    expect(await totalOf(await listening({ db }))).toBe(0)
  })
})

if (canMount)
  describe('on a full disk', { timeout: 60_000 }, () => {
    const full = (db: string) => ({
      code: 1,
      output: `The disk that holds ${db} is full. Nothing was changed. Make room there, or name a database on another disk with --db.\n`,
    })

    test.for([4, 40, 80, 120, 140])('of %i KB a new file is said, and not left behind', async (kilobytes) => {
      const folder = newDisk(kilobytes)
      const db = join(folder, 'new.sqlite')
      expect(await runToEnd('sandbox', '--port', '0', '--quiet', '--examples', '--db', db)).toEqual(full(db))
      expect(readdirSync(folder)).toEqual([])
    })

    test.for([0, 8, 40, 120])('with %i KB left, --reset leaves a file as it is', async (kilobytes) => {
      const folder = newDisk(4096)
      const db = join(folder, 'state.sqlite')
      await (await listeningOnce({ db, examples: true })).close()
      const before = readFileSync(db)
      fillDisk(folder, kilobytes)
      expect(await runToEnd('sandbox', '--port', '0', '--quiet', '--reset', '--examples', '--db', db)).toEqual(full(db))
      rmSync(join(folder, 'filling'))
      expect(readdirSync(folder)).toContain('state.sqlite')
      expect(readFileSync(db).length).toBe(before.length)
      expect(await totalOf(await listening({ db }))).toBe(15)
    })

    test('a file whose process was killed is whole once there is room', async () => {
      const folder = newDisk(4096)
      const db = join(folder, 'state.sqlite')
      const server = await startProcess('sandbox', '--quiet', '--examples', '--db', db)
      await server.end('SIGKILL')
      fillDisk(folder, 0)
      expect(await runToEnd('sandbox', '--port', '0', '--quiet', '--db', db)).toEqual(full(db))
      rmSync(join(folder, 'filling'))
      expect(await totalOf(await listening({ db }))).toBe(15)
    })
  })

test.for([
  'postgres:/me:pg-secret@127.0.0.1/db',
  'postgres:me:pg-secret@127.0.0.1',
  'postgres//me:pg-secret@127.0.0.1/db',
  '//me:pg-secret@127.0.0.1/db',
  'me:pg-secret@127.0.0.1/db',
  'jdbc:postgresql://127.0.0.1/db?password=pg-secret',
  'host=127.0.0.1 user=me password=pg-secret dbname=db',
  'postgres://me:pg-secret%FF@127.0.0.1/db',
])('%s is no address, and makes no file with the password in its name', async (db) => {
  const before = readdirSync('.')
  onTestFinished(() => {
    for (const made of readdirSync('.').filter((name) => !before.includes(name))) rmSync(made)
  })
  const error: Error = await createSandboxServer({ db }).then(
    (server) => server.close().then(() => expect.unreachable()),
    (reason) => reason,
  )
  expect(error.message).toContain('Write postgres://user:password@host:5432/database')
  expect(error.message).not.toContain('pg-secret')
})

test('a certificate that cannot be read is said with its option', async () => {
  for (const parameter of ['sslrootcert', 'sslcert', 'sslkey'])
    await expect(createSandboxServer({ db: `postgres://me:pg-secret@127.0.0.1/db?${parameter}=/nope` })).rejects.toThrow(
      `Cannot read the file of ${parameter} in --db: ENOENT: no such file or directory, open '/nope'.`,
    )
})

test('a file may have any name that is written as a path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-names-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['state 1.sqlite', 'user=1.sqlite', 'state:1@home.sqlite']) {
    await (await createSandboxServer({ db: join(folder, name) })).close()
    expect(existsSync(join(folder, name))).toBe(true)
  }
})

test('close lets open requests end, and cuts what takes longer than its limit', async () => {
  const slow = await createSandboxServer({ latency: 400 })
  const api = createClient(await slow.listen())
  const request = api.ok('POST', '/payments', konbini)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await slow.close()
  expect(await request).toMatchObject({ status: 'authorized' })
})
