/** Slowness and failure on demand: every response late, a share of them an error. */
import { setTimeout } from 'node:timers/promises'
import { Rejection } from './rejection.ts'

export type FaultOptions = {
  /** Milliseconds that every response takes at least. */
  latency?: number | undefined
  /** Share of requests that fail, 0 to 1. */
  errorRate?: number | undefined
  /** Seed of the choice which requests fail: the same seed, the same choice. */
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

/** Makes a function to call before each request is worked on. It throws the failures. */
export const createFaults = ({ latency = 0, errorRate = 0, seed = 1 }: FaultOptions) => {
  const random = randomFrom(seed)
  return async () => {
    // The choice comes before the wait, so that it follows the order of arrival.
    const fails = errorRate > 0 && random() < errorRate
    if (latency > 0) await setTimeout(latency)
    if (fails) throw new Rejection('service_unavailable', 'The sandbox fails on demand: --error-rate. Retry with the same idempotency key.')
  }
}
