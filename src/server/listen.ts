/** A server as its users hold it: it listens, says where, and closes. */

import type { FastifyInstance } from 'fastify'
import { asError } from '../as-error.ts'

export type ListenOptions = {
  /** Port, 0 for any free one. */
  port?: number
  /** Address to bind. Loopback unless told otherwise. */
  host?: string
}
export type Server = {
  /**
   * Starts to listen.
   * @returns the address, for example `http://127.0.0.1:4010`; the API is at `/api/v1` below it
   * @throws {Error} for a port that is taken or not allowed; the message says what to do
   */
  listen: (options?: ListenOptions) => Promise<string>
  /** Stops listening and waits until open requests get a response. */
  close: () => Promise<void>
}

const reasons: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port, host) => `Port ${port} on ${host} is in use. Stop what listens there, or choose another with --port.`,
  EACCES: (port) => `Port ${port} needs more rights. Choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (_port, host) => `This machine has no address ${host}. Choose another with --host.`,
  ENOTFOUND: (_port, host) => `This machine has no address ${host}. Choose another with --host.`,
}

export const serverOf = (app: FastifyInstance): Server => ({
  listen: async ({ port = 0, host = '127.0.0.1' } = {}) => {
    try {
      await app.listen({ port, host })
    } catch (error) {
      const reason = reasons[asError(error).code ?? '']
      throw reason ? new Error(reason(port, host), { cause: error }) : error
    }
    const address = app.server.address()
    const bound = typeof address === 'object' && address ? address : { address: host, port, family: 'IPv4' }
    return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`
  },
  close: async () => {
    await app.close()
  },
})
