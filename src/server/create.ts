/** Puts the servers together. */
import { readDocument } from '../document.ts'
import { createValidator } from '../validator.ts'
import { createFront } from './front.ts'
import { createHosts, type HostOptions } from './hosts.ts'
import { type Server, serverOf } from './listen.ts'
import type { SandboxControl } from './sandbox/control.ts'
import type { SandboxOptions } from './sandbox/sandbox.ts'

export type ServerOptions = HostOptions & {
  /** The one secret key to accept. Without it, any key that starts with `sk_` is accepted. */
  secretKey?: string | undefined
  /** Gets one line a request: method, path, status, time. */
  log?: ((line: string) => void) | undefined
}

export type SandboxServer = Server &
  SandboxControl & {
    /** Secret that signs the events: the given one, or one that was made for this server. Undefined for a sandbox without a webhook. */
    webhookSecret: string | undefined
  }

/** Makes a mock of the API that responds from the document's examples. */
export const createMockServer = async ({ secretKey, log, ...hosts }: ServerOptions = {}): Promise<Server> => {
  // Each server loads its own machinery only: Prism takes longer to load than the sandbox to start.
  const { createMock } = await import('./mock.ts')
  const document = readDocument()
  const validator = createValidator(document)
  return serverOf(
    await createFront({ document, validator, handler: await createMock(document), secretKey, log, hosts: createHosts(hosts) }),
  )
}

/**
 * Makes a sandbox: the API with a memory.
 * @param untilAllAreReady waits for the other workers, before anything is changed
 */
export const createSandboxServer = async (options: SandboxOptions = {}, untilAllAreReady?: () => Promise<void>): Promise<SandboxServer> => {
  const { assembleSandbox } = await import('./sandbox/sandbox.ts')
  const { app, start, webhookSecret, control } = await assembleSandbox(options, untilAllAreReady)
  return { ...serverOf(app, { start }), ...control, webhookSecret }
}
