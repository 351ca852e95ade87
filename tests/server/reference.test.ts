/** The reference over HTTP: pages for people, Markdown for programs, the document for both. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDocs } from '../../scripts/docs.ts'
import { slugOf } from '../../scripts/reference/anchors.ts'
import { type Server, serverOf } from '../../src/server/listen.ts'
import { createReferenceServer, serveReference } from '../../src/server/reference.ts'
import { renderedOnce } from '../made-once.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-reference-'))
const yaml = readFileSync('generated/openapi.yaml', 'utf8')
let server: Server
let origin = ''
beforeAll(async () => {
  for (const name of ['openapi.yaml', 'openapi.json', 'openapi.ja.yaml'])
    writeFileSync(join(folder, name), readFileSync(join('generated', name)))
  const { files } = await renderedOnce()
  writeDocs(join(folder, 'docs'), { ...files, 'redoc/index.html': '<p>Redoc' })
  server = createReferenceServer(folder)
  origin = await server.listen()
}, 60_000)
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** A response as it is on the wire: `fetch` would decompress it. */
const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    request(origin + path, { headers }, async (response) =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }),
    )
      .once('error', reject)
      .end()
  })

describe.each([
  '/openapi.yaml',
  '/openapi.json',
  '/openapi.ja.yaml',
  '/',
  '/ko/',
  '/createPayment.md',
  '/ja/createPayment.md',
  '/llms.txt',
])('%s', (path) => {
  test('may be read by any page, has a tag, and is not sent again to a client that has it', async () => {
    const { status, headers } = await get(path)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      vary: 'Accept, Accept-Encoding, Accept-Language',
    })
    const again = await get(path, { 'if-none-match': `"other", W/${headers.etag}` })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200)
  })
  test('is compressed for a client that takes gzip', async () => {
    const plain = await get(path)
    expect(plain.headers['content-encoding']).toBeUndefined()
    const zipped = await get(path, { 'accept-encoding': 'br, gzip;q=0.5' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true)
    expect(zipped.body.length).toBeLessThan(plain.body.length / 1.5)
    expect((await get(path, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined()
  })
})

test('the document is the file', async () => {
  expect((await get('/openapi.yaml')).body.toString()).toBe(yaml)
})

test('a page names the API of its server, where that has one', async () => {
  const app = Fastify()
  serveReference(app, { folder, apiPath: '/api/v1' })
  const withApi = serverOf(app)
  const address = await withApi.listen()
  for (const path of ['/', '/ja/', '/ko/index.html']) {
    const page = await (await fetch(address + path)).text()
    expect(page).toMatch(/^<!doctype html>\n<html data-api="\/api\/v1" lang="/)
    expect(page.replace(' data-api="/api/v1"', '')).toBe((await get(path)).body.toString())
  }
  await withApi.close()
})

test('programs get Markdown, browsers a page', async () => {
  const program = await get('/', { accept: 'text/markdown, */*;q=0.1' })
  expect(program.headers['content-type']).toBe('text/markdown; charset=utf-8')
  expect(program.body.toString()).toMatch(/^# KOMOJU API\n/)
  const browser = await get('/', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
  expect(browser.headers['content-type']).toBe('text/html; charset=utf-8')
})

test.each([
  ['ja,en;q=0.8', '/ja/'],
  ['en;q=0.3, ko-KR, ja;q=0.9', '/ko/'],
  ['fr, ja;q=0.1', '/ja/'],
])('a browser that asks for %s is led to %s', async (language, place) => {
  const { status, headers } = await get('/', { accept: 'text/html', 'accept-language': language })
  expect([status, headers.location, headers.vary]).toEqual([302, place, 'Accept-Language'])
})

test.each(['en, ja;q=0.9', 'fr', 'ja;q=0', '*', ''])('a browser that asks for "%s" gets English', async (language) => {
  const { status, body } = await get('/', { accept: 'text/html', 'accept-language': language })
  expect([status, body.toString().includes('<html lang="en">')]).toEqual([200, true])
})

test('each language has its page and its Markdown; English is at /index.html whatever a browser asks for', async () => {
  expect((await get('/ja/')).body.toString()).toContain('<html lang="ja">')
  expect((await get('/ko/index.html')).body.toString()).toContain('<html lang="ko">')
  expect((await get('/index.html', { 'accept-language': 'ja' })).body.toString()).toContain('<html lang="en">')
  expect((await get('/ja/', { accept: 'text/markdown' })).headers['content-type']).toBe('text/markdown; charset=utf-8')
  expect((await get('/ja/createPayment.md')).body.toString()).toMatch(/^# 決済の作成\n/)
  expect([(await get('/ja')).headers.location, (await get('/fr/')).status]).toEqual(['/ja/', 404])
})

test('every page that llms.txt lists is served, and every link of these leads to another', async () => {
  const index = (await get('/llms.txt')).body.toString()
  const names = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(35)
  const texts = new Map<string, string>()
  for (const name of names) {
    const { status, headers, body } = await get(`/${name}`)
    expect([name, status, headers['content-type']]).toEqual([name, 200, 'text/markdown; charset=utf-8'])
    texts.set(name, body.toString())
  }
  const hasHeading = (text: string, anchor: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => slugOf(heading) === anchor)
  for (const text of [index, ...texts.values()]) {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const broken = links.filter((link) => {
      const [name = '', anchor] = link.split('#')
      const target = texts.get(name)
      if (target === undefined) return !/^(?:https?:|index\.md|llms-full\.txt|\.\.\/openapi\.yaml)/.test(link)
      return anchor !== undefined && !hasHeading(target, anchor)
    })
    expect(broken).toEqual([])
    expect(text).not.toMatch(/\{\{|<a id|undefined|\[object/)
  }
  expect((await get('/llms-full.txt')).body.toString()).toContain('# Refund a payment')
})

test('the Redoc page is at /redoc/, and what does not exist is not found', async () => {
  expect((await get('/redoc/')).body.toString()).toBe('<p>Redoc')
  expect((await get('/redoc')).status).toBe(302)
  expect((await get('/nothing.md')).status).toBe(404)
  expect((await get('/..%2Fopenapi.md')).status).toBe(404)
})

test('no text claims a unit of amounts, which the versions of the API count differently', async () => {
  const everything = (await get('/llms-full.txt')).body.toString()
  expect(everything).toContain('Before you go live with USD, EUR or TWD')
  expect(everything).not.toMatch(/not in cents|units of the currency/i)
})
