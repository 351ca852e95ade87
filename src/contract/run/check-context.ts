/** What a check is given: the one interface between the checks and the run that executes them. */
import type { Payment } from '../../../generated/schema.d.ts'
import type { ApiModel } from '../api/api-model.ts'
import type { Finding } from '../report/run-report.ts'
import type { PaymentLedger } from '../rules/payment-ledger.ts'
import type { RuleId } from '../rules/rules.ts'
import type { Capabilities } from './capabilities.ts'
import type { Exchange } from './exchange.ts'
import type { Settings } from './options.ts'
import type { CheckIdentity, Verification } from './recorder.ts'
import type { RequestInput } from './request.ts'

/** The check cannot go on. Why is a finding already, or a reason in the report's list of what was not checked. */
export class CheckEnded extends Error {
  override name = 'CheckEnded'
}

/** A successful response and its exchange. */
export type Accepted<Body = Payment> = { body: Body; exchange: Exchange }

/** What a rejection is held against. */
export type RejectionExpectation = {
  rule: RuleId
  /** What was wrong with the request, as the subject of a sentence: `A second capture`. */
  what: string
  /** Statuses that are right. 400 and 422 where not given. */
  statuses?: number[]
  /** JSON pointer to what the document says about it. The response with the last of the statuses where not given. */
  pointer?: string
  /** Exchanges before this one that the finding needs to make sense. */
  evidence?: Exchange[]
  /** Whether the reference leaves it open, so that only `--strict` asks for it. */
  isStricter?: boolean
}

export interface CheckContext {
  readonly check: CheckIdentity
  readonly api: ApiModel
  readonly settings: Settings
  /** What every name of the run begins with. */
  readonly runId: string
  readonly ledger: PaymentLedger
  readonly capabilities: Capabilities
  /** Findings of this check so far. */
  readonly findings: readonly Finding[]
  /** Why the check, or the rest of it, was skipped. */
  readonly skipReason: string | undefined
  /** Whether a rule was held against anything. */
  readonly hasJudged: boolean

  /** A name that no other request of any run carries: the number of an order, the name of an account, a key. */
  freshName(what?: string): string
  /** First place where two states of the same thing differ, undefined where none does. Only known properties count. */
  difference(one: unknown, other: unknown): string | undefined
  operationPointer(operationId: string, ...keys: string[]): string
  responsePointer(operationId: string, status: number | string): string

  /** Holds a rule against exchanges: counts the case, and makes a finding where it did not pass. @returns whether it passed */
  verify(rule: RuleId, verification: Verification): boolean

  /**
   * Sends a request and holds the rules of any response against what comes back. What the response has to be is the caller's to say.
   * @throws {CheckEnded} where no response came, which is then a finding
   */
  send(operationId: string, input?: RequestInput): Promise<Exchange>
  /** Sends a request several times at once. Who wins is open, so only what the responses break is a case. */
  race(operationId: string, input: RequestInput, times: number): Promise<Exchange[]>
  /**
   * Sends a request that has to work.
   * @throws {CheckEnded} where it did not work, which is then a finding under `rule`
   */
  expectAccepted<Body = Payment>(operationId: string, input?: RequestInput, rule?: RuleId): Promise<Accepted<Body>>
  /** Sends a request that has to be rejected with one of some statuses. */
  expectRejected(operationId: string, input: RequestInput, expectation: RejectionExpectation): Promise<Exchange>
  /** Waits some milliseconds. @throws {Stopped} at once where the run is over */
  pause(milliseconds: number): Promise<void>
  /** Skips the check, or the rest of it, and says why. @throws {CheckEnded} always */
  skip(reason: string, operationId?: string): never
  /** Does something without counting what it finds. @returns what it would have found */
  dryRun(work: () => Promise<void>): Promise<Finding[]>
}
