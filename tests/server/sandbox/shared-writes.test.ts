/** Writes that share a statement: those of one merchant, while an earlier one is under way. */
import { expect, test } from 'vitest'
import type { PaymentRecord } from '../../../src/server/sandbox/payment.ts'
import { createSharedWriter } from '../../../src/server/sandbox/postgres/shared-writes.ts'
import type { Write } from '../../../src/server/sandbox/storage.ts'

const put = (id: string, merchant = 'm'): Write[] => [
  { collection: 'payments', put: { id, index: { merchant }, document: {} as PaymentRecord } },
]

/** A database that writes when the test says so. */
const createDatabase = () => {
  const statements: { ids: string[]; end: PromiseWithResolvers<void> }[] = []
  const write = createSharedWriter((writes) => {
    const end = Promise.withResolvers<void>()
    statements.push({ ids: writes.map((each) => ('put' in each ? each.put.id : each.remove)), end })
    return end.promise
  })
  return { statements, write, ids: () => statements.map(({ ids }) => ids) }
}

test('what comes while a statement is under way shares the next one', async () => {
  const { statements, write, ids } = createDatabase()
  const first = write(put('a'))
  await expect.poll(ids).toEqual([['a']])
  const others = [write(put('b')), write(put('c'))]
  await new Promise(setImmediate)
  expect(ids()).toEqual([['a']])
  statements[0]?.end.resolve()
  await first
  await expect.poll(ids).toEqual([['a'], ['b', 'c']])
  statements[1]?.end.resolve()
  await Promise.all(others)
})

test('no merchant waits for another', async () => {
  const { write, ids } = createDatabase()
  void write(put('a', 'one'))
  void write(put('b', 'two'))
  await expect.poll(ids).toEqual([['a'], ['b']])
})

test('a statement that fails fails for all who share it, and for nobody else', async () => {
  const { statements, write, ids } = createDatabase()
  const first = write(put('a'))
  await expect.poll(ids).toEqual([['a']])
  const shared = Promise.allSettled([write(put('b')), write(put('c'))])
  statements[0]?.end.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await expect.poll(ids).toEqual([['a'], ['b', 'c']])
  const last = write(put('d'))
  statements[1]?.end.reject(new Error('still away'))
  expect((await shared).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect.poll(ids).toEqual([['a'], ['b', 'c'], ['d']])
  statements[2]?.end.resolve()
  await last
})
