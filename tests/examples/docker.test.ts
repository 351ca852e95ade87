/** The image, as far as it goes without a container engine: what the Dockerfile says, and its own commands, run by hand. */
import { execFile, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { packagesOf, withVersions } from '../../src/missing-packages.ts'
import { required } from '../../src/required.ts'
import { packedOnce } from '../made-once.ts'

const text = readFileSync('examples/docker/Dockerfile', 'utf8').replaceAll('\\\n', '')
const instructions = [...text.matchAll(/^([A-Z]+) (.+)$/gm)].map(([, name = '', value = '']) => ({ name, value }))
const last = (name: string) =>
  required(
    instructions.findLast((instruction) => instruction.name === name),
    name,
  ).value
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'))
const healthCheck = JSON.parse(last('HEALTHCHECK').replace(/^.*?CMD /, '')) as string[]

describe('the Dockerfile', () => {
  test('has two stages, and runs as a user without rights', () => {
    expect(instructions.filter(({ name }) => name === 'FROM')).toHaveLength(2)
    expect(lastStage).toContainEqual({ name: 'USER', value: 'node' })
  })

  test('copies files that exist, and leaves out what a clone makes', () => {
    const [, ...copied] = required(
      instructions.find(({ name }) => name === 'COPY'),
      'COPY',
    )
      .value.split(' ')
      .reverse()
    for (const file of copied) expect(existsSync(file), file).toBe(true)
    expect(readFileSync('examples/docker/Dockerfile.dockerignore', 'utf8')).toContain('node_modules\n')
  })

  test('installs what the sandbox needs', () => {
    const line = required(
      lastStage.find(({ value }) => value.includes('npm install')),
      'npm install',
    ).value
    for (const name of withVersions(packagesOf.sandbox ?? [])) expect(line.split(/\s+/)).toContain(name)
  })

  test.for([
    [200, 0],
    [503, 1],
  ] as const)('its health check ends with the right code where the server returns %i', async ([status, code]) => {
    const server = createServer(({ url }, response) => response.writeHead(url === '/healthz' ? status : 404).end()).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((listening) => server.once('listening', listening))
    const { port } = server.address() as { port: number }
    const [, ...args] = healthCheck.map((word) => word.replace('4020', String(port)))
    const ended = await promisify(execFile)(process.execPath, args).then(
      () => 0,
      (error: { code: number }) => error.code,
    )
    expect(ended).toBe(code)
  })
})

describe('the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-image-'))
  const app = join(folder, 'app')
  beforeAll(async () => {
    const { source, report } = await packedOnce()
    const place = join(app, 'node_modules/komoju-openapi')
    mkdirSync(place, { recursive: true })
    await promisify(execFile)('tar', ['xzf', join(source, report.filename), '-C', place, '--strip-components=1'])
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers', ...(packagesOf.sandbox ?? [])]) {
      mkdirSync(dirname(join(app, 'node_modules', name)), { recursive: true })
      symlinkSync(resolve('node_modules', name), join(app, 'node_modules', name))
    }
    writeFileSync(join(app, 'package.json'), '{}')
    chmodSync(app, 0o555)
    return () => rmSync(folder, { recursive: true, force: true })
  }, 120_000)

  test('serves a payment with its own command, and stops on SIGTERM', { timeout: 60_000 }, async () => {
    const [, ...entry] = JSON.parse(last('ENTRYPOINT')) as string[]
    const command = JSON.parse(last('CMD')) as string[]
    expect(command.slice(0, 3)).toEqual(['sandbox', '--host', '0.0.0.0'])
    const args = [...entry, ...command.map((word) => word.replace('0.0.0.0', '127.0.0.1')), '--port', '0', '--json']
    const child = spawn(process.execPath, args, { cwd: app, env: { PATH: process.env.PATH, NODE_DISABLE_COMPILE_CACHE: '1' } })
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    const api = await new Promise<string>((done, fail) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk
        if (output.endsWith('\n')) done((JSON.parse(output) as { api: string }).api)
      })
      child.once('exit', () => fail(new Error(output)))
    })
    const headers = { authorization: `Basic ${btoa('sk_test_1:')}` }
    const body = new URLSearchParams({
      amount: '1000',
      currency: 'JPY',
      'payment_details[type]': 'paidy',
      'payment_details[email]': 'a@b.example',
    })
    expect((await fetch(`${api}/payments`, { method: 'POST', headers, body })).status).toBe(200)
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

test('the compose file allows the image nothing that it does not need', () => {
  const { sandbox } = parse(readFileSync('examples/docker/compose.yaml', 'utf8')).services
  expect(sandbox).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
  expect(existsSync(resolve('examples/docker', sandbox.build.context, sandbox.build.dockerfile))).toBe(true)
})
