/** Results of the last build's steps, so that the next one repeats only those whose inputs have changed. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeByRename } from './step.ts'

/**
 * Returns what a step made of the same inputs before, or runs it. A step that fails is not remembered.
 * @param inputs everything that the step reads, besides the code of the build and its packages
 * @param make runs the step; its result has to survive JSON. What it remembers by its argument are parts of the step, kept as long as it is
 */
export type Remember = <Result>(step: string, inputs: string[], make: (remember: Remember) => Promise<Result>) => Promise<Result>

/** For a build that does everything anew. */
export const rememberNothing: Remember = (_step, _inputs, make) => make(rememberNothing)

const hashOf = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** Writes to the cache. A build does without one where the disk is full or read-only. */
const attempt = (write: () => void) => {
  try {
    write()
  } catch {}
}

/** A result that cannot be read, because another build has just removed it, is none. */
const readResult = (file: string): { result: never; parts: string[] } | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Opens a cache.
 * @param folder of the results, one file each
 * @param code hash of the build's code and packages, which all results depend on
 */
export const openCache = (folder: string, code: string): { remember: Remember; removeUnused: () => void } => {
  attempt(() => mkdirSync(folder, { recursive: true }))
  /** Remembers steps, and adds the names of their results, and of their parts, to a list. */
  const rememberIn =
    (names: string[]): Remember =>
    async (step, inputs, make) => {
      const name = hashOf([code, step, ...inputs])
      const file = join(folder, name)
      const known = readResult(file)
      const parts = known?.parts ?? []
      const result = known ? known.result : await make(rememberIn(parts))
      names.push(name, ...parts)
      if (known) return result
      attempt(() => writeByRename(file, JSON.stringify({ result, parts }), `${file}.${process.pid}`))
      return result
    }
  const used: string[] = []
  const removeUnused = () => {
    const kept = new Set(used)
    attempt(() => {
      for (const name of readdirSync(folder)) if (!name.includes('.') && !kept.has(name)) rmSync(join(folder, name), { force: true })
    })
  }
  return { remember: rememberIn(used), removeUnused }
}
