/** Which checks a run is made of. Nothing that only a running check needs is loaded for it. */

import type { ApiDescription } from '../api/api-description.ts'
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
import type { ContractOptions } from './options.ts'

/** Every check that the document gives rise to. Those of lists come last: they look at what the others left. */
export const allChecks = (api: ApiDescription): { checks: Check[]; last: Check[] } => ({
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

/**
 * One check of each kind. Kinds take turns in which of theirs they give, so that every encoding and payment method is among them;
 * it is the same each time.
 */
export const sampleOf = (checks: Check[]): Check[] =>
  [...Map.groupBy(checks, ({ kind, name }) => kind ?? name).values()].flatMap((kind, index) => kind[index % kind.length] ?? [])

type Choice = Pick<ContractOptions, 'only' | 'skip' | 'shard' | 'quick'>

/** The checks that were asked for, and belong to the shard. Lists are in every shard: each looks at what its own requests left. */
export const wantedChecks = (api: ApiDescription, options: Choice): { checks: Check[]; last: Check[]; leftOut: Check[] } => {
  const { checks, last } = allChecks(api)
  const wanted = (candidates: Check[]) => candidates.filter((check) => isWanted(check, options))
  const { number, of } = options.shard ?? { number: 1, of: 1 }
  const all = wanted(checks)
  const chosen = options.quick ? sampleOf(all) : all
  const inShard = (candidates: Check[]) => candidates.filter((_check, index) => index % of === number - 1)
  return { checks: inShard(chosen), last: wanted(last), leftOut: inShard(all.filter((check) => !chosen.includes(check))) }
}
