/** Which files of the project a file imports: what the build depends on, and what the test of the architecture looks at. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** `import … from './a.ts'`, `export … from`, `import './a.ts'`, `import('./a.ts')`, `new URL('./a.ts', import.meta.url)`. */
const specifierPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)'(\.{1,2}\/[^'$]+)'/g

/** Line and block comments, whose examples import nothing. Text with `//` in it, such as an address, is left alone. */
const commentPattern = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

/** Template literals hold the source of files that are generated. */
const templatePattern = /`(?:\\.|[^`\\])*`/g

/** Absolute paths of the files that a module names; folders and files that do not exist are left out. */
export const importsOf = (file: string): string[] => {
  const text = readFileSync(file, 'utf8').replace(commentPattern, '').replace(templatePattern, '``')
  return [...text.matchAll(specifierPattern)]
    .map(([, specifier = '']) => resolve(dirname(file), specifier))
    .filter((path) => existsSync(path) && statSync(path).isFile())
}

/** Everything that a module depends on within the project, itself included. */
export const dependenciesOf = (file: string): Set<string> => {
  const found = new Set<string>()
  const visit = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    if (/\.(ts|js|mjs|cjs)$/.test(path)) importsOf(path).forEach(visit)
  }
  visit(file)
  return found
}
