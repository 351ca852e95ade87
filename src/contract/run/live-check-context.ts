/** The check context of a run: sends requests, holds the rules of any response against them, records what it finds. */
import type { Payment } from '../../../generated/schema.d.ts'
import { isJsonObject } from '../../json-object.ts'
import { operationPointer, pointerOf, responsePointer } from '../api/json-pointer.ts'
import { endedByLimit, type Finding, keyOfFinding } from '../report/run-report.ts'
import {
  type BrokenInvariant,
  brokenBetween,
  brokenInvariants,
  cashMethodsOf,
  invariantsAlone,
  invariantsBetween,
  sideEffectsOf,
} from '../rules/payment-invariants.ts'
import { isList, isPayment, type LedgerEntry } from '../rules/payment-ledger.ts'
import { isBeforeTarget, type RuleResult } from '../rules/response-rules.ts'
import type { RuleId } from '../rules/rules.ts'
import { type Accepted, type CheckContext, CheckEnded, type RejectionExpectation } from './check-context.ts'
import type { Exchange } from './exchange.ts'
import type { CheckIdentity, Verification } from './recorder.ts'
import { basicCredentials, type RequestInput, wireRequestOf } from './request.ts'
import type { RunParts } from './run-parts.ts'
import { settleAll } from './settle-all.ts'

/** Whether a request asks for a 429 itself. */
const asksFor429 = ({ headers }: RequestInput) => headers?.['Komoju-Scenario'] === 'too_many_requests'

type Broken = BrokenInvariant & { exchanges: Exchange[] }

export class LiveCheckContext implements CheckContext {
  readonly check: CheckIdentity
  readonly #run: RunParts
  /** By key: what a check sees twice is one finding. */
  readonly #findings = new Map<string, Finding>()
  #skipReason: string | undefined
  #hasJudged = false
  /** Findings of a dry run, which do not count: the generator looks for the smallest request first. */
  #dryFindings: Finding[] | undefined

  constructor(run: RunParts, check: CheckIdentity) {
    this.#run = run
    this.check = check
  }

  get api() {
    return this.#run.api
  }
  get settings() {
    return this.#run.settings
  }
  get runId() {
    return this.#run.runId
  }
  get ledger() {
    return this.#run.ledger
  }
  get capabilities() {
    return this.#run.capabilities
  }
  get findings() {
    return [...this.#findings.values()]
  }
  get skipReason() {
    return this.#skipReason
  }

  get hasJudged() {
    return this.#hasJudged
  }

  freshName = (what?: string) => this.#run.freshName(what)
  difference = (one: unknown, other: unknown) => this.#run.difference(one, other)
  operationPointer = (operationId: string, ...keys: string[]) => operationPointer(this.api, operationId, ...keys)
  responsePointer = (operationId: string, status: number | string) => responsePointer(this.api, operationId, status)
  pause = (milliseconds: number) => this.#run.transport.pause(milliseconds)

  verify(rule: RuleId, verification: Verification): boolean {
    const { recorder } = this.#run
    if (!this.#dryFindings) {
      recorder.count(this.check, rule, verification)
      this.#hasJudged = true
    }
    if (verification.passed) return true
    const pointer = verification.pointer ?? this.operationPointer(verification.operationId)
    if (this.#dryFindings) {
      this.#dryFindings.push(recorder.findingOf(this.check, rule, { ...verification, pointer }))
      return false
    }
    const key = { rule, operationId: verification.operationId, pointer }
    const known = recorder.seenAgain(this.check, key)
    const finding = known ?? recorder.addFinding(recorder.findingOf(this.check, rule, { ...verification, pointer }))
    this.#findings.set(keyOfFinding(key), finding)
    return false
  }

  send(operationId: string, input: RequestInput = {}) {
    return this.#exchange(operationId, input, false)
  }

  race(operationId: string, input: RequestInput, times: number) {
    return settleAll(Array.from({ length: times }, () => this.#exchange(operationId, input, true)))
  }

  async expectAccepted<Body = Payment>(
    operationId: string,
    input: RequestInput = {},
    rule: RuleId = 'request.accepted',
  ): Promise<Accepted<Body>> {
    const exchange = await this.send(operationId, input)
    const { status, body } = exchange
    const isAccepted = this.verify(rule, {
      operationId,
      passed: status >= 200 && status < 300,
      message: () => {
        const error = isJsonObject(body) && isJsonObject(body.error) ? `: ${body.error.code}, ${body.error.message}` : ''
        return `The valid request returned ${status}${error}.`
      },
      exchanges: [exchange],
    })
    if (!isAccepted) throw new CheckEnded()
    this.verify('response.status', {
      operationId,
      passed: status === 200,
      message: () => `The status is ${status}, the document gives 200.`,
      exchanges: [exchange],
      pointer: this.responsePointer(operationId, 200),
    })
    if (!isJsonObject(body)) throw new CheckEnded()
    return { body: body as Body, exchange }
  }

  async expectRejected(operationId: string, input: RequestInput, expectation: RejectionExpectation): Promise<Exchange> {
    const { rule, what, statuses = [400, 422], pointer, evidence = [], isStricter } = expectation
    const exchange = await this.send(operationId, input)
    const { status } = exchange
    // A server that failed has its finding already.
    if (status >= 500) return exchange
    this.verify(rule, {
      operationId,
      passed: statuses.includes(status),
      message: () => `${what} returns ${status} instead of ${statuses.join(' or ')}.`,
      exchanges: [...evidence, exchange],
      pointer: pointer ?? this.responsePointer(operationId, statuses.at(-1) ?? 422),
      isStricter,
    })
    return exchange
  }

  skip(reason: string, operationId = this.check.operationId): never {
    this.#run.recorder.addNotChecked({ check: this.check.name, operationId, reason })
    this.#skipReason = reason
    throw new CheckEnded()
  }

  async dryRun(work: () => Promise<void>): Promise<Finding[]> {
    const found: Finding[] = []
    this.#dryFindings = found
    try {
      await work()
    } catch (error) {
      if (!(error instanceof CheckEnded)) throw error
    } finally {
      this.#dryFindings = undefined
    }
    return found
  }

  async #exchange(operationId: string, input: RequestInput, isRaced: boolean): Promise<Exchange> {
    const { secrets, ledger, recorder, transport, api, settings } = this.#run
    const { encoding } = this.check
    secrets.remember(input.body)
    const askedAt = ledger.nextMoment()
    const encoded = { ...(encoding && input.body !== undefined && { encoding }), ...input }
    const exchange = await transport.send(wireRequestOf(api, settings, operationId, encoded))
    if (isRaced) recorder.addRaced(exchange)
    if (exchange.status === 429 && !asksFor429(encoded)) this.skip(endedByLimit, operationId)
    // What another merchant creates is in no list of this one.
    if (operationId === 'createPayment' && input.authorization === undefined) this.#inspectOrder(input, exchange)
    if (operationId === 'createPayment' && this.#hasMerchant(exchange)) ledger.addCreation(exchange)
    if (exchange.status >= 400 && input.path?.id !== undefined) ledger.addRejection(input.path.id, exchange)
    this.#inspect(exchange, askedAt)
    return exchange
  }

  /** An order makes a payment of its own. */
  #inspectOrder({ body }: RequestInput, exchange: Exchange) {
    const { ledger } = this.#run
    const order = isJsonObject(body) ? ledger.orderOf(body) : undefined
    if (order === undefined) return
    if (isPayment(exchange.body) && exchange.status === 200 && this.capabilities.has('state')) {
      const { id } = exchange.body
      const owner = ledger.ownerOf(id, order, exchange)
      this.verify('invariant.unique-ids', {
        operationId: 'createPayment',
        passed: owner.order === order || 'X-KOMOJU-IDEMPOTENCY' in exchange.requestHeaders,
        message: () => `Two orders got payments with the id ${id}.`,
        exchanges: [owner.exchange, exchange],
        pointer: '#/components/schemas/Payment/properties/id',
      })
    }
    ledger.addOrder(order, exchange)
  }

  /** Reports what a rule of any response says. @returns whether it passed */
  #report(exchange: Exchange, { rule, ...result }: RuleResult): boolean {
    return this.verify(rule, { ...result, operationId: exchange.operationId, exchanges: [exchange] })
  }

  /** Holds the rules of any response against an exchange. A rule that fails can make the following ones pointless. */
  #inspect(exchange: Exchange, askedAt: number) {
    const { responseRules: rules } = this.#run
    const { status, body } = exchange
    if (!this.#report(exchange, rules.reached(exchange))) throw new CheckEnded()
    this.#report(exchange, this.#run.secrets.judge(exchange))
    if (!this.#report(exchange, rules.serverError(exchange))) return
    if ((status >= 300 && status < 400) || isBeforeTarget(status)) return
    this.#report(exchange, rules.contentType(exchange))
    this.#report(exchange, rules.json(exchange))
    if (body === undefined) return
    if (status >= 400) {
      for (const result of rules.errorRules(exchange)) this.#report(exchange, result)
      return
    }
    if (!rules.isDocumentedRequest(exchange)) return
    const results = rules.schemaRules(exchange)
    for (const result of results) this.#report(exchange, result)
    if (results.some(({ passed }) => !passed)) return
    if (isPayment(body)) this.#inspectPayments([body], exchange, askedAt)
    if (isList(exchange) && isJsonObject(body) && Array.isArray(body.data))
      this.#inspectPayments(body.data.filter(isPayment), exchange, askedAt)
  }

  /** Invariants that a response breaks against what was known. What is broken more plainly is not also a side effect. */
  #brokenSince(known: LedgerEntry, payment: Payment, exchange: Exchange): Broken[] {
    const plain = brokenBetween(known.payment, payment)
    const broken = plain.length > 0 ? plain : sideEffectsOf(exchange.operationId, known.payment, payment, this.difference)
    return broken.map((one) => ({ ...one, exchanges: [known.exchange, exchange] }))
  }

  /** Whether a request was sent with the key of one of the two merchants, and not with a wrong one. */
  #hasMerchant({ requestHeaders }: Exchange): boolean {
    const { secretKey, otherSecretKey } = this.settings
    return [secretKey, otherSecretKey].some((key) => key !== undefined && requestHeaders.authorization === basicCredentials(key))
  }

  /** No list of one merchant holds a payment that the other one made. */
  #inspectOwners(found: Payment[], exchange: Exchange) {
    if (!this.capabilities.has('state') || !this.capabilities.has('other-merchant') || !this.#hasMerchant(exchange)) return
    const creation = this.#run.ledger.foreignIn(found, exchange)
    this.verify('id.foreign', {
      operationId: exchange.operationId,
      passed: creation === undefined,
      message: () => "The list holds another merchant's payment.",
      exchanges: [...(creation ? [creation] : []), exchange],
    })
  }

  /** Invariants of the payments in a response, alone and against what they were before. A list keeps one where all its payments do. */
  #inspectPayments(found: Payment[], exchange: Exchange, askedAt: number) {
    const { ledger, api } = this.#run
    if (isList(exchange)) this.#inspectOwners(found, exchange)
    const paymentMethod = isList(exchange) ? undefined : found[0]?.payment_details?.type
    const cashMethods = cashMethodsOf(api.methods)
    const alone = found.flatMap((payment) => brokenInvariants(payment, cashMethods))
    this.#verifyInvariants(
      invariantsAlone,
      alone.map((broken) => ({ ...broken, exchanges: [exchange] })),
      exchange,
      paymentMethod,
    )
    const isOwn = exchange.requestHeaders.authorization === basicCredentials(this.settings.secretKey)
    if (!this.capabilities.has('state') || this.#dryFindings || !isOwn || ledger.isReplay(exchange)) return
    const before = found.map((payment) => ({ payment, known: ledger.knownBefore(payment.id, askedAt) }))
    const between = before.flatMap(({ payment, known }) => (known ? this.#brokenSince(known, payment, exchange) : []))
    if (isList(exchange) || before.some(({ known }) => known)) this.#verifyInvariants(invariantsBetween, between, exchange, paymentMethod)
    ledger.update(found, exchange, askedAt)
  }

  /** Says of each invariant whether it holds, and of each property that breaks it. */
  #verifyInvariants(invariants: readonly RuleId[], broken: Broken[], exchange: Exchange, paymentMethod: string | undefined) {
    const holding = { property: 'id', message: '', exchanges: [exchange] }
    for (const rule of invariants) {
      const found = broken.filter((one) => one.rule === rule)
      for (const { property, message, exchanges } of found.length > 0 ? found : [holding])
        this.verify(rule, {
          operationId: exchange.operationId,
          passed: found.length === 0,
          message: () => message,
          exchanges,
          pointer: pointerOf('components', 'schemas', 'Payment', 'properties', property),
          paymentMethod,
        })
    }
  }
}
