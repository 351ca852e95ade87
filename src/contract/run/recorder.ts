/** What a run records: findings, the coverage table, what was not checked. It knows when a run has found enough. */

import type { Encoding } from '../generate/encodings.ts'
import {
  type Coverage,
  type Finding,
  type FindingKey,
  joinedFinding,
  keyOfCoverage,
  keyOfFinding,
  keyOfNotChecked,
  type NotChecked,
  sortedBy,
  type Verdict,
} from '../report/run-report.ts'
import { isList } from '../rules/payment-ledger.ts'
import type { RuleId } from '../rules/rules.ts'
import { curlLine, type Exchange, shownExchange, withoutCredentials } from './exchange.ts'
import type { Settings } from './options.ts'

/** What tells a check from others: the words that it goes by, and what its rows of the coverage table carry. */
export type CheckIdentity = { name: string; operationId: string; group?: string; encoding?: Encoding; paymentMethod?: string }

/** A rule held against exchanges, and whether they passed. */
export type Verification = {
  operationId: string
  passed: boolean
  /** What was wrong; asked for only where it was. */
  message: () => string
  /** What was sent and returned; the last exchange shows it. */
  exchanges: Exchange[]
  /** JSON pointer to what the document says about it. The operation where not given. */
  pointer?: string
  paymentMethod?: string | undefined
  /** Whether the reference leaves it open, so that only `--strict` asks for it. */
  isStricter?: boolean | undefined
}

export class Recorder {
  readonly #findings = new Map<string, Finding>()
  readonly #notChecked: NotChecked[] = []
  readonly #coverage = new Map<string, Coverage>()
  readonly #finished: string[] = []
  /** Exchanges of requests that raced each other: who wins is open, so only what they break is a case. */
  readonly #raced = new Set<Exchange>()
  readonly #startedAt = Date.now()
  readonly #settings: Settings
  readonly #stopRun: () => void
  isStopped = false

  /** @param stopRun ends the requests that are under way */
  constructor(settings: Settings, stopRun: () => void) {
    this.#settings = settings
    this.#stopRun = stopRun
  }

  /** Ends the run: what was found until then is the verdict. */
  stop() {
    this.isStopped = true
    this.#stopRun()
  }

  addRaced(exchange: Exchange) {
    this.#raced.add(exchange)
  }

  addNotChecked(notChecked: NotChecked) {
    this.#notChecked.push(notChecked)
  }

  addFinished(checkName: string) {
    this.#finished.push(checkName)
  }

  /** Counts a case in the coverage table. */
  count(check: CheckIdentity, rule: RuleId, { operationId, passed, exchanges, paymentMethod }: Verification) {
    const last = exchanges.at(-1)
    if (passed && last && this.#raced.has(last)) return
    const cell = {
      check: check.name,
      operationId,
      rule,
      status: last?.status ?? 0,
      encoding: last?.encoding ?? '',
      paymentMethod: paymentMethod ?? check.paymentMethod ?? '',
    }
    const key = keyOfCoverage(cell)
    const row = this.#coverage.get(key) ?? { ...cell, checked: 0, failed: 0 }
    const maxCases = check.group === 'lists' || exchanges.some(isList) ? 1 : Number.POSITIVE_INFINITY
    row.checked = Math.min(row.checked + 1, maxCases)
    row.failed = Math.min(row.failed + (passed ? 0 : 1), maxCases)
    this.#coverage.set(key, row)
  }

  /** Notes that another check saw a finding. @returns the finding, undefined where it is not known, or this check's would be shown in its place */
  seenAgain(check: CheckIdentity, key: FindingKey): Finding | undefined {
    const known = this.#findings.get(keyOfFinding(key))
    if (!known || check.name < known.check) return
    if (!known.checks.includes(check.name)) known.checks.push(check.name)
    return known
  }

  /** Makes a finding of a verification that did not pass. It is not recorded yet. */
  findingOf(check: CheckIdentity, rule: RuleId, verification: Verification & { pointer: string }): Finding {
    const { operationId, message, exchanges, pointer, isStricter } = verification
    return {
      rule,
      operationId,
      message: message(),
      pointer,
      ...(isStricter && { isStricter }),
      check: check.name,
      checks: [check.name],
      exchanges: exchanges.map((exchange) => shownExchange(exchange, this.#settings)),
      curl: exchanges.map((exchange) => curlLine(exchange, this.#settings)),
    }
  }

  /**
   * Records a finding, and stops the run where it was the last one wanted.
   * @returns the finding as it is reported, without credentials
   */
  addFinding(finding: Finding): Finding {
    const { bail = Number.POSITIVE_INFINITY, onFinding } = this.#settings
    const reported = withoutCredentials(finding, this.#settings)
    const key = keyOfFinding(finding)
    const known = this.#findings.get(key)
    // What is still under way when a run has found enough adds nothing.
    if (!known && this.#findings.size >= bail) return reported
    this.#findings.set(key, known ? joinedFinding(known, reported) : reported)
    if (!known) {
      onFinding?.(reported)
      if (this.#findings.size >= bail) this.stop()
    }
    return reported
  }

  get findings(): Finding[] {
    return [...this.#findings.values()]
  }

  /** The verdict so far. @param requests how many were sent */
  verdict(runId: string, requests: number): Verdict {
    const { url, seed, shard, quick } = this.#settings
    return {
      target: url,
      runId,
      seed,
      startedAt: new Date(this.#startedAt).toISOString(),
      duration: Date.now() - this.#startedAt,
      requests,
      checks: this.#finished.length,
      ran: this.#finished.toSorted(),
      ...(shard && { shard }),
      ...(quick && { isQuick: true as const }),
      findings: sortedBy(this.#findings.values(), keyOfFinding).map((finding) => ({ ...finding, checks: finding.checks.toSorted() })),
      notChecked: sortedBy(this.#notChecked, keyOfNotChecked),
      coverage: sortedBy(this.#coverage.values(), keyOfCoverage),
      stopped: this.isStopped,
    }
  }
}
