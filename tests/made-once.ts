/** What takes long to make, made once for all test files that want it: the package as publishing would send it, and the reference. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { replaceFile } from '../scripts/build/step.ts'
import { docsOf, writeDocs } from '../scripts/docs.ts'
import { packIn } from '../scripts/tools/pack.ts'

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
 * Makes something in a folder, or waits until another test file has.
 * @returns the folder, and what `make` returned of it
 */
const madeOnce = async <Made>(name: string, make: (folder: string) => Promise<Made>): Promise<{ folder: string; made: Made }> => {
  const folder = join(inject('madeOnceFolder'), name)
  const result = `${folder}.json`
  if (isFirst(folder))
    await make(folder).then(
      (made) => replaceFile(result, JSON.stringify({ made })),
      (error) => replaceFile(result, JSON.stringify({ error: String(error) })),
    )
  while (!existsSync(result)) await sleep(200)
  const { made, error } = JSON.parse(readFileSync(result, 'utf8')) as { made: Made; error?: string }
  if (error !== undefined) throw new Error(error)
  return { folder, made }
}

/** @returns the folder that was packed, and npm's report */
export const packedOnce = async () => {
  const { folder, made } = await madeOnce('package', packIn)
  return { source: folder, report: made }
}

/** @returns the folder with the reference, and its files */
export const renderedOnce = async () => {
  const { folder, made } = await madeOnce('reference', async (place) => {
    const files = await docsOf(readFileSync('generated/openapi.json', 'utf8'))
    writeDocs(place, files)
    return files
  })
  return { folder, files: made }
}
