/** Servers for use inside a test suite: `createMockServer()`. */
import { readDocument } from '../document.ts'
import { createValidator } from '../validator.ts'
import { createFront } from './front.ts'
import { type Server, serverOf } from './listen.ts'
import type { SandboxOptions } from './sandbox/sandbox.ts'

export type { ListenOptions, Server } from './listen.ts'
export type { SandboxOptions } from './sandbox/sandbox.ts'

export type ServerOptions = {
  /** The one secret key to accept. Without it, any key that starts with `sk_` is accepted. */
  secretKey?: string | undefined
  /** Gets one line a request: method, path, status, time. */
  log?: ((line: string) => void) | undefined
}

/**
 * Makes a mock of the API that responds from the document's examples.
 * @example
 * const server = await createMockServer()
 * const origin = await server.listen()   // http://127.0.0.1:<free port>
 * await server.close()
 */
export const createMockServer = async (options: ServerOptions = {}): Promise<Server> => {
  // Each server loads its own machinery only: Prism takes longer to load than the sandbox to start.
  const { createMock } = await import('./mock.ts')
  const document = readDocument()
  return serverOf(await createFront({ document, validator: createValidator(document), handler: await createMock(document), ...options }))
}

/**
 * Makes a sandbox: the API with a memory. Its payments live through their states, `POST /sandbox/pay/<id>` pays one.
 * @example
 * const server = await createSandboxServer({ latency: 100 })
 * const origin = await server.listen()   // http://127.0.0.1:<free port>
 * await server.close()
 */
export const createSandboxServer = async (options: SandboxOptions = {}): Promise<Server> => {
  const { createSandbox } = await import('./sandbox/sandbox.ts')
  return serverOf(await createSandbox(options))
}
