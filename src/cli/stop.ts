/** When a server ends: on Ctrl-C, on a termination signal, with its terminal, and with the npm that started it. */
import { type Closable, closeAndExit } from '../server/close-and-exit.ts'
import { onParentGone } from './parent.ts'

/**
 * Stops a server cleanly, and the process with it, on Ctrl-C, on SIGTERM, when its terminal is closed, and when the npm that runs it ends.
 * @param creating closes once what is in flight has its response; it may still be in the making
 * @returns whether it is being stopped
 */
export const stopOnSignal = (creating: Closable | Promise<Closable>) => {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void closeAndExit(creating)
  }
  // Once: a second Ctrl-C does not wait.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  onParentGone(stop)
  return () => isStopping
}
