/** Findings by what causes them: a rule that is broken, at places that belong together. */
import { brokenRule, type RuleId, rules } from '../rules/rules.ts'
import type { Finding } from './run-report.ts'

export type Cause = {
  rule: RuleId
  /** What the findings have in common, in words. */
  title: string
  findings: Finding[]
  operations: string[]
  /** Pointers into the document, each once. */
  pointers: string[]
}

/** Schema, or part of the paths, that a pointer leads into. */
const homeOf = (pointer: string) => /^#\/components\/schemas\/([^/]+)/.exec(pointer)?.[1] ?? 'paths'

/** Operations in the order in which a payment and an account pass them: what one makes wrong, the later ones show. */
const passage = [
  ...['createPayment', 'capturePayment', 'cancelPayment', 'refundPayment', 'requestRefund', 'updatePayment', 'getPayment', 'listPayments'],
  ...['createAccount', 'updateAccount', 'acceptServiceAgreement', 'getAccount'],
]

/** Rules that explain what else is broken come first, those that are broken by what others say last. */
const precedence: Partial<Record<RuleId, number>> = {
  'response.survives': -3,
  'consistency.read': -2,
  'response.content-type': -1,
  'response.json': -1,
  'response.schema': -1,
  'response.secrets': -1,
  'consistency.get': -1,
  'rejection.no-change': 1,
  'rejection.no-trace': 1,
}

const ruleOrder = Object.keys(rules)

/** Numbers that causes are sorted by: what explains others first, then what an earlier operation shows, then the simpler rule. */
const rankOf = ({ rule, operations: [first = ''] }: Cause) => [precedence[rule] ?? 0, passage.indexOf(first), ruleOrder.indexOf(rule)]

const compare = (one: Cause, other: Cause) => {
  const ranks = rankOf(other)
  return (
    rankOf(one)
      .map((rank, index) => rank - (ranks[index] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  )
}

/** Groups findings by their rule. The first operation of the first cause is the one to look at first. */
export const causesOf = (findings: Finding[]): Cause[] =>
  [...Map.groupBy(findings, ({ rule }) => rule)]
    .map(([rule, group]) => ({
      rule,
      title: brokenRule(rule),
      findings: group,
      operations: [...new Set(group.map(({ operationId }) => operationId))].sort(
        (one, other) => passage.indexOf(one) - passage.indexOf(other),
      ),
      pointers: [...new Set(group.map(({ pointer }) => pointer))],
    }))
    .sort(compare)

/** A cause in one line: how often, what, and where. */
export const causeLine = ({ title, findings, operations, pointers }: Cause): string => {
  const homes = [...new Set(pointers.map(homeOf))].filter((home) => home !== 'paths')
  const places = homes.length > 0 ? `, in ${homes.length > 3 ? `${homes.length} schemas` : homes.join(', ')}` : ''
  const where = operations.length > 3 ? `${operations.length} operations` : operations.join(', ')
  return `${findings.length} × ${title}: ${where}${places}`
}
