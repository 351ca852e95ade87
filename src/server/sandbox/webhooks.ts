/** Delivery of events to the merchant's server: signed, in order for each payment, again until it is received. */
import { createHmac } from 'node:crypto'
import { type OpenApiDocument, resolveRef, type Schema } from '../../document.ts'
import type { Validator } from '../../validator.ts'
import type { Clock } from './clock.ts'
import { notFound, Rejection } from './rejection.ts'
import { type Delivery, type EventRecord, paymentOf, type State } from './state.ts'
import type { Shared, Storage } from './storage.ts'
import { isoTime } from './time.ts'

export type WebhookOptions = {
  /** Address that receives the events. Without it, events are kept and not delivered. */
  webhookUrl?: string | undefined
  /** Secret that signs them. */
  webhookSecret?: string | undefined
  /** Milliseconds before the second, the third … try of a delivery. After the last, the event has failed. */
  retryDelays?: number[] | undefined
}
export type Webhooks = ReturnType<typeof createWebhooks>

const second = 1000
const minute = 60 * second
const defaultDelays = [second, 5 * second, 30 * second, 2 * minute, 10 * minute]
/** Milliseconds that a receiver has for its response. */
const patience = 10 * second
/** Deliveries under way at the same time. */
const most = 8

/** Signature of a body: HMAC-SHA256 with the webhook's secret, in lower-case hexadecimal. */
export const signatureOf = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex')

type Parts = { document: OpenApiDocument; validator: Validator; state: State; storage: Storage; clock: Clock }

/** Makes what delivers events, from the first that it is given until it is closed. */
const createCourier = (
  { document, validator, state, storage, clock }: Parts,
  { webhookUrl, webhookSecret = '', retryDelays = defaultDelays }: WebhookOptions,
) => {
  /** Ids of the events that wait, by payment. The first of each is under way, or waits for its next try. */
  const queues = new Map<string, string[]>()
  /** Payments whose first event can go out as soon as there is room. */
  const ready: string[] = []
  const timers = new Set<NodeJS.Timeout>()
  const closing = new AbortController()
  let underWay = 0

  const schemaOf = (type: string): Schema =>
    resolveRef(document, document.webhooks[type]).post.requestBody.content['application/json'].schema

  const post = async ({ event }: EventRecord): Promise<Delivery> => {
    const started = performance.now()
    const done = (status: number | null, error: string | null): Delivery => ({
      at: isoTime(clock.now()),
      status,
      error,
      milliseconds: Math.round(performance.now() - started),
    })
    if (!validator.conforms(schemaOf(event.type), event)) {
      console.error(`Event ${event.type} breaks the document:`, validator.violations(schemaOf(event.type), event))
      return done(null, 'The event breaks the document. This is a bug of the sandbox.')
    }
    const body = JSON.stringify(event)
    try {
      const response = await fetch(webhookUrl!, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(patience)]),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'Komoju-Webhook',
          'X-Komoju-ID': event.id,
          'X-Komoju-Event': event.type,
          'X-Komoju-Signature': signatureOf(body, webhookSecret),
        },
        body,
      })
      await response.body?.cancel()
      return done(response.status, null)
    } catch (error) {
      const { message, cause } = error as Error
      return done(null, cause instanceof Error && cause.message ? cause.message : message)
    }
  }

  /** Delivers an event once. @returns milliseconds until the next try, undefined where none follows */
  const deliver = async (id: string): Promise<number | undefined> => {
    const record = (await storage.get('events', id)) as EventRecord | undefined
    // A reset forgets events that wait.
    if (record?.state !== 'pending') return
    const delivery = await post(record)
    if (closing.signal.aborted) return
    const deliveries = [...record.deliveries, delivery]
    const isReceived = delivery.status !== null && delivery.status >= 200 && delivery.status < 300
    const tries = deliveries.length - (record.triesBefore ?? 0)
    const delay = isReceived ? undefined : retryDelays[tries - 1]
    const next = isReceived ? 'delivered' : delay === undefined ? 'failed' : 'pending'
    await state.saveEvent({ ...record, deliveries, state: next })
    return delay
  }

  const makeReady = (payment: string) => {
    ready.push(payment)
    work()
  }

  const next = (payment: string, delay: number | undefined) => {
    const queue = queues.get(payment)
    if (!queue || closing.signal.aborted) return
    if (delay !== undefined) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        makeReady(payment)
      }, delay)
      timers.add(timer.unref())
      return
    }
    queue.shift()
    if (queue.length === 0) queues.delete(payment)
    else makeReady(payment)
  }

  const work = () => {
    while (underWay < most && ready.length > 0) {
      const payment = ready.shift()!
      underWay++
      void deliver(queues.get(payment)![0]!)
        .catch((error) => {
          // What became of it is not kept, so it goes out again: at once would be in vain.
          if (!(error instanceof Rejection)) console.error(error)
          return second
        })
        .then((delay) => {
          underWay--
          next(payment, delay)
          work()
        })
    }
  }

  return {
    enqueue: ({ event }: EventRecord) => {
      const payment = paymentOf(event)
      const queue = queues.get(payment)
      if (queue) queue.push(event.id)
      else {
        queues.set(payment, [event.id])
        makeReady(payment)
      }
    },
    /** Whether events of a payment wait. */
    has: (payment: string) => queues.has(payment),
    /** Replaces what waits behind the first event of a payment. */
    renew: (payment: string, ids: string[]) => {
      const [first] = queues.get(payment) ?? []
      if (first !== undefined) queues.set(payment, [first, ...ids.filter((id) => id !== first)])
      else if (ids.length > 0) {
        queues.set(payment, ids)
        makeReady(payment)
      }
    },
    /** Stops. What is not delivered stays pending. */
    close: () => {
      closing.abort()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

/** Milliseconds between two tries to become the process that delivers, and between two looks for events that it did not hear of. */
const watch = second
/** Events that one look takes up. */
const handful = 1000

/** Delivers the events of this process, which has the state to itself. */
const deliverOwn = (parts: Parts, options: WebhookOptions) => {
  const courier = createCourier(parts, options)
  parts.state.listen((events) => {
    for (const event of events) courier.enqueue(event)
  })
  return {
    resume: async () => {
      const { documents } = await parts.storage.find('events', { where: { state: 'pending' } })
      for (const record of documents as EventRecord[]) courier.enqueue(record)
    },
    enqueue: courier.enqueue,
    close: courier.close,
  }
}

/**
 * Delivers the events of all processes on one database, while this process has the name for it. When it is gone, another takes it.
 * What waits, and in which order, is read from the database: messages about changes only say where to look.
 */
const deliverShared = (parts: Parts, options: WebhookOptions, shared: Shared) => {
  const { storage } = parts
  let courier: ReturnType<typeof createCourier> | undefined
  let isLooking = false
  let isClosed = false

  const lookAt = async (payment: string) => {
    const { ids } = await storage.find('events', { where: { payment, state: 'pending' } })
    courier?.renew(payment, ids)
  }
  const look = async () => {
    if (!courier && (await shared.take('webhooks')) && !isClosed) courier = createCourier(parts, options)
    if (!courier) return
    const { documents } = await storage.find('events', { where: { state: 'pending' }, take: handful })
    const payments = Map.groupBy(documents as EventRecord[], ({ event }) => paymentOf(event))
    for (const payment of payments.keys()) if (!courier?.has(payment)) await lookAt(payment)
  }
  const lookOnce = async () => {
    if (isLooking) return
    isLooking = true
    // While the database is away there is nothing to see; a later look does.
    await look().catch((error) => error instanceof Rejection || console.error(error))
    isLooking = false
  }
  const stop = () => {
    courier?.close()
    courier = undefined
  }

  shared.listen({
    changed: (payments) => {
      if (courier) for (const payment of payments) void lookAt(payment).catch(() => undefined)
    },
    lost: stop,
  })
  const timer = setInterval(lookOnce, watch).unref()
  return {
    resume: lookOnce,
    enqueue: () => undefined,
    close: () => {
      isClosed = true
      clearInterval(timer)
      stop()
    },
  }
}

/**
 * Makes what delivers the events of a state. It hears of them by itself; without an address it does nothing.
 * @throws {Error} in words for the user for an address with a user or a password, which no delivery could send
 */
export const createWebhooks = (parts: Parts, options: WebhookOptions) => {
  const { state, storage } = parts
  const { webhookUrl: url } = options
  if (url !== undefined && /^https?:\/\/[^/?#]*@/i.test(url))
    throw new Error('The address of the webhook holds a user or a password. Leave them out: events are signed with the webhook secret.')
  const delivery =
    url === undefined ? undefined : storage.shared ? deliverShared(parts, options, storage.shared) : deliverOwn(parts, options)
  return {
    url,
    /** Goes on with what an earlier process left. */
    resume: async () => delivery?.resume(),
    /**
     * Delivers an event again, whatever became of it.
     * @throws {Rejection} `not_found` for an event that does not exist
     */
    resend: async (id: string) => {
      const record = (await storage.get('events', id)) as EventRecord | undefined
      if (!record) throw notFound()
      if (!delivery) return
      const again: EventRecord = { ...record, state: 'pending', triesBefore: record.deliveries.length }
      await state.saveEvent(again)
      delivery.enqueue(again)
    },
    /** Stops. What is not delivered stays pending. */
    close: () => delivery?.close(),
  }
}
