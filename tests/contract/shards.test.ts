/** The parts of a run, put together, say what the run in one piece says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Coverage, runContract, type Verdict } from '../../src/contract/index.ts'
import { mergeVerdicts } from '../../src/contract/merge.ts'
import { createSandboxServer, type Server } from '../../src/server/index.ts'
import { runToEnd } from '../server/process.ts'

let server: Server
let url: string
const folder = mkdtempSync(join(tmpdir(), 'komoju-shards-'))
beforeAll(async () => {
  server = await createSandboxServer()
  url = `${await server.listen()}/api/v1`
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A target with two faults: refunds that do not add up, and lists that forget their filter by currency. */
const faulty = async (address: string, init: RequestInit) => {
  const response = await fetch(address.replace(/([?&])currency=\w+/, '$1'), init)
  const text = await response.text()
  const broken = address.endsWith('/refund') ? text.replace(/"amount_refunded":\d+/, '"amount_refunded":1') : text
  return new Response(broken, { status: response.status, headers: response.headers })
}

let merchants = 0
const run = (options: Partial<Parameters<typeof runContract>[0]> = {}) =>
  runContract({ url, secretKey: `sk_shard_${++merchants}`, seed: 7, runs: 1, ...options })
const shards = async (of: number, options = {}) => {
  const verdicts: Verdict[] = []
  for (let number = of; number >= 1; number--) verdicts.push(await run({ ...options, shard: { number, of } }))
  return verdicts
}

/**
 * Cases that were checked, and whether they failed. How often is another number in every run: lists have more or fewer pages.
 * Left out is what hangs on which of several requests came first, also between two runs in one piece.
 */
const cellsOf = (coverage: Coverage[]) =>
  coverage
    .filter(({ rule, status }) => rule !== 'refusal.no-change' && status !== 409)
    .map(({ operationId, rule, status, encoding, paymentMethod, failed }) =>
      [operationId, rule, status, encoding, paymentMethod, failed > 0].join(' '),
    )
    .sort()
const findingsOf = ({ findings }: Verdict) => findings.map(({ rule, operationId, place }) => `${rule} ${operationId} ${place}`).sort()

const only = ['examples', 'credentials', 'journeys', 'lists']
describe.each([
  ['a target that conforms', {}],
  ['a target with faults', { fetch: faulty }],
])('%s', (_name, options) => {
  test('four shards are one run', { timeout: 120_000 }, async () => {
    const whole = await run({ only, ...options })
    const parts = await shards(4, { only, ...options })
    const merged = mergeVerdicts(parts)
    expect(findingsOf(merged)).toEqual(findingsOf(whole))
    expect(merged.findings.length > 0).toBe('fetch' in options)
    expect(merged.ran.sort()).toEqual(whole.ran.sort())
    expect(merged.checks).toBe(whole.checks)
    expect(cellsOf(merged.coverage)).toEqual(cellsOf(whole.coverage))
    expect(merged.notChecked.map(({ check, reason }) => `${check}: ${reason}`).sort()).toEqual(
      whole.notChecked.map(({ check, reason }) => `${check}: ${reason}`).sort(),
    )
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
  test('refuses what is no whole run', async () => {
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
  ] as const)('refuses %j', async ([args, reason]) => {
    const { code, output } = await runToEnd('contract', '--url', url, '--secret-key', 'sk_1', ...args)
    expect(output).toContain(reason)
    expect(code).not.toBe(0)
  })
})
