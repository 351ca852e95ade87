/** The tarball that npm publishes: what is in it, what each export and each command does in an empty project, what it lacks there. */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Packed, packIn } from '../scripts/tools/pack.ts'
import { packagesOf, withVersions } from '../src/missing-packages.ts'
import { createSandboxServer } from '../src/server/index.ts'
import { packedOnce } from './made-once.ts'
import { nodeFolder } from './nodes.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'komoju-tarball-'))
let source: string
let tarball: string
let files: string[]

const run = (command: string, args: string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

/** A project with the tarball installed, and with the packages that are named, as a package manager would lay them. */
const projectWith = (name: string, packages: string[]) => {
  const project = join(folder, name)
  const installed = join(project, 'node_modules/komoju-openapi')
  mkdirSync(installed, { recursive: true })
  spawnSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1'])
  for (const other of packages) {
    const link = join(project, 'node_modules', other)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(resolve('node_modules', other), link)
  }
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  return project
}
const client = ['openapi-fetch', 'openapi-typescript-helpers']
const bin = 'node_modules/komoju-openapi/dist/src/bin.js'

let report: Packed
beforeAll(async () => {
  const packed = await packedOnce()
  source = packed.source
  report = packed.report
  tarball = join(source, report.filename)
  files = report.files.map(({ path }) => path)
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the tarball', () => {
  test('holds what is exported, and nothing that is not for users', () => {
    for (const file of [
      'dist/generated/openapi.yaml',
      'dist/generated/openapi.json',
      'dist/generated/schema.d.ts',
      'dist/generated/docs/index.html',
      'dist/generated/docs/llms.txt',
      'dist/generated/docs/createPayment.md',
      'README.md',
      'README.ja.md',
      'README.ko.md',
      'LICENSE',
    ])
      expect(files).toContain(file)
    expect(
      files.filter(
        (file) => /\btest|\.map$|\.env|scripts|\.partial|\.inputs/.test(file) && !/^dist\/(?:src\/contract|generated\/docs)\//.test(file),
      ),
    ).toEqual([])
  })
  test('names no source map that is not there', () => {
    for (const file of files.filter((name) => name.endsWith('.js')))
      expect(readFileSync(join(source, file), 'utf8')).not.toContain('sourceMappingURL')
  })
  test('has no hard dependency but openapi-fetch', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['openapi-fetch'])
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(Object.keys(manifest.peerDependenciesMeta).sort())
    expect(Object.values(manifest.peerDependenciesMeta)).toEqual(Object.keys(manifest.peerDependencies).map(() => ({ optional: true })))
    for (const name of Object.values(packagesOf).flat()) expect(Object.keys(manifest.peerDependencies)).toContain(name)
  })
  test('is installed beside any version of the optional packages', () => {
    // npm refuses a package whose optional peers are there in another version; the commands check the versions that they need.
    expect([...new Set(Object.values(manifest.peerDependencies))]).toEqual(['*'])
    for (const name of Object.keys(manifest.peerDependencies)) expect(withVersions([name])[0], name).toMatch(/@\d+$/)
  })
  test('is the same, byte for byte, made at another time, in another place', { timeout: 300_000 }, async () => {
    vi.stubEnv('TZ', 'Asia/Tokyo')
    vi.stubEnv('LC_ALL', 'C')
    onTestFinished(() => void vi.unstubAllEnvs())
    const again = await packIn(join(folder, 'elsewhere, in a longer path'))
    expect(again.integrity).toMatch(/^sha512-/)
    expect(again.integrity).toBe(report.integrity)
  })
  test('names no place of the machine that made it, and no secret', () => {
    for (const file of files) {
      const text = readFileSync(join(source, file), 'utf8')
      for (const place of [process.cwd(), tmpdir(), homedir()]) expect(text.includes(`${place}/`), `${file} has ${place}`).toBe(false)
      expect(text.match(/sk_live_\w{6,}|-----BEGIN [A-Z ]*PRIVATE KEY|npm_[A-Za-z0-9]{36}/), file).toBeNull()
    }
  })
  test('publint has nothing to say', async () => {
    const { messages } = await publint({ pkgDir: source, strict: true, pack: 'npm' })
    expect(messages).toEqual([])
  })
  test('its types resolve everywhere that ES modules do', { timeout: 120_000 }, () => {
    const { status, output } = run(
      resolve('node_modules/.bin/attw'),
      [
        tarball,
        '--profile',
        'esm-only',
        '--format',
        'ascii',
        '--exclude-entrypoints',
        './openapi.yaml',
        './openapi.json',
        './openapi-3.0.yaml',
        './openapi.ja.yaml',
        './openapi.ko.yaml',
        './postman.json',
      ],
      folder,
    )
    expect(status, output).toBe(0)
  })
})

describe('in an empty project', () => {
  test('the client, the types and the document work with the hard dependency alone', () => {
    const project = projectWith('bare', client)
    writeFileSync(
      join(project, 'use.js'),
      `import { Komoju, verifyWebhook } from 'komoju-openapi'
import document from 'komoju-openapi/openapi.json' with { type: 'json' }
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
const yaml = readFileSync(fileURLToPath(import.meta.resolve('komoju-openapi/openapi.yaml')), 'utf8')
console.log(typeof Komoju, typeof verifyWebhook, document.openapi, yaml.slice(0, 14), typeof new Komoju({ secretKey: 'sk_test_1' }).payments.create)`,
    )
    expect(run(process.execPath, ['use.js'], project)).toEqual({ status: 0, output: 'function function 3.1.1 openapi: 3.1.1 function\n' })
  })

  test.for(['mock', 'sandbox', 'contract', 'docs'])('`%s` names what is missing and how to install it', (command) => {
    const project = projectWith(`missing-${command}`, client)
    const { status, output } = run(process.execPath, [bin, command], project)
    expect(status).toBe(2)
    expect(output).toContain('which is not installed')
    expect(output).toContain(`npm install --save-dev ${withVersions(packagesOf[command]!).join(' ')}`)
    expect(output).not.toMatch(/\n\s+at /)
  })

  /** A project with the client alone, and a stand-in for npm, which lays links. */
  const projectWithNpm = (name: string) => {
    const project = projectWith(name, client)
    const fake = join(project, 'fake')
    mkdirSync(fake)
    writeFileSync(
      join(fake, 'npm'),
      `#!/bin/sh
echo "npm $*" >> ${project}/calls
mkdir -p ${project}/node_modules/@fastify
for name in ${Object.keys(manifest.peerDependencies).join(' ')}; do ln -s ${resolve('node_modules')}/$name ${project}/node_modules/$name; done`,
      { mode: 0o755 },
    )
    return { project, env: { ...process.env, PATH: `${fake}:${process.env.PATH}` } }
  }

  test('--install installs exactly that and runs the command, once the user agrees', { timeout: 60_000 }, () => {
    const { project, env } = projectWithNpm('install')
    const ask = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { cwd: project, env, encoding: 'utf8', input: '' })
    const silent = ask('contract', '--list', '--install')
    expect([silent.status, silent.stderr]).toEqual([2, expect.stringContaining('there is no terminal to ask on. Add --yes')])
    const agreed = ask('contract', '--list', '--install', '--yes')
    expect([agreed.status, agreed.stdout]).toEqual([0, expect.stringMatching(/\d+ checks\n$/)])
    expect(readFileSync(join(project, 'calls'), 'utf8')).toBe(
      `npm install --save-dev ${withVersions(packagesOf.contract ?? []).join(' ')}\n`,
    )
  })

  test('a server that --install has started ends with the npx that ran it', { timeout: 60_000 }, async () => {
    const { project, env } = projectWithNpm('install-and-stop')
    // npx runs a command in a shell, and ends the shell alone.
    const command = `'${process.execPath}' ${bin} docs --install --yes --port 0 --json; true`
    const shell = spawn('sh', ['-c', command], { cwd: project, env: { ...env, npm_lifecycle_event: 'npx' } })
    let output = ''
    shell.stdout.on('data', (chunk: Buffer) => {
      output += chunk
    })
    await vi.waitFor(() => expect(output).toMatch(/\{.*\}\n/), { timeout: 30_000 })
    const { reference } = JSON.parse(/\{.*\}/.exec(output)![0])
    expect((await fetch(reference)).status).toBe(200)
    shell.kill('SIGTERM')
    await vi.waitFor(async () => await expect(fetch(reference)).rejects.toThrow(), { timeout: 20_000, interval: 200 })
  })

  test('on Node 20 the client works, and the commands say in a sentence that they need a newer one', { timeout: 120_000 }, () => {
    const project = projectWith('old-node', client)
    const node = join(nodeFolder(20), 'node')
    for (const command of ['mock', 'sandbox', 'docs', 'contract']) {
      const { status, output } = run(node, [bin, command], project)
      expect(status).toBe(2)
      expect(output).toMatch(new RegExp(`^\`komoju-openapi ${command}\` needs Node 22\\.13 or newer, and this is v20\\.`))
    }
    const help = run(node, [bin], project)
    expect([help.status, help.output]).toEqual([0, expect.stringContaining('Usage: komoju-openapi')])
    writeFileSync(
      join(project, 'use.js'),
      "import { Komoju } from 'komoju-openapi'\nconsole.log(typeof new Komoju({ secretKey: 'sk_1' }).payments.create)",
    )
    expect(run(node, ['use.js'], project)).toEqual({ status: 0, output: 'function\n' })
  })

  test.for(['mock', 'sandbox', 'docs'])('`%s` runs with the packages that it names', { timeout: 60_000 }, async (command) => {
    const project = projectWith(`just-${command}`, [...client, ...packagesOf[command]!])
    const child = spawn(process.execPath, [bin, command, '--port', '0'], { cwd: project })
    onTestFinished(() => void child.kill('SIGKILL'))
    const output = await new Promise<string>((resolve) => {
      let text = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          text += chunk
          if (/Reference {2}http:\S+\n/.test(text)) resolve(text)
        })
      child.on('exit', () => resolve(text))
    })
    expect(output).toContain('http://127.0.0.1:')
  })
  test('`contract` and `contract-merge` run with the packages that they name', { timeout: 60_000 }, async () => {
    const options = ['--secret-key', 'sk_test_1', '--only', 'listPayments', '--report', 'junit,html']
    const project = projectWith('just-contract', [...client, ...packagesOf.contract!])
    const nobody = ['contract', '--url', 'http://127.0.0.1:9/api/v1', ...options]
    expect(run(process.execPath, [bin, ...nobody], project).output).toContain('does not respond')
    // Only a run that ends writes its reports.
    const server = await createSandboxServer()
    onTestFinished(() => server.close())
    const somebody = ['contract', '--url', `${await server.listen()}/api/v1`, ...options]
    const { stdout } = await promisify(execFile)(process.execPath, [bin, ...somebody], { cwd: project })
    expect(stdout).toContain('contract.html')
    const verdict = {
      target: 'a',
      seed: 1,
      startedAt: '2026-01-01',
      duration: 1,
      requests: 0,
      checks: 1,
      ran: ['a check'],
      shard: { number: 1, of: 1 },
    }
    const merging = projectWith('just-merge', [...client, ...packagesOf['contract-merge']!])
    writeFileSync(join(merging, 'one.json'), JSON.stringify({ ...verdict, findings: [], notChecked: [], coverage: [], stopped: false }))
    const { status, output } = run(process.execPath, [bin, 'contract-merge', 'one.json', '--report', 'html,json'], merging)
    expect([status, output]).toEqual([0, expect.stringContaining('contract.html')])
  })

  test('`--version` works, and `--help` says what each command needs', () => {
    const project = projectWith('missing', client)
    expect(run(process.execPath, [bin, '--version'], project)).toEqual({ status: 0, output: `${manifest.version}\n` })
    for (const args of [['--help'], []]) {
      const { status, output } = run(process.execPath, [bin, ...args], project)
      expect(status).toBe(0)
      for (const packages of Object.values(packagesOf))
        expect(output).toContain(`npm install --save-dev ${withVersions(packages).join(' ')}\n`)
    }
  })

  test.for(['bundler', 'node16'])('TypeScript with moduleResolution %s', { timeout: 120_000 }, (moduleResolution) => {
    const project = projectWith(`types-${moduleResolution}`, [
      ...client,
      '@types/node',
      'undici-types',
      ...Object.keys(manifest.peerDependencies),
    ])
    writeFileSync(
      join(project, 'use.ts'),
      `import { Komoju, type Payment } from 'komoju-openapi'
import type { KonbiniRequest } from 'komoju-openapi/types'
import { createMockServer, createSandboxServer, type Server } from 'komoju-openapi/server'
import { contract } from 'komoju-openapi/contract'
const komoju = new Komoju({ secretKey: 'sk_test_1' })
const payment_details: KonbiniRequest = { type: 'konbini', store: 'lawson', email: 'a@example.com' }
export const pay = async (): Promise<Payment> => await komoju.payments.create({ amount: 1, currency: 'JPY', payment_details })
export const url = async () => (await komoju.payments.create({ amount: 1, currency: 'JPY', payment_details })).payment_details.instructions_url.length
export const servers: Promise<Server>[] = [createMockServer(), createSandboxServer()]
export const kit: typeof contract = contract
// @ts-expect-error there is no such store
export const wrong: KonbiniRequest = { type: 'konbini', store: 'corner-shop', email: 'a@example.com' }
`,
    )
    const options = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      moduleResolution === 'bundler' ? 'esnext' : 'node16',
      '--moduleResolution',
      moduleResolution,
    ]
    expect(run(resolve('node_modules/.bin/tsc'), [...options, '--skipLibCheck', '--types', 'node', 'use.ts'], project)).toEqual({
      status: 0,
      output: '',
    })
  })
})

describe('with the optional packages', () => {
  let project: string
  beforeAll(() => {
    project = projectWith('full', [...client, ...Object.keys(manifest.peerDependencies)])
  })

  test('the servers run inside a program', { timeout: 60_000 }, () => {
    writeFileSync(
      join(project, 'servers.js'),
      `import { Komoju } from 'komoju-openapi'
import { createMockServer, createSandboxServer } from 'komoju-openapi/server'
for (const server of [await createMockServer(), await createSandboxServer()]) {
  const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl: (await server.listen()) + '/api/v1' })
  const payment_details = { type: 'konbini', store: 'lawson', email: 'a@example.com' }
  console.log((await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })).total)
  await server.close()
}`,
    )
    expect(run(process.execPath, ['servers.js'], project)).toEqual({ status: 0, output: '1100\n1100\n' })
  })

  test.for(['mock', 'sandbox', 'docs'])('`%s` serves, and stops on Ctrl-C', { timeout: 60_000 }, async (command) => {
    const child = spawn(process.execPath, [bin, command, '--port', '0'], { cwd: project })
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          output += chunk
          if (/Reference {2}http:\S+\n/.test(output)) resolve()
        })
      child.on('exit', () => reject(new Error(output)))
    })
    const page = await fetch(/http:\S+/.exec(output)![0])
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('KOMOJU API')
    const ended = new Promise((resolve) => child.on('exit', resolve))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  test('`contract` tests a server, and leaves nothing behind in the package or the project', { timeout: 120_000 }, async () => {
    const server = await createSandboxServer()
    onTestFinished(server.close)
    const url = `${await server.listen()}/api/v1`
    const filesOf = () => readdirSync(project, { recursive: true }).sort()
    const before = filesOf()
    const child = spawn(process.execPath, [bin, 'contract', '--url', url, '--secret-key', 'sk_test_1', '--only', 'cancelPayment'], {
      cwd: project,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk
      })
    const code = await new Promise((done) => child.once('close', done))
    expect(output).toContain('conforms, as far as')
    expect(code).toBe(0)
    expect(filesOf()).toEqual(before)
  })

  test('--version and --help', () => {
    expect(run(process.execPath, [bin, '--version'], project)).toEqual({ status: 0, output: `${manifest.version}\n` })
    const { status, output } = run(process.execPath, [bin, '--help'], project)
    expect(status).toBe(0)
    for (const command of Object.keys(packagesOf)) expect(output).toContain(command)
  })
})
