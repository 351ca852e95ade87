/** The parts of a run, put together, say what the run in one piece says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createTarget, type Target } from '../../../scripts/faults/target.ts'
import { runContract, type Verdict } from '../../../src/contract/index.ts'
import { mergeVerdicts } from '../../../src/contract/report/merge.ts'
import { runToEnd } from '../../server/process.ts'

let sandbox: Target
const folder = mkdtempSync(join(tmpdir(), 'komoju-shards-'))
beforeAll(async () => {
  sandbox = await createTarget()
})
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const underWay = new Set<string>()

/** A target that is never the same twice: requests arrive in any order, and of two with one key the second waits or is told to. */
const unsteady = async (address: string, init: RequestInit) => {
  const key = new Headers(init.headers).get('x-komoju-idempotency') ?? ''
  if (underWay.has(key) && Math.random() < 0.5)
    return Response.json({ error: { code: 'conflict', message: 'Under way.', param: null } }, { status: 409 })
  if (key) underWay.add(key)
  await sleep(Math.random() * 6)
  const response = await sandbox.fetch(address, init)
  underWay.delete(key)
  return response
}

/** A target with three faults: refunds do not add up, lists forget their filter by currency, and it cancels whatever the body says. */
const faulty = async (address: string, init: RequestInit) => {
  const headers = new Headers(init.headers)
  if (address.endsWith('/cancel')) headers.delete('content-type')
  const body = address.endsWith('/cancel') ? {} : { body: init.body ?? null }
  const { method = 'GET' } = init
  const response = await unsteady(address.replace(/([?&])currency=\w+/, '$1'), { method, headers, ...body })
  const text = await response.text()
  const broken = address.endsWith('/refund') ? text.replace(/"amount_refunded":\d+/, '"amount_refunded":1') : text
  return new Response(broken, { status: response.status, headers: response.headers })
}

let merchants = 0
const run = (options: Partial<Parameters<typeof runContract>[0]> = {}) => {
  const [secretKey, otherSecretKey] = [`sk_shard_${++merchants}`, `sk_other_${merchants}`]
  return runContract({ ...inProcess(sandbox), secretKey, otherSecretKey, seed: 7, runs: 1, ...options })
}
/** All parts at the same time and as one merchant, as jobs of a CI run them. */
const shards = (of: number, options = {}) => {
  const keys = { secretKey: `sk_shard_${++merchants}`, otherSecretKey: `sk_other_${merchants}` }
  return Promise.all(Array.from({ length: of }, (_, index) => run({ ...keys, ...options, shard: { number: of - index, of } })))
}

/** All that has to be the same, down to the last count: not the run's names, its times, and what the evidence holds of them. */
const sameOf = ({ coverage, ran, checks, notChecked, findings, stopped }: Verdict) => ({
  coverage,
  ran,
  checks,
  notChecked,
  findings: findings.map(({ rule, operationId, pointer, check, checks }) => ({ rule, operationId, pointer, check, checks })),
  stopped,
})

describe.each([
  ['a target that conforms', unsteady],
  ['a target with faults', faulty],
])('%s', (_name, target) => {
  test('has the same coverage and findings in every run with a seed, in one piece or in four', { timeout: 240_000 }, async () => {
    const whole = await run({ fetch: target })
    expect(sameOf(await run({ fetch: target, concurrency: 5 }))).toEqual(sameOf(whole))
    const parts = await shards(4, { fetch: target })
    const merged = mergeVerdicts(parts)
    expect(sameOf(merged)).toEqual(sameOf(whole))
    expect(merged.findings.length > 0).toBe(target === faulty)
    // Each part does its share.
    for (const { ran } of parts) expect(ran.length).toBeLessThan(whole.ran.length / 2)
  })
})

describe('contract-merge', () => {
  let files: string[]
  beforeAll(async () => {
    const parts = await shards(2, { only: ['credentials'] })
    files = parts.map((verdict) => {
      const file = join(folder, `contract-${verdict.shard!.number}-of-2.json`)
      writeFileSync(file, JSON.stringify(verdict))
      return file
    })
  })
  test('says the verdict, writes the report, and ends with its code', async () => {
    const { code, output } = await runToEnd('contract-merge', ...files, '--report', 'html,json', '--report-dir', folder)
    expect(output).toContain('conforms, as far as')
    expect(output).toContain(`wrote ${join(folder, 'contract.json')}`)
    expect(code).toBe(0)
  })
  test('rejects anything but a whole run', async () => {
    const [one, other] = files as [string, string]
    expect(await runToEnd('contract-merge', one)).toEqual({ code: 2, output: 'Of 2 shards, the report of 1 is missing.\n' })
    expect(await runToEnd('contract-merge', one, other, one)).toEqual({
      code: 2,
      output: 'A shard is there twice. Give one report for each.\n',
    })
    expect((await runToEnd('contract-merge', 'package.json')).output).toBe(
      'Cannot read package.json: it is no JSON report of the contract tests.\n',
    )
    const strange = join(folder, 'strange.json')
    writeFileSync(strange, JSON.stringify({ ...(await run({ only: ['credentials'], seed: 8, shard: { number: 1, of: 2 } })) }))
    expect((await runToEnd('contract-merge', other, strange)).output).toContain('parts of different runs')
  })
  test.for([
    [['--shard', '5/4', '--seed', '1'], 'There is no shard 5/4.'],
    [['--shard', '0/4', '--seed', '1'], 'There is no shard 0/4.'],
    [['--shard', 'two', '--seed', '1'], 'Write the number of the shard and how many there are, for example 2/4.'],
    [['--shard', '1/4'], 'Give each the same --seed.'],
  ] as const)('rejects %j', async ([args, reason]) => {
    const { code, output } = await runToEnd('contract', '--url', 'http://127.0.0.1/api/v1', '--secret-key', 'sk_1', ...args)
    expect(output).toContain(reason)
    expect(code).not.toBe(0)
  })
})
