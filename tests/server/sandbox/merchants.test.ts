/** What one merchant does by its key is its own; only who may acts on all of them. */
import { afterEach, describe, expect, test } from 'vitest'
import type { Payment } from '../../../generated/schema.d.ts'
import { createMockServer, createSandboxServer, type SandboxOptions } from '../../../src/server/index.ts'
import { merchantOf } from '../../../src/server/sandbox/merchant.ts'
import { createClient } from './client.ts'

const konbini = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const start = async (options: SandboxOptions = {}, host = '127.0.0.1') => {
  const server = await createSandboxServer(options)
  open.push(server.close)
  return server.listen({ host })
}
const credentials = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` })
/** Does what a program does, with a key as its credentials. */
const act = async (origin: string, key: string | undefined, action: string, fields: Record<string, string> = {}) => {
  const headers = key === undefined ? {} : credentials(key)
  const response = await fetch(`${origin}/sandbox/${action}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const totalOf = async (api: ReturnType<typeof createClient>) => ((await api.ok('GET', '/payments')) as { total: number }).total

test('clock, reset, examples and faults by a key are those of its merchant', async () => {
  const origin = await start()
  const [one, other] = [createClient(origin, 'sk_one'), createClient(origin, 'sk_other')]
  const mine = (await one.ok('POST', '/payments', konbini)) as Payment
  const theirs = (await other.ok('POST', '/payments', konbini)) as Payment
  expect((await act(origin, 'sk_one', 'clock', { hours: '100' })).status).toBe(200)
  expect(await one.ok('GET', `/payments/${mine.id}`)).toMatchObject({ status: 'expired' })
  expect(await other.ok('GET', `/payments/${theirs.id}`)).toMatchObject({ status: 'authorized' })
  expect(Date.parse(((await one.ok('POST', '/payments', konbini)) as Payment).created_at)).toBeGreaterThan(Date.now() + 99 * 3600_000)
  expect(Date.parse(((await other.ok('POST', '/payments', konbini)) as Payment).created_at)).toBeLessThan(Date.now() + 3600_000)

  expect((await act(origin, 'sk_one', 'examples')).body).toEqual({ created: 15 })
  expect([await totalOf(one), await totalOf(other)]).toEqual([17, 2])

  expect((await act(origin, 'sk_one', 'faults', { error_rate: '1' })).body).toMatchObject({ error_rate: 1 })
  expect((await one.send('GET', '/payments')).status).toBe(503)
  expect((await other.send('GET', '/payments')).status).toBe(200)
  expect((await act(origin, 'sk_one', 'faults', { error_rate: '2' })).status).toBe(422)

  await act(origin, 'sk_one', 'reset')
  expect([await totalOf(one), await totalOf(other)]).toEqual([0, 2])
  // The faults and the clock are gone with the data.
  expect(Date.parse(((await one.ok('POST', '/payments', konbini)) as Payment).created_at)).toBeLessThan(Date.now() + 3600_000)
})

test('the clock of the server moves everybody, one of a merchant stays ahead of it', async () => {
  const origin = await start()
  const timeOf = async (key: string) =>
    Date.parse(((await createClient(origin, key).ok('POST', '/payments', konbini)) as Payment).created_at)
  await act(origin, 'sk_one', 'clock', { hours: '10' })
  await act(origin, undefined, 'clock', { hours: '1' })
  const [one, other] = [await timeOf('sk_one'), await timeOf('sk_other')]
  expect(Math.round((one - Date.now()) / 3600_000)).toBe(11)
  expect(Math.round((other - Date.now()) / 3600_000)).toBe(1)
})

describe('what concerns all merchants', () => {
  /** Fields that an action cannot do without. */
  const fieldsOf = (action: string): Record<string, string> => (action === 'clock' ? { hours: '1' } : {})

  test('needs the admin key where there is one, and no secret key stands for it', async () => {
    const origin = await start({ adminKey: 'admin-1', webhookUrl: 'http://127.0.0.1:9/' })
    for (const action of ['clock', 'faults', 'reset', 'ping']) {
      expect((await act(origin, undefined, action, fieldsOf(action))).status).toBe(401)
      expect((await act(origin, 'admin-2', action, fieldsOf(action))).status).toBe(401)
      expect((await act(origin, 'sk_one', action, fieldsOf(action))).status).toBe(200)
      expect((await act(origin, 'admin-1', action, fieldsOf(action))).status).toBe(200)
    }
  })
  test('so does another merchant, which a form names', async () => {
    const merchant = merchantOf('sk_other')
    const statusesOf = async (origin: string, action: string) =>
      Promise.all(
        [undefined, 'sk_one', 'sk_other', 'admin-1'].map(
          async (key) => (await act(origin, key, action, { ...fieldsOf(action), merchant })).status,
        ),
      )
    const guarded = await start({ adminKey: 'admin-1' })
    for (const action of ['clock', 'faults', 'reset', 'examples']) {
      expect(await statusesOf(guarded, action)).toEqual([401, 403, 200, 200])
      expect(await statusesOf(await start(), action)).toEqual([200, 403, 200, 401])
    }
    expect(await statusesOf(await start({ publicUrl: 'https://sandbox.example' }), 'reset')).toEqual([403, 403, 200, 401])
    // What names no merchant does not stand for all of them.
    for (const merchant of ['', 'sk_other']) expect((await act(await start(), undefined, 'reset', { merchant })).status).toBe(422)
  })
  test('a key that is empty is none: anybody could send it', async () => {
    await expect(createSandboxServer({ adminKey: '' })).rejects.toThrow('The admin key is empty.')
    await expect(createSandboxServer({ secretKey: '' })).rejects.toThrow('The secret key is empty.')
    await expect(createMockServer({ secretKey: '' })).rejects.toThrow('The secret key is empty.')
  })
  test('is open on this machine, and closed on a server that others reach', async () => {
    expect((await act(await start(), undefined, 'reset')).status).toBe(200)
    expect((await act(await start({ publicUrl: 'https://sandbox.example' }), undefined, 'reset')).status).toBe(403)
    expect((await act(await start({ trustProxy: true }), undefined, 'reset')).status).toBe(403)
  })
})
