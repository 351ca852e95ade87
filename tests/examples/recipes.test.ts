/** The recipes, as far as they go without a container engine: each piece is started by hand, from the recipe's own lines. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import type { Payment } from '../../generated/schema.d.ts'
import { launchBrowser } from '../../scripts/tools/chromium.ts'
import { freePort } from '../../scripts/tools/free-port.ts'
import { createPostgresServer, newDatabase } from '../../scripts/tools/postgres.ts'
import { required } from '../../src/required.ts'
import { createSandboxServer } from '../../src/server/index.ts'
import { browse } from '../server/browse.ts'
import { startProcess } from '../server/process.ts'
import { createClient } from '../server/sandbox/client.ts'
import { missing } from '../tools.ts'

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-recipe-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe.skipIf([missing('postgres'), missing('nginx')].includes(true))('staging', () => {
  test('two sandboxes behind nginx are one server, also in a browser, and while one is gone', { timeout: 240_000 }, async () => {
    const { services } = parse(readFileSync('examples/staging/compose.yaml', 'utf8'), { merge: true })
    const postgres = await createPostgresServer('-c', 'fsync=off')
    onTestFinished(postgres.stop)
    const db = await newDatabase(postgres.port)
    /** The command of a service, with the addresses of this machine. */
    const argsOf = (service: string) =>
      (services[service].command as string)
        .replace(/ --port \d+/, '')
        .replace('0.0.0.0', '127.0.0.1')
        .replace(/postgres:\S+/, db)
        .split(' ')
    const sandboxes = await Promise.all([startProcess(...argsOf('sandbox-1')), startProcess(...argsOf('sandbox-2'))])

    const folder = newFolder()
    const port = await freePort()
    let conf = readFileSync('examples/staging/nginx.conf', 'utf8').replace('listen 4020', `listen 127.0.0.1:${port}`)
    for (const [index, { origin }] of sandboxes.entries()) conf = conf.replace(`sandbox-${index + 1}:4020`, new URL(origin).host)
    const local = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')
    writeFileSync(join(folder, 'nginx.conf'), `${local}\n${conf.replace('http {', `http { ${paths}`)}`)
    const nginx = spawn('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
      stdio: 'ignore',
    })
    onTestFinished(() => void nginx.kill('SIGTERM'))

    const origin = `http://127.0.0.1:${port}`
    const api = createClient(origin)
    const body = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
    await vi.waitFor(async () => expect((await fetch(origin)).status).toBeLessThan(500), { timeout: 20_000, interval: 200 })
    const { id, payment_details } = (await api.ok('POST', '/payments', body)) as Payment
    expect(JSON.stringify(payment_details)).toContain(`${origin}/ja/instructions/${id}`)
    for (let round = 0; round < 6; round++) expect(await api.ok('GET', `/payments/${id}`)).toMatchObject({ id })
    if (!missing('chromium')) {
      const browser = await launchBrowser()
      onTestFinished(() => browser.close())
      await browse(browser, createClient(origin, 'sk_browser'), origin)
    }
    await sandboxes[0]!.end('SIGKILL')
    for (let round = 0; round < 6; round++) await api.ok('POST', '/payments', body)
    expect(await api.ok('GET', '/payments')).toMatchObject({ total: 7 })
    await sandboxes[1]!.end('SIGTERM')
  })
})

/** A target, and a shell in which a workflow's commands run as on GitHub. */
const startWorkflow = async (file: string) => {
  const { jobs } = parse(readFileSync(file, 'utf8'))
  const server = await createSandboxServer()
  onTestFinished(server.close)
  const url = `${await server.listen()}/api/v1`
  const folder = newFolder()
  const env = { ...process.env, TARGET_URL: url, TARGET_SECRET_KEY: 'sk_recipe' }
  const commandOf = (job: string) =>
    required(
      (jobs[job].steps as { run?: string }[]).map(({ run }) => run).find((line) => line?.includes('npx komoju-openapi')),
      `Command of ${job}`,
    )
  const shell = async (line: string) => {
    const command = line.replace('npx komoju-openapi', `${process.execPath} ${resolve('src/cli.ts')}`)
    const child = spawn('bash', ['-e', '-c', command], { cwd: folder, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    const code = await new Promise((done) => child.once('close', done))
    return { code, output }
  }
  return { jobs, url, folder, commandOf, shell }
}

test('contract: the workflow’s own command judges the server and writes its reports', { timeout: 120_000 }, async () => {
  const { url, folder, commandOf, shell } = await startWorkflow('examples/contract.yaml')
  const { code, output } = await shell(commandOf('contract').replace('--report', '--only credentials,idempotency --report'))
  expect([code, output]).toEqual([0, expect.stringContaining(`${url} conforms, as far as`)])
  expect(readdirSync(join(folder, '.reports')).sort()).toEqual(['contract.html', 'contract.xml'])
})

test('contract in shards: the workflow’s own commands give one verdict', { timeout: 120_000 }, async () => {
  const { jobs, url, commandOf, shell } = await startWorkflow('examples/contract-in-shards.yaml')
  for (const shard of jobs.shard.strategy.matrix.shard) {
    const line = commandOf('shard')
      .replace(/\$\{\{ matrix.shard \}\}/, shard)
      .replace(/\$\{\{ github.run_number \}\}/, '12')
    const { code, output } = await shell(line.replace('--report', '--only credentials,idempotency --report'))
    expect(code, output).toBe(0)
  }
  const { code, output } = await shell(commandOf('verdict'))
  expect(output).toContain(`${url} conforms, as far as`)
  expect(code).toBe(0)
})
