/** A very wrong target: the causes come first, and nothing is repeated. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { causeLine, causesOf } from '../../../src/contract/report/causes.ts'
import { createFailureText } from '../../../src/contract/report/failure.ts'
import { htmlReport } from '../../../src/contract/report/html.ts'
import type { Finding, Verdict } from '../../../src/contract/report/run-report.ts'
import { verdictText } from '../../../src/contract/report/text.ts'
import { brokenRule, type RuleId, rules } from '../../../src/contract/rules/rules.ts'
import { runContract } from '../../../src/contract/run/run.ts'

const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
})
let verdict: Verdict

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  verdict = await runContract({ url: `http://127.0.0.1:${port}/api/v1`, secretKey: 'sk_1', seed: 1 })
}, 120_000)
afterAll(() => server.close())

describe('a target that returns {} to everything', () => {
  test('gets its causes, that add up to the findings', () => {
    const causes = causesOf(verdict.findings)
    expect(causes.reduce((sum, { findings }) => sum + findings.length, 0)).toBe(verdict.findings.length)
    expect(causes[0]?.rule).toBe('response.schema')
    expect(causes.length).toBeLessThan(verdict.findings.length / 5)
    const lines = verdictText(verdict).split('\n')
    expect(lines[0]).toMatch(/does not conform: \d+ findings/)
    expect(lines[2]).toBe('Causes')
    expect(lines[3]).toBe(`  ${causeLine(causes[0]!)}`)
  })

  test('has a report whose size follows the faults, not the requests', () => {
    expect(verdictText(verdict).length).toBeLessThan(500_000)
    expect(htmlReport(verdict).length).toBeLessThan(1_500_000)
  })

  test('has a report for JUnit below 2 MB, which tells each failure in two places', () => {
    const failureText = createFailureText()
    const byCheck = Map.groupBy(
      verdict.findings.flatMap((finding) => finding.checks.map((check) => ({ check, finding }))),
      ({ check }) => check,
    )
    const texts = [...byCheck.values()].map((seen) => failureText(seen.map(({ finding }) => finding)))
    expect(2 * texts.join('').length).toBeLessThan(2_000_000)
  })

  test('fails its tests with each finding told once', () => {
    const failureText = createFailureText()
    const first = failureText(verdict.findings)
    expect(first.match(/^ {2}rule {6}/gm)).toHaveLength(5)
    expect(first).toMatch(/… and \d+ more$/)
    expect(failureText(verdict.findings.slice(0, 3))).toMatch(/^Also:\n( {2}.*\n?){3}$/)
  })
})

describe('the causes', () => {
  const findingOf = (rule: RuleId, operationId: string): Finding => ({
    ...(verdict.findings[0] as Finding),
    rule,
    operationId,
    pointer: `#/${rule}/${operationId}`,
  })
  const firstOf = (...findings: Finding[]) => {
    const [first] = causesOf(findings)
    return [first?.rule, first?.operations]
  }

  test('name an operation before those that show what it made wrong', () => {
    const findings = ['getPayment', 'cancelPayment', 'createPayment'].map((operationId) => findingOf('invariant.total', operationId))
    expect(firstOf(...findings)).toEqual(['invariant.total', ['createPayment', 'cancelPayment', 'getPayment']])
  })
  test('begin with what is not kept, however little of it there is', () => {
    const kept = findingOf('consistency.get', 'cancelPayment')
    expect(firstOf(findingOf('invariant.total', 'createPayment'), kept, findingOf('invariant.total', 'getPayment'))).toEqual([
      'consistency.get',
      ['cancelPayment'],
    ])
  })
  test('end with what a rejection is blamed for', () => {
    const blamed = ['createPayment', 'capturePayment'].map((operationId) => findingOf('rejection.no-change', operationId))
    expect(firstOf(...blamed, findingOf('state.refund', 'refundPayment'))).toEqual(['state.refund', ['refundPayment']])
  })
  test('begin with what took the server down, whatever fails after it', () => {
    const after = ['createPayment', 'getPayment'].map((operationId) => findingOf('response.server-error', operationId))
    expect(firstOf(...after, findingOf('response.survives', 'listPayments'))).toEqual(['response.survives', ['listPayments']])
  })
  test('begin with the simpler rule of one operation', () => {
    expect(firstOf(findingOf('state.refund', 'refundPayment'), findingOf('response.schema', 'refundPayment'))[0]).toBe('response.schema')
  })
})

describe('a cause', () => {
  const all = Object.entries(rules)
  test.each(all)('of %s is one sentence, which is not the rule', (rule, { holds, broken }) => {
    for (const sentence of [holds, broken]) expect(sentence).toMatch(/^[^.]+\.$/)
    expect(broken).not.toBe(holds)
    expect(brokenRule(rule as RuleId)).toBe(broken.slice(0, -1))
  })
  test('is like no other', () => {
    expect(new Set(all.map(([, { broken }]) => broken)).size).toBe(all.length)
  })
})

describe('the page', () => {
  test('has contents, a filter for operations and rules, one cURL line a finding and no literal line break', () => {
    const page = htmlReport(verdict)
    for (const { rule } of causesOf(verdict.findings)) {
      expect(page).toContain(`href="#${rule}"`)
      expect(page).toContain(`<section id="${rule}">`)
    }
    expect(page.match(/<select name="(operation|rule)"/g)).toHaveLength(2)
    expect(page.match(/<pre>curl /g)).toHaveLength(verdict.findings.length)
    expect(page).not.toContain('\\n')
  })

  test('shows a hostile message as text', () => {
    const [finding] = verdict.findings as [Finding]
    const hostile = { ...verdict, findings: [{ ...finding, message: '<img src=x onerror=alert(1)>' }] }
    expect(htmlReport(hostile)).not.toContain('<img')
  })
})
