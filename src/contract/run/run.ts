/** A run from its start to its verdict. The vitest form and the plain form share it. */

import type { Check } from '../checks/check.ts'
import { type Finding, leftOutByQuick, type Verdict } from '../report/run-report.ts'
import { CheckEnded } from './check-context.ts'
import { ContractRun } from './contract-run.ts'
import { detectCapabilities } from './detect-capabilities.ts'
import { estimateOf } from './estimate.ts'
import { type ContractOptions, settingsOf } from './options.ts'
import { preflight } from './preflight.ts'
import { Stopped } from './transport.ts'
import { sampleOf, wantedChecks } from './wanted-checks.ts'

/**
 * Begins a run: looks whether there is an API, says how long the run takes where that is long, and finds out what the target can do.
 * @throws {PreflightError} for a target that cannot be judged
 */
export const begin = async (run: ContractRun, wanted: ReturnType<typeof wantedChecks>) => {
  const { settings, recorder } = run
  const { checks, last, leftOut } = wanted
  const secondsPerResponse = (await preflight(run)) / 1000
  const quickChecks = settings.quick ? undefined : [...sampleOf(checks), ...last]
  const estimate = estimateOf([...checks, ...last], quickChecks, { ...settings, secondsPerResponse })
  if (estimate) settings.onEstimate?.(estimate)
  for (const { name, operationId } of leftOut) recorder.addNotChecked({ check: name, operationId, reason: leftOutByQuick })
  await detectCapabilities(run).catch((error: unknown) => {
    // Then each check says so.
    if (!(error instanceof Stopped)) throw error
  })
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
  // One that was skipped before it judged anything tells nothing.
  if (context.hasJudged || context.skipReason === undefined) recorder.addFinished(name)
  return { findings: context.findings, ...(context.skipReason !== undefined && { notChecked: context.skipReason }) }
}

/**
 * Checks a target and returns the verdict. `komoju-openapi/contract` registers the same checks as vitest tests.
 * @throws {OptionsError} for options that make no sense
 * @throws {PreflightError} for a target that cannot be judged
 */
export const runContract = async (options: ContractOptions): Promise<Verdict> => {
  const run = new ContractRun(settingsOf(options))
  const wanted = wantedChecks(run.api, options)
  await begin(run, wanted)
  const { checks: waiting, last } = wanted
  const runWaiting = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(run, check)
  }
  await Promise.all(Array.from({ length: run.settings.concurrency }, runWaiting))
  for (const check of last) await runCheck(run, check)
  return run.verdict
}
