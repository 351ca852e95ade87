/** Three sandbox processes on one PostgreSQL database behave as one server. */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createPostgresServer, newDatabase, type PostgresServer, password } from '../../../scripts/tools/postgres.ts'
import { runContract } from '../../../src/contract/index.ts'
import { findingText } from '../../../src/contract/report/text.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer } from '../../../src/server/index.ts'
import { missing } from '../../tools.ts'
import { type ServerProcess, startProcess } from '../process.ts'
import { createRoundRobin } from '../round-robin.ts'
import { createClient } from './client.ts'
import { keepsLaws } from './laws.ts'
import { expectModel, type Model, stepsOf } from './model.ts'
import { createReceiver } from './receiver.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
/** Rounds of the model: 22 take 10,000 steps. */
const rounds = Number(process.env.FC_RUNS ?? 5)
const konbini = { amount: 1000, tax: 0, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
const card = { type: 'credit_card', number: '4111111111111111', month: 1, year: 2099, name: 'Taro' }
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 100 })

describe.skipIf(missing('postgres'))('three processes', () => {
  let postgres: PostgresServer
  let processes: ServerProcess[]
  let apis: ReturnType<typeof createClient>[]
  let proxy: Awaited<ReturnType<typeof createRoundRobin>>
  let receiver: Awaited<ReturnType<typeof createReceiver>>
  beforeAll(async () => {
    postgres = await createPostgresServer('-c', 'fsync=off')
    receiver = await createReceiver('whsec_processes')
    const db = await newDatabase(postgres.port)
    const webhook = ['--webhook-url', receiver.url, '--webhook-secret', 'whsec_processes']
    // They start together: one makes the tables, the others wait for it.
    processes = await Promise.all([0, 1, 2].map(() => startProcess('sandbox', '--quiet', '--db', db, ...webhook)))
    apis = processes.map(({ origin }) => createClient(origin, 'sk_processes'))
    proxy = await createRoundRobin(processes.map(({ origin }) => origin))
  })
  afterAll(async () => {
    for (const { end } of processes) await end('SIGTERM')
    await proxy?.close()
    await receiver?.close()
    await postgres?.stop()
  })

  const create = async (body: JsonObject) => (await apis[0]!.ok('POST', '/payments', body)) as Payment
  /** Sends a request to the processes in turn, all at the same time. */
  const atOnce = (count: number, method: string, path: string, body: (index: number) => JsonObject, headers = {}) =>
    Promise.all(Array.from({ length: count }, (_, index) => apis[index % 3]!.send(method, path, body(index), { headers })))

  test('an idempotency key works once, whichever process gets it', async () => {
    for (let round = 0; round < 20; round++) {
      const headers = { 'X-KOMOJU-IDEMPOTENCY': `across-${round}` }
      const order = { ...konbini, external_order_num: `across-${round}` }
      const responses = await atOnce(9, 'POST', '/payments', () => order, headers)
      const first = responses.find(({ status }) => status === 200)!
      for (const { status, text } of responses) status === 200 ? expect(text).toBe(first.text) : expect(status).toBe(409)
      for (const api of apis) {
        expect((await api.send('POST', '/payments', order, { headers })).text).toBe(first.text)
        const other = await api.send('POST', '/payments', konbini, { headers })
        expect(other).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter' } } })
      }
      expect(await apis[2]!.ok('GET', `/payments?external_order_num=across-${round}`)).toMatchObject({ total: 1 })
    }
  })

  test('an account name is given once', async () => {
    for (let round = 0; round < 20; round++) {
      const account = { name: `shop-${round}`, default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
      const responses = await atOnce(9, 'POST', '/accounts', () => account)
      expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array(8).fill(422)])
    }
  })

  test('refunds of the rest add up, and of capture and cancel one wins', async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await create({ ...konbini, payment_details: card })
      const refunds = await atOnce(9, 'POST', `/payments/${id}/refund`, (index) => (index === 0 ? {} : { amount: 100 * index }))
      for (const { status, body } of refunds) status === 200 ? keepsLaws(body as Payment) : expect(status).toBe(422)
      const payment = (await apis[1]!.ok('GET', `/payments/${id}`)) as Payment
      keepsLaws(payment)
      expect(payment.refunds).toHaveLength(refunds.filter(({ status }) => status === 200).length)

      const open = await create({ ...konbini, payment_details: card, capture: false })
      const paths = ['capture', 'cancel', 'capture', 'cancel', 'capture', 'cancel']
      const ends = await Promise.all(paths.map((path, index) => apis[index % 3]!.send('POST', `/payments/${open.id}/${path}`)))
      expect(ends.filter(({ status }) => status === 200)).toHaveLength(1)
    }
  })

  test('events come once, in order for each payment, though one process alone sends them', async () => {
    receiver.received.length = 0
    const ids = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const { id } = (await apis[index % 3]!.ok('POST', '/payments', konbini)) as Payment
        await apis[(index + 1) % 3]!.ok('PATCH', `/payments/${id}`, { description: 'new' })
        await apis[(index + 2) % 3]!.act('pay', id)
        return id
      }),
    )
    // By payment: an event of an earlier test can still arrive.
    await until(() => {
      for (const id of ids) expect(receiver.typesOf(id).length).toBeGreaterThanOrEqual(3)
    })
    for (const id of ids) expect(receiver.typesOf(id)).toEqual(['payment.authorized', 'payment.updated', 'payment.captured'])
  })

  test('an event that waits behind another goes out, whichever process is asked to send it', async () => {
    let isDown = true
    const own = await createReceiver('whsec_own', () => (isDown ? 500 : 200))
    onTestFinished(() => void own.close())
    const db = await newDatabase(postgres.port)
    const options = { db, webhookUrl: own.url, webhookSecret: 'whsec_own', retryDelays: [600_000] }
    const servers = [await createSandboxServer(options), await createSandboxServer(options)]
    onTestFinished(async () => void (await Promise.all(servers.map((server) => server.close()))))
    const clients = await Promise.all(servers.map(async (server) => createClient(await server.listen(), 'sk_stuck')))
    // One of them delivers, the other one can only ask for it.
    for (const api of clients) {
      isDown = true
      const { id } = (await api.ok('POST', '/payments', konbini)) as Payment
      await api.act('pay', id)
      const page = async () => (await fetch(`${api.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })).text()
      await until(async () => expect(await page()).toContain('waits behind payment.authorized, which is tried again at'))
      isDown = false
      const captured = /\/sandbox\/resend\/(\w{25})/.exec(await page())?.[1]
      expect(await api.act(`resend/${captured}`, '')).toEqual({ sent_again: 2, paused: 0 })
      await until(() => expect(own.typesOf(id)).toEqual(['payment.authorized', 'payment.authorized', 'payment.captured']))
    }
  })

  test(`eight clients behind a round-robin proxy get what the model foresees (seed ${seed})`, { timeout: 900_000 }, async () => {
    let merchants = 0
    let steps = 0
    const clock = { ahead: 0 }
    const setup = () => ({
      model: { payments: [], clock } satisfies Model as Model,
      real: { api: createClient(proxy.origin, `sk_model_${++merchants}`), count: () => void steps++ },
    })
    await expectModel(fc.array(stepsOf(false, 200), { minLength: 8, maxLength: 8 }), setup, { seed, numRuns: rounds })
    console.log(`eight clients, three processes: ${steps} steps, seed ${seed}`)
    expect(steps).toBeGreaterThan(rounds * 300)
  })

  test(`the contract kit finds nothing behind a round-robin proxy (seed ${seed})`, { timeout: 300_000 }, async () => {
    const { findings, ran, notChecked } = await runContract({
      url: `${proxy.origin}/api/v1`,
      secretKey: 'sk_kit',
      otherSecretKey: 'sk_kit_other',
      payUrl: `${proxy.origin}/sandbox/pay/{id}`,
      runs: 1,
      seed,
    })
    expect(findings.map(findingText).join('\n')).toBe('')
    expect(notChecked).toEqual([])
    expect(ran.length).toBeGreaterThan(250)
  })

  test('the clock is one, and what is due has expired for every process at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, payment_deadline } = await create(konbini)
      const body = new URLSearchParams({ to: payment_deadline! })
      const before = await fetch(`${apis[round % 3]!.origin}/sandbox/clock`, { method: 'POST', body })
      expect(before.status).toBe(200)
      await fetch(`${apis[round % 3]!.origin}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ hours: '1' }) })
      const next = apis[(round + 1) % 3]!
      expect(await next.ok('GET', `/payments/${id}`)).toMatchObject({ status: 'expired' })
      const { created_at } = (await next.ok('POST', '/payments', konbini)) as Payment
      expect(Date.parse(created_at)).toBeGreaterThan(Date.parse(payment_deadline!))
      const back = await fetch(`${apis[(round + 2) % 3]!.origin}/sandbox/clock`, { method: 'POST', body })
      expect(back.status).toBe(422)
    }
    await fetch(`${apis[0]!.origin}/sandbox/reset`, { method: 'POST' })
    expect(await apis[1]!.ok('GET', '/payments')).toMatchObject({ total: 0 })
    const { created_at } = (await apis[2]!.ok('POST', '/payments', konbini)) as Payment
    expect(Math.abs(Date.parse(created_at) - Date.now())).toBeLessThan(10_000)
  })

  test("a merchant's clock is one, for pages, actions and deliveries of every process", async () => {
    const page = async (api: (typeof apis)[0], path: string) =>
      (await fetch(api.origin + path, { headers: { accept: 'text/html' } })).text()
    for (const [index, mover] of apis.entries()) {
      const key = `sk_own_clock_${index}`
      const late = (await createClient(mover.origin, key).ok('POST', '/payments', {
        ...konbini,
        metadata: { sandbox: 'late_events' },
      })) as Payment
      const { id } = (await createClient(mover.origin, key).ok('POST', '/payments', konbini)) as Payment
      const headers = { authorization: `Basic ${btoa(`${key}:`)}` }
      await fetch(`${mover.origin}/sandbox/clock`, { method: 'POST', headers, body: new URLSearchParams({ hours: '240' }) })
      for (const other of apis) {
        expect(await page(other, `/sandbox/payments/${id}`)).toMatch(/role="status"[^/]*expired/)
        expect((await fetch(`${other.origin}/sandbox/pay/${id}`, { method: 'POST' })).status).toBe(422)
      }
      await until(() => expect(receiver.typesOf(late.id)).toContain('payment.authorized'))
    }
  })

  test('a database that goes away is a 503 in the shape of errors, and all is well when it is back', async () => {
    const { id } = await create(konbini)
    await postgres.kill()
    for (const api of apis)
      for (const [method, path, fields] of [
        ['GET', `/payments/${id}`],
        ['GET', '/payments'],
        ['POST', '/payments', konbini],
        ['POST', `/payments/${id}/refund`, {}],
      ] as const) {
        const { status, body } = await api.send(method, path, fields)
        expect({ status, body }).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable', param: null } } })
      }
    const page = await fetch(`${apis[0]!.origin}/sandbox/payments/${id}`, { headers: { accept: 'text/html' } })
    expect({ status: page.status, text: await page.text() }).toMatchObject({
      status: 503,
      text: expect.stringContaining('The database is away'),
    })
    await postgres.start()
    for (const api of apis) await until(async () => expect((await api.send('GET', `/payments/${id}`)).status).toBe(200))
    receiver.received.length = 0
    const headers = { 'X-KOMOJU-IDEMPOTENCY': 'after' }
    await until(async () => expect((await apis[1]!.send('POST', '/payments', konbini, { headers })).status).toBe(200))
    await until(() => expect(receiver.received.length).toBeGreaterThanOrEqual(1))
  })

  test('nothing that they printed holds the password of the database', () => {
    for (const { output } of processes) {
      expect(output()).not.toContain(password)
      expect(output()).not.toMatch(/\n\s+at /)
    }
  })
})
