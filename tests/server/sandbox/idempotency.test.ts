/** The memory of idempotency keys, without a sandbox around it. */
import { expect, test } from 'vitest'
import { readDocument } from '../../../src/document.ts'
import { markedSecretsOf } from '../../../src/marked-secrets.ts'
import { createClock } from '../../../src/server/sandbox/clock.ts'
import { createIdempotency } from '../../../src/server/sandbox/idempotency.ts'
import { createStorage } from '../../../src/server/sandbox/storage.ts'
import { createMemoryEngine } from '../../../src/server/sandbox/storage-memory.ts'

test('a key that is used anew while old ones are forgotten is not forgotten with them', async () => {
  const storage = createStorage(createMemoryEngine())
  const idempotency = createIdempotency({ storage, clock: createClock(() => 0), secrets: markedSecretsOf(readDocument()) })
  const remember = (id: string, time: number) =>
    storage.transact(({ put }) => {
      const document = { fingerprint: '', response: { status: 200, headers: {}, body: '' }, time }
      put('idempotency', { id, index: { created_at: time, merchant: 'm' }, document })
    })
  await remember('m old', 0)
  await remember('m again', 0)
  await Promise.all([idempotency.forgetOld(), remember('m again', Date.now())])
  expect(await storage.get('idempotency', 'm old')).toBeUndefined()
  expect(await storage.get('idempotency', 'm again')).toBeDefined()
  await storage.close()
})
