/** Results of the last build's steps, so that the next one repeats only those whose inputs have changed. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Returns what a step made of the same inputs before, or runs it. A step that fails is not remembered.
 * @param inputs everything that the step reads, besides the code of the build and its packages
 * @param make runs the step; its result has to survive JSON
 */
export type Remember = <Result>(step: string, inputs: string[], make: () => Promise<Result>) => Promise<Result>

/** For a build that does everything anew. */
export const rememberNothing: Remember = (_step, _inputs, make) => make()

const hashOf = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** A result that cannot be read, because another build has just removed it, is none. */
const readResult = (file: string): { result: never } | undefined => {
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
  mkdirSync(folder, { recursive: true })
  const used = new Set<string>()
  const remember: Remember = async (step, inputs, make) => {
    const name = hashOf([code, step, ...inputs])
    used.add(name)
    const file = join(folder, name)
    const known = readResult(file)
    if (known) return known.result
    const result = await make()
    const partial = `${file}.${process.pid}`
    writeFileSync(partial, JSON.stringify({ result }))
    renameSync(partial, file)
    return result
  }
  const removeUnused = () => {
    for (const name of readdirSync(folder)) if (!name.includes('.') && !used.has(name)) rmSync(join(folder, name), { force: true })
  }
  return { remember, removeUnused }
}
