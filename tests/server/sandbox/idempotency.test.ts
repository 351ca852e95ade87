/** The memory of idempotency keys, without a sandbox around it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresServer, newDatabase, type PostgresServer } from '../../../scripts/tools/postgres.ts'
import { readDocument } from '../../../src/document.ts'
import { markedSecretsOf } from '../../../src/marked-secrets.ts'
import { createClock } from '../../../src/server/sandbox/clock.ts'
import { createIdempotency } from '../../../src/server/sandbox/idempotency.ts'
import { createPostgresStorage } from '../../../src/server/sandbox/postgres/storage.ts'
import { createStorage, type Row, type Storage } from '../../../src/server/sandbox/storage.ts'
import { createMemoryEngine } from '../../../src/server/sandbox/storage-memory.ts'
import { missing } from '../../tools.ts'

const idempotencyOn = (storage: Storage) =>
  createIdempotency({ storage, clock: createClock(() => 0), secrets: markedSecretsOf(readDocument()) })

const rowOf = (id: string, time: number): Row<'idempotency'> => ({
  id,
  index: { created_at: time, merchant: 'm' },
  document: { fingerprint: '', response: { status: 200, headers: {}, body: '' }, time },
})

const rememberIn = (storage: Storage, id: string, time: number) => storage.transact(({ put }) => put('idempotency', rowOf(id, time)))

test('a key that is used anew while old ones are forgotten is not forgotten with them', async () => {
  const storage = createStorage(createMemoryEngine())
  await rememberIn(storage, 'm old', 0)
  await rememberIn(storage, 'm again', 0)
  await Promise.all([idempotencyOn(storage).forgetOld(), rememberIn(storage, 'm again', Date.now())])
  expect(await storage.get('idempotency', 'm old')).toBeUndefined()
  expect(await storage.get('idempotency', 'm again')).toBeDefined()
  await storage.close()
})

const withoutPostgres = missing('postgres')
let postgres: PostgresServer
beforeAll(async () => {
  if (!withoutPostgres) postgres = await createPostgresServer('-c', 'fsync=off')
})
afterAll(() => postgres?.stop())

test.skipIf(withoutPostgres)('nor is one that another process uses anew at this moment', async () => {
  const address = await newDatabase(postgres.port)
  const [storage, other] = [await createPostgresStorage(address), await createPostgresStorage(address)]
  await rememberIn(storage, 'm old', 0)
  await rememberIn(storage, 'm again', 0)
  const isReading = Promise.withResolvers<void>()
  const mayWrite = Promise.withResolvers<void>()
  const renewed = other.transact(async ({ get, put }) => {
    await get('idempotency', 'm again')
    isReading.resolve()
    await mayWrite.promise
    put('idempotency', rowOf('m again', Date.now()))
  })
  await isReading.promise
  const forgotten = idempotencyOn(storage).forgetOld()
  // Whether it waits for the other process or passes it over, it has begun by then.
  await Promise.race([forgotten, new Promise((resolve) => setTimeout(resolve, 500))])
  mayWrite.resolve()
  await Promise.all([renewed, forgotten])
  expect(await storage.get('idempotency', 'm old')).toBeUndefined()
  expect(await storage.get('idempotency', 'm again')).toBeDefined()
  await Promise.all([storage.close(), other.close()])
})
