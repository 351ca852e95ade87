/** Runs the kit on a faulty target until it finds what it must. */

import type { Finding, Verdict } from '../../src/contract/report/run-report.ts'
import { runContract } from '../../src/contract/run/run.ts'
import type { Fault } from './fault.ts'
import { isStrictOnly } from './strict-only.ts'
import type { Target } from './target.ts'

/** Options of a run on a target in this process. */
export const inProcess = (target: Target) => ({
  url: 'http://127.0.0.1/api/v1',
  secretKey: 'sk_test_123456',
  otherSecretKey: 'sk_test_other',
  payUrl: 'http://127.0.0.1/sandbox/pay/{id}',
  seed: 1,
  fetch: target.fetch,
})

/** Checks that can find a fault, so that a test need not run all of them. */
const wordsFor = ({ rule, operation }: Fault): string[] | undefined => {
  if (/^rejection\.no-/.test(rule)) return ['lists', 'createPayment rejects every wrong parameter', 'credentials', 'journeys']
  if (rule === 'rejection.read-only') return ['nothing that is not its own', 'what only KOMOJU sets']
  if (rule === 'response.survives') return ['survives']
  if (rule === 'http.hostile-text') return ['text', 'spelling', 'journeys']
  if (rule.startsWith('rejection.')) return [`${operation} rejects`]
  if (/^(list|consistency\.list)/.test(rule) || operation === 'listPayments') return ['lists', 'journeys', 'listPayments']
  const group = { account: 'accounts', idempotency: 'idempotency', credentials: 'credentials', id: 'ids', http: 'http' }[
    rule.split('.')[0]!
  ]
  return group === undefined ? undefined : [group, 'journeys']
}

/** Checks that repeat what others show, by what a fault is about. */
const repeatedFor = ({ kind }: Fault): string[] => {
  if (kind === 'acceptance') return ['wrong']
  const forms = ['generated', 'in forms', 'in a form', 'as a form']
  return kind === 'error' || kind === 'robustness' ? ['wrong detail of', ...forms] : ['wrong', ...forms]
}

/** Everything that the checks say of a fault which can find it. */
export const huntAll = async (fault: Fault, target: Target): Promise<Finding[]> => {
  const only = wordsFor(fault)
  const choice = only ? { only } : { skip: repeatedFor(fault) }
  return (await runContract({ ...inProcess(target), ...choice, strict: isStrictOnly(fault.name) })).findings
}

/** Findings of the operations at fault. */
export type Hunt = { found: Map<string, Finding>; verdict: Verdict }

/**
 * Runs the kit until it finds the fault, in every operation that has it.
 * @param only names of the checks to run; where there are none, all that can find it
 */
export const hunt = async (fault: Fault, target: Target, only = wordsFor(fault)): Promise<Hunt> => {
  const isFound = new AbortController()
  const found = new Map<string, Finding>()
  const verdict = await runContract({
    ...inProcess(target),
    ...(only && { only }),
    strict: isStrictOnly(fault.name),
    signal: isFound.signal,
    onFinding: (finding) => {
      if (finding.rule !== fault.rule || !fault.operations.includes(finding.operationId)) return
      found.set(finding.operationId, finding)
      if (found.size === fault.operations.length) isFound.abort()
    },
  })
  return { found, verdict }
}
