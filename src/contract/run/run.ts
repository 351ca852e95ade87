/** A run from its start to its verdict. The vitest form and the plain form share it. */

import type { ApiModel } from '../api/api-model.ts'
import { accountChecks } from '../checks/accounts.ts'
import { boundChecks } from '../checks/bounds.ts'
import type { Check } from '../checks/check.ts'
import { credentialChecks } from '../checks/credentials.ts'
import { exampleChecks } from '../checks/examples.ts'
import { generatedChecks } from '../checks/generated.ts'
import { httpChecks } from '../checks/http.ts'
import { idempotencyChecks } from '../checks/idempotency.ts'
import { idChecks } from '../checks/ids.ts'
import { journeyChecks } from '../checks/journeys/index.ts'
import { listChecks } from '../checks/lists.ts'
import { massAssignmentChecks } from '../checks/mass-assignment.ts'
import { rejectionChecks } from '../checks/rejections.ts'
import { robustnessChecks } from '../checks/robustness.ts'
import type { Finding, Verdict } from '../report/run-report.ts'
import { CheckEnded } from './check-context.ts'
import { ContractRun } from './contract-run.ts'
import { detectCapabilities } from './detect-capabilities.ts'
import { type ContractOptions, settingsOf } from './options.ts'
import { Stopped } from './transport.ts'

/** Every check that the document gives rise to. Those of lists come last: they look at what the others left. */
export const allChecks = (api: ApiModel): { checks: Check[]; last: Check[] } => ({
  checks: [
    ...exampleChecks(api),
    ...journeyChecks(api),
    ...idempotencyChecks(),
    ...accountChecks(),
    ...credentialChecks(api),
    ...idChecks(api),
    ...httpChecks(api),
    ...generatedChecks(api),
    ...rejectionChecks(api),
    ...massAssignmentChecks(),
    ...boundChecks(),
    ...robustnessChecks(),
  ],
  last: listChecks(),
})

/** Words that a check goes by, for `--only` and `--skip`. */
const wordsOf = ({ group, operationId, encoding, paymentMethod, needs }: Check) =>
  [group, operationId, encoding, paymentMethod, ...needs].filter((word) => word !== undefined)

const goesBy = (check: Check, words: string[]) =>
  words.some((word) => wordsOf(check).includes(word as never) || check.name.toLowerCase().includes(word.toLowerCase()))

/** Whether a check was asked for. */
const isWanted = (check: Check, { only = [], skip = [] }: Pick<ContractOptions, 'only' | 'skip'>) =>
  (only.length === 0 || goesBy(check, only)) && !goesBy(check, skip)

/** The checks that were asked for, and belong to the shard. Lists are in every shard: each looks at what its own requests left. */
export const wantedChecks = (api: ApiModel, options: Pick<ContractOptions, 'only' | 'skip' | 'shard'>) => {
  const { checks, last } = allChecks(api)
  const wanted = (candidates: Check[]) => candidates.filter((check) => isWanted(check, options))
  const { number, of } = options.shard ?? { number: 1, of: 1 }
  return { checks: wanted(checks).filter((_check, index) => index % of === number - 1), last: wanted(last) }
}

/**
 * Runs one check.
 * @returns its findings, or why it was not checked
 */
export const runCheck = async (run: ContractRun, check: Check): Promise<{ findings: readonly Finding[]; notChecked?: string }> => {
  const { recorder, capabilities } = run
  const { name, operationId, group, encoding, paymentMethod } = check
  const skip = (reason: string) => {
    recorder.addNotChecked({ check: name, operationId, reason })
    return { findings: [], notChecked: reason }
  }
  const lacking = check.needs.map((capability) => capabilities.reason(capability)).find((reason) => reason !== undefined)
  if (lacking !== undefined) return skip(lacking)
  if (recorder.isStopped) return skip('the run was stopped')
  const context = run.contextFor({ name, operationId, group, ...(encoding && { encoding }), ...(paymentMethod && { paymentMethod }) })
  try {
    await check.run(context)
  } catch (error) {
    if (error instanceof Stopped) return skip('the run was stopped')
    // A response of another shape than the document's can break a check; its finding says why.
    if (!(error instanceof CheckEnded) && context.findings.length === 0) throw error
  }
  recorder.addFinished(name)
  return { findings: context.findings, ...(context.skipReason !== undefined && { notChecked: context.skipReason }) }
}

/**
 * Checks a target and returns the verdict. `komoju-openapi/contract` registers the same checks as vitest tests.
 * @throws {OptionsError} for options that make no sense
 * @throws {PreflightError} for a target that cannot be judged
 */
export const runContract = async (options: ContractOptions): Promise<Verdict> => {
  const run = new ContractRun(settingsOf(options))
  await detectCapabilities(run)
  const { checks: waiting, last } = wantedChecks(run.api, options)
  const runWaiting = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(run, check)
  }
  await Promise.all(Array.from({ length: run.settings.concurrency }, runWaiting))
  for (const check of last) await runCheck(run, check)
  return run.verdict
}
