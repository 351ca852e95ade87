/** Servers for use inside a test suite: `createMockServer()`. */
import { loadExport } from '../load-export.ts'
import type { SandboxServer, ServerOptions } from './create.ts'
import type { Server } from './listen.ts'
import type { SandboxOptions } from './sandbox/sandbox.ts'

export type { SandboxServer, ServerOptions } from './create.ts'
export type { HostOptions } from './hosts.ts'
export type { ListenOptions, Server } from './listen.ts'
export type { SandboxOptions } from './sandbox/sandbox.ts'
export type { WebhookOption } from './sandbox/webhooks/receivers.ts'

const name = 'komoju-openapi/server'

/**
 * Makes a mock of the API that responds from the document's examples.
 * @throws {Error} that says what to install where a package is missing
 * @example
 * const server = await createMockServer()
 * const origin = await server.listen()   // http://127.0.0.1:<free port>
 * await server.close()
 */
export const createMockServer = (options: ServerOptions = {}): Promise<Server> =>
  loadExport(name, 'mock', async () => (await import('./create.ts')).createMockServer(options))

/**
 * Makes a sandbox: the API with a memory. Its payments live through their states, `POST /sandbox/pay/<id>` pays one.
 * @throws {Error} that says what to install where a package is missing
 * @example
 * const server = await createSandboxServer({ latency: 100 })
 * const origin = await server.listen()   // http://127.0.0.1:<free port>
 * await server.close()
 */
export const createSandboxServer = (options: SandboxOptions = {}): Promise<SandboxServer> =>
  loadExport(name, 'sandbox', async () => (await import('./create.ts')).createSandboxServer(options))
