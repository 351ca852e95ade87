/** A merchant's server with five webhooks: one receives, the others fail, each in a way of its own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'

const slowMs = 3000

type Respond = (request: IncomingMessage, response: ServerResponse) => unknown

/** What each webhook does with a delivery, and the events that it asks for: all of them where none are named. */
const webhooks: Record<string, { events: string[]; respond: Respond }> = {
  received: { events: [], respond: (_request, response) => response.end() },
  failing: { events: ['payment.captured'], respond: (_request, response) => response.writeHead(500).end() },
  gone: { events: ['payment.updated'], respond: (_request, response) => response.writeHead(410).end() },
  slow: { events: ['payment.authorized'], respond: (_request, response) => setTimeout(slowMs).then(() => response.end()) },
  silent: { events: ['payment.refund.created'], respond: (request) => request.socket.destroy() },
}

export type Receiver = {
  /** Addresses of the webhooks, with the events that each asks for, as `--webhook-url` takes them. */
  urls: string[]
  /** Number of deliveries by webhook. */
  deliveries: Record<string, number>
  /** Payments whose events the first webhook has received. */
  announced: Set<string>
  close: () => void
}

/** Starts it on a free port. */
export const createReceiver = async (): Promise<Receiver> => {
  const deliveries: Record<string, number> = Object.fromEntries(Object.keys(webhooks).map((name) => [name, 0]))
  const announced = new Set<string>()
  const server = createServer(async (request, response) => {
    const name = request.url?.slice(1) ?? ''
    const { data } = JSON.parse(await text(request)) as { data: { id: string } | null }
    deliveries[name] = (deliveries[name] ?? 0) + 1
    if (name === 'received' && data) announced.add(data.id)
    await webhooks[name]?.respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    urls: Object.entries(webhooks).map(([name, { events }]) => `${origin}/${name}${events.length > 0 ? `#events=${events}` : ''}`),
    deliveries,
    announced,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
