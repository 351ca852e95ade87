/** TypeScript of several ages, under each way to resolve modules. */
import type { Project } from './project.ts'

/** How a project is set up, and its compiler. */
export const layouts = {
  nodenext: { type: 'module', options: { module: 'nodenext' } },
  'nodenext-commonjs': { type: 'commonjs', options: { module: 'nodenext' } },
  bundler: { type: 'module', options: { module: 'esnext', moduleResolution: 'bundler' } },
  node10: { type: 'commonjs', options: { module: 'commonjs', moduleResolution: 'node10' } },
}

export type Layout = keyof typeof layouts

/**
 * Settings of a compiler that writes declarations and JavaScript, as strict as it can be.
 * @param version of TypeScript, `5.0` for example
 */
export const compilerOptionsOf = (version: string, layout: Layout): object => ({
  strict: true,
  declaration: true,
  outDir: 'out',
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  // openapi-fetch's own declarations do not parse in 5.0.
  skipLibCheck: version.startsWith('5.0'),
  // TypeScript's own take half the time.
  skipDefaultLibCheck: true,
  ...layouts[layout].options,
  ...(layout === 'node10' ? { ignoreDeprecations: version.startsWith('6') ? '6.0' : '5.0' } : {}),
})

/** Runs the program, where it stands beside it. */
const main = `import { run } from './program.js'\nrun({ baseUrl: '{url}' }).then((text) => console.log(text))\n`

/**
 * Ends with what an editor offers after the type of a payment method.
 * @param fields names that it should offer
 */
const completions = (fields: string[]) => `import ts from 'typescript'
const file = ts.sys.resolvePath('nodenext/edited.ts')
const text = "import { Komoju } from 'komoju-openapi'\\ndeclare const komoju: Komoju\\nkomoju.payments.create({ amount: 1, currency: 'JPY', payment_details: { type: 'konbini', | } })"
const options = { strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'] }
const service = ts.createLanguageService({
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getScriptFileNames: () => [file],
  getScriptVersion: () => '0',
  getScriptSnapshot: (name) => {
    const content = name === file ? text.replace('|', '') : ts.sys.readFile(name)
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
  },
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
})
const entries = service.getCompletionsAtPosition(file, text.indexOf('|'), {})?.entries ?? []
const offered = entries.map(({ name }) => name).sort().join()
console.log(offered === '${fields.join()}' ? 'works' : 'error: the editor offers ' + offered)
process.exit(offered === '${fields.join()}' ? 0 : 1)
`

/** pnpm links each package from a place of its own, where a compiler finds no names for types that are not exported. */
const pnpm = (program: string): Project => ({
  name: 'pnpm',
  packages: ['pnpm@10', 'typescript@5.9'],
  files: {
    'shop/package.json': JSON.stringify({ private: true, type: 'module', dependencies: { 'komoju-openapi': 'file:{tarball}' } }),
    'shop/tsconfig.json': JSON.stringify({ compilerOptions: compilerOptionsOf('5.9', 'nodenext'), files: ['main.ts'] }),
    'shop/program.ts': program,
    'shop/main.ts': main,
  },
  commands: [
    ['pnpm', '--dir', 'shop', 'install', '--store-dir', '../store'],
    ['tsc', '-p', 'shop'],
    ['node', 'shop/out/main.js'],
  ],
  detail: 'its folders of links: declarations, run',
})

/**
 * @param fields of the request for a konbini payment, sorted
 * @param program text of program.ts
 */
export const compilers = (fields: string[], program: string): Project[] => [
  ...['5.0', '5.4', '5.9', '6.0'].map((version) => ({
    name: `TypeScript ${version}`,
    packages: [`typescript@~${version}.0`],
    files: {
      ...Object.fromEntries(
        (Object.keys(layouts) as Layout[]).flatMap((layout) => [
          [`${layout}/package.json`, JSON.stringify({ type: layouts[layout].type })],
          [`${layout}/tsconfig.json`, JSON.stringify({ compilerOptions: compilerOptionsOf(version, layout), files: ['main.ts'] })],
          [`${layout}/program.ts`, program],
          [`${layout}/main.ts`, main],
        ]),
      ),
      'completions.mjs': completions(fields),
    },
    commands: [
      ...Object.keys(layouts).flatMap((layout) => [
        ['tsc', '-p', layout],
        ['node', `${layout}/out/main.js`],
      ]),
      ['node', 'completions.mjs'],
    ],
    detail: 'nodenext, nodenext in CommonJS, bundler and node10: declarations, run; what an editor offers',
  })),
  pnpm(program),
]
