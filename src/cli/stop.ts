/** When a server ends: on Ctrl-C, on a termination signal, and with the npm that started it. */
import { closeAndExit } from '../server/close-and-exit.ts'

const pollIntervalMs = 500

/**
 * Calls back once the parent is gone, where that is npm or the shell that npm started. npm ends its shell on SIGTERM, and the shell does not
 * pass the signal on: an editor or a container that ends `npm run mock` would leave the server on its port.
 */
const onParentGone = (stop: () => void) => {
  // A server that was started by hand may outlive its shell.
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, pollIntervalMs)
  timer.unref()
}

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
