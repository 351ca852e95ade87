/** Settings that other processes may change. */
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Settings } from '../../../src/server/sandbox/settings.ts'
import type { Storage } from '../../../src/server/sandbox/storage.ts'

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
