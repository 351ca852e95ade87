/** What compiles and what must not, of a sandbox in a test suite. Every `@ts-expect-error` stands above one wrong line. */
import type { Payment, WebhookEvent } from 'komoju-openapi'
import { createSandboxServer, type SandboxServer } from 'komoju-openapi/server'
import { expectTypeOf, test } from 'vitest'

declare const sandbox: SandboxServer
declare const id: string

test('an action takes its own fields and no other', () => {
  expectTypeOf(sandbox.act('pay', id)).resolves.toEqualTypeOf<Payment>()
  sandbox.act('refund', id)
  sandbox.act('refund', id, { amount: 100 })
  sandbox.act('complete-request', id, { request: id })
  // @ts-expect-error no such action
  sandbox.act('payed', id)
  // @ts-expect-error the payment is missing
  sandbox.act('pay')
  // @ts-expect-error no such field
  sandbox.act('refund', id, { ammount: 100 })
  // @ts-expect-error takes no field
  sandbox.act('pay', id, { amount: 100 })
  // @ts-expect-error the request is missing
  sandbox.act('complete-request', id)
  // @ts-expect-error the request is missing
  sandbox.act('complete-request', id, {})
  // @ts-expect-error a refund has another field
  sandbox.act('collect-refund', id, { request: id })
})

test('the clock, the events and the deliveries', async () => {
  expectTypeOf(sandbox.advance({ hours: 1, secretKey: 'sk_1' })).resolves.toBeString()
  // @ts-expect-error hours are missing
  sandbox.advance({})
  const [first] = await sandbox.events({ payment: id })
  expectTypeOf(first!.event).toEqualTypeOf<WebhookEvent>()
  expectTypeOf(first!.state).toEqualTypeOf<'kept' | 'pending' | 'delivered' | 'failed'>()
  if (first!.event.type === 'payment.captured') expectTypeOf(first!.event.data).toEqualTypeOf<Payment>()
  expectTypeOf(sandbox.delivered()).resolves.toBeVoid()
  expectTypeOf(sandbox.reset()).resolves.toBeVoid()
})

test('seeds', () => {
  createSandboxServer({ seeds: [{}, { method: 'konbini', status: 'expired', hours_ago: 200 }, { body: { amount: 5 } }] })
  // @ts-expect-error no such status
  createSandboxServer({ seeds: [{ status: 'paid' }] })
  // @ts-expect-error no such method
  createSandboxServer({ seeds: [{ method: 'cash' }] })
  // @ts-expect-error no such property
  createSandboxServer({ seeds: [{ hoursAgo: 1 }] })
  // @ts-expect-error no list
  createSandboxServer({ seeds: { payments: [] } })
})
