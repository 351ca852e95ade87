/** What stops a run before it begins, each in one sentence that names the cause and the fix; and a target that goes away. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSecondServer } from '../../../scripts/faults/second-server/server.ts'
import { freePort } from '../../../scripts/tools/free-port.ts'
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
  const args = ['src/cli.ts', 'contract', '--url', url, '--secret-key', 'sk_test_1', '--only', 'credentials']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = await once(child, 'close')
  expect(output).toContain('The target stopped responding during the run.')
  expect(code).toBe(2)
})
