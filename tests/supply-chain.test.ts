/** What comes with the packages that the project builds on: their licences, what they run when they are installed, and whom they call. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isPermissive, licenceTable, packagesOf, readLock, undecided, withLicences } from '../scripts/licences.ts'

const lock = readLock()
const packages = packagesOf(lock)
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

test('licences can be told apart', () => {
  for (const licence of ['MIT', '(MIT OR GPL-3.0)', 'GPL-3.0 OR Apache-2.0', '(MIT AND Zlib)'])
    expect(isPermissive(licence), licence).toBe(true)
  for (const licence of ['GPL-3.0', 'MPL-2.0', '(MIT AND GPL-3.0)', 'none', 'SEE LICENSE IN x', 'UNLICENSED'])
    expect(isPermissive(licence), licence).toBe(false)
  const unknown = { path: 'node_modules/a', name: 'a', licence: 'GPL-3.0', isForUsers: true }
  expect(undecided([unknown])).toEqual(['a: GPL-3.0'])
})
test('each package is under a permissive licence, or decided on', () => {
  expect(packages.length).toBeGreaterThan(100)
  expect(undecided(packages)).toEqual([])
})
test('what users install begins with the dependency and the peers', () => {
  const forUsers = packages.filter(({ isForUsers }) => isForUsers).map(({ path }) => path)
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
    expect(forUsers).toContain(`node_modules/${name}`)
  expect(forUsers).toContain('node_modules/openapi-typescript-helpers')
  expect(forUsers).not.toContain('node_modules/@redocly/cli')
})
test('docs/dependencies.md lists them; `npm run licences -- --write` does it', () => {
  const text = readFileSync('docs/dependencies.md', 'utf8')
  expect(withLicences(text, licenceTable(packages))).toBe(text)
})

test('docs/dependencies.md says why each direct dependency is there, and when it was released', () => {
  const rows = readFileSync('docs/dependencies.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const [, names = '', why, releases = ''] = rows.find(([, cell = '']) => cell.split(', ').includes(name)) ?? []
    expect(why, name).toMatch(/\w{3}/)
    expect(releases.match(/20\d\d-\d\d/g), name).toHaveLength(names.split(', ').length)
  }
})

test('only approved packages run something when they are installed', () => {
  const scripts = ['preinstall', 'install', 'postinstall'] as const
  // The lock file says so of packages for other platforms too; the folder, whatever the lock file says.
  const runs = packages
    .filter(({ path }) => {
      if ((lock.packages[path] as { hasInstallScript?: boolean }).hasInstallScript) return true
      if (!existsSync(`${path}/package.json`)) return false
      const own = JSON.parse(readFileSync(`${path}/package.json`, 'utf8')).scripts ?? {}
      return scripts.some((script) => own[script]) || existsSync(`${path}/binding.gyp`)
    })
    .map(({ name }) => name)
  expect([...new Set(runs)].sort()).toEqual(Object.keys(manifest.allowScripts).sort())
})
