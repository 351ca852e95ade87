/** The built package in projects of users: their compilers, their module systems, their frameworks' layouts. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { install } from '../../scripts/bench/tools/install.ts'
import { buildPackage } from '../../scripts/package.ts'

let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'komoju-consumer-'))
  // As in a monorepo: what the project imports is a link to a package elsewhere, whose dependencies stand beside it.
  const library = join(project, 'packages/komoju-openapi')
  buildPackage(join(library, 'dist'))
  cpSync('package.json', join(library, 'package.json'))
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    link(resolve('node_modules', name), join(library, 'node_modules', name))
  link(library, join(project, 'app/node_modules/komoju-openapi'))
}, 300_000)
afterAll(() => rmSync(project, { recursive: true, force: true }))

const link = (from: string, to: string) => {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}

const source = `import { createKomojuClient, Komoju, KomojuError, isKnownCode, verifyWebhook, type KonbiniDetails } from 'komoju-openapi'
export const komoju = new Komoju({ secretKey: 'sk_test_1', onRetry: ({ attempt }) => attempt })
export const list = () => komoju.payments.list({ status: 'captured', start_time: new Date() })
export const create = () => komoju.payments.create({ amount: 1, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } })
export const token = (payment_details: string) => komoju.payments.create({ amount: 1, currency: 'JPY', payment_details, metadata: { at: new Date() } })
export const update = (id: string) => komoju.payments.update(id, { description: null })
export const client = createKomojuClient({ secretKey: 'sk_test_1' })
export const raw = (id: string) => client.GET('/payments/{id}', { params: { path: { id } } })
export const details = async (): Promise<KonbiniDetails> => (await create()).payment_details
export const beside = () => create().withResponse()
export const code = (error: KomojuError) => (isKnownCode(error.code) ? error.code : 'other')
export const webhook = (body: Uint8Array, headers: Record<string, string | string[] | undefined>) => verifyWebhook(body, headers, ['a', 'b'])
// @ts-expect-error the store is missing
komoju.payments.create({ amount: 1, currency: 'JPY', payment_details: { type: 'konbini', email: 'a@example.com' } })
`

const layouts = [
  { name: 'nodenext', type: 'module', options: { module: 'nodenext' } },
  { name: 'nodenext, CommonJS', type: 'commonjs', options: { module: 'nodenext' } },
  { name: 'bundler', type: 'module', options: { module: 'esnext', moduleResolution: 'bundler' } },
  { name: 'node10', type: 'commonjs', options: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '5.0' } },
]
const compilers = ['5.0.4', '5.4.5', '5.9.3', '6.0.3']

describe.for(compilers)('TypeScript %s', (version) => {
  test.for(layouts)('declarations of what the client returns: $name', { timeout: 300_000 }, async ({ name, type, options }, context) => {
    const folder = await install(`typescript@${version}`).catch(() => context.skip(`npm cannot install TypeScript ${version} here.`))
    const app = join(project, 'app')
    writeFileSync(join(app, 'package.json'), JSON.stringify({ type }))
    writeFileSync(join(app, 'use.ts'), source)
    const deprecations = version.startsWith('6') && name === 'node10' ? { ignoreDeprecations: '6.0' } : {}
    const compilerOptions = {
      strict: true,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: 'out',
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
      // openapi-fetch's own declarations do not parse in 5.0.
      skipLibCheck: version.startsWith('5.0'),
      ...options,
      ...deprecations,
    }
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
    const { stdout } = spawnSync(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc'), '-p', app], { encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})

const usage = `console.log(typeof Komoju, new Komoju({ secretKey: 'sk_test_1' }).payments.create.length)`

describe('module systems', () => {
  const run = (file: string, text: string) => {
    writeFileSync(join(project, 'app', file), text)
    return spawnSync(process.execPath, [file], { cwd: join(project, 'app'), encoding: 'utf8' })
  }
  test('import', () => expect(run('a.mjs', `import { Komoju } from 'komoju-openapi'\n${usage}`).stdout).toBe('function 2\n'))
  test('require', () => expect(run('a.cjs', `const { Komoju } = require('komoju-openapi')\n${usage}`).stdout).toBe('function 2\n'))
  test('both in one process are one client', () => {
    const { stdout } = run(
      'b.mjs',
      `import { createRequire } from 'node:module'\nimport { KomojuError } from 'komoju-openapi'\nconsole.log(createRequire(import.meta.url)('komoju-openapi').KomojuError === KomojuError)`,
    )
    expect(stdout).toBe('true\n')
  })
  test.for(['cjs', 'esm'] as const)('esbuild to %s', async (format) => {
    const contents = `import { Komoju } from 'komoju-openapi'\n${usage}`
    const { outputFiles } = await build({ stdin: { contents, resolveDir: join(project, 'app') }, bundle: true, format, write: false })
    expect(run(`bundle.${format === 'cjs' ? 'cjs' : 'mjs'}`, outputFiles[0]?.text ?? '').stdout).toBe('function 2\n')
  })
  test.for([
    ['Komoju', false],
    ['createKomojuClient', true],
  ] as const)('a bundle of %s has openapi-fetch in it: %s', async ([name, expected]) => {
    const stdin = { contents: `export { ${name} } from 'komoju-openapi'`, resolveDir: join(project, 'app') }
    const { metafile } = await build({ stdin, bundle: true, format: 'esm', write: false, metafile: true })
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
    expect(inputs.some((input) => input.includes('openapi-fetch/'))).toBe(expected)
  })
  test.for(['a.mjs', 'a.cjs'])("openapi-fetch's client in %s", (file) => {
    const call = `console.log(typeof createKomojuClient({ secretKey: 'sk_test_1' }).GET)`
    const [load] = file.endsWith('.cjs')
      ? [`const { createKomojuClient } = require('komoju-openapi')`]
      : [`import { createKomojuClient } from 'komoju-openapi'`]
    expect(run(file, `${load}\n${call}`).stdout).toBe('function\n')
  })
})

test.for(['node', 'jsdom'])('Jest, environment %s', { timeout: 300_000 }, async (environment, context) => {
  const folder = await install('jest@30.5.2', 'jest-environment-jsdom@30.5.2').catch(() => context.skip('npm cannot install Jest here.'))
  const app = join(project, 'app')
  writeFileSync(join(app, 'package.json'), '{}')
  writeFileSync(
    join(app, 'client.test.js'),
    `const { Komoju, KomojuError } = require('komoju-openapi')
test('a payment', async () => {
  const response = { ok: true, status: 200, headers: { get: (name) => (/type/i.test(name) ? 'application/json' : null) }, text: async () => '{"id":"a"}' }
  const komoju = new Komoju({ secretKey: 'sk_test_1', dangerouslyAllowBrowser: true, fetch: async () => response })
  expect(await komoju.payments.create({ amount: 1, currency: 'JPY', payment_details: 'tok_1' })).toEqual({ id: 'a' })
  expect(KomojuError.name).toBe('KomojuError')
})`,
  )
  const jest = join(folder, 'node_modules/jest/bin/jest.js')
  const environmentPath = join(folder, 'node_modules', `jest-environment-${environment}`)
  const { status, stderr } = spawnSync(process.execPath, [jest, '--rootDir', app, '--env', environmentPath], { cwd: app, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
})

describe('what the other exports say', () => {
  test.for([
    [
      'server',
      'createMockServer',
      'npm install --save-dev @fastify/cors@11 ajv@8 ajv-formats@3 fastify@5 leven@4 qs@6 @stoplight/prism-http@5',
    ],
    ['server', 'createSandboxServer', 'npm install --save-dev @fastify/cors@11 ajv@8 ajv-formats@3 fastify@5 leven@4 qs@6 ghtml@4'],
    ['contract', 'contract', 'npm install --save-dev ajv@8 ajv-formats@3 fast-check@4 ghtml@4 qs@6 vitest@5'],
  ])('without its packages: %s, %s', ([name, member, command]) => {
    const file = join(project, 'app/c.mjs')
    writeFileSync(file, `const { ${member}: call } = await import('komoju-openapi/${name}')\nawait call({})`)
    const { stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect(stderr).toContain(`\`komoju-openapi/${name}\` needs`)
    expect(stderr).toContain(command)
  })

  test.for(['server', 'contract'])('on Node 20: %s', (name) => {
    const old = `Object.defineProperty(process.versions, 'node', { value: '20.19.0' })
      const call = async () => (await import('komoju-openapi/${name}')).createMockServer({})
      await call().catch((error) => console.log(error.message))`
    const file = join(project, 'app/d.mjs')
    writeFileSync(file, old)
    const { stdout } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect(stdout).toMatch(new RegExp(`^komoju-openapi/${name} needs Node 22\\.13 or newer; this is v\\d+`))
  })
})
