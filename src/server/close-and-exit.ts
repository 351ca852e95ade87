/** The end of a process that serves. */
import { asError } from '../as-error.ts'
import { withoutSecrets } from '../secrets.ts'

/** Closes a server, then ends the process: with 0, or with 1 and the reason where it does not close. */
export const closeAndExit = async (server: { close: () => Promise<void> }) => {
  try {
    await server.close()
    process.exit(0)
  } catch (error) {
    console.error(`The server did not close cleanly: ${withoutSecrets(asError(error).message)}`)
    process.exit(1)
  }
}
