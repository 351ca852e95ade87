/** Packages of hundreds of modules, which take longer to find than to load, in one file. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packagesHash } from './inputs.ts'
import { projectFolder } from './step.ts'

const makeFile = async (source: string, folder: string, file: string) => {
  const { build } = await import('esbuild')
  const partial = `${file}.${process.pid}`
  await build({
    stdin: { contents: source, resolveDir: folder, sourcefile: 'source.mjs' },
    outfile: partial,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    mainFields: ['module', 'main'],
    // Parts of them are CommonJS.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  })
  renameSync(partial, file)
}

/**
 * Imports a module from one file with all that it imports. The file is made once for the packages as they are installed.
 * @param source text of the module
 * @param folder where its imports are resolved
 */
export const importInOneFile = async (source: string, folder = projectFolder) => {
  const inputs = [source, readFileSync(import.meta.filename, 'utf8'), packagesHash()]
  const name = createHash('sha256').update(inputs.join('\0')).digest('hex')
  const file = resolve(projectFolder, 'node_modules/.cache/komoju-packages', `${name}.mjs`)
  try {
    if (!existsSync(file)) await makeFile(source, folder, file)
    return await import(pathToFileURL(file).href)
  } catch {
    // Without a cache, as on a disk that is full or read-only, the file lives until it is loaded.
    const place = mkdtempSync(join(tmpdir(), 'komoju-packages-'))
    // Of what is in node_modules, Node prints no deprecations.
    const passing = join(place, 'node_modules/packages.mjs')
    try {
      await makeFile(source, folder, passing)
      return await import(pathToFileURL(passing).href)
    } finally {
      rmSync(place, { recursive: true })
    }
  }
}
