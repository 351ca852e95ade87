/** The commands as a newcomer types them: what they print, what they serve, how they stop. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { readVersion } from '../src/version.ts'
import { missing } from './tools.ts'

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Starts a command and waits until it printed what a pattern matches. */
const start = async (script: string, args: string[], until: RegExp) => {
  const child = spawn(process.execPath, [script, ...args])
  running.push(child)
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      if (until.test(output)) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`exit ${code}: ${output}`)))
  })
  return { child, output: () => output }
}
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on('exit', resolve))
const run = async (...args: string[]) => {
  const child = spawn(process.execPath, ['src/cli.ts', ...args])
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk
    })
  return { code: await ended(child), output }
}

describe('npm start', () => {
  test.skipIf(missing('curl'))('prints a cURL line that gives a konbini payment when pasted', { timeout: 60_000 }, async () => {
    const { output } = await start('scripts/start.ts', ['--port', '0'], /example\.com'/)
    const curl = output().slice(output().indexOf('curl '))
    const payment = JSON.parse(execFileSync('bash', ['-c', curl], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    expect(payment).toMatchObject({ resource: 'payment', payment_details: { type: 'konbini', store: 'lawson' } })
    const page = await fetch(/http:\S+/.exec(output())![0])
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('KOMOJU')
  })
})

describe('komoju-openapi mock', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s, with a connection open', async (signal) => {
    const { child, output } = await start('src/cli.ts', ['mock', '--port', '0'], /example\.com'/)
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(output())![0]
    await fetch(`${origin}/api/v1/payments`)
    const end = ended(child)
    child.kill(signal)
    expect(await end).toBe(0)
  })
  test('logs a line a request, and none with --quiet', async () => {
    for (const [args, expected] of [
      [[], /GET \/api\/v1\/payments 401 \d/],
      [['--quiet'], /^(?!.*GET)/s],
    ] as const) {
      const { output } = await start('src/cli.ts', ['mock', '--port', '0', ...args], /example\.com'/)
      await fetch(`${/http:\/\/127\.0\.0\.1:\d+/.exec(output())![0]}/api/v1/payments`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(output()).toMatch(expected)
    }
  })
  test('a port in use is a clear error', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const { code, output } = await run('mock', '--port', String(port))
    taken.close()
    expect(code).toBe(1)
    expect(output).toBe(`Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port.\n`)
  })
  test('what it has compiled is there for the next start, also once it is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'komoju-compiled-'))
    vi.stubEnv('NODE_COMPILE_CACHE', folder)
    onTestFinished(() => {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true, force: true })
    })
    const { child } = await start('src/cli.ts', ['mock', '--port', '0'], /example\.com'/)
    await vi.waitFor(() => expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThan(100))
    const end = ended(child)
    child.kill('SIGKILL')
    expect(await end).toBe(null)
  })
  test('--secret-key accepts that key alone', async () => {
    const { output } = await start('src/cli.ts', ['mock', '--port', '0', '--secret-key', 'sk_mine'], /example\.com'/)
    const url = `${/http:\/\/127\.0\.0\.1:\d+/.exec(output())![0]}/api/v1/payments`
    const status = async (key: string) => (await fetch(url, { headers: { authorization: `Basic ${btoa(`${key}:`)}` } })).status
    expect([await status('sk_mine'), await status('sk_other')]).toEqual([200, 401])
  })
  test.for([
    [['--port', 'x'], 2],
    [['--port', '70000'], 2],
    [['--nonsense'], 2],
    [['--host', '203.0.113.1'], 1],
  ] as const)('%j is rejected with a reason', async ([args, expected]) => {
    const { code, output } = await run('mock', ...args)
    expect(code).toBe(expected)
    expect(output).toMatch(/error: |no address/)
    expect(output).not.toMatch(/\n\s+at /)
  })
})

test('--help and --version', async () => {
  expect((await run('--help')).output).toContain('mock')
  expect((await run('mock', '--help')).output).toContain('--port')
  expect(await run('--version')).toEqual({ code: 0, output: `${readVersion()}\n` })
  expect((await run('nonsense')).code).toBe(2)
})

describe('the command line', () => {
  test('alone it shows the help, and a mistyped word gets the nearest', async () => {
    const { code, output } = await run()
    expect([code, output]).toEqual([0, expect.stringContaining('Usage: komoju-openapi')])
    expect((await run('sandbx')).output).toContain('Did you mean sandbox?')
    expect((await run('mock', '--prot', '1')).output).toContain('Did you mean --port?')
  })
  test('a key that does not start with sk_ is rejected, and not repeated', async () => {
    for (const command of ['mock', 'sandbox']) {
      const { code, output } = await run(command, '--secret-key', 'live_5ecret')
      expect([code, output]).toEqual([2, expect.stringContaining('starts with sk_')])
      expect(output).not.toContain('5ecret')
    }
  })
  test.for([
    ['--webhook-url', 'http://h/x#secret=whsec_5ecret&event=payment.captured'],
    ['--webhook-url', 'http://h/x#whsec_5ecret'],
    ['--webhook-url', 'http://h/x#events=payment.captured,secret=whsec_5ecret'],
    ['--webhook-url', 'localhost:3000/x#secret=whsec_5ecret'],
    ['--webhook-url', 'http://h/x?token=5ecret', '--webhook-url', 'http://h/x?token=5ecret'],
    ['--webhook-secrte=whsec_5ecret'],
    ['--public-url', 'ftp://h?token=5ecret'],
    ['--allowed-host', 'me:5ecret@host'],
  ])('what is mistyped is not repeated where it may be a secret: %j', async (args) => {
    const { code, output } = await run('sandbox', ...args)
    expect({ code, output }).toEqual({ code: 2, output: expect.not.stringContaining('5ecret') })
    expect(output).toMatch(/Write|is given twice|There is no event secret|Leave|unknown option|After #, write/)
  })
  test('a number that is none is repeated', async () => {
    expect((await run('sandbox', '--port', '70000')).output).toContain("argument '70000' is invalid")
  })
  test.skipIf(missing('curl'))('the line to try works with the key that was given', { timeout: 60_000 }, async () => {
    const { output } = await start('src/cli.ts', ['mock', '--port', '0', '--secret-key', "sk_it's;mine"], /example\.com'/)
    const curl = output().slice(output().indexOf('curl '))
    const payment = JSON.parse(execFileSync('bash', ['-c', curl], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    expect(payment).toMatchObject({ resource: 'payment' })
  })
  test('the line to try does not show a live key', async () => {
    const { output } = await start('src/cli.ts', ['mock', '--port', '0', '--secret-key', 'sk_live_mine'], /example\.com'/)
    expect(output()).toContain('-u "$KOMOJU_SECRET_KEY:"')
    expect(output()).not.toContain('sk_live_mine')
  })
  test('--json prints the addresses and nothing else on standard output', async () => {
    for (const command of ['mock', 'sandbox', 'docs']) {
      const { child, output } = await start('src/cli.ts', [command, '--port', '0', '--json'], /\}\n/)
      const { reference } = JSON.parse(output())
      expect((await fetch(reference)).headers.get('content-type')).toContain('text/html')
      child.kill('SIGKILL')
    }
  })
  test('completion is a script that the shell reads, with every command and option', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { code, output } = await run('completion', shell)
      expect(code).toBe(0)
      for (const word of ['sandbox', 'contract-merge', 'webhook-url']) expect(output).toContain(word)
    }
    const { output } = await run('completion', 'bash')
    const words = execFileSync('bash', [
      '-c',
      `${output}\nCOMP_WORDS=(komoju-openapi sandbox --web); COMP_CWORD=2; _komoju_openapi; echo "\${COMPREPLY[@]}"`,
    ])
    expect(words.toString()).toBe('--webhook-url --webhook-secret\n')
  })
  test('nothing is coloured off a terminal', async () => {
    const { output } = await run('mock', '--nonsense')
    expect(output).not.toContain('\u001b')
  })
  test('init writes a test and an .env.example once, and says what comes next', () => {
    const folder = mkdtempSync(join(tmpdir(), 'komoju-init-'))
    try {
      const init = () => execFileSync(process.execPath, [resolve('src/cli.ts'), 'init'], { cwd: folder, encoding: 'utf8' })
      expect(init()).toMatch(/wrote {2}tests\/komoju\.contract\.test\.js\nwrote {2}\.env\.example\n[\s\S]*npx vitest run/)
      // What comes next has to work: the test needs the kit, and its target the server.
      for (const name of ['vitest@5', 'fastify@5']) expect(init()).toContain(` ${name}`)
      writeFileSync(join(folder, '.env.example'), 'mine')
      expect(init()).toContain('kept   .env.example')
      expect(readFileSync(join(folder, '.env.example'), 'utf8')).toBe('mine')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  test('a server ends with the npm that runs it', { timeout: 60_000 }, async () => {
    const npm = spawn('npm', ['run', 'mock', '--', '--port', '0', '--json'])
    let output = ''
    npm.stdout.on('data', (chunk: Buffer) => {
      output += chunk
    })
    await vi.waitFor(() => expect(output).toMatch(/\{.*\}\n/), { timeout: 30_000 })
    const { reference } = JSON.parse(/\{.*\}/.exec(output)![0])
    expect((await fetch(reference)).status).toBeLessThan(500)
    npm.kill('SIGTERM')
    await vi.waitFor(async () => await expect(fetch(reference)).rejects.toThrow(), { timeout: 10_000, interval: 200 })
  })
})

describe('komoju-openapi sandbox', () => {
  test('begins with examples, fails on demand, keeps its file, and stops cleanly with the dashboard open', {
    timeout: 120_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'komoju-cli-'))
    const args = ['sandbox', '--port', '0', '--db', join(folder, 'state.sqlite'), '--quiet']
    try {
      const first = await start('src/cli.ts', [...args, '--examples'], /Dashboard +http/)
      const list = async (output: string) => {
        const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(output)![0]
        const headers = { authorization: `Basic ${btoa('sk_123456:')}` }
        return { origin, response: await fetch(`${origin}/api/v1/payments`, { headers }) }
      }
      const { origin } = await list(first.output())
      // They are there before the address is.
      expect(await (await list(first.output())).response.json()).toMatchObject({ total: 15 })
      const live = await fetch(`${origin}/sandbox/live`)
      const end = ended(first.child)
      first.child.kill('SIGTERM')
      expect(await end).toBe(0)
      await live.text()
      const second = await start('src/cli.ts', args, /Dashboard +http/)
      expect(await (await list(second.output())).response.json()).toMatchObject({ total: 15 })
      const { code, output } = await run(...args)
      expect([code, output]).toEqual([1, expect.stringContaining('another sandbox has it open')])
      const failing = await start('src/cli.ts', ['sandbox', '--port', '0', '--error-rate', '1'], /Dashboard +http/)
      expect((await list(failing.output())).response.status).toBe(503)
    } finally {
      for (const child of running) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  })
  test('reads and checks its seeds before it forgets anything', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'komoju-cli-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = (name: string, content: unknown) => {
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
      return join(folder, name)
    }
    const args = ['sandbox', '--port', '0', '--db', join(folder, 'state.sqlite'), '--quiet', '--reset', '--seed-file']
    const totalAt = async (...more: string[]) => {
      const { child, output } = await start('src/cli.ts', more, /Dashboard +http/)
      const headers = { authorization: `Basic ${btoa('sk_123456:')}` }
      const response = await fetch(`${/http:\/\/127\.0\.0\.1:\d+/.exec(output())![0]}/api/v1/payments`, { headers })
      const end = ended(child)
      child.kill('SIGTERM')
      await end
      return ((await response.json()) as { total: number }).total
    }
    const seeds = { payments: [{ method: 'konbini', status: 'captured' }, { status: 'expired' }] }
    expect(await totalAt(...args, file('right.json', seeds))).toBe(2)
    for (const [wrong, code, reason] of [
      [join(folder, 'absent.json'), 2, 'Cannot read the seeds'],
      [file('broken.json', '{'), 2, 'Cannot read the seeds'],
      [file('none.json', []), 1, 'Parameter payments must be a list'],
      [file('wrong.json', { payments: [{}, { status: 'nonsense' }] }), 1, 'payments[1][status]'],
    ] as const)
      expect(await run(...args, wrong)).toEqual({ code, output: expect.stringContaining(reason) })
    expect(await totalAt(...args.slice(0, -2))).toBe(2)
  })
  test('prints the secret that it made for a webhook, and none that it was given', { timeout: 30_000 }, async () => {
    const webhook = ['sandbox', '--port', '0', '--webhook-url', 'http://127.0.0.1:9/']
    const made = await start('src/cli.ts', webhook, /generated for this run: whsec_[\w-]{32}\n/)
    expect(made.output()).toContain('--webhook-secret')
    const given = await start('src/cli.ts', [...webhook, '--webhook-secret', 'whsec_mine'], /Dashboard/)
    expect(given.output()).not.toMatch(/whsec_/)
  })
  test.for([
    [['--public-url', 'https://a.example/path'], 'without a path'],
    [['--public-url', 'sandbox.example'], 'whole address'],
    [['--allowed-host', 'a:1'], 'without a port'],
    [['--error-rate', '2'], 'from 0 to 1'],
    [['--latency', 'fast'], 'whole number'],
    [['--webhook-url', 'localhost:3000'], 'whole address'],
    [['--webhook-url', 'http://me:pw@127.0.0.1/'], 'Leave the user and the password out'],
    [['--webhook-url', 'http://127.0.0.1:9/#events=payment.paid'], 'There is no event payment.paid.'],
    [['--webhook-url', 'http://127.0.0.1:9/', '--webhook-url', 'http://127.0.0.1:9/'], 'is given twice'],
    ...[
      '--port',
      '--host',
      '--db',
      '--secret-key',
      '--admin-key',
      '--webhook-secret',
      '--latency',
      '--error-rate',
      '--seed',
      '--seed-file',
    ].map((option) => [[option, ''], 'It is empty.'] as const),
    [['--latency', ' '], 'It is empty.'],
  ] as const)('%s is rejected with a reason', async ([args, reason]) => {
    const { code, output } = await run('sandbox', ...args)
    expect([code, output]).toEqual([2, expect.stringContaining(reason)])
  })
})
