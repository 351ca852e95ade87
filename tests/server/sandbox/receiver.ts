/** A merchant's server for the tests: it keeps every event, and checks every signature. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedEvent = { id: string; type: string; data: { id: string; status: string } | null }
export type Received = { event: ReceivedEvent; headers: IncomingHttpHeaders; isSigned: boolean; at: number; body: string }

/** @param statusFor response to a delivery, by how many came before it; 200 where omitted, null hangs up without one */
export const createReceiver = async (secret: string, statusFor: (earlier: number) => number | null = () => 200) => {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const expected = createHmac('sha256', secret).update(body).digest()
    const signature = Buffer.from(String(request.headers['x-komoju-signature']), 'hex')
    const isSigned = signature.length === expected.length && timingSafeEqual(signature, expected)
    const status = statusFor(received.length)
    received.push({
      event: JSON.parse(body.toString()) as ReceivedEvent,
      headers: request.headers,
      isSigned,
      at: performance.now(),
      body: body.toString(),
    })
    if (status === null) request.socket.destroy()
    else response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    /** Types of the events about a payment, in the order they came. */
    typesOf: (payment: string) => received.filter(({ event }) => event.data?.id === payment).map(({ event }) => event.type),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}
