/** What fails where nobody waits for it: it is said or tried again, and neither ends the process nor hangs. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { readDocument } from '../../src/document.ts'
import { closeAndExit } from '../../src/server/close-and-exit.ts'
import { createClock } from '../../src/server/sandbox/clock.ts'
import { readMethodFacts } from '../../src/server/sandbox/method-facts.ts'
import { rulesOf } from '../../src/server/sandbox/rules.ts'
import { Settings } from '../../src/server/sandbox/settings.ts'
import { createState } from '../../src/server/sandbox/state/index.ts'
import { createStorage } from '../../src/server/sandbox/storage.ts'
import { createMemoryEngine } from '../../src/server/sandbox/storage-memory.ts'
import { createLocalDispatcher } from '../../src/server/sandbox/webhooks/dispatcher.ts'
import { createWorkers } from '../../src/server/workers.ts'
import { createValidator } from '../../src/validator.ts'
import { createReceiver } from './sandbox/receiver.ts'

test('a server that does not close ends the process with the reason', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => void vi.restoreAllMocks())
  await closeAndExit({ close: () => Promise.reject(new Error('postgres://me:planted@host is away')) })
  expect(exit.mock.calls).toEqual([[1]])
  expect(log.mock.calls).toEqual([['The server did not close cleanly: postgres://[hidden]@host is away']])
})

test('a worker that cannot be started is an error', async () => {
  vi.spyOn(process, 'execPath', 'get').mockReturnValue('/nonexistent/node')
  onTestFinished(() => void vi.restoreAllMocks())
  await expect(createWorkers(1, () => undefined).listen()).rejects.toThrow('A worker cannot be started: spawn /nonexistent/node ENOENT.')
})

test('a read of the events that wait is tried again where it failed', { timeout: 20_000 }, async () => {
  const receiver = await createReceiver('whsec')
  const document = readDocument()
  const storage = createStorage(createMemoryEngine())
  const settings = new Settings(storage)
  const clock = createClock(() => 0)
  const state = createState({ storage, settings, clock, rules: rulesOf(document, readMethodFacts()), receiversOf: () => [undefined] })
  // More than one read takes in.
  const event = { type: 'ping', resource: 'event', data: null, created_at: '2026-01-01T00:00:00Z' } as const
  await storage.transact(({ put }) => {
    for (let index = 0; index < 1001; index++) {
      const id = String(index).padStart(25, '0')
      put('events', {
        id,
        index: { payment: id, state: 'pending', created_at: event.created_at },
        document: { event: { id, ...event }, state: 'pending', deliveries: [] },
      })
    }
  })
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  let loads = 0
  const failing: typeof storage = {
    ...storage,
    transact: (work, about) =>
      storage.transact((transaction) => {
        const ids: typeof transaction.ids = (collection, query) => {
          if (query.property === 'payment' && ++loads === 2) throw new Error('away')
          return transaction.ids(collection, query)
        }
        return work({ ...transaction, ids })
      }, about),
  }
  const parts = { document, validator: createValidator(document), state, storage: failing, settings, clock }
  const dispatcher = createLocalDispatcher(parts, { receivers: [{ url: receiver.url, secret: 'whsec' }] })
  onTestFinished(async () => {
    dispatcher.close()
    vi.restoreAllMocks()
    await receiver.close()
  })
  await dispatcher.start()
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(1001), { timeout: 15_000 })
  expect(log).toHaveBeenCalledWith(new Error('away'))
})
