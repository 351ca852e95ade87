/** Which inputs the last build saw, so that `npm start` builds only what is stale. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { dependenciesOf } from '../tools/imports.ts'
import { projectFolder, replaceFile } from './step.ts'

const record = (out: string) => resolve(out, 'docs/.inputs')

const inProject = (...files: string[]) => files.map((file) => resolve(projectFolder, file))

/** What says which packages there are: the lock file, and npm's record of those that are installed, whatever the lock file says. */
const packages = inProject('package-lock.json', 'node_modules/.package-lock.json')

/** Settings that the tools read by themselves. */
const settings = inProject('redocly.yaml', 'scripts/build/redocly-plugin.ts', '.spectral.yaml', 'biome.json')

/** The build's own code, from its imports, with the style sheets, icons and rules that lie beside it. */
const codeOfBuild = () => {
  const modules = [
    ...dependenciesOf(resolve(projectFolder, 'scripts/build.ts')),
    // Compiled for the browser, so no import of the build leads there.
    ...globSync(resolve(projectFolder, 'scripts/{spectral,reference/browser}/*')).flatMap((file) => [...dependenciesOf(file)]),
  ]
  const assets = [...new Set(modules.map((file) => dirname(file)))]
    .filter((folder) => folder.startsWith(resolve(projectFolder, 'scripts')))
    .flatMap((folder) => globSync('*', { cwd: folder, exclude: ['*.ts'] }).map((name) => resolve(folder, name)))
  return [...modules, ...assets].filter((file) => !file.startsWith(resolve(projectFolder, 'generated')))
}

const existing = (files: string[]) => [...new Set(files)].filter((file) => existsSync(file) && statSync(file).isFile()).sort()

const filesIn = (spec: string, pattern: string, exclude: string[] = []) =>
  globSync(pattern, { cwd: spec, exclude }).map((file) => resolve(spec, file))

const codeFiles = () => existing([...codeOfBuild(), ...settings, ...packages])

/** Files that a build reads: the source, the build's own code and its settings. */
export const inputsOf = (spec: string): string[] => existing([...filesIn(spec, '**/*'), ...codeFiles()])

const hashOf = (files: string[], base: string) => {
  const hash = createHash('sha256').update(process.version)
  for (const file of files) hash.update(relative(base, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Hash of what makes the results of a build from a source: its code, its settings and its packages. */
export const codeHash = () => hashOf(codeFiles(), projectFolder)

/** Hash of the packages that the build uses. */
export const packagesHash = () => hashOf(existing(packages), projectFolder)

/** Hash of the files of a source that a pattern names, without those in some folders. */
export const sourceHash = (spec: string, pattern: string, exclude: string[] = []) => hashOf(existing(filesIn(spec, pattern, exclude)), spec)

/** Hash of everything that a build reads. */
export const inputsHash = (spec: string, code = codeHash()) => `${code} ${sourceHash(spec, '**/*')}`

export const rememberInputs = (out: string, hash: string) => replaceFile(record(out), hash)

/** Whether the last build into `out` saw other inputs, or there was none. */
export const isStale = (spec: string, out: string) => !existsSync(record(out)) || readFileSync(record(out), 'utf8') !== inputsHash(spec)
