/** The Postman collection as Newman runs it, and the Bruno folder as Bruno parses it. */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import newman from 'newman'
import { describe, expect, test } from 'vitest'
import { projectFolder } from '../../../scripts/build/step.ts'
import { operationsOf, readDocument } from '../../../src/document.ts'
import { createMockServer, createSandboxServer } from '../../../src/server/index.ts'

const generated = (...path: string[]) => resolve(projectFolder, 'generated', ...path)
const text = readFileSync(generated('postman.json'), 'utf8')

const run = (baseUrl: string) =>
  new Promise<{ requests: number; failures: string[] }>((done, fail) => {
    const options = { collection: JSON.parse(text), envVar: [{ key: 'base_url', value: baseUrl }] }
    newman.run(options, (error, summary) => {
      if (error) return fail(error)
      const failures = summary.run.failures.map(({ source, error: { message }, parent }) => `${parent?.name} ${source?.name}: ${message}`)
      done({ requests: summary.run.stats.requests.total ?? 0, failures })
    })
  })

describe.each([
  ['mock', createMockServer],
  ['sandbox', createSandboxServer],
] as const)('Newman on the %s', (_name, create) => {
  test('is green, in order', { timeout: 60_000 }, async () => {
    const server = await create()
    const origin = await server.listen()
    const { requests, failures } = await run(`${origin}/api/v1`)
    await server.close()
    expect(failures).toEqual([])
    expect(requests).toBeGreaterThan(60)
  })
})

test('a wrong address is red', { timeout: 60_000 }, async () => {
  const server = await createMockServer()
  const origin = await server.listen()
  const { failures } = await run(`${origin}/api/v2`)
  await server.close()
  expect(failures.length).toBeGreaterThan(60)
})

test('the collection has every operation, and no header that makes payments fail', () => {
  const { item } = JSON.parse(text) as { item: { item: { name: string }[] }[] }
  const names = new Set(item.flatMap((folder) => folder.item.map(({ name }) => name)))
  expect([...names].sort()).toEqual(
    operationsOf(readDocument())
      .map(({ summary }) => summary)
      .sort(),
  )
  expect(text).not.toContain('"key": "Komoju-Scenario"')
})

test('every file of the Bruno folder is read by Bruno, with the requests of the collection', () => {
  const { bruToJsonV2 } = createRequire(import.meta.url)('@usebruno/lang')
  const files = globSync('bruno/*/*.bru', { cwd: generated() }).filter((file) => !file.includes('environments'))
  const requests = files.map((file) => bruToJsonV2(readFileSync(generated(file), 'utf8')))
  const { item } = JSON.parse(text) as { item: { item: { request: { method: string; url: string; body?: { raw: string } } }[] }[] }
  const key = (method: string, url: string, body = '{}') => `${method} ${url} ${JSON.stringify(JSON.parse(body))}`
  const expected = item.flatMap((folder) => folder.item.map(({ request }) => key(request.method, request.url, request.body?.raw)))
  expect(requests.map(({ http, body }) => key(http.method.toUpperCase(), http.url, body?.json)).sort()).toEqual(expected.sort())
  for (const { assertions } of requests) expect(assertions).toEqual([expect.objectContaining({ name: 'res.status', value: 'eq 200' })])
})
