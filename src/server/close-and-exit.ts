/** The end of a process that serves. */
import { asError } from '../as-error.ts'
import { withoutSecrets } from '../secrets.ts'

type Closable = { close: () => Promise<void> }

/**
 * Closes a server, then ends the process: with 0, or with 1 and the reason where it does not close.
 * @param creating the server, which may still be in the making; one that cannot be made leaves nothing to close
 */
export const closeAndExit = async (creating: Closable | Promise<Closable>) => {
  const server = await Promise.resolve(creating).catch(() => undefined)
  if (!server) return
  try {
    await server.close()
    process.exit(0)
  } catch (error) {
    console.error(`The server did not close cleanly: ${withoutSecrets(asError(error).message)}`)
    process.exit(1)
  }
}
