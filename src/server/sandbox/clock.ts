/** The sandbox's clock: the machine's, put forward as far as its users like. Each merchant's is ahead of the server's, or shows the same. */
export type Clock = {
  /** Milliseconds since 1970, as the server or a merchant sees it. */
  now: (merchant?: string) => number
}

/**
 * @param aheadOf how far a merchant's clock is ahead of the server's, or the server's of the machine's, in milliseconds
 * @param time the machine's clock, in milliseconds since 1970
 */
export const createClock = (aheadOf: (merchant?: string) => number, time: () => number = Date.now): Clock => ({
  now: (merchant) => time() + aheadOf() + (merchant === undefined ? 0 : aheadOf(merchant)),
})
