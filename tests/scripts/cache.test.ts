/** The build's cache: it saves work, and never serves what has become stale. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { openCache } from '../../scripts/build/cache.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-cache-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a step', () => {
  const place = (name: string) => join(folder, name)

  test('is not repeated with the same inputs, in this build and in the next', async () => {
    const make = vi.fn(async () => ({ page: 'made' }))
    const { remember } = openCache(place('same'), 'code')
    expect(await remember('page', ['a'], make)).toEqual({ page: 'made' })
    expect(await remember('page', ['a'], make)).toEqual({ page: 'made' })
    expect(await openCache(place('same'), 'code').remember('page', ['a'], make)).toEqual({ page: 'made' })
    expect(make).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['another input', 'code', 'page', ['a', 'c']],
    ['one input less', 'code', 'page', ['a']],
    ['the same text, divided otherwise', 'code', 'page', ['ab', '']],
    ['another step', 'code', 'types', ['a', 'b']],
    ['other code of the build', 'changed', 'page', ['a', 'b']],
  ])('is repeated with %s', async (name, code, step, inputs) => {
    await openCache(place(name), 'code').remember('page', ['a', 'b'], async () => 'old')
    expect(await openCache(place(name), code).remember(step, inputs, async () => 'new')).toBe('new')
  })

  test('that fails is tried again', async () => {
    const { remember } = openCache(place('failed'), 'code')
    const fail = async () => {
      throw new Error('broken')
    }
    await expect(remember('page', ['a'], fail)).rejects.toThrow('broken')
    expect(await remember('page', ['a'], async () => 'mended')).toBe('mended')
  })

  test('is repeated where its result is damaged', async () => {
    const { remember } = openCache(place('damaged'), 'code')
    await remember('page', ['a'], async () => 'old')
    for (const name of readdirSync(place('damaged'))) writeFileSync(join(place('damaged'), name), '{"result":"o')
    expect(await remember('page', ['a'], async () => 'new')).toBe('new')
  })

  test('that the next build does not need is forgotten', async () => {
    await openCache(place('unused'), 'code').remember('page', ['a'], async () => 'old')
    const { remember, removeUnused } = openCache(place('unused'), 'code')
    await remember('page', ['b'], async () => 'new')
    removeUnused()
    expect(readdirSync(place('unused'))).toHaveLength(1)
  })

  test('that is not repeated keeps its parts for the next build', async () => {
    const make = vi.fn(async () => 'part')
    const buildOf = async (input: string) => {
      const { remember, removeUnused } = openCache(place('parts'), 'code')
      const page = await remember('page', [input], async (rememberPart) => `${input}: ${await rememberPart('part', ['a'], make)}`)
      removeUnused()
      return page
    }
    for (const input of ['old', 'old', 'new']) expect(await buildOf(input)).toBe(`${input}: part`)
    expect(make).toHaveBeenCalledTimes(1)
  })
})

const [spec, out] = [join(folder, 'spec'), join(folder, 'generated')]
const build = () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.ts', '--spec', spec, '--out', out], { encoding: 'utf8' })
  return { status, stderr }
}
const change = (file: string, from: string, to: string) => {
  const text = readFileSync(join(spec, file), 'utf8')
  expect(text, file).toContain(from)
  writeFileSync(join(spec, file), text.replace(from, to))
  return text
}
const request = 'payment-methods/konbini/examples/konbini-createPayment-request.yaml'
const response = 'payment-methods/konbini/examples/konbini-createPayment-response.yaml'

test('a changed line of any kind of source is in everything that a build makes of it', { timeout: 300_000 }, () => {
  cpSync('spec', spec, { recursive: true })
  expect(build()).toEqual({ status: 0, stderr: '' })
  const pages = ['docs/index.html', 'docs/ja/index.html', 'docs/ko/index.html']
  const changes: [file: string, from: string, to: string, mark: string, results: string[]][] = [
    ['guides/08-idempotency.md', '\n\n', '\n\nA new line.\n\n', 'A new line.', pages],
    ['languages/ko.po', '"결제 생성"', '"결제를 새로 생성"', '결제를 새로 생성', ['docs/ko/index.html', 'openapi.ko.yaml']],
    ['guides/payment-states.dot', ' paid, or', ' cash paid, or', 'cash paid, or', ['docs/index.html']],
    [request, 'foobar: hoge', 'foobar: fuga', '<s>&quot;fuga&quot;</s>', pages],
    ['payment-methods/konbini/sandbox.yaml', 'days: 3', 'days: 77', '"days": 77', ['sandbox.json']],
    [
      'components/schemas/Refund.yaml',
      'Money returned',
      'Cash returned',
      'Cash returned',
      ['openapi.yaml', 'openapi.json', 'openapi-3.0.yaml', 'openapi.ja.yaml', 'schema.d.ts', 'docs/redoc/index.html', ...pages],
    ],
  ]
  for (const [file, from, to, mark, results] of changes) {
    change(file, from, to)
    expect(build()).toEqual({ status: 0, stderr: '' })
    for (const result of results) expect(readFileSync(join(out, result), 'utf8').includes(mark), `${file} in ${result}`).toBe(true)
  }
})

// Linters repeat only what a change can break. Each of these breaks another part of that, after a build that found nothing.
test.each([
  [
    'a text',
    'components/schemas/Refund.yaml',
    'Cash returned',
    'Cash that is told of',
    /plain-words: [\s\S]*in components\.schemas\.Refund\.description/,
  ],
  ['a shape', 'components/schemas/Refund.yaml', 'type: object', 'type: objects', /Redocly found/],
  ['an example', response, 'amount: 1000', 'amount: many', /Redocly found/],
])('a problem in %s is found when its line has changed', { timeout: 120_000 }, (_what, file, from, to, problem) => {
  const text = change(file, from, to)
  const { status, stderr } = build()
  writeFileSync(join(spec, file), text)
  expect(status).toBe(1)
  expect(stderr).toMatch(problem)
})
