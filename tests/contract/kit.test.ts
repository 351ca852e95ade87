/** The kit on the right servers, and what it promises to its users. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { faults } from '../../scripts/faults/catalogue.ts'
import { inProcess } from '../../scripts/faults/hunt.ts'
import { createTarget } from '../../scripts/faults/target.ts'
import { contract } from '../../src/contract/index.ts'
import type { Verdict } from '../../src/contract/report/run-report.ts'
import { rules } from '../../src/contract/rules/rules.ts'
import { OptionsError, settingsOf } from '../../src/contract/run/options.ts'
import { runContract } from '../../src/contract/run/run.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { createMockServer, createSandboxServer } from '../../src/server/index.ts'
import { missing } from '../tools.ts'

const said = ({ findings }: Verdict) =>
  findings.map(({ operationId, rule, message, curl }) => `${operationId} ${rule}: ${message}\n${curl.at(-1)}`)

const keys = { secretKey: 'sk_test_123456', otherSecretKey: 'sk_test_other' }

test('nothing is found on the sandbox, and nothing is left out', { timeout: 120_000 }, async () => {
  const server = await createSandboxServer()
  const origin = await server.listen()
  const verdict = await runContract({ url: `${origin}/api/v1`, payUrl: `${origin}/sandbox/pay/{id}`, ...keys, seed: 7, strict: true })
  await server.close()
  expect(said(verdict)).toEqual([])
  expect(verdict.notChecked).toEqual([])
  const checked = new Set(verdict.coverage.map(({ rule }) => rule))
  expect(Object.keys(rules).filter((rule) => !checked.has(rule as keyof typeof rules))).toEqual([])
})

test('nothing is found on the sandbox with SQLite', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-kit-'))
  const server = await createSandboxServer({ db: join(folder, 'kit.sqlite') })
  const origin = await server.listen()
  const options = { url: `${origin}/api/v1`, payUrl: `${origin}/sandbox/pay/{id}`, ...keys, skip: ['generated', 'wrong detail of'] }
  const verdict = await runContract(options)
  await server.close()
  rmSync(folder, { recursive: true })
  expect(said(verdict)).toEqual([])
})

test('nothing is found on the mock, and what needs state is not checked', { timeout: 120_000 }, async () => {
  const server = await createMockServer()
  const verdict = await runContract({ url: `${await server.listen()}/api/v1`, ...keys, skip: ['wrong detail of'] })
  await server.close()
  expect(said(verdict)).toEqual([])
  expect(new Set(verdict.notChecked.map(({ reason }) => reason))).toEqual(
    new Set(['the target responds from the examples of the document']),
  )
  expect(verdict.coverage.some(({ rule }) => rule === 'consistency.get')).toBe(false)
})

test('a mock that returns another example of the document is one, too', { timeout: 60_000 }, async () => {
  const { responses } = operationsOf(readDocument()).find(({ operationId }) => operationId === 'createPayment')!
  const examples = Object.values(responses['200']?.body?.examples ?? {}).map(({ value }) => JSON.stringify(value))
  let count = 0
  const mock = async () => new Response(examples[count++ % examples.length]!, { headers: { 'content-type': 'application/json' } })
  const verdict = await runContract({ url: 'http://127.0.0.1/api/v1', secretKey: 'sk_test_1', fetch: mock, only: ['idempotency'] })
  expect(said(verdict)).toEqual([])
  expect(verdict.notChecked.every(({ reason }) => reason === 'the target responds from the examples of the document')).toBe(true)
  expect(verdict.notChecked.length).toBeGreaterThan(0)
})

test('a read-only run sends nothing that changes the target', { timeout: 60_000 }, async () => {
  const target = await createTarget()
  const methods = new Set<string>()
  await runContract({
    ...inProcess(target),
    readOnly: true,
    fetch: (url, init) => {
      methods.add(init.method ?? 'GET')
      return target.fetch(url, init)
    },
  })
  await target.close()
  expect([...methods]).toEqual(['GET'])
})

describe('options', () => {
  const good = { url: 'http://localhost:3000/api/v1', secretKey: 'sk_test_1' }

  test.each([
    ['a live key', { ...good, secretKey: 'sk_live_1' }, /live secret key/],
    ["KOMOJU's own host", { ...good, url: 'https://komoju.com/api/v1' }, /KOMOJU itself/],
    ['a host below it', { ...good, url: 'https://sandbox.komoju.com/api/v1' }, /KOMOJU itself/],
    ['no address', { ...good, url: 'localhost' }, /--url is no address/],
    ['a hook without an id', { ...good, payUrl: 'http://localhost/pay' }, /no \{id\}/],
    ['no time', { ...good, timeout: 0 }, /--timeout/],
  ])('%s is rejected', (_name, options, message) => {
    expect(() => settingsOf(options)).toThrow(OptionsError)
    expect(() => settingsOf(options)).toThrow(message)
  })

  test.each(['runs', 'timeout', 'rate', 'concurrency', 'bail'])('--%s below or at nothing is rejected', (name) => {
    for (const value of [0, -1, Number.NaN]) expect(() => settingsOf({ ...good, [name]: value })).toThrow(`--${name} is a number above 0.`)
  })

  test('--allow-live allows it', () => {
    expect(settingsOf({ url: 'https://komoju.com/api/v1', secretKey: 'sk_live_1', allowLive: true }).allowLive).toBe(true)
  })
})

describe('how much is done', () => {
  test('--runs: so many generated requests, and one for the record', { timeout: 60_000 }, async () => {
    const target = await createTarget()
    // And one that finds out whether a prepaid card can be short.
    const requestsWith = async (runs: number) => {
      let sent = 0
      const fetch: typeof target.fetch = (url, init) => {
        if (String(init.body).includes('"web_money"')) sent++
        return target.fetch(url, init)
      }
      await runContract({ ...inProcess(target), fetch, runs, only: ['any valid web_money'], skip: ['form', 'lists'] })
      return sent
    }
    expect([await requestsWith(1), await requestsWith(4), await requestsWith(25)]).toEqual([4, 7, 28])
    await target.close()
  })

  test.each([1, 3])('--bail %d: no more findings than that, and few requests after', { timeout: 60_000 }, async (bail) => {
    const target = await createTarget(async (request, next) => ({ ...(await next(request)), headers: { 'content-type': 'text/plain' } }))
    const found: string[] = []
    const { findings, stopped, requests } = await runContract({ ...inProcess(target), bail, onFinding: ({ rule }) => found.push(rule) })
    await target.close()
    expect(findings).toHaveLength(bail)
    expect(found).toHaveLength(bail)
    expect(stopped).toBe(true)
    expect(requests).toBeLessThan(200)
  })
})

describe('the command', () => {
  const command = (...args: string[]) => spawnSync(process.execPath, ['src/cli.ts', 'contract', ...args], { encoding: 'utf8' })

  test('says what is missing', { timeout: 60_000 }, () => {
    const { status, stderr } = command('--secret-key', 'sk_test_1')
    expect(status).toBe(2)
    expect(stderr).toContain('--url')
  })

  test('lists its checks', { timeout: 60_000 }, () => {
    const { status, stdout } = command('--list', '--only', 'cancelPayment')
    expect(status).toBe(0)
    expect(stdout).toContain('cancel, and cancel again')
  })

  test('says that nobody responds', { timeout: 60_000 }, () => {
    const { status, stderr } = command('--url', 'http://127.0.0.1:9/api/v1', '--secret-key', 'sk_test_1', '--only', 'listPayments')
    expect(status).toBe(2)
    expect(stderr).toContain('does not respond')
  })
})

test.skipIf(missing('curl'))("a finding's cURL line shows the fault again", { timeout: 60_000 }, async () => {
  const target = await createTarget(faults.find(({ name }) => name === 'createPayment returns 201')!.make())
  const url = await target.listen()
  const { findings } = await runContract({ url, ...keys, only: ['createPayment works'], bail: 1 })
  const { spawn } = await import('node:child_process')
  const child = spawn('sh', ['-c', findings[0]!.curl.at(-1)!], { env: { ...process.env, KOMOJU_SECRET_KEY: keys.secretKey } })
  let output = ''
  for await (const chunk of child.stdout) output += String(chunk)
  await target.close()
  expect(findings[0]).toMatchObject({ operationId: 'createPayment', rule: 'response.status' })
  expect(findings[0]!.curl.at(-1)).not.toContain(keys.secretKey)
  expect(output).toMatch(/^HTTP\/1\.1 201/)
})

describe('in a suite', () => {
  let close: () => Promise<void>
  contract({
    url: async () => {
      const server = await createSandboxServer()
      close = () => server.close()
      return `${await server.listen()}/api/v1`
    },
    secretKey: 'sk_test_1',
    only: ['updatePayment works', 'cancel, and cancel again'],
  })
  afterAll(() => close())

  test('toConformTo tells right responses from wrong ones', async () => {
    await expect({ status: 200, body: { resource: 'list', total: 0, page: 1, per_page: 10, last_page: 0, data: [] } }).toConformTo(
      'listPayments',
    )
    await expect(Response.json({ error: { code: 'not_found', message: 'No.', param: null } }, { status: 404 })).toConformTo('getPayment')
    await expect({ status: 200, body: {} }).not.toConformTo('listPayments')
    await expect({ status: 418, body: {} }).not.toConformTo('listPayments')
  })
})
