/** Packages of hundreds of modules, which take longer to find than to load, in one file. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packagesHash } from './inputs.ts'
import { projectFolder } from './step.ts'

/**
 * Imports a module from one file with all that it imports. The file is made once for the packages as they are installed.
 * @param source text of the module
 * @param folder where its imports are resolved
 */
export const importInOneFile = async (source: string, folder = projectFolder) => {
  const inputs = [source, readFileSync(import.meta.filename, 'utf8'), packagesHash()]
  const name = createHash('sha256').update(inputs.join('\0')).digest('hex')
  const file = resolve(projectFolder, 'node_modules/.cache/komoju-packages', `${name}.mjs`)
  if (!existsSync(file)) {
    const { build } = await import('esbuild')
    const partial = `${file}.${process.pid}`
    await build({
      stdin: { contents: source, resolveDir: folder, sourcefile: 'source.mjs' },
      outfile: partial,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      // Parts of them are CommonJS.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    })
    renameSync(partial, file)
  }
  return import(pathToFileURL(file).href)
}
