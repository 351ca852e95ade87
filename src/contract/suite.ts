/** The contract kit inside a vitest suite. */
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { readApiModel } from './api/api-model.ts'
import type { Check } from './checks/check.ts'
import { createFailureText } from './report/failure.ts'
import { endedByLimit, type Verdict } from './report/run-report.ts'
import { ContractRun } from './run/contract-run.ts'
import { type ContractOptions, settingsOf } from './run/options.ts'
import { begin, runCheck } from './run/run.ts'
import { wantedChecks } from './run/wanted-checks.ts'

export { OptionsError } from './run/options.ts'
export { runContract } from './run/run.ts'

export type SuiteOptions = Omit<ContractOptions, 'url'> & {
  /** Address of the API with its base path, or a function that knows it once the server is up. */
  url: string | (() => string | Promise<string>)
  /** Gets the run before its first request. */
  onStart?: (run: ContractRun) => void
  /** Gets the run after each check. */
  onCheck?: (run: ContractRun) => void
  /** Gets the verdict after the last check. */
  onVerdict?: (verdict: Verdict, run: ContractRun) => void | Promise<void>
}

/**
 * Registers every check of the contract as a test. A check that the target makes impossible is a skipped test, with the reason.
 * @throws {OptionsError} when the tests start, where an option makes no sense
 */
export const contract = (options: SuiteOptions): void => {
  const { url, onStart, onCheck, onVerdict, ...rest } = options
  const wanted = wantedChecks(readApiModel(), options)
  const { checks, last } = wanted
  const failureText = createFailureText()
  let run: ContractRun

  const register = (check: Check) =>
    test(check.name, { timeout: 600_000 }, async (context: TestContext) => {
      const { findings, notChecked } = await runCheck(run, check)
      onCheck?.(run)
      if (findings.length > 0) throw new Error(failureText(findings))
      // A limit that lasts is no feature that the target lacks: a suite that it kept from its checks has not passed.
      if (notChecked === endedByLimit) throw new Error(`${check.name}: ${notChecked}.`)
      if (notChecked !== undefined) context.skip(notChecked)
    })

  describe('KOMOJU API contract', () => {
    beforeAll(async () => {
      run = new ContractRun(settingsOf({ ...rest, url: typeof url === 'function' ? await url() : url }))
      onStart?.(run)
      await begin(run, wanted)
    }, 120_000)
    afterAll(async () => {
      await onVerdict?.(run.verdict, run)
    })
    if (checks.length > 0) describe.concurrent('requests', () => checks.forEach(register))
    // Lists come last, one after the other: they look at what the others left.
    if (last.length > 0) describe('lists', () => last.forEach(register))
  })
}

/** A response of `fetch`, or of any client that gives its status and its decoded body. */
type ReceivedResponse = Response | { status: number; body: unknown }

const toConformTo = async (received: ReceivedResponse, operationId: string) => {
  const { operations, validator } = readApiModel()
  const operation = operations.get(operationId)
  if (!operation) throw new Error(`The document has no operation ${operationId}. It has ${[...operations.keys()].join(', ')}.`)
  const body: unknown =
    received instanceof Response
      ? await received
          .clone()
          .json()
          .catch(() => undefined)
      : received.body
  const response = operation.responses[String(received.status)]
  if (!response)
    return {
      pass: false,
      message: () => `${operationId} has no status ${received.status}. The document gives ${Object.keys(operation.responses).join(', ')}.`,
    }
  const violations = response.body ? validator.violations(response.body.schema, body) : []
  return {
    pass: violations.length === 0,
    message: () =>
      violations.length === 0
        ? `The ${received.status} of ${operationId} conforms to the document.`
        : violations.map(({ path, message }) => `${path.join('.') || 'The body'} ${message}`).join('\n'),
  }
}

expect.extend({ toConformTo })

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Checks that a response has a status of the operation, and the body that the document gives for it. Await it. */
    toConformTo: (operationId: string) => Promise<void>
  }
}
