/** How the command and the worker that runs its tests talk: over a broadcast channel that the command names. */

import type { Verdict } from '../report/run-report.ts'
import type { Exchange } from '../run/exchange.ts'
import type { ContractOptions, Estimate } from '../run/options.ts'

export type WorkerJob = {
  channelName: string
  options: Omit<ContractOptions, 'fetch' | 'onFinding' | 'onEstimate' | 'signal'>
  /** Whether the command wants every exchange, for an archive. */
  withExchanges: boolean
}

export type WorkerMessage =
  /** The worker can be stopped from now on. */
  | { type: 'started' }
  | { type: 'progress'; requests: number; findings: number }
  | { type: 'verdict'; verdict: Verdict; exchanges: Exchange[] }
  | { type: 'estimate'; estimate: Estimate }
  | { type: 'stop' }

declare module 'vitest' {
  interface ProvidedContext {
    contract: WorkerJob
  }
}
