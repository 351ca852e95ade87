/** How the build writes files, and what it says where the system does not let it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCache } from '../../../scripts/build/cache.ts'
import { replaceFile } from '../../../scripts/build/step.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-step-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A path where a full disk begins: what is written there goes to /dev/full. */
const onFullDisk = (path: string) => symlinkSync('/dev/full', path)

const caught = (write: () => void) => {
  try {
    write()
  } catch (error) {
    return error
  }
}

test.skipIf(!existsSync('/dev/full'))('a full disk: the file stays, and nothing is left over', () => {
  const file = join(folder, 'full.yaml')
  writeFileSync(file, 'before')
  onFullDisk(`${file}.partial`)
  const message = `${relative('.', file)} cannot be written: the disk is full.`
  expect(caught(() => replaceFile(file, 'after'))).toMatchObject({ name: 'BuildError', message })
  expect(readdirSync(folder)).toEqual(['full.yaml'])
  expect(readFileSync(file, 'utf8')).toBe('before')
})

test.for([
  ['a file where a folder should be', (file: string) => writeFileSync(join(file, '..'), ''), 'a file is where a folder should be.'],
  ['a folder of the same name', (file: string) => mkdirSync(file, { recursive: true }), 'a folder has its name.'],
] as const)('%s', ([name, prepare, reason]) => {
  const file = join(folder, name, 'file.yaml')
  prepare(file)
  const message = `${relative('.', file)} cannot be written: ${reason}`
  expect(caught(() => replaceFile(file, 'text'))).toMatchObject({ name: 'BuildError', message })
  expect(existsSync(`${file}.partial`)).toBe(false)
})

test('a cache that cannot be written is none', async () => {
  const place = join(folder, 'cache')
  writeFileSync(place, '')
  const { remember, removeUnused } = openCache(place, 'code')
  expect(await remember('page', ['a'], async () => 'made')).toBe('made')
  removeUnused()
  expect(readFileSync(place, 'utf8')).toBe('')
})
