/** The end of a process that serves. */
import { asError } from '../as-error.ts'
import { withoutSecrets } from '../secrets.ts'

/** Milliseconds within which a process ends that was asked to. Containers kill what takes longer. */
const endTimeoutMs = 10_000

/** What can be closed. */
export type Closable = { close: () => Promise<void> }

const failToClose = (reason: string) => {
  console.error(`The server did not close cleanly: ${withoutSecrets(reason)}`)
  process.exit(1)
}

/**
 * Closes a server, then ends the process: with 0, or with 1 and the reason where it does not close, or not in time.
 * @param creating the server, which may still be in the making; one that cannot be made leaves nothing to close
 */
export const closeAndExit = async (creating: Closable | Promise<Closable>) => {
  const limit = setTimeout(() => failToClose('it took longer than 10 seconds.'), endTimeoutMs)
  const server = await Promise.resolve(creating).catch(() => undefined)
  try {
    await server?.close()
    process.exit(0)
  } catch (error) {
    failToClose(asError(error).message)
  } finally {
    clearTimeout(limit)
  }
}
