/** A sample of the checks, and how long a run takes on a slow target. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from '../../../scripts/faults/catalogue.ts'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createTarget, type Target } from '../../../scripts/faults/target.ts'
import { readApiModel } from '../../../src/contract/api/api-model.ts'
import type { Verdict } from '../../../src/contract/report/run-report.ts'
import { verdictLine } from '../../../src/contract/report/text.ts'
import { estimateOf, estimateText, requestsOf } from '../../../src/contract/run/estimate.ts'
import type { Estimate } from '../../../src/contract/run/options.ts'
import { runContract } from '../../../src/contract/run/run.ts'
import { wantedChecks } from '../../../src/contract/run/wanted-checks.ts'
import { required } from '../../../src/required.ts'
import { runToEnd } from '../../server/process.ts'

const api = readApiModel()
const checksOf = (quick: boolean) => {
  const { checks, last } = wantedChecks(api, { quick })
  return [...checks, ...last]
}
const [all, sample] = [checksOf(false), checksOf(true)]

let target: Target
beforeAll(async () => {
  target = await createTarget()
})
afterAll(() => target.close())

describe('--quick', () => {
  test('takes one check of each kind', () => {
    const kindsOf = (checks: typeof all) => checks.map(({ kind, name }) => kind ?? name)
    expect(kindsOf(sample)).toEqual([...new Set(kindsOf(all))])
    for (const word of ['group', 'operationId', 'encoding'] as const)
      expect(new Set(sample.map((check) => check[word]))).toEqual(new Set(all.map((check) => check[word])))
  })

  test('says in the help how many that are', { timeout: 60_000 }, async () => {
    const { output } = await runToEnd('contract', '--help')
    expect(output.replaceAll(/\s+/g, ' ')).toContain(`one check of each kind, ${sample.length} of ${all.length}, `)
  })

  test('finds nothing on the sandbox, and says what it left out', { timeout: 60_000 }, async () => {
    const verdict = await runContract({ ...inProcess(target), quick: true })
    const names = sample.map(({ name }) => name)
    expect(verdict).toMatchObject({ findings: [], isQuick: true, ran: names.toSorted() })
    const leftOut = all.filter(({ name }) => !names.includes(name))
    expect(verdict.notChecked.map(({ check, reason }) => [check, reason])).toEqual(
      expect.arrayContaining(leftOut.map(({ name }) => [name, 'left out by --quick'])),
    )
    expect(verdict.notChecked).toHaveLength(leftOut.length)
    expect(verdictLine(verdict)).toMatch(
      new RegExp(`conforms, as far as ${sample.length} checks can tell. This was a quick run: ${leftOut.length} checks were left out`),
    )
  })

  test('finds what every check shows', { timeout: 60_000 }, async () => {
    const faulty = await createTarget(
      required(
        faults.find(({ name }) => name === 'createPayment returns 201'),
        'Fault',
      ).make(),
    )
    const { findings } = await runContract({ ...inProcess(faulty), quick: true })
    await faulty.close()
    expect(findings.map(({ operationId, rule }) => `${operationId} ${rule}`)).toContain('createPayment response.status')
  })
})

describe('an estimate', () => {
  test.each([
    ['a whole run', false, all],
    ['a quick run', true, sample],
  ] as const)('knows within a tenth what %s sends', { timeout: 120_000 }, async (_name, quick, checks) => {
    const { requests } = await runContract({ ...inProcess(target), quick })
    const estimated = requestsOf([...checks], quick ? 'quick' : 'whole')
    expect(Math.abs(estimated / requests - 1)).toBeLessThan(0.1)
  })

  /** Estimates of a run that ends with its first one. */
  const estimatesOf = async (delaysMs: number[], quick = false) => {
    const estimates: Estimate[] = []
    const enough = new AbortController()
    const verdict: Verdict = await runContract({
      ...inProcess(target),
      only: delaysMs.length > 0 ? [] : ['accounts'],
      quick,
      signal: enough.signal,
      fetch: async (url, init) => {
        await sleep(delaysMs.shift())
        return target.fetch(url, init)
      },
      onEstimate: (estimate) => {
        estimates.push(estimate)
        enough.abort()
      },
    })
    expect(verdict.stopped).toBe(estimates.length > 0)
    return estimates
  }

  test('is made of the faster of two responses of a slow target', async () => {
    const [estimate] = await estimatesOf([900, 400])
    const { secondsPerResponse, seconds, quickSeconds = 0 } = required(estimate, 'Estimate')
    expect(secondsPerResponse).toBeGreaterThanOrEqual(0.39)
    expect(secondsPerResponse).toBeLessThan(0.8)
    expect(seconds / secondsPerResponse).toBeCloseTo(requestsOf(all, 'whole') / 16 + 50, 5)
    expect(quickSeconds / secondsPerResponse).toBeCloseTo(requestsOf(sample, 'quick') / 16 + 50, 5)
  })
  test('of a quick run names no quicker one', async () => {
    const [estimate] = await estimatesOf([1500, 1000], true)
    expect(estimateText(required(estimate, 'Estimate'))).toMatch(/^The run takes about [2-5] minutes at 1\.\d s a response\.$/)
  })
  test('is not made of a fast target', async () => {
    expect(await estimatesOf([])).toEqual([])
  })
  test('keeps to the rate', () => {
    const pace = { secondsPerResponse: 0.001, concurrency: 16 }
    expect(estimateOf(all, sample, pace)).toBeUndefined()
    expect(estimateOf(all, sample, { ...pace, rate: 10 })?.seconds).toBeCloseTo(requestsOf(all, 'whole') / 10, 5)
  })
})

describe('the command', () => {
  let server: Server
  let url: string
  /** The sandbox, whose first two responses take their time: what the preflight measures. */
  beforeAll(async () => {
    let received = 0
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      if (++received <= 2) await sleep(2000)
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const body = chunks.length > 0 ? { body: Buffer.concat(chunks).toString('utf8') } : {}
      const sent = await target.fetch(`http://127.0.0.1${request.url}`, { method: request.method ?? 'GET', headers, ...body })
      response.writeHead(sent.status, Object.fromEntries(sent.headers)).end(await sent.text())
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
  })
  afterAll(() => server.close())

  test('says how long it takes on a slow target before it begins', { timeout: 120_000 }, async () => {
    const { code, output } = await runToEnd('contract', '--url', url, '--secret-key', 'sk_test_1', '--only', 'ids')
    expect(output).toMatch(/^The run takes about [2-4] minutes at [2-3]\.\d s a response; --quick takes about [2-4] minutes\.$/m)
    expect(output.indexOf('The run takes')).toBeLessThan(output.indexOf('conforms, as far as'))
    expect(code).toBe(0)
  })
})
