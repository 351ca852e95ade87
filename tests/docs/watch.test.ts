/** The watched page: rebuilt at a change, announced to its readers, and kept while the source is broken. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { watchPage } from '../../scripts/reference/watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-watch-'))
const source = join(folder, 'source.txt')
const policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
const build = async () => {
  const text = readFileSync(source, 'utf8')
  if (text === 'broken') throw new Error('source.txt is broken')
  return `<html><head>${policy}</head><body>${text}</body></html>`
}
let close = () => {}
afterEach(() => {
  close()
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
})

test('a change rebuilds the page and tells its readers; a broken one leaves the last', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  const complaints = vi.spyOn(console, 'error').mockReturnValue()
  writeFileSync(source, 'first')
  const watched = await watchPage(folder, build, 0)
  close = watched.close
  const page = async () => (await fetch(watched.address)).text()
  expect(await page()).toMatch(/<body>first<script>.*location\.reload/)
  expect(await page()).not.toContain('Content-Security-Policy')

  const changes = (await fetch(`${watched.address}changes`)).body!.getReader()
  writeFileSync(source, 'second')
  expect(new TextDecoder().decode((await changes.read()).value)).toBe('data: changed\n\n')
  expect(await page()).toContain('second')
  expect(log).toHaveBeenCalledWith(expect.stringMatching(/^rebuilt in/))

  writeFileSync(source, 'broken')
  await expect.poll(() => complaints.mock.calls).toEqual([['source.txt is broken']])
  expect(await page()).toContain('second')
  await changes.cancel()
})
