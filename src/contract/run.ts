/** A run from its start to its verdict. The vitest form and the plain form share it. */
import { detectCapabilities } from './capabilities.ts'
import { accountChecks } from './checks/accounts.ts'
import type { Check } from './checks/check.ts'
import { credentialChecks } from './checks/credentials.ts'
import { exampleChecks } from './checks/examples.ts'
import { generatedChecks } from './checks/generated.ts'
import { httpChecks } from './checks/http.ts'
import { idempotencyChecks } from './checks/idempotency.ts'
import { idChecks } from './checks/ids.ts'
import { journeyChecks } from './checks/journeys.ts'
import { listChecks } from './checks/lists.ts'
import { rejectionChecks } from './checks/rejections.ts'
import { Stopped } from './client.ts'
import { type ContractOptions, settingsOf } from './options.ts'
import { CheckEnded, createSession, type Session } from './session.ts'
import type { Subject } from './subject.ts'
import type { Finding, Verdict } from './verdict.ts'

/** Every check that the document gives rise to. Those of lists come last: they look at what the others left. */
export const allChecks = (subject: Subject): { checks: Check[]; last: Check[] } => ({
  checks: [
    ...exampleChecks(subject),
    ...journeyChecks(subject),
    ...idempotencyChecks(),
    ...accountChecks(),
    ...credentialChecks(subject),
    ...idChecks(subject),
    ...httpChecks(subject),
    ...generatedChecks(subject),
    ...rejectionChecks(subject),
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
export const wantedChecks = (subject: Subject, options: Pick<ContractOptions, 'only' | 'skip' | 'shard'>) => {
  const { checks, last } = allChecks(subject)
  const wanted = (candidates: Check[]) => candidates.filter((check) => isWanted(check, options))
  const { number, of } = options.shard ?? { number: 1, of: 1 }
  return { checks: wanted(checks).filter((_check, index) => index % of === number - 1), last: wanted(last) }
}

/**
 * Runs one check.
 * @returns its findings, or why it was not checked
 */
export const runCheck = async (session: Session, check: Check): Promise<{ findings: Finding[]; notChecked?: string }> => {
  const skip = (reason: string) => {
    session.skip(check.name, check.operationId, reason)
    return { findings: [], notChecked: reason }
  }
  const lacking = check.needs.map((capability) => session.lacks(capability)).find((reason) => reason !== undefined)
  if (lacking !== undefined) return skip(lacking)
  if (session.isStopped()) return skip('the run was stopped')
  const { name, operationId, group, encoding, paymentMethod } = check
  const forCheck = session.forCheck({ name, operationId, group, ...(encoding && { encoding }), ...(paymentMethod && { paymentMethod }) })
  try {
    await check.run(forCheck)
  } catch (error) {
    if (error instanceof Stopped) return skip('the run was stopped')
    // A response of another shape than the document's can break a check; its finding says why.
    if (!(error instanceof CheckEnded) && forCheck.own.length === 0) throw error
  }
  session.countCheck(name)
  const left = forCheck.left()
  return { findings: forCheck.own, ...(left !== undefined && { notChecked: left }) }
}

/**
 * Checks a target and returns the verdict. `komoju-openapi/contract` registers the same checks as vitest tests.
 * @throws {OptionsError} where an option makes no sense
 * @throws {UnreachableError} where nothing responds at the address
 */
export const runContract = async (options: ContractOptions): Promise<Verdict> => {
  const session = createSession(settingsOf(options))
  await detectCapabilities(session)
  const { checks: waiting, last } = wantedChecks(session.subject, options)
  const runWaiting = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(session, check)
  }
  await Promise.all(Array.from({ length: session.settings.concurrency }, runWaiting))
  for (const check of last) await runCheck(session, check)
  return session.verdict()
}
