/** Bundlers: what they make of the program runs in a browser and in Node. */
import type { Project } from './project.ts'

const inBrowser = `import { run } from './program.mjs'
run({ baseUrl: '{url}' }).then((text) => (document.title = text), (error) => (document.title = String(error)))
`
const pageOf = (script: string) => `<!doctype html><meta charset="utf-8"><script type="module" src="${script}"></script>\n`

export const bundlers: Project[] = [
  {
    name: 'esbuild',
    packages: ['esbuild'],
    files: {
      'main.mjs': `import { run } from './program.mjs'\nrun({ baseUrl: '{url}' }).then(console.log)\n`,
      'browser.mjs': inBrowser,
      'out/index.html': pageOf('browser.js'),
    },
    commands: [
      ['esbuild', 'browser.mjs', '--bundle', '--minify', '--outfile=out/browser.js'],
      ['esbuild', 'main.mjs', '--bundle', '--platform=node', '--outfile=out/main.cjs'],
      ['node', 'out/main.cjs'],
    ],
    page: 'out/index.html',
    detail: 'for a browser, in Chromium; for Node as CommonJS',
  },
  {
    name: 'Vite',
    packages: ['vite'],
    files: { 'browser.mjs': inBrowser, 'index.html': pageOf('/browser.mjs') },
    commands: [['vite', 'build', '--base', './', '--outDir', 'out', '--logLevel', 'warn']],
    page: 'out/index.html',
    detail: 'production build, in Chromium',
  },
  {
    name: 'webpack',
    packages: ['webpack'],
    files: {
      'browser.mjs': inBrowser,
      'out/index.html': pageOf('browser.js'),
      'build.mjs': `import { resolve } from 'node:path'
import webpack from 'webpack'
const options = { mode: 'production', entry: './browser.mjs', output: { path: resolve('out'), filename: 'browser.js' } }
webpack(options, (error, stats) => {
  const failed = error ?? (stats.hasErrors() || stats.hasWarnings())
  console.log(failed ? 'error: ' + (error ?? stats.toString()) : 'works')
  process.exit(failed ? 1 : 0)
})
`,
    },
    commands: [['node', 'build.mjs']],
    page: 'out/index.html',
    detail: 'production build without warnings, in Chromium',
  },
]
