/** What the page carries: its style, its scripts and its icon. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { parts, tokens } from '../../src/pages/tokens.ts'
import type { PageAssets } from './html/page.ts'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Compiles a script of the page with everything that it imports. */
const scriptOf = async (name: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [path(`browser/${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  })
  return outputFiles.map(({ text }) => text.trim().replaceAll('</script', '<\\/script')).join('')
}

const styleOf = async () => {
  // light-dark() stays as it is: the browsers that the page is for know it.
  const { code } = await transform(tokens + parts + readFileSync(path('page.css'), 'utf8'), {
    loader: 'css',
    minify: true,
    target: 'chrome123',
    charset: 'utf8',
  })
  return code.trim()
}

/** Compiles and reads the assets. */
export const pageAssets = async (): Promise<PageAssets> => {
  const [style, script, earlyScript] = await Promise.all([styleOf(), scriptOf('main'), scriptOf('early')])
  return { style, script, earlyScript, icon: readFileSync(path('favicon.svg'), 'utf8') }
}
