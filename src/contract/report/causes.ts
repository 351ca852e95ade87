/** Findings by what causes them: a rule that is broken, at places that belong together. */
import { type RuleId, rules } from '../rules/rules.ts'
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

/** Rules in the words of what is wrong. */
const broken: Partial<Record<RuleId, string>> = {
  'response.reached': 'No response came',
  'response.server-error': 'The server failed',
  'response.status': 'A status that the document does not give',
  'response.content-type': 'A response that is not called JSON',
  'response.json': 'A body that is not JSON',
  'response.schema': 'A body that breaks its schema',
  'response.secrets': 'A response that repeats a secret',
  'error.shape': 'A rejection without the error object',
  'error.code': 'A code of another kind of error',
  'error.param': 'An error that blames the wrong parameter',
  'request.accepted': 'A valid request that was rejected',
  'request.echo': 'Something that was asked for and did not come back',
  'rejection.required': 'A request without something required that was accepted',
  'rejection.type': 'A value of the wrong type that was accepted',
  'rejection.enum': 'A value outside the allowed ones that was accepted',
  'rejection.bound': 'A number out of bounds that was accepted',
  'rejection.length': 'A text of the wrong length that was accepted',
  'rejection.pattern': 'A text that is written wrongly and was accepted',
  'rejection.format': 'A text that breaks its format and was accepted',
  'rejection.unknown': 'An unknown property that was accepted',
  'rejection.read-only': 'A property that only the server sets was set',
  'credentials.missing': 'A request without credentials that was served',
  'credentials.wrong': 'Wrong credentials that were accepted',
  'invariant.total': 'A total that is not amount + tax + fee',
  'invariant.side-effects': 'A change that changed something else as well',
  'invariant.immutable': 'Something that never changes has changed',
  'consistency.get': 'A payment that is not what the last response said',
  'consistency.list': 'A list that does not show what the last response said',
  'idempotency.replay': 'A retry that did not return the first response',
}

/** Schema, or part of the paths, that a pointer leads into. */
const homeOf = (pointer: string) => /^#\/components\/schemas\/([^/]+)/.exec(pointer)?.[1] ?? 'paths'

/** Groups findings by their rule, the largest group first. */
export const causesOf = (findings: Finding[]): Cause[] =>
  [...Map.groupBy(findings, ({ rule }) => rule)]
    .map(([rule, group]) => ({
      rule,
      title: broken[rule] ?? `Not so: ${rules[rule].replace(/\.$/, '')}`,
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
