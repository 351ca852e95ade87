/** One compile cache for every process of a run, the test files' own and those that they start. It is made anew for each run. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-compiled-'))
  process.env.NODE_COMPILE_CACHE = folder
  // Processes that end meanwhile still write to it.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 })
}
