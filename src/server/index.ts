/** Servers for use inside a test suite: `createMockServer()`. */
import { loadExport } from '../load-export.ts'
import type { SandboxServer, ServerOptions } from './create.ts'
import type { Server } from './listen.ts'
import type { SandboxOptions } from './sandbox/sandbox.ts'

export type { SandboxServer, ServerOptions } from './create.ts'
export type { HostOptions } from './hosts.ts'
export type { ListenOptions, Server } from './listen.ts'
export type { SandboxControl } from './sandbox/control.ts'
export type { EventView } from './sandbox/event-view.ts'
export type { ActionFields, ActionName } from './sandbox/payment-actions.ts'
export type { SandboxOptions } from './sandbox/sandbox.ts'
export type { Seed } from './sandbox/seeding.ts'
export type { Delivery } from './sandbox/state/events.ts'
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
 * Makes a sandbox: the API with a memory. Its payments live through their states; `act('pay', id)` pays one, as its customer would.
 * @throws {Error} that says what to install where a package is missing
 * @example
 * const sandbox = await createSandboxServer({ webhookUrl: 'http://127.0.0.1:3000/webhooks', retryDelays: [0, 100] })
 * const origin = await sandbox.listen()   // http://127.0.0.1:<free port>
 * await sandbox.act('pay', payment.id)
 * await sandbox.delivered()
 * await sandbox.close()
 */
export const createSandboxServer = (options: SandboxOptions = {}): Promise<SandboxServer> =>
  loadExport(name, 'sandbox', async () => (await import('./create.ts')).createSandboxServer(options))
