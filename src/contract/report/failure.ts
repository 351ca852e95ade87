/** What a test of vitest says when its check found something. */
import { type Finding, keyOfFinding } from './run-report.ts'
import { findingText, headlineOf } from './text.ts'

/** Findings that one failure tells in full; more of them in one check have the same cause. */
const maxFullFindings = 5
const maxHeadlines = 15

/**
 * Makes the function that words failures. A finding is told in full once a run; where other checks see it again, by its headline.
 */
export const createFailureText = () => {
  const told = new Set<string>()
  return (findings: readonly Finding[]): string => {
    const fresh = findings.filter((finding) => !told.has(keyOfFinding(finding))).slice(0, maxFullFindings)
    for (const finding of fresh) told.add(keyOfFinding(finding))
    const others = findings.filter((finding) => !fresh.includes(finding))
    const more = others.length > maxHeadlines ? [`… and ${others.length - maxHeadlines} more`] : []
    return [
      ...fresh.map(findingText),
      ...(others.length > 0
        ? [['Also:', ...others.slice(0, maxHeadlines).map((finding) => `  ${headlineOf(finding)}`), ...more].join('\n')]
        : []),
    ].join('\n\n')
  }
}
