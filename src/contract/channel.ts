/** How the command and the worker that runs its tests talk: a channel of their own, named by the command. */
import type { Exchange } from './exchange.ts'
import type { ContractOptions } from './options.ts'
import type { Verdict } from './verdict.ts'

export type KitJob = {
  channel: string
  options: Omit<ContractOptions, 'fetch' | 'onFinding' | 'signal'>
  /** Whether the command wants every exchange, for an archive. */
  withExchanges: boolean
}

export type KitMessage =
  | { type: 'progress'; requests: number; findings: number }
  | { type: 'verdict'; verdict: Verdict; exchanges: Exchange[] }
  | { type: 'failure'; message: string }
  | { type: 'stop' }

declare module 'vitest' {
  interface ProvidedContext {
    contract: KitJob
  }
}
