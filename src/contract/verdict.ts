/** What a run found out, in the form that every report reads. */
import type { Exchange } from './exchange.ts'
import type { RuleId } from './rules.ts'

export type Finding = {
  rule: RuleId
  operationId: string
  /** What was wrong this time. */
  message: string
  /** JSON pointer to what the document says about it. */
  place: string
  /** Check that found it first. */
  check: string
  /** What was sent and answered; the last one shows the fault. */
  exchanges: Exchange[]
  /** A cURL line for each exchange. */
  curl: string[]
  /** How often it was seen. */
  times: number
}

/** Findings of the same rule at the same place are one finding, seen several times. */
export const keyOfFinding = ({ rule, operationId, place }: Finding) => `${rule} ${operationId} ${place}`

/** One of several parts of a run, counted from 1. */
export type Shard = { number: number; of: number }

export type NotChecked = { check: string; operationId: string; reason: string }

/** How often a rule was checked and failed, by all that tells one case from another. */
export type Coverage = {
  operationId: string
  rule: RuleId
  status: number
  encoding: string
  paymentMethod: string
  checked: number
  failed: number
}

export type Verdict = {
  target: string
  runId: string
  seed: number
  startedAt: string
  /** Milliseconds. */
  duration: number
  requests: number
  checks: number
  /** Names of the checks. */
  ran: string[]
  /** Which part of the run this is; absent where it is all of it. */
  shard?: Shard
  findings: Finding[]
  notChecked: NotChecked[]
  coverage: Coverage[]
  /** Whether the run ended before its checks did. */
  stopped: boolean
}
