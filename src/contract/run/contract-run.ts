/** One run against one target: what all of its checks share. */
import { randomBytes } from 'node:crypto'
import type { SchemaObject } from '../../document.ts'
import { type ApiModel, readApiModel } from '../api/api-model.ts'
import type { Verdict } from '../report/run-report.ts'
import { firstDifference } from '../rules/payment-invariants.ts'
import { PaymentLedger } from '../rules/payment-ledger.ts'
import { type ResponseRules, responseRulesOf } from '../rules/response-rules.ts'
import { Secrets } from '../rules/secrets.ts'
import { Capabilities } from './capabilities.ts'
import type { CheckContext } from './check-context.ts'
import { type Exchange, withoutCredentials } from './exchange.ts'
import { LiveCheckContext } from './live-check-context.ts'
import type { Settings } from './options.ts'
import { type CheckIdentity, Recorder } from './recorder.ts'
import type { RunParts } from './run-parts.ts'
import { Transport } from './transport.ts'

/** Whether a property counts in a comparison: what the document does not know may come and go between responses. */
const isComparedBy = ({ document }: ApiModel) => {
  const known = new Set(
    Object.values(document.components.schemas as Record<string, SchemaObject>).flatMap(({ properties }) => Object.keys(properties ?? {})),
  )
  return (path: string) => {
    // The innermost name of `refunds[0][amount]`.
    const last = path.split(/[[\]]/).findLast(Boolean) ?? path
    return path.startsWith('metadata') || /^\d+$/.test(last) || known.has(last)
  }
}

const listed = (words: string[]) => new Intl.ListFormat('en').format(words)

export class ContractRun implements RunParts {
  readonly settings: Settings
  readonly api: ApiModel = readApiModel()
  readonly runId = `kit-${randomBytes(5).toString('hex')}`
  readonly capabilities: Capabilities
  readonly ledger = new PaymentLedger(this.runId)
  readonly secrets: Secrets
  readonly responseRules: ResponseRules
  readonly transport: Transport
  readonly recorder: Recorder
  readonly #isCompared = isComparedBy(this.api)
  #names = 0

  constructor(settings: Settings) {
    this.settings = settings
    this.secrets = new Secrets(this.api, settings)
    this.capabilities = new Capabilities(settings)
    this.responseRules = responseRulesOf(this.api, new URL(settings.url).pathname)
    this.transport = new Transport(settings)
    this.recorder = new Recorder(settings, () => this.transport.stop())
    settings.signal?.addEventListener('abort', () => this.stop(), { once: true })
  }

  /** A name that no other request of any run carries. Its capital shows where case is lost. */
  freshName(what = 'Order') {
    return `${this.runId}-${what}-${++this.#names}`
  }

  /** First place where two states of the same thing differ, undefined where none does. */
  difference(one: unknown, other: unknown) {
    return firstDifference(one, other, this.#isCompared)
  }

  contextFor(check: CheckIdentity): CheckContext {
    return new LiveCheckContext(this, check)
  }

  /** Ends the run: what was found until then is the verdict. */
  stop() {
    this.recorder.stop()
  }

  /** Everything that went over the wire, for reports. */
  get exchanges(): Exchange[] {
    return this.transport.exchanges.map((exchange) => withoutCredentials(exchange, this.settings))
  }

  get verdict(): Verdict {
    const currencies = [...this.capabilities.smallestUnitCurrencies].sort()
    const notes = currencies.length > 0 ? [`The target counts ${listed(currencies)} in cents: 1050 are 10.50.`] : []
    const verdict = { ...this.recorder.verdict(this.runId, this.transport.exchanges.length), ...(notes.length > 0 && { notes }) }
    if (!this.transport.isTargetGone) return verdict
    // That a dead server does not respond is no finding of each operation.
    return { ...verdict, findings: verdict.findings.filter(({ rule }) => rule !== 'response.reached'), stopped: true, isTargetGone: true }
  }
}
