/**
 * Every TypeScript snippet of the README's client section compiles, runs against the mock, and prints what it promises. Those of the docs
 * compile, too; other tests run them.
 */
import { execFile, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMockServer, type Server } from '../../src/server/index.ts'
import { exampleOf } from './scripted-server.ts'

const section = readFileSync('README.md', 'utf8').match(/^## Import the client$(.*?)^## /ms)![1]!
const snippetsOf = (text: string) => [...text.matchAll(/^```ts$(.*?)^```$/gms)].map((match) => match[1]!)
const snippets = snippetsOf(section)
const ofDocs = globSync('docs/**/*.md').flatMap((file) => snippetsOf(readFileSync(file, 'utf8')))

let folder: string
let mock: Server
let env: NodeJS.ProcessEnv
const fileOf = (index: number) => join(folder, `snippet-${index}.ts`)

beforeAll(async () => {
  // Inside the project, where `komoju-openapi` is its own name; git and Biome pass over this folder.
  mkdirSync('.reports', { recursive: true })
  folder = mkdtempSync(resolve('.reports/readme-'))
  for (const [index, snippet] of snippets.entries()) writeFileSync(fileOf(index), snippet)
  for (const [index, snippet] of ofDocs.entries()) writeFileSync(join(folder, `docs-${index}.ts`), snippet)
  mock = await createMockServer({ secretKey: 'sk_123' })
  const url = `${await mock.listen()}/api/v1`
  env = { ...process.env, KOMOJU_SECRET_KEY: 'sk_123', KOMOJU_URL: url, KOMOJU_WEBHOOK_SECRET: 'whsec' }
})

afterAll(async () => {
  await mock?.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, ['--conditions=komoju-source', ...args], { env, cwd: resolve('.') })).stdout

test('there are six snippets', () => expect(snippets).toHaveLength(6))

test('they compile', { timeout: 120_000 }, () => {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'] }))
  const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' })
  expect(stdout).toBe('')
})

test('first payment', async () => {
  expect(await run(fileOf(0))).toMatch(/^authorized https:\/\/\S+\n$/)
})

test('errors', async () => {
  // The mock takes the token; a server that is gone is no response, and a declined card is one.
  expect(await run(fileOf(1))).toBe('')
  env.KOMOJU_URL = env.KOMOJU_URL!.replace('127.0.0.1', '127.0.0.9')
  try {
    expect(await run(fileOf(1))).toBe('Try again with order-1\n')
  } finally {
    env.KOMOJU_URL = env.KOMOJU_URL!.replace('127.0.0.9', '127.0.0.1')
  }
  const scenario = `
const send = globalThis.fetch
globalThis.fetch = (url, init) => send(url, { ...init, headers: { ...init.headers, 'Komoju-Scenario': 'card_declined' } })
await import(${JSON.stringify(pathToFileURL(fileOf(1)).href)})`
  expect(await run('--input-type=module', '--eval', scenario)).toBe('Use another card.\n')
})

test('listing', async () => {
  const page = exampleOf('listPayments-response')
  const [{ id, total, currency }] = page.data
  expect(await run(fileOf(2))).toBe(`${page.total} captured\n${id} ${total} ${currency}\n`)
})

test('webhooks', async () => {
  const body = JSON.stringify(exampleOf('payment_captured'))
  const signed = createHmac('sha256', 'whsec').update(body).digest('hex')
  const ask = (signature: string) => `
    const { handle } = await import(${JSON.stringify(pathToFileURL(fileOf(3)).href)})
    const headers = { 'X-Komoju-Signature': '${signature}' }
    const response = await handle(new Request('http://shop.example/', { method: 'POST', headers, body: ${JSON.stringify(body)} }))
    console.log(response.status)`
  expect(await run('--input-type=module', '--eval', ask(signed))).toMatch(/^Ship .*\n200\n$/)
  expect(await run('--input-type=module', '--eval', ask('0'.repeat(64)))).toBe('400\n')
})

test('text from a form', async () => {
  expect(await run(fileOf(4))).toBe('authorized\n')
})

test('a unit test on the sandbox', async () => {
  expect(await run(fileOf(5))).toBe('captured\n')
})
