/** A vitest suite with a sandbox of its own: nothing to start beforehand, a free port, and it is gone afterwards. */
import { Komoju } from 'komoju-openapi'
import { createSandboxServer, type Server } from 'komoju-openapi/server'
import { afterAll, beforeAll, expect, test } from 'vitest'

let sandbox: Server
let origin: string
let komoju: Komoju
beforeAll(async () => {
  sandbox = await createSandboxServer()
  origin = await sandbox.listen()
  komoju = new Komoju({ secretKey: 'sk_test_suite', baseUrl: `${origin}/api/v1` })
})
afterAll(() => sandbox.close())

test('a konbini payment is captured once the customer has paid at the store', async () => {
  const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' } as const
  const { id, status } = await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })
  expect(status).toBe('authorized')
  await fetch(`${origin}/sandbox/pay/${id}`, { method: 'POST' })
  expect(await komoju.payments.get(id)).toMatchObject({ status: 'captured', total: 1100 })
})

test('a payment expires with time', async () => {
  const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' } as const
  const { id } = await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })
  await fetch(`${origin}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ hours: '480' }) })
  expect(await komoju.payments.get(id)).toMatchObject({ status: 'expired' })
})
