/** The sandbox's clock: the machine's, put forward as far as its user likes. */
export type Clock = {
  /** Milliseconds since 1970. */
  now: () => number
  /** How far ahead of the machine's clock it is, in milliseconds. */
  ahead: () => number
  /** Sets how far ahead it is, as kept by the storage. */
  restore: (ahead: number) => void
}

/** @param time the machine's clock, in milliseconds since 1970 */
export const createClock = (time: () => number = Date.now): Clock => {
  let ahead = 0
  return {
    now: () => time() + ahead,
    ahead: () => ahead,
    restore: (value) => {
      ahead = value
    },
  }
}
