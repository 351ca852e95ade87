/** What a run found out, in the form that every report reads. */

import type { RuleId } from '../rules/rules.ts'
import type { Exchange } from '../run/exchange.ts'

export type Finding = {
  rule: RuleId
  operationId: string
  /** What was wrong this time. */
  message: string
  /** JSON pointer to what the document says about it. */
  pointer: string
  /** Present for what only `--strict` asks for: the reference leaves it open. */
  isStricter?: true
  /** Check that the message and the exchanges are from: of those that saw it, the first by name. */
  check: string
  /** Names of all checks that saw it. */
  checks: string[]
  /** What was sent and returned; the last one shows the fault. */
  exchanges: Exchange[]
  /** A cURL line for each exchange. */
  curl: string[]
}

/** Findings of the same rule at the same pointer are one finding, seen several times. */
export type FindingKey = Pick<Finding, 'rule' | 'operationId' | 'pointer'>

export const keyOfFinding = ({ rule, operationId, pointer }: FindingKey) => `${operationId} ${rule} ${pointer}`

/** What several checks found out about the same fault, as one finding. */
export const joinedFinding = (one: Finding, other: Finding): Finding => ({
  ...(other.check < one.check ? other : one),
  checks: [...new Set([...one.checks, ...other.checks])].sort(),
})

/** One of several parts of a run, counted from 1. */
export type Shard = { number: number; of: number }

export type NotChecked = { check: string; operationId: string; reason: string }

/** Why a check of a quick run was not executed. */
export const leftOutByQuick = 'left out by --quick'

/** Why a check ended where the target's limit did not pass, however long the run waited. */
export const endedByLimit = 'the target kept returning 429'

export const keyOfNotChecked = ({ check, operationId, reason }: NotChecked) => [check, operationId, reason].join(' ')

/**
 * A row of the coverage table: what one check saw of one rule. It counts cases. A case is a response that a rule was held against;
 * - what lists show is one case in a row, since pages and payments are as many as the target happens to hold;
 * - of requests that race each other, the race is the case: which of them wins is open, so that the rules of any response
 *   are held against theirs as well, and make a case only where one is broken.
 *
 * Numbers depend on the document, the seed, the checks and what the target does. They do not depend on how fast it does it, how many
 * requests are in flight, and what else it holds. So shards have the rows of a run in one piece, split by check.
 */
export type Coverage = {
  check: string
  operationId: string
  rule: RuleId
  /** Status of the response, 0 for a request without one. */
  status: number
  /** Encoding of the request's body, empty where it has none. */
  encoding: string
  /** Payment method that it was about, empty where it was about none or about a list. */
  paymentMethod: string
  /** Cases in which the rule was checked. */
  checked: number
  /** Cases in which it was broken. */
  failed: number
}

/** What tells the rows of the coverage table from each other, also the order they are in. */
export const keyOfCoverage = ({ operationId, rule, status, encoding, paymentMethod, check }: Omit<Coverage, 'checked' | 'failed'>) =>
  [operationId, rule, status, encoding, paymentMethod, check].join(' ')

/** The order of every list in a verdict, so that it does not depend on who came first. */
export const sortedBy = <Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] =>
  Array.from(items, (item) => ({ item, key: keyOf(item) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ item }) => item)

export type Verdict = {
  target: string
  runId: string
  seed: number
  startedAt: string
  /** Milliseconds. */
  duration: number
  requests: number
  checks: number
  /** Names of the checks, sorted. */
  ran: string[]
  /** Which part of the run this is; absent where it is all of it. */
  shard?: Shard
  /** Present where the run took a sample of the checks, and of the wrong values of each. */
  isQuick?: true
  findings: Finding[]
  /** What is worth knowing of the target and is no finding, a sentence each; absent where there is nothing. */
  notes?: string[]
  notChecked: NotChecked[]
  coverage: Coverage[]
  /** Whether the run ended before its checks did. */
  stopped: boolean
  /** Present where the target went away during the run: what was found until then says little of the rest. */
  isTargetGone?: true
}

/** Names of the checks that ended for a reason, each once. */
export const checksEndedBy = ({ notChecked }: Pick<Verdict, 'notChecked'>, reason: string): Set<string> =>
  new Set(notChecked.filter((one) => one.reason === reason).map(({ check }) => check))

/** Operations of which nothing was judged, since they returned 429 and nothing else. */
export const limitedOperations = ({ notChecked, coverage }: Pick<Verdict, 'notChecked' | 'coverage'>): string[] => {
  const limited = new Set(notChecked.filter(({ reason }) => reason === endedByLimit).map(({ operationId }) => operationId))
  for (const { operationId } of coverage) limited.delete(operationId)
  return [...limited].sort()
}

/** Whether a run that found nothing says nothing either: no check judged anything, or the target's limit ended some. */
export const isUnfinished = (verdict: Verdict): boolean => verdict.checks === 0 || checksEndedBy(verdict, endedByLimit).size > 0
