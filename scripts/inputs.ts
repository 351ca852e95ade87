/** Which inputs the last build saw, so that `npm start` builds only what is stale. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { projectFolder } from './step.ts'

const memory = (out: string) => resolve(out, 'docs/.inputs')

/** Hash of everything a build reads: the source, the build's own code and its settings. */
export const inputsHash = (spec: string) => {
  const files = [
    ...globSync('**/*', { cwd: spec }).map((file) => resolve(spec, file)),
    ...globSync('scripts/**/*', { cwd: projectFolder }).map((file) => resolve(projectFolder, file)),
    ...['src/document.ts', 'redocly.yaml', '.spectral.yaml', 'package-lock.json'].map((file) => resolve(projectFolder, file)),
  ]
  const hash = createHash('sha256')
  for (const file of files.filter((file) => existsSync(file) && statSync(file).isFile()).sort())
    hash.update(relative(projectFolder, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

export const rememberInputs = (out: string, hash: string) => writeFileSync(memory(out), hash)

/** Whether the last build into `out` saw other inputs, or none at all. */
export const isStale = (spec: string, out: string) => !existsSync(memory(out)) || readFileSync(memory(out), 'utf8') !== inputsHash(spec)
