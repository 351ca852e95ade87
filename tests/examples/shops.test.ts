/** The recipes of shops, each run against a sandbox. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import Fastify from 'fastify'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { POST as checkout } from '../../examples/shop/app/api/checkout/route.ts'
import { POST as webhook } from '../../examples/shop/app/api/webhooks/komoju/route.ts'
import { orderOf } from '../../examples/shop/lib/komoju.ts'
import { createSandboxServer, type SandboxOptions } from '../../src/server/index.ts'
import { missing } from '../tools.ts'

afterEach(() => void vi.unstubAllEnvs())

const startSandbox = async (options: SandboxOptions = {}) => {
  const sandbox = await createSandboxServer(options)
  onTestFinished(sandbox.close)
  return await sandbox.listen()
}

/** Serves the shop's routes as Next.js does: each gets a `Request`, with its body as it arrived. */
const startShop = async () => {
  const app = Fastify()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.removeContentTypeParser('application/json')
  for (const [path, route] of Object.entries({ '/api/checkout': checkout, '/api/webhooks/komoju': webhook }))
    app.post(path, async ({ headers, body }) => {
      const { 'content-length': _, ...rest } = headers
      return await route(
        new Request(`http://shop.example${path}`, { method: 'POST', headers: rest as Record<string, string>, body: body as string }),
      )
    })
  onTestFinished(() => void app.close())
  return await app.listen({ port: 0, host: '127.0.0.1' })
}

describe('the Next.js-style shop', () => {
  test('takes an order, and hears that it was paid', { timeout: 60_000 }, async () => {
    const shop = await startShop()
    const origin = await startSandbox({ webhookUrl: `${shop}/api/webhooks/komoju`, webhookSecret: 'whsec' })
    vi.stubEnv('KOMOJU_URL', `${origin}/api/v1`)
    vi.stubEnv('KOMOJU_SECRET_KEY', 'sk_test_shop')
    vi.stubEnv('KOMOJU_WEBHOOK_SECRET', 'whsec')
    const order = async () => {
      const body = JSON.stringify({ order: 'A-1', amount: 1000, email: 'a@example.com' })
      const headers = { 'Content-Type': 'application/json' }
      const response = await fetch(`${shop}/api/checkout`, { method: 'POST', headers, body })
      return (await response.json()) as { payment: string; next: string }
    }
    const { payment, next } = await order()
    expect((await fetch(next)).status).toBe(200)
    expect(await order()).toMatchObject({ payment })
    expect(orderOf('A-1').paidBy).toEqual(new Set())
    const act = (action: string, id: string) => fetch(`${origin}/sandbox/${action}/${id}`, { method: 'POST' })
    // The first attempt is over, the second pays, and then the customer takes the first slip to the store all the same.
    await act('expire', payment)
    await vi.waitFor(() => expect(orderOf('A-1').over).toEqual(new Set([payment])), { timeout: 20_000 })
    const second = (await order()).payment
    expect(second).not.toBe(payment)
    await act('pay', second)
    await vi.waitFor(() => expect(orderOf('A-1').paidBy).toEqual(new Set([second])), { timeout: 20_000 })
    await act('pay-late', payment)
    await vi.waitFor(() => expect(orderOf('A-1').paidBy).toEqual(new Set([second, payment])), { timeout: 20_000 })
  })

  test('rejects an event that KOMOJU has not signed', async () => {
    vi.stubEnv('KOMOJU_WEBHOOK_SECRET', 'whsec')
    const headers = { 'X-Komoju-Signature': '0'.repeat(64) }
    expect((await webhook(new Request('http://shop.example/', { method: 'POST', headers, body: '{}' }))).status).toBe(400)
  })
})

describe.for([
  ['Rails', 'ruby', ['examples/rails/komoju_sandbox_test.rb'], '2 runs, 3 assertions, 0 failures, 0 errors'],
  ['Laravel', 'php', ['tests/examples/phpunit.php', resolve('examples/laravel/KomojuSandboxTest.php')], '2 passed'],
] as const)('%s', ([_framework, program, args, expected]) => {
  test.skipIf(missing(program))('its test passes against the sandbox', { timeout: 60_000 }, async () => {
    const env = { ...process.env, KOMOJU_URL: `${await startSandbox()}/api/v1` }
    expect((await promisify(execFile)(program, [...args], { env })).stdout).toContain(expected)
  })
})
