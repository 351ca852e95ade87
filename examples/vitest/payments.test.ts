/** A vitest suite with a sandbox of its own: nothing to start beforehand, a free port, and it is gone afterwards. */
import { Komoju } from 'komoju-openapi'
import { createSandboxServer, type SandboxServer } from 'komoju-openapi/server'
import { afterAll, beforeAll, expect, test } from 'vitest'

let sandbox: SandboxServer
let komoju: Komoju
beforeAll(async () => {
  sandbox = await createSandboxServer()
  komoju = new Komoju({ secretKey: 'sk_test_suite', baseUrl: `${await sandbox.listen()}/api/v1` })
})
afterAll(() => sandbox.close())

test('a konbini payment is captured once the customer has paid at the store', async () => {
  const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' } as const
  const { id, status } = await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })
  expect(status).toBe('authorized')
  await sandbox.act('pay', id)
  expect(await komoju.payments.get(id)).toMatchObject({ status: 'captured', total: 1100 })
})

test('a payment expires with time', async () => {
  const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' } as const
  const { id } = await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })
  await sandbox.advance({ hours: 480 })
  expect(await komoju.payments.get(id)).toMatchObject({ status: 'expired' })
})
