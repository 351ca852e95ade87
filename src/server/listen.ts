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
   * @throws {Error} for a port that is taken or not allowed, and for a start that fails; the message says what to do. The server is closed then.
   */
  listen: (options?: ListenOptions) => Promise<string>
  /** Stops listening and waits until open requests have their response, 8 seconds at most. */
  close: () => Promise<void>
}

const reasons: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port, host) => `Port ${port} on ${host} is in use. Stop what listens there, or choose another with --port.`,
  EACCES: (port) => `Port ${port} needs more rights. Choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (_port, host) => `This machine has no address ${host}. Choose another with --host.`,
  ENOTFOUND: (_port, host) => `This machine has no address ${host}. Choose another with --host.`,
}

/** Milliseconds that open requests get to end before they are cut. What comes after them ends within the 10 seconds of the process. */
const closeTimeoutMs = 8_000
/** Between two looks for connections that have become idle while the server closes. */
const idleCheckIntervalMs = 50

/** Closes a server: connections that are idle at once, the others once they have their response, or at the limit. */
const closeApp = async (app: FastifyInstance, limitMs: number) => {
  const idle = setInterval(() => app.server.closeIdleConnections(), idleCheckIntervalMs)
  const limit = setTimeout(() => app.server.closeAllConnections(), limitMs)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(limit)
  }
}

/** Address that an app is bound to, for example `http://127.0.0.1:4010`; undefined for one without a port. */
export const originOf = ({ server }: FastifyInstance): string | undefined => {
  const bound = server.address()
  if (typeof bound !== 'object' || !bound) return
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`
}

export type ServerParts = {
  /** What follows once the port is bound, and before `listen` returns. Where it throws, the server closes. */
  start?: (() => Promise<void>) | undefined
  /** Milliseconds that open requests get to end when the server closes. 8,000 if not given. */
  closeTimeoutMs?: number | undefined
}

/** Makes a server of an app. A server that could not listen is closed. */
export const serverOf = (app: FastifyInstance, { start, closeTimeoutMs: limitMs = closeTimeoutMs }: ServerParts = {}): Server => {
  const close = () => closeApp(app, limitMs)
  return {
    listen: async ({ port = 0, host = '127.0.0.1' } = {}) => {
      try {
        await app.listen({ port, host })
        await start?.()
      } catch (error) {
        // Why it does not start is what its user has to know; the end of such a start is no news.
        await close().catch(() => undefined)
        const reason = reasons[asError(error).code ?? '']
        throw reason ? new Error(reason(port, host), { cause: error }) : error
      }
      return originOf(app) ?? `http://${host}:${port}`
    },
    close,
  }
}
