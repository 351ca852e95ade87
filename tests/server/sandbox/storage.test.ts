/** All storages keep the same promises. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPostgresServer, newDatabase, type PostgresServer } from '../../../scripts/tools/postgres.ts'
import type { PaymentRecord } from '../../../src/server/sandbox/payment.ts'
import { SharedConnection } from '../../../src/server/sandbox/postgres/shared-connection.ts'
import { createPostgresStorage } from '../../../src/server/sandbox/postgres/storage.ts'
import { createStorage, type Row, type Storage } from '../../../src/server/sandbox/storage.ts'
import { createMemoryEngine } from '../../../src/server/sandbox/storage-memory.ts'
import { createSqliteEngine } from '../../../src/server/sandbox/storage-sqlite.ts'
import { missing } from '../../tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-storage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const anyDocument = (value: unknown) => value as PaymentRecord
let files = 0
const newFile = () => join(folder, `${++files}.sqlite`)

/** A row of the storage's tests: what a document is does not matter to it. */
const row = (id: string, index: Row['index'] = {}): Row<'payments'> => ({
  id,
  index: { merchant: 'm', status: 'captured', currency: 'JPY', created_at: '2026-01-01T00:00:00Z', text: id, ...index },
  document: anyDocument({ id, ...index }),
})
const ids = (documents: unknown[]) => documents.map((document) => (document as { id: string }).id)

let postgres: PostgresServer
const withoutPostgres = missing('postgres')
beforeAll(async () => {
  if (!withoutPostgres) postgres = await createPostgresServer('-c', 'fsync=off')
})
afterAll(() => postgres?.stop())

type Kind = [name: string, isMissing: boolean, newStorage: () => Storage | Promise<Storage>]
const kinds: Kind[] = [
  ['memory', false, () => createStorage(createMemoryEngine())],
  ['SQLite', false, () => createStorage(createSqliteEngine(newFile()))],
  ['PostgreSQL', withoutPostgres, async () => createPostgresStorage(await newDatabase(postgres.port))],
]

describe.each(kinds)('%s', (_name, isMissing, newStorage) => {
  if (isMissing) return test.skip('needs PostgreSQL')
  const filled = async (...rows: Row<'payments'>[]) => {
    const storage = await newStorage()
    await storage.transact(({ put }) => {
      for (const each of rows) put('payments', each)
    })
    return storage
  }

  test('a document comes back as it was put, and a second put replaces it', async () => {
    const storage = await filled(row('a', { currency: 'JPY' }))
    expect(await storage.get('payments', 'a')).toEqual({ id: 'a', currency: 'JPY' })
    await storage.transact(({ put }) => put('payments', row('a', { currency: 'USD' })))
    expect(await storage.get('payments', 'a')).toEqual({ id: 'a', currency: 'USD' })
    expect(await storage.get('payments', 'b')).toBeUndefined()
    expect(await storage.get('accounts', 'a')).toBeUndefined()
    await storage.close()
  })

  test('texts of every kind come back and are found', async () => {
    const texts = ["'; DROP TABLE payments --", '\u0000nul', '💣 絵文字', '%_', '\\', '\ud800']
    const storage = await filled(...texts.map((text, index) => row(`${index}`, { external_order_num: text })))
    for (const [index, text] of texts.entries()) {
      const { documents } = await storage.find('payments', { where: { external_order_num: text } })
      expect(documents).toEqual([{ id: `${index}`, external_order_num: text }])
    }
    await storage.close()
  })

  test('finds by value, by several values, by range, by text, and all together', async () => {
    const storage = await filled(
      row('a', { status: 'captured', created_at: '2026-01-01T00:00:00Z', deadline: 3 }),
      row('b', { status: 'refunded', created_at: '2026-01-02T00:00:00Z', deadline: 1 }),
      row('c', { status: 'expired', created_at: '2026-01-03T00:00:00Z', deadline: null }),
      row('ac', { status: 'captured', merchant: 'other', created_at: '2026-01-04T00:00:00Z', deadline: 2 }),
    )
    const find = async (query: Parameters<typeof storage.find>[1]) => ids((await storage.find('payments', query)).documents)
    expect(await find({})).toEqual(['a', 'b', 'c', 'ac'])
    expect(await find({ order: 'newest' })).toEqual(['ac', 'c', 'b', 'a'])
    expect(await find({ where: { status: 'captured' } })).toEqual(['a', 'ac'])
    expect(await find({ where: { status: ['refunded', 'expired'] } })).toEqual(['b', 'c'])
    expect(await find({ where: { status: 'captured', merchant: 'm' } })).toEqual(['a'])
    const range = { property: 'created_at', from: '2026-01-02T00:00:00Z', below: '2026-01-03T00:00:00Z' }
    expect(await find({ range })).toEqual(['b'])
    expect(await find({ range: { property: 'deadline' }, order: 'range' })).toEqual(['b', 'ac', 'a'])
    expect(await find({ range: { property: 'deadline', below: 3 }, order: 'range', take: 1 })).toEqual(['b'])
    expect(await find({ text: ['c'] })).toEqual(['c', 'ac'])
    expect(await find({ text: ['c'], where: { merchant: 'other' } })).toEqual(['ac'])
    await storage.close()
  })

  test('pages, and counts over all pages', async () => {
    const storage = await filled(...['a', 'b', 'c', 'd', 'e'].map((id) => row(id)))
    const page = async (skip: number, take: number) => storage.find('payments', { order: 'newest', skip, take })
    expect(ids((await page(0, 2)).documents)).toEqual(['e', 'd'])
    expect(ids((await page(4, 2)).documents)).toEqual(['a'])
    expect(await page(Number.MAX_SAFE_INTEGER, 2)).toEqual({ total: 5, ids: [], documents: [] })
    expect((await page(0, 0)).total).toBe(5)
    await storage.close()
  })

  test('a transaction that throws or rolls back writes nothing', async () => {
    const storage = await filled(row('a'))
    const failing = storage.transact(({ put, remove }) => {
      put('payments', row('b'))
      remove('payments', 'a')
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await storage.transact(({ put, rollBack }) => {
      put('payments', row('b'))
      rollBack()
    })
    expect(ids((await storage.find('payments', {})).documents)).toEqual(['a'])
    await storage.close()
  })

  test('a transaction that clears leaves what it puts afterwards, or everything where it throws or rolls back', async () => {
    const storage = await filled(row('a'), row('b'))
    const failing = storage.transact(({ put, clear }) => {
      clear()
      put('payments', row('c'))
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await storage.transact(({ clear, rollBack }) => {
      clear()
      rollBack()
    })
    expect(ids((await storage.find('payments', {})).documents)).toEqual(['a', 'b'])
    await storage.transact(({ put, clear }) => {
      put('payments', row('c'))
      clear()
      put('payments', row('d'))
    })
    expect(await storage.find('payments', {})).toEqual({ total: 1, ids: ['d'], documents: [{ id: 'd' }] })
    await storage.close()
  })

  test('transactions run one after the other, also when they wait inside', async () => {
    const storage = await filled({ ...row('count'), document: anyDocument(0) })
    const increment = () =>
      storage.transact(async ({ get, put }) => {
        const count = (await get('payments', 'count')) as unknown as number
        await new Promise(setImmediate)
        put('payments', { ...row('count'), document: anyDocument(count + 1) })
      })
    await Promise.all(Array.from({ length: 50 }, increment))
    expect(await storage.get('payments', 'count')).toBe(50)
    await storage.close()
  })

  test('removes and clears', async () => {
    const storage = await filled(row('a'), row('b'))
    await storage.transact(({ remove }) => remove('payments', 'a'))
    expect(ids((await storage.find('payments', {})).documents)).toEqual(['b'])
    await storage.clear()
    expect(await storage.find('payments', {})).toEqual({ total: 0, ids: [], documents: [] })
    await storage.close()
  })
})

test('memory keeps the latest documents only', async () => {
  const storage = createStorage(createMemoryEngine({ payments: 2 }))
  await storage.transact(({ put }) => {
    for (const id of ['a', 'b', 'b', 'c']) put('payments', row(id))
  })
  expect(ids((await storage.find('payments', {})).documents)).toEqual(['b', 'c'])
})

describe('a file', () => {
  test('keeps what was written for the next process', async () => {
    const file = newFile()
    const storage = createStorage(createSqliteEngine(file))
    await storage.transact(({ put }) => put('payments', row('a')))
    await storage.close()
    const next = createStorage(createSqliteEngine(file))
    expect(await next.get('payments', 'a')).toEqual({ id: 'a' })
    await next.close()
  })

  test('that is in use, no database, in no folder or of another version is rejected in words', async () => {
    const file = newFile()
    const engine = createSqliteEngine(file)
    expect(() => createSqliteEngine(file)).toThrow('another sandbox has it open. Name another file with --db.')
    await engine.close()
    const text = newFile()
    writeFileSync(text, 'no database '.repeat(100))
    expect(() => createSqliteEngine(text)).toThrow('file is not a database')
    expect(() => createSqliteEngine(join(folder, 'missing', 'file'))).toThrow(`there is no folder ${join(folder, 'missing')}. Name`)
    const { DatabaseSync } = await import('node:sqlite')
    const other = newFile()
    const database = new DatabaseSync(other)
    database.exec('PRAGMA application_id = 0x4b4f4d4a; PRAGMA user_version = 99')
    database.close()
    expect(() => createSqliteEngine(other)).toThrow('another version of the sandbox')
  })
})

describe.skipIf(withoutPostgres)('a PostgreSQL database', () => {
  test('is made ready once by processes that start together, and keeps what was written', async () => {
    const address = await newDatabase(postgres.port)
    const storages = await Promise.all(Array.from({ length: 5 }, () => createPostgresStorage(address)))
    await storages[0]!.transact(({ put }) => put('payments', row('a')))
    for (const storage of storages) expect(await storage.get('payments', 'a')).toEqual({ id: 'a' })
    for (const storage of storages) await storage.close()
  })

  test('that is closed while it connects keeps no connection', async () => {
    const connectionString = await newDatabase(postgres.port)
    const connection = new SharedConnection({ connectionString, application_name: 'closed early' })
    const opening = connection.open()
    await connection.close()
    await opening
    const client = new pg.Client(connectionString)
    await client.connect()
    const count = async () =>
      (await client.query("SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'closed early'")).rows[0].n
    await vi.waitFor(async () => expect(await count()).toBe(0), { timeout: 5000 })
    await client.end()
  })

  test('of a newer version is rejected in words', async () => {
    const address = await newDatabase(postgres.port)
    await (await createPostgresStorage(address)).close()
    const client = new pg.Client(address)
    await client.connect()
    await client.query('UPDATE komoju_sandbox.version SET version = 99')
    await client.end()
    await expect(createPostgresStorage(address)).rejects.toThrow(/^Cannot use PostgreSQL at 127.0.0.1:\d+, database \w+: a newer version/)
  })

  /** What rejects a database in which statements have run, and what is in its schema before and after. */
  const rejectionAfter = async (statements: string, address: string) => {
    const client = new pg.Client(address)
    await client.connect()
    await client.query(statements)
    const dump = async () =>
      (
        await client.query(
          `SELECT relname, attname, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM komoju_sandbox.%I', relname), false, true, '')))[1]::text AS n
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = to_regnamespace('komoju_sandbox') AND relkind IN ('r', 'v') ORDER BY 1, 2`,
        )
      ).rows
    const before = await dump()
    const error: Error = await createPostgresStorage(address).then(
      (storage) => storage.close().then(() => new Error('It was opened.')),
      (reason) => reason,
    )
    const isUnchanged = JSON.stringify(await dump()) === JSON.stringify(before)
    await client.end()
    return { message: error.message, isUnchanged }
  }

  test.for([
    ['DROP TABLE komoju_sandbox.idempotency', 'is damaged: it has no table idempotency'],
    ['ALTER TABLE komoju_sandbox.payments DROP COLUMN deadline', 'is damaged: its table payments has no column deadline of type double'],
    ['ALTER TABLE komoju_sandbox.settings ALTER document TYPE int USING 1', 'its table settings has no column document of type text'],
    ['DROP TRIGGER payments_count ON komoju_sandbox.payments', 'is damaged: it has no payments_count'],
    ['DROP FUNCTION komoju_sandbox.count_payment', 'is damaged: it has no count_payment'],
    ['DELETE FROM komoju_sandbox.version', 'its schema komoju_sandbox belongs to another program'],
  ] as const)('that is damaged is rejected in words, and unchanged: %s', async ([statements, reason]) => {
    const address = await newDatabase(postgres.port)
    await (await createPostgresStorage(address)).close()
    expect(await rejectionAfter(statements, address)).toEqual({ message: expect.stringContaining(reason), isUnchanged: true })
  })

  test.for([
    "CREATE TABLE komoju_sandbox.version (version text); INSERT INTO komoju_sandbox.version VALUES ('v7')",
    'CREATE TABLE komoju_sandbox.version (version int)',
    'CREATE TABLE komoju_sandbox.users (id int)',
    'CREATE VIEW komoju_sandbox.version AS SELECT 1::bigint AS version',
  ])("whose schema is another program's is rejected in words, and unchanged: %s", async (statements) => {
    const reason = 'its schema komoju_sandbox belongs to another program'
    expect(await rejectionAfter(`CREATE SCHEMA komoju_sandbox; ${statements}`, await newDatabase(postgres.port))).toEqual({
      message: expect.stringContaining(reason),
      isUnchanged: true,
    })
  })

  test('of the first version is brought up to date', async () => {
    const address = await newDatabase(postgres.port)
    await (await createPostgresStorage(address)).close()
    const client = new pg.Client(address)
    await client.connect()
    await client.query(`
      DROP INDEX komoju_sandbox.events_waiting, komoju_sandbox.payments_due;
      CREATE INDEX events_pending ON komoju_sandbox.events (sequence) WHERE state = 'pending';
      ALTER TABLE komoju_sandbox.events DROP COLUMN merchant; ALTER TABLE komoju_sandbox.idempotency DROP COLUMN merchant;
      UPDATE komoju_sandbox.version SET version = 1`)
    await client.end()
    const storage = await createPostgresStorage(address)
    expect(await storage.find('events', { where: { merchant: 'm' } })).toMatchObject({ total: 0 })
    await storage.close()
  })

  test.for(['LATIN1', 'SQL_ASCII'])('whose encoding is %s is rejected in words', async (encoding) => {
    const address = await newDatabase(postgres.port)
    const client = new pg.Client(address)
    await client.connect()
    const name = `encoded_${encoding.toLowerCase()}`
    await client.query(`CREATE DATABASE ${name} ENCODING '${encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`)
    await client.end()
    const url = new URL(address)
    url.pathname = name
    await expect(createPostgresStorage(url.href)).rejects.toThrow(`database ${name}: its encoding is ${encoding}, which does not hold`)
  })

  test('counts and pages over many days, statuses and currencies as memory does', async () => {
    const [memory, shared] = [createStorage(createMemoryEngine()), await createPostgresStorage(await newDatabase(postgres.port))]
    const day = (index: number) =>
      `2026-01-${String(1 + Math.floor(index / 12)).padStart(2, '0')}T${String((index * 2) % 24).padStart(2, '0')}:00:00Z`
    const rows = Array.from({ length: 200 }, (_, index) =>
      row(`${index}`, {
        status: ['captured', 'refunded', 'failed'][index % 3]!,
        currency: ['JPY', 'USD'][index % 2]!,
        created_at: day(index),
      }),
    )
    for (const storage of [memory, shared]) {
      await storage.transact(({ put }) => rows.forEach((each) => void put('payments', each)))
      // The tally follows changes and removals.
      await storage.transact(({ put, remove }) => {
        put('payments', { ...rows[7]!, index: { ...rows[7]!.index, status: 'expired' } })
        remove('payments', '8')
      })
    }
    const times = [undefined, '2026-01-03T00:00:00Z', '2026-01-03T05:00:00Z', '2026-01-09T23:00:00Z']
    for (const order of ['newest', 'oldest'] as const)
      for (const where of [{}, { status: 'captured' }, { status: ['failed', 'expired'], currency: 'USD' }, { merchant: 'other' }])
        for (const from of times)
          for (const below of times)
            for (const [skip, take] of [
              [0, 5],
              [37, 10],
              [190, 50],
              [1000, 5],
            ] as const) {
              const query = { where, range: { property: 'created_at', from, below }, order, skip, take }
              const { total, ids: found } = await shared.find('payments', query)
              const expected = await memory.find('payments', query)
              expect({ query, total, found }).toEqual({ query, total: expected.total, found: expected.ids })
            }
    await shared.close()
  })
})

test.for(['postgres://me:pg-secret@127.0.0.1:1/none', 'postgres://me:pg-secret@no host/none'])(
  'an address that leads nowhere is rejected in words, without its password',
  async (address) => {
    const failure: Error = await createPostgresStorage(address).then(
      () => expect.unreachable(),
      (error) => error,
    )
    expect(failure.message).toMatch(/^(Cannot use PostgreSQL at 127.0.0.1:1, database none: |The address of the database is malformed)/)
    expect(inspect(failure, { depth: 5, showHidden: true })).not.toContain('pg-secret')
  },
)
