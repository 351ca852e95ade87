/**
 * The packed client in projects of users: their compilers, their module systems, their test runners. `npm run interop` tries more of them,
 * with the same program.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { install } from '../../scripts/bench/tools/install.ts'
import { compilerOptionsOf, type Layout, layouts } from '../../scripts/interop/projects/compilers.ts'
import { jest } from '../../scripts/interop/projects/runtimes.ts'
import { launchBrowser } from '../../scripts/tools/chromium.ts'
import { createSandboxServer, type Server } from '../../src/server/index.ts'
import { packedOnce } from '../made-once.ts'
import { nodeFolder } from '../nodes.ts'
import { missing } from '../tools.ts'

const program = 'scripts/interop/projects/program.ts'
let project: string
let app: string
let sandbox: Server
let baseUrl: string

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'komoju-consumer-'))
  app = join(project, 'app')
  // As in a monorepo: what the project imports is a link to a package elsewhere, whose dependencies stand beside it.
  const library = join(project, 'packages/komoju-openapi')
  mkdirSync(library, { recursive: true })
  const { source, report } = await packedOnce()
  await promisify(execFile)('tar', ['xzf', join(source, report.filename), '-C', library, '--strip-components=1'])
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    link(resolve('node_modules', name), join(library, 'node_modules', name))
  link(library, join(app, 'node_modules/komoju-openapi'))
  for (const [format, file] of [
    ['esm', 'program.mjs'],
    ['cjs', 'program.cjs'],
  ] as const)
    writeFileSync(join(app, file), (await transform(readFileSync(program, 'utf8'), { loader: 'ts', format })).code)
  sandbox = await createSandboxServer()
  baseUrl = `${await sandbox.listen()}/api/v1`
}, 300_000)
afterAll(async () => {
  await sandbox?.close()
  rmSync(project, { recursive: true, force: true })
})

const link = (from: string, to: string) => {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}

/** Runs a program of Node in the project. Not in one go: the sandbox is in this process. */
const run = (args: string[], node = process.execPath): Promise<string> =>
  promisify(execFile)(node, args, { cwd: app }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => stdout + stderr,
  )
const runText = (file: string, text: string, node?: string) => {
  writeFileSync(join(app, file), text)
  return run([file], node)
}

/** Runs the program, as an ES module or as CommonJS. */
const usage = (file: string) =>
  file.endsWith('.cjs')
    ? `require('./program.cjs').run({ baseUrl: '${baseUrl}' }).then(console.log)`
    : `import { run } from './program.mjs'\nrun({ baseUrl: '${baseUrl}' }).then(console.log)`

/** Lays a project of its own for each layout, where it finds the package of `app`. */
const projectsFor = (version: string) =>
  (Object.keys(layouts) as Layout[]).map((layout) => {
    const folder = join(app, version, layout)
    mkdirSync(folder, { recursive: true })
    copyFileSync(program, join(folder, 'program.ts'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: layouts[layout].type }))
    const compilerOptions = { ...compilerOptionsOf(version, layout), emitDeclarationOnly: true }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
    return folder
  })

describe.for(['5.0.4', '5.4.5', '5.9.3', '6.0.3'])('TypeScript %s', (version) => {
  let output: string | undefined
  beforeAll(async () => {
    const folder = await install(`typescript@${version}`).catch(() => undefined)
    // One process reads the package and TypeScript's own declarations once for all layouts.
    if (folder) output = await run([join(folder, 'node_modules/typescript/bin/tsc'), '--build', ...projectsFor(version)])
  }, 300_000)

  test.for(Object.keys(layouts))('names what the client returns: %s', (layout, context) => {
    if (output === undefined) context.skip(`npm cannot install TypeScript ${version} here.`)
    expect(output).toBe('')
    expect(readFileSync(join(app, version, layout, 'out/program.d.ts'), 'utf8')).toContain('konbini')
  })
})

describe('module systems', () => {
  test.for(['a.mjs', 'a.cjs'])('%s', async (file) => expect(await runText(file, usage(file))).toBe('works\n'))
  test.for(['a.mjs', 'a.cjs'])('%s on Node 20', { timeout: 120_000 }, async (file) => {
    expect(await runText(file, usage(file), join(nodeFolder(20), 'node'))).toBe('works\n')
  })
  test('both in one process are one client', async () => {
    const text = `import { createRequire } from 'node:module'\nimport { KomojuError } from 'komoju-openapi'\nconsole.log(createRequire(import.meta.url)('komoju-openapi').KomojuError === KomojuError)`
    expect(await runText('b.mjs', text)).toBe('true\n')
  })
  test.for(['cjs', 'esm'] as const)('esbuild to %s', async (format) => {
    const stdin = { contents: usage('a.mjs'), resolveDir: app }
    const { outputFiles } = await build({ stdin, bundle: true, format, write: false })
    expect(await runText(`bundle.${format === 'cjs' ? 'cjs' : 'mjs'}`, outputFiles[0]?.text ?? '')).toBe('works\n')
  })
  test.for([
    ['Komoju', false],
    ['createKomojuClient', true],
  ] as const)('a bundle of %s has openapi-fetch in it: %s', async ([name, expected]) => {
    const stdin = { contents: `export { ${name} } from 'komoju-openapi'`, resolveDir: app }
    const { metafile } = await build({ stdin, bundle: true, format: 'esm', write: false, metafile: true })
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
    expect(inputs.some((input) => input.includes('openapi-fetch/'))).toBe(expected)
  })
})

/** Bytes of a module with all it imports, minified and compressed. */
const sizeOf = async (contents: string, resolveDir: string) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '').length
}

test.for([
  ['createPayment alone', `import { Komoju } from 'komoju-openapi'; new Komoju({ secretKey: 'sk_1' }).payments.create({})`, 2000],
  ['all methods and webhooks', `export { Komoju, isKnownCode, verifyWebhook } from 'komoju-openapi'`, 2650],
] as const)('%s: its size over that of openapi-fetch', async ([, source, limit]) => {
  const size = await sizeOf(source, app)
  const base = await sizeOf(`export { default } from 'openapi-fetch'`, resolve('.'))
  expect(base).toBeGreaterThan(2000)
  expect(size - base).toBeLessThan(limit)
})

test.skipIf(missing('chromium'))('Chromium, as ES modules, once it is asked for', async () => {
  const imports = {
    'komoju-openapi': '/node_modules/komoju-openapi/dist/src/client/index.js',
    'openapi-fetch': '/node_modules/komoju-openapi/node_modules/openapi-fetch/dist/index.mjs',
  }
  const page = (script: string) =>
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({ imports })}</script><script type="module">${script}</script>`
  const pages: Record<string, string> = {
    '/': page(`import { run } from './program.mjs'\ndocument.title = await run({ baseUrl: '${baseUrl}' }).catch(String)`),
    '/unasked': page(
      `import { Komoju } from 'komoju-openapi'\ntry { new Komoju({ secretKey: 'sk_123' }) } catch (error) { document.title = error.message }`,
    ),
  }
  const server = createServer(({ url = '/' }, response) => {
    const file = join(app, url)
    if (pages[url]) response.writeHead(200, { 'Content-Type': 'text/html' }).end(pages[url])
    else if (existsSync(file)) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(file))
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await launchBrowser()
  onTestFinished(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
  })
  const tab = await browser.newPage()
  const problems: string[] = []
  tab.on('pageerror', (error) => problems.push(String(error)))
  const titleOf = async (path: string) => {
    await tab.goto(origin + path)
    await tab.waitForFunction(() => document.title, undefined, { timeout: 20_000 }).catch(() => undefined)
    return tab.title()
  }
  expect([await titleOf('/'), problems]).toEqual(['works', []])
  expect(await titleOf('/unasked')).toContain('dangerouslyAllowBrowser')
})

test.for(['node', 'jsdom'])('Jest, environment %s', { timeout: 300_000 }, async (environment, context) => {
  const folder = await install('jest@30.5.2', 'jest-environment-jsdom@30.5.2').catch(() => context.skip('npm cannot install Jest here.'))
  writeFileSync(join(app, 'package.json'), '{}')
  const file = `${environment}.test.cjs`
  writeFileSync(join(app, file), (jest.files[file] ?? '').replace('{url}', baseUrl))
  const args = ['--rootDir', app, '--env', join(folder, 'node_modules', `jest-environment-${environment}`), '--testMatch', `**/${file}`]
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'node_modules/jest/bin/jest.js'), ...args], { cwd: app })
  expect(stdout).toMatch(/^\s*works$/m)
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
  ])('without its packages: %s, %s', async ([name, member, command]) => {
    const output = await runText('c.mjs', `const { ${member}: call } = await import('komoju-openapi/${name}')\nawait call({})`)
    expect(output).toContain(`\`komoju-openapi/${name}\` needs`)
    expect(output).toContain(command)
  })

  test('beside another version of one', async () => {
    const older = join(project, 'packages/node_modules/fastify')
    onTestFinished(() => rmSync(older, { recursive: true }))
    mkdirSync(older, { recursive: true })
    writeFileSync(join(older, 'package.json'), '{ "version": "4.29.1" }')
    const output = await runText('c.mjs', `await (await import('komoju-openapi/server')).createSandboxServer()`)
    expect(output).toContain('`komoju-openapi/server` needs fastify 5, and 4.29.1 is installed')
    const command = await run([join(project, 'packages/komoju-openapi/dist/src/bin.js'), 'docs'])
    expect(command).toMatch(
      /^`komoju-openapi docs` needs fastify 5, and 4\.29\.1 is installed\..*\n {2}npm install --save-dev commander@14 fastify@5\n/,
    )
  })

  test.for(['server', 'contract'])('on Node 20: %s', { timeout: 120_000 }, async (name) => {
    const text = `const call = async () => (await import('komoju-openapi/${name}')).createMockServer({})
      await call().catch((error) => console.log(error.message))`
    expect(await runText('d.mjs', text, join(nodeFolder(20), 'node'))).toMatch(
      new RegExp(`^komoju-openapi/${name} needs Node 22\\.13 or newer; this is v20\\.`),
    )
  })
})
