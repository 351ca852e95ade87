/** When a server ends: on Ctrl-C, on a termination signal, and with the npm that started it. */
import { closeAndExit } from '../server/close-and-exit.ts'
import { onParentGone } from './parent.ts'

/**
 * Stops a server cleanly, and the process with it, on Ctrl-C, on SIGTERM, and when the npm that runs it ends.
 * @param server closes once what is in flight has its response
 */
export const stopOnSignal = (server: { close: () => Promise<void> }) => {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void closeAndExit(server)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  onParentGone(stop)
}
