/** One folder for all test files, in which the first that wants something makes it. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    madeOnceFolder: string
  }
}

export default ({ provide }: TestProject) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-made-once-'))
  provide('madeOnceFolder', folder)
  return () => rm(folder, { recursive: true, force: true })
}
