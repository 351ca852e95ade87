/** The built package, as users install it: its types in a project of their own, its code in Node 20, Node 24 and a browser. */
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPackage } from '../../scripts/package.ts'
import { createMockServer, type Server } from '../../src/server/index.ts'
import { missing } from '../tools.ts'

let project: string
let mock: Server
let baseUrl: string

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'komoju-package-'))
  const installed = join(project, 'node_modules/komoju-openapi')
  mkdirSync(installed, { recursive: true })
  buildPackage(join(installed, 'dist'))
  cpSync('package.json', join(installed, 'package.json'))
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
  mock = await createMockServer()
  baseUrl = `${await mock.listen()}/api/v1`
}, 120_000)

afterAll(async () => {
  await mock?.close()
  rmSync(project, { recursive: true, force: true })
})

/** What a user does, as plain JavaScript. It has to end with `works`. */
const usage = (options: object) => `
import { Komoju, KomojuError, KomojuTimeoutError, verifyWebhook } from 'komoju-openapi'
const same = (a, b) => { if (a !== b) throw new Error(a + ' is not ' + b) }
const komoju = new Komoju(${JSON.stringify(options)})
const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' }
for (const bodyFormat of ['json', 'form']) {
  const payment = await komoju.payments.create({ amount: 1000, currency: 'JPY', description: '山田', payment_details }, { bodyFormat })
  same(payment.payment_details.type, 'konbini')
}
let count = 0
for await (const payment of komoju.payments.list({ status: ['captured'] })) count++
same(count, 1)
const error = await komoju.payments.create({ amount: 0.5, currency: 'GBP', payment_details }).catch((thrown) => thrown)
same(error instanceof KomojuError, true)
same(error.status, 422)
const never = (_url, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
const late = await komoju.payments.get('7h2ywj2xwzqm7g4e0s3ed9tmv', { timeout: 1, fetch: never }).catch((thrown) => thrown)
same(late instanceof KomojuTimeoutError, true)
const key = await crypto.subtle.importKey('raw', new TextEncoder().encode('s'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode('{"type":"ping"}'))
const signature = [...new Uint8Array(signed)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
same((await verifyWebhook('{"type":"ping"}', { 'X-Komoju-Signature': signature }, 's')).type, 'ping')
`

/** Node of a major version among the programs of this machine. */
const nodeOf = (major: number) =>
  [process.execPath, ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'))].find(
    (node) => existsSync(node) && spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.startsWith(`v${major}.`),
  )

describe.for([20, 24])('Node %i', (major) => {
  const node = nodeOf(major)
  if (!node) console.warn(`Skipped: no Node ${major} on this machine. Install it, and put it on the PATH.`)
  test.skipIf(!node)('runs the package', async () => {
    const file = join(project, `usage-${major}.mjs`)
    writeFileSync(file, `${usage({ secretKey: 'sk_123', baseUrl })}\nconsole.log('works')`)
    const { stdout } = await promisify(execFile)(node!, [file])
    expect(stdout).toBe('works\n')
  })
})

describe.skipIf(missing('chromium'))('Chromium', () => {
  test('runs the package as an ES module, once it is asked for', async () => {
    const imports = {
      'komoju-openapi': '/node_modules/komoju-openapi/dist/src/client/index.js',
      'openapi-fetch': '/node_modules/openapi-fetch/dist/index.mjs',
    }
    const options = { secretKey: 'sk_123', baseUrl, dangerouslyAllowBrowser: true }
    const page = (script: string) =>
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({ imports })}</script><script type="module">${script}</script>`
    const pages: Record<string, string> = {
      '/': page(`${usage(options)}\ndocument.title = 'works'`),
      '/unasked': page(
        `import { Komoju } from 'komoju-openapi'\ntry { new Komoju({ secretKey: 'sk_123' }) } catch (error) { document.title = error.message }`,
      ),
    }
    const server = createServer(({ url = '/' }, response) => {
      const file = join(project, url)
      if (pages[url]) response.writeHead(200, { 'Content-Type': 'text/html' }).end(pages[url])
      else if (existsSync(file)) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(file))
      else response.writeHead(404).end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync']
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
    try {
      const tab = await browser.newPage()
      const problems: string[] = []
      tab.on('pageerror', (error) => problems.push(String(error)))
      await tab.goto(origin)
      await tab.waitForFunction(() => document.title, undefined, { timeout: 15_000 }).catch(() => undefined)
      expect(problems).toEqual([])
      expect(await tab.title()).toBe('works')
      await tab.goto(`${origin}/unasked`)
      await tab.waitForFunction(() => document.title)
      expect(await tab.title()).toContain('dangerouslyAllowBrowser')
    } finally {
      await browser.close()
      server.closeAllConnections()
      server.close()
    }
  })
})

test("types work in a user's project, without skipLibCheck", async () => {
  writeFileSync(
    join(project, 'user.ts'),
    `import { Komoju, type Payment, type KonbiniDetails } from 'komoju-openapi'
import type { paths } from 'komoju-openapi/types'
const komoju = new Komoju({ secretKey: undefined })
const payment = await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a' } })
export const details: KonbiniDetails = payment.payment_details
export const passedOn: Payment = payment
export type Path = keyof paths
// @ts-expect-error no such currency
komoju.payments.create({ amount: 1000, currency: 'GBP', customer: 'x' })
`,
  )
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['user.ts'] }))
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  const { stdout, status } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', project], { encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(status).toBe(0)
}, 60_000)
