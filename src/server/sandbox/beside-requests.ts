/** Work that nobody waits for. */
import { setTimeout } from 'node:timers/promises'

/**
 * Does work in small pieces beside the requests: after each piece, they have as much time for themselves.
 * @param piece does the next one, and says whether there may be more
 */
export const besideRequests = async (piece: () => Promise<boolean>) => {
  for (let begin = performance.now(); await piece(); begin = performance.now())
    await setTimeout(performance.now() - begin, undefined, { ref: false })
}
