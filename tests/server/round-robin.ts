/** A reverse proxy that gives each request to the next server, as the one in front of several sandboxes does. */
import { Agent, createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** @param origins where the servers are; may change while it runs */
export const createRoundRobin = async (origins: string[]) => {
  const agent = new Agent({ keepAlive: true })
  let next = 0
  const server = createServer((request, response) => {
    const target = new URL(request.url!, origins[next++ % origins.length])
    const forwarded = send(target, { agent, method: request.method!, headers: request.headers }, (upstream) => {
      response.writeHead(upstream.statusCode!, upstream.rawHeaders)
      upstream.pipe(response)
    })
    forwarded.on('error', () => request.socket.destroy())
    request.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
        agent.destroy()
      }),
  }
}
