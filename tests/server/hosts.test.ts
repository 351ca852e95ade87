/** Under which names the servers may be used: those of this machine, those that they were given, and no other site's. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type OutgoingHttpHeaders, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../../scripts/tools/chromium.ts'
import { createMockServer, createSandboxServer, type SandboxOptions } from '../../src/server/index.ts'
import { missing } from '../tools.ts'
import { browse } from './browse.ts'
import { startProcess } from './process.ts'
import { createClient } from './sandbox/client.ts'

const order = { amount: 1000, currency: 'JPY', locale: 'en', payment_details: { type: 'merpay' } }
type Order = { id: string; payment_details: { redirect_url: string } }

const start = async (options: SandboxOptions = {}) => {
  const server = await createSandboxServer(options)
  onTestFinished(server.close)
  return createClient(await server.listen())
}
/** Not by `fetch`, which lets nobody set `Host`. */
const send = (origin: string, method: string, path: string, headers: OutgoingHttpHeaders, body = '') =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(`${origin}${path}`, { method, headers }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode, text })
    })
    sent.on('error', reject).end(body)
  })
const authorization = `Basic ${btoa('sk_123456:')}`
const newPayment = { authorization, 'content-type': 'application/json' }
const asBrowser = { accept: 'text/html' }

test('a foreign host name can neither read nor act, and is told which option allows it', async () => {
  const api = await start()
  const { id } = (await api.ok('POST', '/payments', order)) as Order
  for (const path of ['/sandbox', `/sandbox/payments/${id}`, `/offsite/new?uuid=${id}`]) {
    const { status, text } = await send(api.origin, 'GET', path, { host: 'evil.example', ...asBrowser })
    expect({ path, status }).toEqual({ path, status: 403 })
    expect(text).toContain('--allowed-host evil.example')
    expect(text).not.toContain(id)
  }
  const acted = await send(api.origin, 'POST', `/sandbox/pay/${id}`, { host: 'evil.example', origin: 'http://evil.example' })
  expect(acted).toMatchObject({ status: 403, text: expect.stringContaining('--public-url') })
  expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ status: 'authorized' })
})

test('allowed host names read and act; other sites do not act even so', async () => {
  const api = await start({ allowedHosts: ['sandbox', 'Other.Example'] })
  for (const host of ['sandbox:4110', 'other.example', '127.0.0.1:99', 'localhost']) {
    const { id } = (await api.ok('POST', '/payments', order)) as Order
    expect((await send(api.origin, 'GET', '/sandbox', { host, ...asBrowser })).status).toBe(200)
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await send(api.origin, 'POST', `/sandbox/pay/${id}`, { host, ...headers })).status).toBe(403)
    expect((await send(api.origin, 'POST', `/sandbox/pay/${id}`, { host, origin: `http://${host}` })).status).toBe(200)
  }
  expect((await send(api.origin, 'GET', '/sandbox', { host: 'sandbox.evil.example' })).status).toBe(403)
})

test('links are made of the public address, whose pages may act', async () => {
  const api = await start({ publicUrl: 'https://sandbox.example' })
  const { id, payment_details } = (await api.ok('POST', '/payments', order)) as Order
  expect(payment_details.redirect_url).toBe(`https://sandbox.example/offsite/new?uuid=${id}`)
  const headers = { host: 'sandbox.example', origin: 'https://sandbox.example', 'sec-fetch-site': 'same-origin' }
  expect((await send(api.origin, 'POST', `/sandbox/pay/${id}`, headers)).status).toBe(200)
})

test('forwarded headers count only where a proxy is trusted', async () => {
  const forwarded = { 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' }
  const linksOf = async (origin: string) =>
    (await send(origin, 'POST', '/api/v1/payments', { ...newPayment, ...forwarded }, JSON.stringify(order))).text
  const plain = await start()
  expect(await linksOf(plain.origin)).toContain(`${plain.origin}/offsite`)
  const own = { host: '127.0.0.1', origin: 'https://shop.example', ...forwarded }
  expect((await send(plain.origin, 'POST', '/sandbox/ping', own)).status).toBe(403)
  const trusting = await start({ trustProxy: true, allowedHosts: ['shop.example'] })
  expect(await linksOf(trusting.origin)).toContain('https://shop.example/offsite')
  const { id } = (await trusting.ok('POST', '/payments', order)) as Order
  // Who comes through the proxy is not this machine's own user, and acts on what he knows the id of.
  expect((await send(trusting.origin, 'POST', '/sandbox/ping', own)).text).toContain('--admin-key')
  expect((await send(trusting.origin, 'POST', `/sandbox/pay/${id}`, own)).status).toBe(200)
  // A name that the proxy was reached by and that nobody allowed.
  const unknown = { ...own, 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' }
  expect((await send(trusting.origin, 'POST', `/sandbox/pay/${id}`, unknown)).text).toContain('--allowed-host evil.example')
})

test('a browser behind a TLS proxy that is not declared is told what to declare', async () => {
  const api = await start()
  const { status, text } = await send(api.origin, 'POST', '/sandbox/ping', { host: 'localhost', origin: 'https://localhost' })
  expect({ status, text }).toMatchObject({ status: 403, text: expect.stringContaining('--public-url https://localhost') })
})

test('a host that has no such port is rejected before it gets into a link', async () => {
  const api = await start()
  for (const host of ['x:99999', '127.0.0.1:65536', 'a b', 'x/y']) {
    const made = await send(api.origin, 'POST', '/api/v1/payments', { ...newPayment, host }, JSON.stringify(order))
    expect({ host, status: made.status }).toEqual({ host, status: 400 })
  }
  expect((await send(api.origin, 'GET', '/sandbox', asBrowser)).status).toBe(200)
})

test('both servers say that they are well, without credentials', async () => {
  const mock = await createMockServer({ allowedHosts: ['mock'] })
  onTestFinished(mock.close)
  for (const origin of [await mock.listen(), (await start()).origin])
    expect(await send(origin, 'GET', '/healthz', { host: 'anything' })).toEqual({ status: 200, text: '{"status":"ok"}' })
})

test('the commands take the options, and print the public address', { timeout: 60_000 }, async () => {
  const options = ['--public-url', 'https://sandbox.example', '--allowed-host', 'a', '--allowed-host', 'b', '--trust-proxy', '--quiet']
  for (const command of ['mock', 'sandbox']) {
    const { output, end } = await startProcess(command, ...options)
    expect(output()).toContain('https://sandbox.example/api/v1/payments')
    expect(await end('SIGTERM')).toBe(0)
  }
})

describe.skipIf([missing('chromium'), missing('openssl')].includes(true))('in a browser', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'komoju-tls-'))
    browser = await launchBrowser('--ignore-certificate-errors', '--host-resolver-rules=MAP *.test 127.0.0.1')
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  /** A proxy that speaks TLS, and says in forwarded headers how it was reached. */
  const createProxy = async (target: string) => {
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
    const subject = ['-subj', '/CN=sandbox.test', '-days', '1']
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    })
    const proxy = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, outgoing) => {
      const headers = { ...incoming.headers, 'x-forwarded-proto': 'https', 'x-forwarded-host': incoming.headers.host }
      const forwarded = request(`${target}${incoming.url}`, { method: incoming.method ?? 'GET', headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(outgoing)
      })
      incoming.pipe(forwarded.on('error', () => outgoing.destroy()))
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      proxy.closeAllConnections()
      proxy.close()
    })
    return (proxy.address() as AddressInfo).port
  }
  test('a name that is not localhost', { timeout: 120_000 }, async () => {
    const api = await start({ allowedHosts: ['sandbox.test'] })
    await browse(browser, api, api.origin.replace('127.0.0.1', 'sandbox.test'))
  })
  test('a TLS proxy that is trusted', { timeout: 120_000 }, async () => {
    const api = await start({ trustProxy: true, allowedHosts: ['sandbox.test'] })
    await browse(browser, api, `https://sandbox.test:${await createProxy(api.origin)}`)
  })
})
