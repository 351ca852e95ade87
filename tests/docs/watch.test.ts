/** The watched page: rebuilt at a change, announced to its readers, and kept while the source is broken. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
  rmSync(folder, { recursive: true, force: true })
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

test('a file that an editor replaces is followed each time, and so is one in a new folder', async () => {
  vi.spyOn(console, 'log').mockReturnValue()
  const place = mkdtempSync(join(tmpdir(), 'komoju-watch-'))
  const file = join(place, 'guide.md')
  const added = join(place, 'added')
  writeFileSync(file, 'first')
  const build = async () => `<html><body>${readFileSync(existsSync(added) ? join(added, 'guide.md') : file, 'utf8')}</body></html>`
  const watched = await watchPage(place, build, 0)
  const page = async () => (await fetch(watched.address)).text()
  for (const text of ['second', 'third']) {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
    await expect.poll(page).toContain(text)
  }
  for (const text of ['fourth', 'fifth']) {
    mkdirSync(added, { recursive: true })
    writeFileSync(join(added, 'guide.md'), text)
    await expect.poll(page).toContain(text)
  }
  watched.close()
  rmSync(place, { recursive: true })
})
