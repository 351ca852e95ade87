/** The package as publishing would send it: packed once, for all test files that want it. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { replaceFile } from '../scripts/build/step.ts'
import { type Packed, packIn } from '../scripts/tools/pack.ts'

/** Makes a folder. @returns whether it was not there */
const isFirst = (folder: string): boolean => {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

/**
 * Packs the package, or waits until another test file has.
 * @returns the folder that was packed, and npm's report
 */
export const packedOnce = async (): Promise<{ source: string; report: Packed }> => {
  const source = join(inject('packedFolder'), 'source')
  const result = join(inject('packedFolder'), 'result.json')
  if (isFirst(source))
    await packIn(source).then(
      (report) => replaceFile(result, JSON.stringify({ report })),
      (error) => replaceFile(result, JSON.stringify({ error: String(error) })),
    )
  while (!existsSync(result)) await sleep(200)
  const { report, error } = JSON.parse(readFileSync(result, 'utf8')) as { report: Packed; error?: string }
  if (error !== undefined) throw new Error(error)
  return { source, report }
}
