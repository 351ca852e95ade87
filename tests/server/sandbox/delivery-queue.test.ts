/** The queue of one webhook's deliveries, without a sandbox around it. */
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { EventRecord } from '../../../src/server/sandbox/state/events.ts'
import { DeliveryQueue } from '../../../src/server/sandbox/webhooks/delivery-queue.ts'
import type { WebhookParts } from '../../../src/server/sandbox/webhooks/parts.ts'

const eventOf = (number: number) => ({ event: { id: `event-${number}`, data: { id: `payment-${number}` } } }) as EventRecord

test('a queue that is closed takes up no further delivery', async () => {
  const read: string[] = []
  const released = Promise.withResolvers<undefined>()
  const get = (_collection: string, id: string) => {
    read.push(id)
    return released.promise
  }
  const queue = new DeliveryQueue({ storage: { get } } as unknown as WebhookParts, { url: 'http://127.0.0.1:9', secret: 'whsec_1' })
  for (let number = 0; number < 20; number++) queue.enqueue(eventOf(number))
  const underWay = read.length
  expect(underWay).toBeLessThan(20)
  queue.close()
  released.resolve(undefined)
  await setTimeout(20)
  queue.enqueue(eventOf(20))
  expect(read.length).toBe(underWay)
})
