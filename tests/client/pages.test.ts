/** Lists that change while a loop reads them, on the sandbox: every payment once. */
import fc from 'fast-check'
import { Komoju } from 'komoju-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandboxServer, type Server } from '../../src/server/index.ts'

let server: Server
let baseUrl: string
beforeAll(async () => {
  server = await createSandboxServer()
  baseUrl = `${await server.listen()}/api/v1`
})
afterAll(() => server.close())

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
let merchants = 0
const newMerchant = () => new Komoju({ secretKey: `sk_test_pages_${++merchants}`, baseUrl })
const payment = { amount: 100, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } } as const

const fill = async (komoju: Komoju, count: number) => {
  const ids: string[] = []
  for (let index = 0; index < count; index++) ids.push((await komoju.payments.create(payment)).id)
  return ids
}

test('a loop that takes what it visits out of the list visits all', async () => {
  const komoju = newMerchant()
  const ids = await fill(komoju, 15)
  const visited: string[] = []
  for await (const { id } of komoju.payments.list({ status: ['authorized'], per_page: 5 })) {
    visited.push(id)
    await komoju.payments.cancel(id)
  }
  expect(visited.sort()).toEqual(ids.sort())
})

test(`whatever arrives and leaves meanwhile, nothing is visited twice and nothing is missed (seed ${seed})`, {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom('create', 'cancel', 'nothing'), { maxLength: 12 }),
      async (count, perPage, happenings) => {
        const komoju = newMerchant()
        const ids = await fill(komoju, count)
        const visited: string[] = []
        const waiting = [...happenings]
        for await (const { id } of komoju.payments.list({ status: ['authorized'], per_page: perPage })) {
          visited.push(id)
          const next = waiting.shift()
          if (next === 'create') await komoju.payments.create(payment)
          if (next === 'cancel') await komoju.payments.cancel(id)
        }
        expect(new Set(visited).size).toBe(visited.length)
        expect(visited).toEqual(expect.arrayContaining(ids))
      },
    ),
    { seed, numRuns: 40 },
  )
})

test('a server that ignores the page ends the loop', async () => {
  const list = { resource: 'list', total: 9, page: 1, per_page: 1, last_page: 9, data: [{ id: 'a' }] }
  const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl, fetch: async () => Response.json(list) })
  const visited: string[] = []
  for await (const { id } of komoju.payments.list()) visited.push(id)
  expect(visited).toEqual(['a'])
})

test('a rejected first page does not end the process, and is thrown by the loop', async () => {
  const komoju = new Komoju({
    secretKey: 'sk_test_1',
    baseUrl,
    fetch: async () => Response.json({ error: { code: 'x', message: 'No.' } }, { status: 400 }),
  })
  const pages = komoju.payments.list()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await expect(
    (async () => {
      for await (const _ of pages);
    })(),
  ).rejects.toThrow('No.')
})

test('an idempotency key that cannot be sent is named before anything is sent', async () => {
  let calls = 0
  const fetch = async () => Response.json({ calls: ++calls })
  const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl, fetch })
  for (const idempotencyKey of ['注文-1', 'x'.repeat(101)])
    await expect(async () => komoju.payments.create(payment, { idempotencyKey })).rejects.toThrow('idempotencyKey: pass 1 to 100')
  expect(calls).toBe(0)
})

test('an error whose message is not text is not one of the API', async () => {
  const komoju = new Komoju({
    secretKey: 'sk_test_1',
    baseUrl,
    fetch: async () => Response.json({ error: { code: 'x', message: {} } }, { status: 400 }),
  })
  await expect(komoju.payments.get('a')).rejects.toMatchObject({ name: 'KomojuResponseError', status: 400 })
})
