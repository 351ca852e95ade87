/** Work and memory are bounded, whatever is due, kept or asked for. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createPostgresServer, newDatabase, type PostgresServer } from '../../../scripts/tools/postgres.ts'
import { createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { merchantOf } from '../../../src/server/sandbox/merchant.ts'
import type { PaymentRecord } from '../../../src/server/sandbox/payment.ts'
import { createPostgresStorage } from '../../../src/server/sandbox/postgres/storage.ts'
import { paymentRow } from '../../../src/server/sandbox/state/rows.ts'
import { createStorage } from '../../../src/server/sandbox/storage.ts'
import { createMemoryEngine } from '../../../src/server/sandbox/storage-memory.ts'
import { createSqliteEngine } from '../../../src/server/sandbox/storage-sqlite.ts'
import { missing } from '../../tools.ts'
import { createClient } from './client.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-limits-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const start = async (options: SandboxOptions = {}) => {
  const server = await createSandboxServer(options)
  open.push(server.close)
  return createClient(await server.listen())
}
const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }

test.each([
  ['description', { description: 'x'.repeat(10_001) }],
  ['metadata', { metadata: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, 'v'])) }],
])('a %s beyond the limit is 422', async (param, fields) => {
  const api = await start()
  const { id } = (await api.ok('POST', '/payments', konbini)) as Payment
  for (const [method, path, body] of [
    ['POST', '/payments', { ...konbini, ...fields }],
    ['PATCH', `/payments/${id}`, fields],
  ] as const)
    expect(await api.send(method, path, body)).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param } } })
})

/** Texts that are short, and six times as long as JSON. */
const hiddenTexts = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, '\u0001'.repeat(1000)]))

test('objects have a limit as JSON, and what is below it stays usable', async () => {
  const api = await start()
  const card = { ...konbini, payment_details: { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' } }
  const tooLarge = { status: 422, body: { error: { code: 'invalid_parameter', message: expect.stringContaining('131,072 characters') } } }
  expect(await api.send('POST', '/payments', { ...card, metadata: hiddenTexts(22) })).toMatchObject(tooLarge)
  expect(await api.ok('GET', '/payments')).toMatchObject({ total: 0 })
  const { id } = (await api.ok('POST', '/payments', { ...card, capture: false, metadata: hiddenTexts(21) })) as Payment
  expect(await api.send('PATCH', `/payments/${id}`, { description: '\u0001'.repeat(2000) })).toMatchObject(tooLarge)
  await api.ok('POST', `/payments/${id}/capture`)
  expect(await api.send('POST', `/payments/${id}/refund`, { amount: 1, description: '\u0001'.repeat(2000) })).toMatchObject(tooLarge)
  expect(await api.ok('POST', `/payments/${id}/refund`)).toMatchObject({ status: 'refunded' })
})

test('pages have a limit as JSON', async () => {
  const api = await start()
  for (let index = 0; index < 140; index++) await api.ok('POST', '/payments', { ...konbini, metadata: hiddenTexts(20) })
  expect(await api.send('GET', '/payments?per_page=140')).toMatchObject({ status: 422, body: { error: { param: 'per_page' } } })
  expect(await api.ok('GET', '/payments?per_page=100')).toMatchObject({ total: 140 })
})

test('account names, pages and refunds have limits', async () => {
  const api = await start()
  const account = { name: 'x'.repeat(1001), default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
  expect(await api.send('POST', '/accounts', account)).toMatchObject({ status: 422, body: { error: { param: 'name' } } })
  expect(await api.send('GET', '/payments?per_page=1001')).toMatchObject({ status: 422, body: { error: { param: 'per_page' } } })
  const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' }
  const { id } = (await api.ok('POST', '/payments', { ...konbini, payment_details: card })) as Payment
  for (let index = 0; index < 100; index++) await api.ok('POST', `/payments/${id}/refund`, { amount: 0 })
  expect(await api.send('POST', `/payments/${id}/refund`, { amount: 0 })).toMatchObject({
    status: 422,
    body: { error: { code: 'not_refundable' } },
  })
})

test('memory keeps to a number of bytes', async () => {
  const storage = createStorage(createMemoryEngine({ bytes: 1_000_000 }))
  const document = (id: string) => ({ id, filling: 'x'.repeat(10_000) }) as unknown as PaymentRecord
  for (let index = 0; index < 500; index++)
    await storage.transact(({ put }) => put('payments', { id: `${index}`, index: { merchant: 'm' }, document: document(`${index}`) }))
  const { total, ids } = await storage.find('payments', { order: 'newest', take: 1 })
  expect(total).toBeGreaterThan(30)
  expect(total).toBeLessThan(60)
  expect(ids).toEqual(['499'])
})

test('a full disk is said, changes nothing, and is over when there is room', async () => {
  const engine = createSqliteEngine(join(folder, 'full.sqlite'), { maxPages: 60 })
  const storage = createStorage(engine)
  const put = (id: string, size: number) =>
    storage.transact(({ put: write }) =>
      write('payments', {
        id,
        index: { merchant: 'm', status: 'authorized', currency: 'JPY' },
        document: { filling: 'x'.repeat(size) } as unknown as PaymentRecord,
      }),
    )
  await put('small', 10)
  await expect(put('large', 1_000_000)).rejects.toMatchObject({ code: 'service_unavailable', message: expect.stringContaining('is full') })
  expect(await storage.get('payments', 'large')).toBeUndefined()
  await put('small too', 10)
  await storage.close()
})

test('old idempotency keys in an SQLite file are found without reading all', async () => {
  const file = join(folder, 'keys.sqlite')
  await createStorage(createSqliteEngine(file)).close()
  const database = new DatabaseSync(file)
  onTestFinished(() => database.close())
  const [plan] = database
    .prepare('EXPLAIN QUERY PLAN SELECT id FROM idempotency WHERE created_at IS NOT NULL AND created_at < 1 ORDER BY created_at LIMIT 100')
    .all()
  expect(plan).toMatchObject({ detail: expect.stringContaining('USING INDEX idempotency_age') })
})

/** Fills a storage with payments whose deadline has passed on a clock that is put forward. */
const waiting = (record: PaymentRecord, index: number) => {
  const id = `${index}`.padStart(25, '0')
  return paymentRow({ ...record, payment: { ...record.payment, id } })
}

test('many due payments stand in nobody’s way, and each is expired for whoever reads it', { timeout: 60_000 }, async () => {
  const api = await start()
  const ids: string[] = []
  for (let index = 0; index < 300; index++) ids.push(((await api.ok('POST', '/payments', konbini)) as Payment).id)
  await api.act('clock', '', { hours: 100 })
  expect(await api.ok('GET', '/payments?status=authorized')).toMatchObject({ total: 0 })
  expect(await api.ok('GET', '/payments?status=expired')).toMatchObject({ total: 300 })
  for (const id of ids.slice(0, 3)) expect(await api.send('POST', `/payments/${id}/cancel`)).toMatchObject({ status: 422 })
})

const createFive = async (api: ReturnType<typeof createClient>) => {
  const ids: string[] = []
  for (let index = 0; index < 5; index++) ids.push(((await api.ok('POST', '/payments', konbini)) as Payment).id)
  return ids
}
/** What stands in place of a document: no JSON, and JSON without a payment. */
const damagedDocuments = ['{', '{}']
/** Expects all payments but the first two to expire, and those that come later. */
const expectToExpire = async (api: ReturnType<typeof createClient>, [, , ...whole]: string[]) => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => errors.mockRestore())
  await api.act('clock', '', { hours: 100 })
  const expired = () => api.ok('GET', '/payments?status=expired')
  await vi.waitFor(async () => expect(await expired()).toMatchObject({ total: whole.length }), { timeout: 10_000 })
  expect(errors.mock.calls.filter(([text]) => /^Payment \w+ cannot expire:$/.test(text))).toHaveLength(2)
  const later = (await api.ok('POST', '/payments', konbini)) as Payment
  await api.act('clock', '', { hours: 100 })
  await vi.waitFor(async () => expect(await expired()).toMatchObject({ total: whole.length + 1 }), { timeout: 10_000 })
  expect(await api.ok('GET', `/payments/${later.id}`)).toMatchObject({ status: 'expired' })
}

test('due payments whose documents are damaged keep no other from expiring', async () => {
  const db = join(folder, 'damaged.sqlite')
  const before = await start({ db })
  const ids = await createFive(before)
  await open.pop()?.()
  const database = new DatabaseSync(db)
  for (const [index, document] of damagedDocuments.entries())
    database.prepare('UPDATE payments SET document = ? WHERE id = ?').run(document, ids[index]!)
  database.close()
  await expectToExpire(await start({ db }), ids)
})

test.skipIf(missing('postgres'))('30,000 due payments on PostgreSQL make no request fail', { timeout: 180_000 }, async () => {
  const postgres = await createPostgresServer('-c', 'fsync=off')
  onTestFinished(postgres.stop)
  const db = await newDatabase(postgres.port)
  const seeding = await start({ db })
  const { id } = (await seeding.ok('POST', '/payments', konbini)) as Payment
  await open.pop()?.()
  const storage = await createPostgresStorage(db)
  const record = await storage.get('payments', id)
  if (!record) throw new Error('The payment is gone.')
  for (let from = 0; from < 30_000; from += 5000)
    await storage.transact(({ put }) => {
      for (let index = from; index < from + 5000; index++) put('payments', waiting(record, index))
    })
  await storage.close()

  const api = await start({ db })
  await api.act('clock', '', { hours: 100 })
  const statuses: number[] = []
  const send = async (method: string, path: string, body?: typeof konbini) => {
    statuses.push((await api.send(method, path, body)).status)
  }
  const one = `${29_999}`.padStart(25, '0')
  expect(await api.ok('GET', `/payments/${one}`)).toMatchObject({ status: 'expired' })
  const other = createClient(api.origin, 'sk_other')
  const leftOver = async () => ((await api.ok('GET', '/payments?status=authorized&per_page=1')) as { total: number }).total
  await vi.waitFor(
    async () => {
      for (let index = 0; index < 20; index++) {
        await send('POST', '/payments', konbini)
        await send('GET', `/payments/${one}`)
        await other.ok('GET', '/payments')
      }
      // What was created meanwhile is open.
      expect(await leftOver()).toBeLessThanOrEqual(statuses.length)
    },
    { timeout: 120_000, interval: 200 },
  )
  expect([...new Set(statuses)]).toEqual([200])
})

describe.skipIf(missing('postgres'))('on PostgreSQL', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await createPostgresServer('-c', 'fsync=off')
  })
  afterAll(() => postgres?.stop())

  /** A sandbox on a database of its own, with another client of it. */
  const startOnPostgres = async () => {
    const db = await newDatabase(postgres.port)
    const api = await start({ db })
    const client = new pg.Client(db)
    await client.connect()
    onTestFinished(() => client.end())
    return { api, client }
  }

  test('due payments whose documents are damaged keep no other from expiring', async () => {
    const { api, client } = await startOnPostgres()
    const ids = await createFive(api)
    for (const [index, document] of damagedDocuments.entries())
      await client.query('UPDATE komoju_sandbox.payments SET document = $1 WHERE id = $2', [document, ids[index]])
    await expectToExpire(api, ids)
  })

  test('a start goes on while another program holds the payments that are due', { timeout: 60_000 }, async () => {
    const db = await newDatabase(postgres.port)
    const before = await start({ db })
    await before.ok('POST', '/payments', konbini)
    await open.pop()?.()
    const client = new pg.Client(db)
    await client.connect()
    onTestFinished(() => client.end())
    await client.query('BEGIN; LOCK TABLE komoju_sandbox.payments IN ACCESS EXCLUSIVE MODE')
    const api = await start({ db })
    expect((await api.send('GET', '/accounts/none')).status).toBe(404)
    await client.query('ROLLBACK')
    await api.act('clock', '', { hours: 100 })
    expect(await api.ok('GET', '/payments?status=expired')).toMatchObject({ total: 1 })
  })

  test('a name is taken once among processes, and in nobody else’s way', { timeout: 60_000 }, async () => {
    const db = await newDatabase(postgres.port)
    const [one, two] = [await start({ db }), await start({ db })]
    const account = { name: 'shop', default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
    const client = new pg.Client(db)
    await client.connect()
    onTestFinished(() => client.end())
    const createAll = () => [one, two].flatMap((api) => Array.from({ length: 10 }, () => api.send('POST', '/accounts', account)))
    const waits = async () => {
      // Within a transaction, PostgreSQL shows what it showed before.
      await client.query('SELECT pg_stat_clear_snapshot()')
      const { rows } = await client.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)
      expect(rows[0].n).toBe(2)
    }
    // Names can be looked for, and not be taken: both processes get as far as they can.
    await client.query('BEGIN; LOCK TABLE komoju_sandbox.accounts IN SHARE MODE')
    const racing = createAll()
    await vi.waitFor(waits, { timeout: 5000 })
    await client.query('COMMIT')
    expect((await Promise.all(racing)).map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(422)])

    const lock = `komoju_sandbox account ${merchantOf('sk_123456')} shop`
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [lock])
    const waiting = createAll()
    await vi.waitFor(waits, { timeout: 5000 })
    for (const [index, { origin }] of [one, two].entries()) await createClient(origin, `sk_other${index}`).ok('POST', '/accounts', account)
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock])
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(20).fill(422))
  })

  test('many who wait for one payment, or one account name, are in nobody’s way', { timeout: 60_000 }, async () => {
    const { api, client } = await startOnPostgres()
    const { id } = (await api.ok('POST', '/payments', konbini)) as Payment
    await client.query('BEGIN')
    await client.query('SELECT FROM komoju_sandbox.payments WHERE id = $1 FOR UPDATE', [id])
    const account = { name: 'shop', default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
    const other = createClient(api.origin, 'sk_other')
    // More than the sandbox has connections.
    const waiting = Array.from({ length: 30 }, (_, index) => api.send('PATCH', `/payments/${id}`, { description: String(index) }))
    const named = Array.from({ length: 30 }, () => api.send('POST', '/accounts', account))
    expect((await other.send('POST', '/payments', konbini)).status).toBe(200)
    expect(await other.ok('GET', '/payments')).toMatchObject({ total: 1 })
    await client.query('COMMIT')
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(30).fill(200))
    expect((await Promise.all(named)).map(({ status }) => status).sort()).toEqual([200, ...Array(29).fill(422)])
  })

  test('a full disk is said, and changes nothing', { timeout: 60_000 }, async () => {
    const { api, client } = await startOnPostgres()
    await client.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`)
    await client.query('CREATE TRIGGER full_disk BEFORE INSERT ON komoju_sandbox.payments EXECUTE FUNCTION full_disk()')
    expect(await api.send('POST', '/payments', konbini)).toMatchObject({
      status: 503,
      body: { error: { code: 'service_unavailable', message: expect.stringContaining('is full. Nothing was changed.') } },
    })
    await client.query('DROP TRIGGER full_disk ON komoju_sandbox.payments')
    expect(await api.ok('GET', '/payments')).toMatchObject({ total: 0 })
    await api.ok('POST', '/payments', konbini)
  })
})
