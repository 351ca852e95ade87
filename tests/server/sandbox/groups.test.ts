/** Work that shares a transaction of the database: kept or undone together, and read by nobody before that. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { PaymentRecord } from '../../../src/server/sandbox/payment.ts'
import { createStorage, type Row, type Storage } from '../../../src/server/sandbox/storage.ts'
import { createSqliteEngine, type SqliteLimits } from '../../../src/server/sandbox/storage-sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-groups-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const openStorage = (limits: SqliteLimits = {}): Storage => {
  const storage = createStorage(createSqliteEngine(join(mkdtempSync(join(folder, 'db-')), 'state.sqlite'), limits))
  onTestFinished(() => storage.close())
  return storage
}
const row = (id: string, size = 1): Row<'payments'> => ({
  id,
  index: { merchant: 'm', status: 'authorized', currency: 'JPY' },
  document: { filling: 'x'.repeat(size) } as unknown as PaymentRecord,
})
const put = (storage: Storage, id: string, size?: number) => storage.transact((work) => work.put('payments', row(id, size)))
const idsIn = async (storage: Storage) => (await storage.find('payments', {})).ids

test('work sees what the work before it in its group wrote', async () => {
  const storage = openStorage()
  const [, seen] = await Promise.all([put(storage, 'a'), storage.transact(({ find }) => find('payments', {}))])
  expect(seen.ids).toEqual(['a'])
})

test('nobody else reads a group before it is kept', async () => {
  const storage = openStorage()
  const order: string[] = []
  const first = put(storage, 'a').then(() => order.push('first'))
  const slow = storage
    .transact(async (work) => {
      await setTimeout(50)
      work.put('payments', row('b'))
    })
    .then(() => order.push('slow'))
  await setTimeout(20)
  const found = await storage.get('payments', 'a')
  order.push('read')
  expect(found).toBeDefined()
  await Promise.all([first, slow])
  expect(order).toEqual(['first', 'slow', 'read'])
})

test('a write that fails undoes its group, and the next one is whole', async () => {
  const storage = openStorage({ maxPages: 60 })
  const results = await Promise.allSettled([put(storage, 'a'), put(storage, 'large', 1_000_000), put(storage, 'b')])
  for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'service_unavailable' } })
  expect(await idsIn(storage)).toEqual([])
  await Promise.all([put(storage, 'a'), put(storage, 'b')])
  expect(await idsIn(storage)).toEqual(['a', 'b'])
})

test('work that throws spoils nothing for the others of its group', async () => {
  const storage = openStorage()
  const failing = storage.transact((work) => {
    work.put('payments', row('never'))
    throw new Error('no')
  })
  const [one, two, three] = await Promise.allSettled([put(storage, 'a'), failing, put(storage, 'b')])
  expect([one?.status, two?.status, three?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await idsIn(storage)).toEqual(['a', 'b'])
})

test('what comes before a clear is gone, what comes after it stays', async () => {
  const storage = openStorage()
  await Promise.all([put(storage, 'a'), storage.clear(), put(storage, 'b')])
  expect(await idsIn(storage)).toEqual(['b'])
})

test('more work than a group takes is done in the order it came', async () => {
  const storage = openStorage()
  const ids = Array.from({ length: 250 }, (_, index) => `${index}`)
  await Promise.all(ids.map((id) => put(storage, id)))
  expect(await idsIn(storage)).toEqual(ids)
})

test('after the end, all work fails', async () => {
  const storage = createStorage(createSqliteEngine(join(folder, 'closed.sqlite')))
  await storage.close()
  await expect(put(storage, 'a')).rejects.toThrow('finalized')
  await expect(put(storage, 'b')).rejects.toThrow('finalized')
})
