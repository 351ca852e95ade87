/** `npm run licences`: the licences of everything that is installed, from the lock file, for docs/dependencies.md. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BuildError, projectFolder, runStep, writeWhole } from './build/step.ts'
import { replaceBetween } from './tools/between.ts'

/** Licences that ask for no more than to be named. */
const permissive = new Set([
  'MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'PSF-2.0', 'Python-2.0', 'Unlicense', 'Zlib',
]) // biome-ignore format: a table

/** Packages under another licence, and why they stay. */
const decided = {
  names: /^(axe-core|lightningcss(-.+)?|stack-trace|stream-length)$/,
  why: 'binds only who changes its files; axe-core is for tests, lightningcss comes with vitest; stack-trace has the MIT text in a file, and stream-length asks for nothing: both come with newman',
}

/** Licences that most packages have, and that need no name of a package beside them. */
const usual = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'])

type Locked = Partial<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies' | 'devDependencies', Record<string, string>>> & {
  license?: string
}
export type Lock = { packages: Record<string, Locked> }
type Package = { path: string; name: string; licence: string; isForUsers: boolean }

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Whether a licence, or a choice of licences, asks for no more than to be named. */
export const isPermissive = (licence: string): boolean => {
  const inner = licence.replace(/^\((.*)\)$/, '$1')
  if (inner.includes(' OR ')) return inner.split(' OR ').some(isPermissive)
  if (inner.includes(' AND ')) return inner.split(' AND ').every(isPermissive)
  return permissive.has(inner)
}

/** Old packages list their licences in their own file, where npm does not look. */
const licenceInFolder = (path: string): string => {
  const { license, licenses } = JSON.parse(readFileSync(resolve(projectFolder, path, 'package.json'), 'utf8'))
  return license?.type ?? (licenses as { type: string }[] | undefined)?.map(({ type }) => type).join(' OR ') ?? 'none'
}

/** Places in the lock file of what users install: the package's dependencies and peers, and all that those need. */
const placesForUsers = ({ packages }: Lock): Set<string> => {
  const places = new Set<string>()
  const placeOf = (name: string, from: string): string | undefined => {
    for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
      const place = `${folder}${folder && '/'}node_modules/${name}`
      if (packages[place]) return place
      if (folder === '') return
    }
  }
  const visit = (from: string) => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[from]!
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const place = placeOf(name, from)
      if (place === undefined || places.has(place)) continue
      places.add(place)
      visit(place)
    }
  }
  visit('')
  return places
}

/** Every package of a lock file, with its licence. */
export const packagesOf = (lock: Lock): Package[] => {
  const forUsers = placesForUsers(lock)
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { license }]) => ({
      path,
      name: nameOf(path),
      licence: license ?? licenceInFolder(path),
      isForUsers: forUsers.has(path),
    }))
}

/** Packages whose licence is neither permissive nor decided on. */
export const undecided = (packages: Package[]): string[] =>
  packages
    .filter(({ name, licence }) => !isPermissive(licence) && !decided.names.test(name))
    .map(({ name, licence }) => `${name}: ${licence}`)

/** The table: licences by how many packages have them, and the names of those with an unusual one. */
export const licenceTable = (packages: Package[]): string => {
  const rows = [...Map.groupBy(packages, ({ licence }) => licence)]
    .sort(([one, { length: ones }], [other, { length: others }]) => others - ones || one.localeCompare(other))
    .map(([licence, all]) => {
      // A package in several versions, or for several platforms, is named once.
      const names = [...new Set(all.map(({ name }) => name.replace(/^(lightningcss)-.+/, '$1')))].sort()
      const why = isPermissive(licence) ? '' : ` (${decided.why})`
      const named = usual.has(licence) || licence === 'MIT OR Apache-2.0' ? '' : names.join(', ') + why
      return `| ${licence} | ${all.filter(({ isForUsers }) => isForUsers).length} | ${all.length} | ${named} |`
    })
  return ['| licence | users | all | packages |', '| --- | --: | --: | --- |', ...rows].join('\n')
}

const markers = ['<!-- licences: written by `npm run licences -- --write` -->', '<!-- end of the licences -->'] as const
const page = resolve(projectFolder, 'docs/dependencies.md')

export const readLock = (): Lock => JSON.parse(readFileSync(resolve(projectFolder, 'package-lock.json'), 'utf8'))

/** docs/dependencies.md with a table in its place. */
export const withLicences = (text: string, table: string): string => replaceBetween(page, text, markers, table)

const help = `Usage: npm run licences -- [options]

Counts the licences of all packages in package-lock.json, and fails for one that is neither permissive nor explicitly accepted.

  --write  write the table to docs/dependencies.md
  --help   show this help`

if (import.meta.main)
  await runStep(() => {
    const { values } = parseArgs({ options: { write: { type: 'boolean' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const packages = packagesOf(readLock())
    const table = licenceTable(packages)
    console.log(table)
    if (undecided(packages).length > 0) throw new BuildError(`Not permissive, and not decided on:\n${undecided(packages).join('\n')}`)
    if (values.write) writeWhole(page, withLicences(readFileSync(page, 'utf8'), table))
  })
