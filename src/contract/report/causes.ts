/** Findings by what causes them: a rule that is broken, at places that belong together. */
import { brokenRule, type RuleId } from '../rules/rules.ts'
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

/** Groups findings by their rule, the largest group first. */
export const causesOf = (findings: Finding[]): Cause[] =>
  [...Map.groupBy(findings, ({ rule }) => rule)]
    .map(([rule, group]) => ({
      rule,
      title: brokenRule(rule),
      findings: group,
      operations: [...new Set(group.map(({ operationId }) => operationId))],
      pointers: [...new Set(group.map(({ pointer }) => pointer))],
    }))
    .sort((one, other) => other.findings.length - one.findings.length)

/** A cause in one line: how often, what, and where. */
export const causeLine = ({ title, findings, operations, pointers }: Cause): string => {
  const homes = [...new Set(pointers.map(homeOf))].filter((home) => home !== 'paths')
  const places = homes.length > 0 ? `, in ${homes.length > 3 ? `${homes.length} schemas` : homes.join(', ')}` : ''
  const where = operations.length > 3 ? `${operations.length} operations` : operations.join(', ')
  return `${findings.length} × ${title}: ${where}${places}`
}
