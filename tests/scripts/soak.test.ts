/** The soak sees that all is well where it is, and what is not where it is not. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Payment } from '../../generated/schema.d.ts'
import { Book } from '../../scripts/soak/book.ts'
import { createClient, newFigures } from '../../scripts/soak/client.ts'
import { createMerchant } from '../../scripts/soak/merchant.ts'
import { Problems } from '../../scripts/soak/problems.ts'
import { reportOf } from '../../scripts/soak/report.ts'
import { soak } from '../../scripts/soak/run.ts'
import { createSandboxServer } from '../../src/server/index.ts'

test('a few seconds in memory and on SQLite', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-soak-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const options = { minutes: 0.05, rate: 50, marks: 2, signal: new AbortController().signal, folder, postgres: undefined }
  const storages = ['memory', 'sqlite'] as const
  const results = await Promise.all(storages.map((storage) => soak({ ...options, storage, progress: () => undefined })))
  for (const { figures, payments, samples, deliveries, problems } of results) {
    expect(problems.lines()).toEqual([])
    expect(figures).toMatchObject({ failures: 0, requests: expect.toSatisfy((requests) => requests > payments) })
    expect(payments).toBeGreaterThan(0)
    expect(deliveries.received).toBeGreaterThan(0)
    expect(samples).toHaveLength(3)
  }
  expect(reportOf(results)).toMatch(/\| memory \|.*\n\| sqlite \|/)
})

test('a change that is lost, a failure and a payment that is gone are seen', async () => {
  const server = await createSandboxServer({ errorRate: 0 })
  onTestFinished(server.close)
  const origin = await server.listen()
  const [problems, figures] = [new Problems(), newFigures()]
  const book = new Book(problems)
  const send = createClient(origin, 'sk_soak', figures, problems)
  const merchant = createMerchant({ name: 'soak', send, book, problems })
  const fields = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
  const payment = (await send({ path: '/api/v1/payments', method: 'POST', fields }))?.body as Payment
  book.add({ ...payment, description: 'kept' })
  await merchant.verify(true)
  expect(problems.lines()).toEqual([expect.stringMatching(/^1 × a change was lost.*description was "kept"/)])
  book.add({ ...payment, id: 'x'.repeat(25) })
  await merchant.verify(true)
  expect(problems.lines().join('\n')).toMatch(/a payment is gone[\s\S]*2 were created, there are 1/)
  await server.close()
  expect(await send({ path: '/api/v1/payments' })).toBeUndefined()
  expect(figures.failures).toBe(1)
  expect(problems.lines().at(-1)).toMatch(/^1 × no response, the first: GET \/api\/v1\/payments/)
})
