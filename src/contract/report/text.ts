/** The verdict in a terminal. */

import { rules } from '../rules/rules.ts'
import { summaryOf } from '../run/exchange.ts'
import { causeLine, causesOf } from './causes.ts'
import { type Coverage, checksEndedBy, endedByLimit, type Finding, leftOutByQuick, limitedOperations, type Verdict } from './run-report.ts'

/** Counts of checked and failed rules by anything that tells cases apart. */
export const tally = <Key extends string>(
  coverage: Coverage[],
  keyOf: (cell: Coverage) => Key,
): [key: Key, checked: number, failed: number][] => {
  const counts = new Map<Key, [number, number]>()
  for (const cell of coverage) {
    const key = keyOf(cell)
    if (key === '') continue
    const [checked, failed] = counts.get(key) ?? [0, 0]
    counts.set(key, [checked + cell.checked, failed + cell.failed])
  }
  return [...counts].map(([key, [checked, failed]]) => [key, checked, failed])
}

/** Text of a target without what a terminal would obey: escape codes, bells, titles. */
export const printable = (text: string) => text.replaceAll(/[^\P{Cc}\t\n]/gu, '\ufffd')

const short = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** How many other checks saw a finding, in words. */
export const othersOf = ({ length }: string[]) => (length > 1 ? `, and ${length - 1} more` : '')

/** A finding in one line. */
export const headlineOf = ({ operationId, message, rule }: Finding) => `${operationId}: ${printable(message)} (${rule})`

/** A finding in lines: the rule, what was wrong, where it is written, what was sent, and how to send it again. */
export const findingText = (finding: Finding): string => {
  const { rule, operationId, message, pointer, check, checks, exchanges, curl } = finding
  const last = exchanges.at(-1)
  return [
    `${operationId}: ${printable(message)}`,
    `  expected  ${rules[rule].holds}`,
    `  rule      ${rule}`,
    `  document  ${pointer}`,
    `  check     ${check}${othersOf(checks)}`,
    ...exchanges.map((exchange) => `  sent      ${printable(summaryOf(exchange))}`),
    ...(last?.text ? [`  response  ${printable(short(last.text.replaceAll(/\s+/g, ' '), 400))}`] : []),
    `  again     ${printable(curl.at(-1) ?? '')}`,
  ].join('\n')
}

const table = (title: string, head: string, rows: [string, number, number][], notChecked: Map<string, number>): string => {
  const names = [...new Set([...rows.map(([name]) => name), ...notChecked.keys()])]
  const width = Math.max(head.length, ...names.map((name) => name.length))
  const line = (name: string, ...cells: (string | number)[]) =>
    `  ${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(13)).join('')}`
  const byName = new Map(rows.map(([name, checked, failed]) => [name, [checked, failed]]))
  return [
    title,
    line(head, 'checked', 'failed', 'not checked'),
    ...names.map((name) => line(name, ...(byName.get(name) ?? [0, 0]), notChecked.get(name) ?? 0)),
  ].join('\n')
}

const counted = (names: string[]) => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** What the target's limit kept from being judged, as a sentence; empty where nothing was. */
const limitText = (verdict: Verdict) => {
  const ended = checksEndedBy(verdict, endedByLimit).size
  if (ended === 0) return ''
  const operations = limitedOperations(verdict)
  const never = operations.length > 0 ? `, and never anything else from ${operations.join(', ')}` : ''
  return ` ${ended} checks got 429 however long they waited${never}.`
}

/** One sentence that says whether the target conforms. */
export const verdictLine = (verdict: Verdict): string => {
  const { target, findings, notChecked, checks, stopped, isTargetGone, isQuick } = verdict
  const leftOut = checksEndedBy(verdict, leftOutByQuick).size
  const impossible = new Set(notChecked.map(({ check }) => check)).size - leftOut
  const quick = isQuick ? ` This was a quick run: ${leftOut} checks were left out, and most wrong values of the others.` : ''
  const limit = limitText(verdict)
  const left = `${limit}${impossible > 0 ? ` ${impossible} checks were not possible.` : ''}${quick}`
  const early = isTargetGone ? ' The target stopped responding during the run.' : stopped ? ' The run was stopped before its end.' : ''
  const stricter = findings.filter(({ isStricter }) => isStricter).length
  const counts = `${findings.length - stricter} findings${stricter > 0 ? ` and ${stricter} stricter than asked` : ''}`
  if (findings.length > stricter) return `${target} does not conform: ${counts} in ${checks} checks.${left}${early}`
  if (stricter > 0) return `${target} conforms, with ${counts} in ${checks} checks.${left}${early}`
  if (checks === 0) return `${target} was not judged: no check was possible.${left}${early}`
  if (limit) return `${target} was not judged to the end. What ${checks} checks could see of it conforms.${left}${early}`
  return `${target} conforms, as far as ${checks} checks can tell.${left}${early}`
}

const numbered = (findings: Finding[]) => findings.map((finding, index) => `${index + 1}. ${findingText(finding)}\n`)

const stricterText = (findings: Finding[]) =>
  findings.length > 0 ? ['Stricter than asked: the reference leaves these open.\n', ...numbered(findings)] : []

/** The whole verdict: causes, findings, coverage, what was not checked, and the sentence at the end. */
export const verdictText = (verdict: Verdict): string => {
  const { findings, notChecked, coverage, requests, duration, seed, runId, notes = [] } = verdict
  const reasons = counted(notChecked.map(({ reason }) => reason))
  return [
    ...(findings.length > 0 ? [verdictLine(verdict), '', 'Causes', ...causesOf(findings).map((cause) => `  ${causeLine(cause)}`), ''] : []),
    ...numbered(findings.filter(({ isStricter }) => !isStricter)),
    ...stricterText(findings.filter(({ isStricter }) => isStricter)),
    table(
      'Operations',
      'operation',
      tally(coverage, ({ operationId }) => operationId),
      counted(notChecked.map(({ operationId }) => operationId)),
    ),
    '',
    table(
      'Encodings',
      'encoding',
      tally(coverage, ({ encoding }) => encoding || 'no body'),
      new Map(),
    ),
    '',
    table('Statuses', 'status', tally(coverage, ({ status }) => (status ? String(status) : 'none')).sort(), new Map()),
    '',
    table(
      'Payment methods',
      'method',
      tally(coverage, ({ paymentMethod }) => paymentMethod),
      new Map(),
    ),
    '',
    table('Rules', 'rule', tally(coverage, ({ rule }) => rule).sort(), new Map()),
    '',
    ...(reasons.size > 0 ? ['Not checked', ...[...reasons].map(([reason, count]) => `  ${count} × ${reason}`), ''] : []),
    `${requests} requests in ${(duration / 1000).toFixed(1)} s. Seed ${seed}. Everything created carries ${runId}.`,
    ...notes,
    verdictLine(verdict),
  ].join('\n')
}
