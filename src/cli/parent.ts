/** The npm that started this process. */

const pollIntervalMs = 500

/**
 * Calls back once the parent is gone, where that is npm or the shell that npm started. npm ends its shell on SIGTERM, and the shell does not
 * pass the signal on: an editor or a container that ends `npm run mock` would leave the server on its port.
 */
export const onParentGone = (stop: () => void) => {
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
