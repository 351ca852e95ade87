/** Slowness and failure on demand: every response late, a share of them an error. */
import { setTimeout } from 'node:timers/promises'
import type { Setting } from './collections.ts'
import { Rejection } from './rejection.ts'
import type { Settings } from './settings.ts'

export type FaultOptions = {
  /** Milliseconds that every response to a valid request takes at least. 0 if not given. */
  latency?: number | undefined
  /** Share of requests that fail with a 503, 0 to 1. 0 if not given. */
  errorRate?: number | undefined
  /** Seed that decides which requests fail: the same seed, the same choice. 1 if not given. */
  seed?: number | undefined
}

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What is in force. */
export type Faults = { latency: number; errorRate: number; seed: number }

/** Merchants whose sequence of random numbers is kept. */
const maxSequences = 1000

/**
 * Makes the faults of a server.
 * @param options what holds where nothing is set
 */
export const createFaults = (options: FaultOptions, settings: Settings) => {
  const own: Faults = { latency: options.latency ?? 0, errorRate: options.errorRate ?? 0, seed: options.seed ?? 1 }
  /** The sequence of those that share the server's settings, and those of merchants with their own. */
  const sequences = new Map<string, { seed: number; random: () => number }>()
  const randomOf = (name: string, seed: number) => {
    const known = sequences.get(name)
    if (known?.seed === seed) return known.random
    const [oldest] = sequences.keys()
    if (sequences.size >= maxSequences && oldest !== undefined) sequences.delete(oldest)
    const random = randomFrom(seed)
    sequences.set(name, { seed, random })
    return random
  }
  const faultsFor = (merchant?: string): Faults => ({
    ...own,
    ...faultsOf(settings.of()),
    ...(merchant !== undefined && faultsOf(settings.of(merchant))),
  })

  return {
    /** Faults of a merchant, or of those that have set none: what is set for it, for the server, or on the command line. */
    of: faultsFor,
    /**
     * To be called before each request of a merchant is worked on.
     * @throws {Rejection} `service_unavailable` for one that fails
     */
    inject: async (merchant: string) => {
      const { latency, errorRate, seed } = faultsFor(merchant)
      const isOwn = settings.of(merchant).errorRate !== undefined
      // The choice comes before the wait, so that it follows the order of arrival.
      const fails = errorRate > 0 && randomOf(isOwn ? merchant : '', seed)() < errorRate
      if (latency > 0) await setTimeout(latency)
      if (fails)
        throw new Rejection(
          'service_unavailable',
          'The sandbox fails on demand, as --error-rate or /sandbox/faults say. Retry with the same idempotency key.',
        )
    },
  }
}

export type OnDemandFaults = ReturnType<typeof createFaults>

/** What a setting says about faults, without what it leaves open. */
const faultsOf = ({ latency, errorRate, seed }: Setting): Partial<Faults> => ({
  ...(latency !== undefined && { latency }),
  ...(errorRate !== undefined && { errorRate }),
  ...(seed !== undefined && { seed }),
})
