/** Settings: those that other processes may change, and how many there are. */
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Settings } from '../../../src/server/sandbox/settings.ts'
import { createStorage, type Storage } from '../../../src/server/sandbox/storage.ts'
import { createMemoryEngine } from '../../../src/server/sandbox/storage-memory.ts'
import { createSqliteEngine } from '../../../src/server/sandbox/storage-sqlite.ts'

test('settings of many merchants, which take long to read, are read less often', async () => {
  let reads = 0
  const find = async () => {
    reads++
    await setTimeout(20)
    return { total: 0, ids: [], documents: [] }
  }
  const settings = new Settings({ shared: {}, find } as unknown as Storage)
  const end = performance.now() + 1000
  while (performance.now() < end) {
    await settings.syncAll()
    await setTimeout(1)
  }
  expect(reads).toBeGreaterThan(0)
  expect(reads).toBeLessThan(5)
})

test.each([
  ['memory', () => createMemoryEngine()],
  ['a file', () => createSqliteEngine(':memory:')],
])('of more merchants than a thousand, those of the first are forgotten, in %s as in the process', async (_name, createEngine) => {
  const storage = createStorage(createEngine())
  const settings = new Settings(storage)
  await settings.change(undefined, () => ({ latency: 7 }))
  for (let merchant = 0; merchant < 1100; merchant++) await settings.change(`m${merchant}`, () => ({ latency: merchant }))
  // One that has a setting takes no room of another.
  await settings.change('m1099', () => ({ latency: 1 }))
  const expectLatest = async (some: Settings) => {
    expect(some.of()).toEqual({ latency: 7 })
    expect([0, 100, 101, 1099].map((merchant) => some.of(`m${merchant}`).latency)).toEqual([undefined, undefined, 101, 1])
  }
  await expectLatest(settings)
  expect((await storage.find('settings', { take: 0 })).total).toBe(1000)
  const next = new Settings(storage)
  await next.restore()
  await expectLatest(next)
  await storage.close()
})
