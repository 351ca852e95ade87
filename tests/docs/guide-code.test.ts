/** The code of the guides runs against the sandbox, unchanged but for the host, and does what its guide says. */
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { baseUrl } from '../../scripts/reference/samples/call.ts'
import { required } from '../../src/required.ts'
import { createSandboxServer, type Server } from '../../src/server/index.ts'
import { missing } from '../tools.ts'
import { run } from './programs.ts'

const folder = 'spec/guides'

/** Blocks of code by their guide and language: `10-webhooks.md php`. */
const blocks = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const found = [...readFileSync(join(folder, name), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
      return found.map(([, language = '', code = '']): [string, string] => [`${name} ${language}`, code])
    }),
)
const codeOf = (name: string) => required(blocks.get(name), name)

/** What each `curl` of a guide gets. */
const calls: [block: string, response: object][] = [
  [
    '00-introduction.md bash',
    { resource: 'payment', status: 'authorized', amount: 1000, payment_details: { type: 'konbini', store: 'lawson' } },
  ],
  ['02-authentication.md bash', { resource: 'list', data: expect.any(Array) }],
  ['08-idempotency.md bash', { resource: 'payment', amount: 1000 }],
  ['09-pagination.md bash', { resource: 'list', per_page: 50, page: 2 }],
  ['11-test-mode.md bash', { error: { code: 'insufficient_funds' } }],
]

const body = '{"type":"payment.captured"}'
const secret = 'webhook secret'
const signature = createHmac('sha256', secret).update(body).digest('hex')

/** Code that prints what a function of the webhook guide says of a right, a wrong, a missing and a non-ASCII signature; the secret is text. */
const verifiers: Record<string, { program?: Parameters<typeof missing>[0]; command: string; args: string[]; use: string }> = {
  javascript: {
    command: process.execPath,
    args: ['--input-type=module', '-'],
    use: `console.log(['${signature}', '${'0'.repeat(64)}', undefined, '\\u00e9'].map((signature) => isFromKomoju('${body}', signature, '${secret}')).join(' '))`,
  },
  ruby: {
    program: 'ruby',
    command: 'ruby',
    args: [],
    use: `puts ['${signature}', '${'0'.repeat(64)}', nil, "\\u00e9"].map { |signature| from_komoju?('${body}', signature, '${secret}') }.join(' ')`,
  },
  python: {
    program: 'python3',
    command: 'python3',
    args: ['-'],
    use: `print(*(str(is_from_komoju(b'${body}', signature, '${secret}')).lower() for signature in ['${signature}', '${'0'.repeat(64)}', None, '\\u00e9']))`,
  },
  php: {
    program: 'php',
    command: 'php',
    args: [],
    use: `echo implode(' ', array_map(fn($signature) => json_encode(is_from_komoju('${body}', $signature, '${secret}')), ['${signature}', '${'0'.repeat(64)}', null, "\\u{e9}"]));`,
  },
}

test('every block of every guide is executed here', () => {
  const executed = [...calls.map(([name]) => name), ...Object.keys(verifiers).map((language) => `10-webhooks.md ${language}`)]
  expect([...blocks.keys()].sort()).toEqual([...executed, '07-errors.md json'].sort())
})

describe('against the sandbox', { timeout: 60_000 }, () => {
  let sandbox: Server
  let origin: string
  beforeAll(async () => {
    sandbox = await createSandboxServer()
    origin = await sandbox.listen()
  })
  afterAll(() => sandbox?.close())

  describe.skipIf(missing('curl'))('curl', () => {
    const call = async (block: string) => {
      const { code, printed, complaints } = await run('bash', [], codeOf(block).replaceAll(baseUrl, `${origin}/api/v1`))
      expect(code, complaints).toBe(0)
      return JSON.parse(printed)
    }
    test.each(calls)('%s', async (block, response) => {
      expect(await call(block)).toMatchObject(response)
    })

    test('the same key again gets the same payment', async () => {
      expect(await call('08-idempotency.md bash')).toEqual(await call('08-idempotency.md bash'))
    })
  })

  test('an error looks as the guide shows it', async () => {
    const response = await fetch(`${origin}/api/v1/payments`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('sk_123456:')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ amount: -1, currency: 'JPY', payment_details: { type: 'paypay' } }),
    })
    expect(await response.json()).toEqual(JSON.parse(codeOf('07-errors.md json')))
  })
})

describe.each(Object.entries(verifiers))('the signature of an event in %s', (language, { program, command, args, use }) => {
  test.skipIf(program && missing(program))('is verified', async () => {
    const { printed, complaints } = await run(command, args, `${codeOf(`10-webhooks.md ${language}`)}\n${use}\n`)
    expect(printed.trim(), complaints).toBe('true false false false')
  })
})
