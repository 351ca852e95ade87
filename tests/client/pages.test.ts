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

/** What happens to the list before a request: how many payments arrive at its beginning, and which leave it. */
type Change = { arrivals: number; departures: number[] }

/** A list that changes before each request after the first, as `changeOf` says, and a client of it. */
const changingList = (count: number, changeOf: (request: number) => Change | undefined) => {
  const list = Array.from({ length: count }, (_, index) => `p${index}`)
  const stayed = new Set(list)
  let requests = 0
  let limit = 0
  const fetch = async (url: string) => {
    if (requests >= limit) throw new Error('The loop goes on.')
    const { arrivals = 0, departures = [] } = (requests > 0 && changeOf(requests)) || {}
    requests++
    for (let index = 0; index < arrivals; index++) list.unshift(`new${requests}-${index}`)
    for (const place of departures) for (const id of list.splice(place % Math.max(1, list.length), 1)) stayed.delete(id)
    const query = new URL(url).searchParams
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page'))]
    const data = list.slice((page - 1) * size, page * size).map((id) => ({ id }))
    return Response.json({ resource: 'list', total: list.length, page, per_page: size, last_page: Math.ceil(list.length / size), data })
  }
  const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl, fetch, maxRetries: 0 })
  /** Reads the list to its end, and says how that went. */
  const read = async (size: number) => {
    const visited: string[] = []
    limit = 40 + 5 * Math.ceil(count / size)
    let error: unknown
    try {
      for await (const { id } of komoju.payments.list({ per_page: size })) visited.push(id)
    } catch (thrown) {
      error = thrown
    }
    expect(new Set(visited).size).toBe(visited.length)
    return { missed: [...stayed].filter((id) => !visited.includes(id)), error, requests }
  }
  return { read }
}

const tooFast = 'List changes faster than it can be read: pass a larger per_page.'

test.for([1, 10, 100])('a busy list, %i a page, is read to its end', async (size) => {
  const { read } = changingList(300, (request) => ({
    arrivals: request % 4 === 0 ? 1 : 0,
    departures: request % 4 === 2 ? [request * 7] : [],
  }))
  const { missed, error, requests } = await read(size)
  expect([missed, error]).toEqual([[], undefined])
  expect(requests).toBeLessThanOrEqual(3 * Math.ceil(300 / size))
})

test(`a list that others change: nothing is missed, or the loop says why it ends (seed ${seed})`, async () => {
  const change = fc.record({ arrivals: fc.nat(2), departures: fc.array(fc.nat(1000), { maxLength: 3 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.integer({ min: 1, max: 12 }),
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      async (count, size, changes, isEndless) => {
        const { read } = changingList(count, (request) => changes[isEndless ? request % changes.length : request])
        const { missed, error } = await read(size)
        if (error === undefined) expect(missed).toEqual([])
        else expect(error).toMatchObject({ name: 'KomojuResponseError', message: tooFast })
        // What changes no more can be read.
        if (!isEndless) expect(error).toBeUndefined()
      },
    ),
    { seed, numRuns: 500 },
  )
})

test('a server whose totals alternate ends the loop', async () => {
  let requests = 0
  const fetch = async (url: string) => {
    const page = Number(new URL(url).searchParams.get('page') ?? 1)
    if (++requests > 1000) throw new Error('The loop goes on.')
    const data = [{ id: `p${page}` }]
    return Response.json({ resource: 'list', total: 300 - (requests % 2), page, per_page: 1, last_page: 100, data })
  }
  const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl, fetch, maxRetries: 0 })
  const reading = (async () => {
    for await (const _ of komoju.payments.list());
  })()
  await expect(reading).rejects.toThrow(tooFast)
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

test.for([undefined, 0, 'x', -5])('a list whose per_page is %s is read whole', async (size) => {
  const fetch = async (url: string) => {
    const page = Number(new URL(url).searchParams.get('page') ?? 1)
    const data = [{ id: `a${page}` }, { id: `b${page}` }]
    return Response.json({ resource: 'list', total: 6, page, per_page: size, last_page: 3, data })
  }
  const visited: string[] = []
  for await (const { id } of new Komoju({ secretKey: 'sk_test_1', fetch }).payments.list()) visited.push(id)
  expect(visited).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3'])
})
