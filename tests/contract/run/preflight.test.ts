/** What stops a run before it begins, each in one sentence that names the cause and the fix; and a target that goes away. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createSecondServer } from '../../../scripts/faults/second-server/server.ts'
import { createTarget, type Middleware } from '../../../scripts/faults/target.ts'
import { freePort } from '../../../scripts/tools/free-port.ts'
import { isUnfinished, limitedOperations } from '../../../src/contract/report/run-report.ts'
import { OptionsError, settingsOf } from '../../../src/contract/run/options.ts'
import { PreflightError } from '../../../src/contract/run/preflight.ts'
import { runContract } from '../../../src/contract/run/run.ts'

const listening = async (handler: RequestListener): Promise<[url: string, server: Server]> => {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return [`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`, server]
}
const responding =
  (status: number, headers: Record<string, string>, body: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body)
const json = { 'content-type': 'application/json' }

describe('a run does not begin', () => {
  test.for([
    [
      'a wrong key',
      responding(401, json, '{"error":{"code":"unauthorized","message":"No.","param":null}}'),
      /rejects the secret key with 401.*--secret-key/,
    ],
    ['a key without rights', responding(403, json, '{}'), /rejects the secret key with 403/],
    [
      'a wrong base path',
      responding(404, json, '{"error":{"code":"not_found","message":"No.","param":null}}'),
      /\/payments is not found\. --url has to end/,
    ],
    ['a redirect', responding(301, { location: 'https://api.example/v1' }, ''), /redirects to https:\/\/api\.example\/v1/],
    [
      "a proxy's page",
      responding(502, { 'content-type': 'text/html' }, '<!doctype html><title>Bad gateway</title>'),
      /returns a page and not the API \(status 502\)/,
    ],
    ['a service that is down', responding(503, json, '{}'), /is out of service: it returns 503/],
    [
      'a login',
      responding(200, { 'content-type': 'text/html' }, '<html><form>Log in</form></html>'),
      /returns a page and not the API \(status 200\)/,
    ],
  ] as const)('on %s', async ([, handler, message]) => {
    let requests = 0
    const [url] = await listening((request, response) => {
      requests++
      handler(request, response)
    })
    const run = runContract({ url, secretKey: 'sk_test_1' })
    await expect(run).rejects.toThrow(message)
    await expect(run).rejects.toBeInstanceOf(PreflightError)
    expect(requests).toBe(1)
  })

  test('on a limit that does not pass', async () => {
    const [url] = await listening(responding(429, { ...json, 'retry-after': '0' }, '{}'))
    const run = runContract({ url, secretKey: 'sk_test_1' })
    await expect(run).rejects.toThrow(/returns 429 to the first request.*--rate/)
    await expect(run).rejects.toBeInstanceOf(PreflightError)
  })

  test('on an address without a server', async () => {
    const run = runContract({ url: `http://127.0.0.1:${await freePort()}/api/v1`, secretKey: 'sk_test_1' })
    await expect(run).rejects.toThrow(/does not respond: .*ECONNREFUSED.*Is the server running/)
  })

  test.for([
    ['a query', 'http://127.0.0.1/api/v1?key=1', '--url holds ?key=1'],
    ['a fragment', 'http://127.0.0.1/api/v1#top', '--url holds #top'],
    ['KOMOJU itself, with a dot at the end', 'https://komoju.com./api/v1', 'is KOMOJU itself'],
  ] as const)('with %s in --url', ([, url, message]) => {
    expect(() => settingsOf({ url, secretKey: 'sk_test_1' })).toThrow(message)
    expect(() => settingsOf({ url, secretKey: 'sk_test_1' })).toThrow(OptionsError)
  })

  test('with a live key behind a space', () => {
    expect(() => settingsOf({ url: 'http://127.0.0.1/api/v1', secretKey: ' sk_live_1' })).toThrow('live secret key')
  })
})

test('a gateway gets its header with every request, and no report shows it', async () => {
  const seen = new Set<string | undefined>()
  const [url] = await listening((request, response) => {
    seen.add(request.headers['x-gateway-key'] as string | undefined)
    responding(200, json, '{}')(request, response)
  })
  const options = { url, secretKey: 'sk_test_1', headers: { 'x-gateway-key': 'open-sesame' }, only: ['getAccount'] }
  const verdict = await runContract(options)
  expect([...seen]).toEqual(['open-sesame'])
  expect(verdict.findings.length).toBeGreaterThan(0)
  expect(JSON.stringify(verdict)).not.toContain('open-sesame')
})

test('a target that goes away ends the run, and its silence is no finding', { timeout: 60_000 }, async () => {
  const server = await createSecondServer()
  let isClosed = false
  let requests = 0
  const verdict = await runContract({
    url: server.url,
    secretKey: server.secretKeys[0] ?? '',
    seed: 1,
    fetch: async (address, init) => {
      if (++requests === 200 && !isClosed) {
        isClosed = true
        await server.close()
      }
      return fetch(address, init)
    },
  })
  expect(verdict).toMatchObject({ stopped: true, isTargetGone: true })
  expect(verdict.findings.filter(({ rule }) => rule === 'response.reached')).toEqual([])
  expect(verdict.requests).toBeLessThan(400)
})

test('the command says that the target went away, and ends with 2', { timeout: 120_000 }, async () => {
  let requests = 0
  const [url, server] = await listening((_request, response) => {
    if (++requests === 30) {
      server.closeAllConnections()
      server.close()
    } else response.writeHead(200, json).end('{}')
  })
  const args = ['src/cli.ts', 'contract', '--url', url, '--secret-key', 'sk_test_1', '--only', 'credentials,ids,idempotency']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = await once(child, 'close')
  expect(output).toContain('The target stopped responding during the run.')
  expect(code).toBe(2)
})

/** Runs the command on the sandbox behind a proxy. */
const runCommand = async (proxy: Middleware, ...args: string[]) => {
  const target = await createTarget(proxy)
  onTestFinished(() => target.close())
  const url = await target.listen()
  const child = spawn(process.execPath, ['src/cli.ts', 'contract', '--url', url, '--secret-key', 'sk_test_123456', ...args])
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = await once(child, 'close')
  return { code, output }
}
const limited = {
  status: 429,
  headers: { ...json, 'retry-after': '0' },
  text: '{"error":{"code":"too_many_requests","message":"","param":null}}',
}

describe('a limit that lasts is no verdict', { timeout: 120_000 }, () => {
  test('of one operation, which is named', async () => {
    const proxy: Middleware = async (request, next) => (request.operationId === 'refundPayment' ? limited : next(request))
    const { code, output } = await runCommand(proxy, '--quick', '--only', 'journeys')
    expect(output).toMatch(
      /was not judged to the end\..* checks got 429 however long they waited, and never anything else from refundPayment\./,
    )
    expect(output).not.toContain('conforms, as far as')
    expect(code).toBe(2)
  })

  test('of all operations but the first request', async () => {
    let requests = 0
    const { code, output } = await runCommand(
      async (request, next) => (++requests > 1 ? limited : next(request)),
      '--quick',
      '--only',
      'journeys',
    )
    expect(output).toMatch(/was not judged: no check was possible\. \d+ checks got 429/)
    expect(code).toBe(2)
  })

  test('of an operation in a run without the command', async () => {
    const target = await createTarget(async (request, next) => (request.operationId === 'cancelPayment' ? limited : next(request)))
    const verdict = await runContract({ ...inProcess(target), only: ['cancel, and cancel again'] })
    await target.close()
    expect(isUnfinished(verdict)).toBe(true)
    expect(limitedOperations(verdict)).toEqual(['cancelPayment'])
  })
})

test('a run of which nothing is possible is no verdict', { timeout: 120_000 }, async () => {
  const { code, output } = await runCommand((request, next) => next(request), '--read-only', '--only', 'journeys')
  expect(output).toMatch(/was not judged: no check was possible\./)
  expect(code).toBe(2)
})
