/**
 * Secrets that are planted into everything that users send, and looked for in everything that comes out again: responses, pages,
 * logs, databases, deliveries, reports, help.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createPostgresServer, newDatabase, password } from '../scripts/tools/postgres.ts'
import { operationsOf, readDocument, resolveRef, type SchemaObject } from '../src/document.ts'
import type { JsonObject } from '../src/json-object.ts'
import { withoutSecrets } from '../src/secrets.ts'
import { type Encoding, encode } from './server/exchange.ts'
import { runToEnd, startProcess } from './server/process.ts'
import { missing } from './tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const document = readDocument()
const operations = operationsOf(document)

const key = 'sk_test_plantedKEY7Q3xZ'
const otherKey = 'sk_test_plantedOTHER9Lm'
const webhookSecret = 'whsec-planted-5pWq'
/** A number that no example has, with a right check digit. */
const cardNumber = '4929735648105733'
const verificationValue = '70731951'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** What a request says and nobody may repeat, by method and property: the document names them. */
const planted: Record<string, JsonObject> = Object.fromEntries(
  Object.entries(document.components.schemas.PaymentDetailsRequest.discriminator.mapping as Record<string, string>).map(([type, $ref]) => {
    const { properties = {} } = resolveRef(document, { $ref }) as SchemaObject
    const secrets = Object.entries(properties).flatMap(([name, node]) => {
      const schema = { ...resolveRef(document, node), ...(node as SchemaObject) } as SchemaObject
      if (schema['x-secret'] !== true) return []
      if (name === 'number') return [[name, cardNumber]]
      if (name === 'verification_value') return [[name, verificationValue]]
      return [[name, `pl${type}xxxxxxxxxxxxxx`.slice(0, Math.min(Number(schema.maxLength), 16))]]
    })
    return [type, Object.fromEntries(secrets)]
  }),
)
const secrets = [
  ...new Set([
    key,
    otherKey,
    base64(`${key}:`),
    base64(key),
    webhookSecret,
    ...Object.values(planted).flatMap((each) => Object.values(each).map(String)),
  ]),
]

/** Fails with the name of the place and the secrets that are in it. */
const expectNone = (place: string, text: string, wanted = secrets) =>
  expect(
    wanted.filter((secret) => text.includes(secret)),
    `${place}: ${text.slice(0, 3000)}`,
  ).toEqual([])

const create = operations.find(({ operationId }) => operationId === 'createPayment')!
const bodies = Object.entries(create.request!.examples)
  .map(([, { value }]) => value as JsonObject & { payment_details: JsonObject })
  .filter((body) => typeof body.payment_details === 'object')
  .map((body) => ({ ...body, payment_details: { ...body.payment_details, ...planted[String(body.payment_details.type)] } }))

/** A body with one thing wrong, for each property of it: gone, of another type, too long, and beside one that nobody knows. */
const wrongBodies = (body: JsonObject & { payment_details: JsonObject }): JsonObject[] => {
  const wrongAt = (fields: JsonObject) =>
    Object.keys(fields).flatMap((name) => [
      Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name)),
      { ...fields, [name]: [fields[name]] },
      { ...fields, [name]: 'x'.repeat(300) },
      { ...fields, [`${name}_2`]: fields[name] },
    ])
  return [
    ...wrongAt(body).filter(({ payment_details }) => typeof payment_details !== 'string'),
    ...wrongAt(body.payment_details).map((payment_details) => ({ ...body, payment_details })),
    { ...body, [cardNumber]: 1 },
    { ...body, payment_details: { ...body.payment_details, [key]: 1 } },
    { ...body, [JSON.stringify(body)]: '' },
    { ...body, amount: 0, customer: key },
    { ...body, tax: key, currency: cardNumber },
  ]
}

type Sent = { path: string; init: RequestInit }
const authorization = `Basic ${base64(`${key}:`)}`
const post = (body: BodyInit, type: string | undefined, headers: Record<string, string> = {}): Sent => ({
  path: '/api/v1/payments',
  init: { method: 'POST', body, headers: { authorization, ...(type && { 'content-type': type }), ...headers } },
})
const encoded = (value: unknown, encoding: Encoding, headers?: Record<string, string>) => {
  const { body, type } = encode(value, encoding)
  return post(body, type, headers)
}

const valid = bodies.flatMap((body, index) =>
  (['json', 'form', 'multipart'] as const).map((encoding) =>
    encoded(body, encoding, { 'X-KOMOJU-IDEMPOTENCY': `planted-${index}-${encoding}` }),
  ),
)
const rejected: Sent[] = [
  ...bodies.flatMap((body) =>
    wrongBodies(body).flatMap((wrong) => (['json', 'form'] as const).map((encoding) => encoded(wrong, encoding))),
  ),
  ...bodies.flatMap((body) => {
    const json = JSON.stringify(body)
    const form = encode(body, 'form').body
    return [
      post(json.slice(0, -1), 'application/json'),
      post(json.replace('"amount"', 'amount'), 'application/json'),
      post(json, 'application/x-www-form-urlencoded'),
      post(Buffer.from(json), undefined),
      post(json, 'text/plain'),
      post(form, 'application/json'),
      post(form, 'multipart/form-data; boundary=x'),
      encoded(body, 'json', { 'Komoju-Scenario': 'card_declined' }),
      encoded(body, 'json', { 'X-KOMOJU-IDEMPOTENCY': key.repeat(10) }),
      encoded(body, 'json', { 'Komoju-Scenario': key }),
      encoded(body, 'json', { prefer: `example=${key}` }),
      encoded(body, 'json', { prefer: `code=${cardNumber}` }),
      // The same key again with another body.
      encoded({ ...body, amount: 77 }, 'json', { 'X-KOMOJU-IDEMPOTENCY': 'planted-0-json' }),
      { path: '/api/v1/payments/aaaaaaaaaaaaaaaaaaaaaaaaa', init: { method: 'PATCH', body: json, headers: { authorization } } },
      { path: '/sandbox/clock', init: { method: 'POST', body: json, headers: { 'content-type': 'application/json' } } },
    ]
  }),
  ...[
    `/api/v1/payments/${cardNumber}`,
    `/api/v1/payments/${key}`,
    `/api/v1/payments/${key}/capture/${cardNumber}`,
    `/api/v1/${key}`,
    `/api/v1/payments?secret_key=${key}&status=${cardNumber}`,
    `/api/v1/payments?${key}=1&page=${key}`,
    `/${key}/instructions/${cardNumber}`,
    `/offsite/new?uuid=${key}`,
    `/sandbox/payments/${cardNumber}`,
    `/%zz${key}`,
  ].flatMap((path) => [
    { path, init: { headers: { authorization } } },
    { path, init: { method: 'PUT', headers: { authorization, accept: 'text/html' } } },
  ]),
  ...[`Bearer ${key}`, `Basic ${key}`, key, `Basic ${base64(`:${key}`)}`, `Basic ${base64(`${key}:${cardNumber}`)}`].map((wrong) => ({
    path: '/api/v1/payments',
    init: { headers: { authorization: wrong } },
  })),
]

/** Sends everything. @returns what came back, word for word */
const exchangeAll = async (origin: string, all: Sent[]) => {
  const responses: { status: number; text: string }[] = []
  const waiting = [...all]
  const sendWaiting = async () => {
    for (let sent = waiting.shift(); sent; sent = waiting.shift()) {
      const response = await fetch(origin + sent.path, sent.init)
      responses.push({ status: response.status, text: `${JSON.stringify([...response.headers])} ${await response.text()}` })
    }
  }
  await Promise.all(Array.from({ length: 8 }, sendWaiting))
  return responses
}

const attack = async (origin: string) => {
  const accepted = await exchangeAll(origin, valid)
  expect(accepted.map(({ status }) => status)).toEqual(valid.map(() => 200))
  const responses = await exchangeAll(origin, rejected)
  // A decline is 502.
  for (const { status } of responses) expect(status).not.toBe(500)
  expect(responses.filter(({ status }) => status >= 400).length).toBeGreaterThan(500)
  for (const { text } of [...accepted, ...responses]) expectNone('a response', text)
}

/** A merchant's server that never takes an event, and says what it got. */
const startReceiver = async () => {
  const received: string[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      received.push(`${JSON.stringify(request.rawHeaders)} ${text}`)
      response.writeHead(500).end(`failed with ${webhookSecret}`)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`, received }
}

/** Sends everything to a sandbox with a database, and reads its pages. @returns what it printed */
const attackSandbox = async (db: string) => {
  const { url, received } = await startReceiver()
  const sandbox = await startProcess('sandbox', '--db', db, '--webhook-url', `${url}?token=${key}`, '--webhook-secret', webhookSecret)
  await attack(sandbox.origin)
  await vi.waitFor(() => expect(received.length).toBeGreaterThan(10), 10_000)
  for (const delivery of received) expectNone('a delivery', delivery)
  const listed = await fetch(`${sandbox.origin}/api/v1/payments?per_page=100`, { headers: { authorization } })
  const { data } = (await listed.json()) as {
    data: { id: string; payment_details: { instructions_url?: string; redirect_url?: string } }[]
  }
  // Requests about a payment are shown on its page: these have secrets where nobody expects them.
  const misplaced = bodies.flatMap(({ payment_details: details }) => [details, { payment_details: [details] }, { a: { b: details } }])
  for (const [index, { id }] of data.slice(0, misplaced.length).entries()) {
    const query = `?token=${key}&number=${cardNumber}`
    const init = { method: 'POST', body: JSON.stringify(misplaced[index]), headers: { authorization, 'content-type': 'application/json' } }
    await fetch(`${sandbox.origin}/api/v1/payments/${id}/refund${query}`, init)
  }
  const pages = data.flatMap(({ id, payment_details: { instructions_url, redirect_url } }) => [
    `${sandbox.origin}/sandbox/payments/${id}`,
    ...(instructions_url ? [instructions_url] : []),
    ...(redirect_url ? [redirect_url] : []),
  ])
  for (const page of ['/sandbox', '/sandbox/events', '/sandbox/requests', '/sandbox/clock']
    .map((path) => sandbox.origin + path)
    .concat(pages)) {
    const response = await fetch(page)
    expect(response.status).toBe(200)
    expectNone(page, await response.text())
  }
  expect(await sandbox.end('SIGTERM')).toBe(0)
  expect(sandbox.output()).toContain('POST /api/v1/payments 422')
  expectNone('the log', sandbox.output(), [...secrets, password])
}

describe('in what the servers say and keep', { timeout: 60_000 }, () => {
  test('every secret of the document is planted', () => {
    expect(
      Object.values(planted)
        .flatMap((each) => Object.keys(each))
        .sort(),
    ).toEqual(
      [
        'number',
        'verification_value',
        'prepaid_number',
        'prepaid_number',
        'prepaid_number',
        'prepaid_number',
        'culture_password',
        'happy_money_password',
      ].sort(),
    )
    expect(() => expectNone('here', `x${cardNumber}x`)).toThrow('here')
  })
  test('the mock', async () => {
    const mock = await startProcess('mock')
    await attack(mock.origin)
    await mock.end('SIGTERM')
    expect(mock.output()).toContain('POST /api/v1/payments 422')
    expectNone('the log', mock.output())
  })
  test('the sandbox on SQLite', async () => {
    const place = mkdtempSync(join(folder, 'sqlite-'))
    await attackSandbox(join(place, 'state.sqlite'))
    const kept = readdirSync(place).map((file) => readFileSync(join(place, file), 'latin1'))
    expect(kept.join()).toContain('last_four_digits')
    for (const text of kept) expectNone('the file', text)
  })
  test.skipIf(missing('postgres'))('the sandbox on PostgreSQL', async () => {
    const server = await createPostgresServer('-c', 'fsync=off')
    onTestFinished(server.stop)
    const db = await newDatabase(server.port)
    await attackSandbox(db)
    const client = new pg.Client(db)
    await client.connect()
    const { rows: tables } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'komoju_sandbox'")
    const kept: string[] = []
    for (const { tablename } of tables) kept.push(JSON.stringify((await client.query(`SELECT * FROM komoju_sandbox.${tablename}`)).rows))
    await client.end()
    expect(kept.join()).toContain('last_four_digits')
    for (const text of kept) expectNone('a table', text)
  })
})

describe('in what the contract kit reports', { timeout: 60_000 }, () => {
  /** A target that repeats what it was sent, in its errors, its headers and its other responses. */
  const startEcho = async () => {
    const server = createServer((request, response) => {
      const given = request.headers.authorization ?? ''
      const user = Buffer.from(given.slice(6), 'base64')
        .toString()
        .replace(/[^\x20-\x7e]/g, '?')
      const error = { code: 'invalid_parameter', message: `${given} is ${user}`, param: user, [user]: given }
      response.writeHead(422, { 'content-type': 'application/json', 'x-user': user, authorization: given })
      response.end(JSON.stringify({ error, seen: [otherKey, key] }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${(server.address() as { port: number }).port}/api/v1`
  }
  const keys = ['--secret-key', key, '--other-secret-key', otherKey]
  const formats = ['har', 'html', 'json', 'xml']

  const reportsOf = async (url: string, ...args: string[]) => {
    const reports = mkdtempSync(join(folder, 'reports-'))
    const { code, output } = await runToEnd(
      'contract',
      '--url',
      url,
      ...keys,
      '--report',
      'junit,html,json,har',
      '--report-dir',
      reports,
      ...args,
    )
    expectNone('the output', output)
    expect(readdirSync(reports).sort()).toEqual(formats.map((format) => `contract.${format}`))
    for (const file of readdirSync(reports)) {
      const text = readFileSync(join(reports, file), 'utf8')
      expect(text.length).toBeGreaterThan(500)
      expectNone(file, text)
    }
    return { code, output }
  }

  test('of a target that repeats everything', async () => {
    const { code, output } = await reportsOf(await startEcho(), '--only', 'createPayment', '--skip', 'generated,wrong detail of')
    expect(code).toBe(1)
    expect(output).toContain('-u "$KOMOJU_SECRET_KEY:"')
  })
  test('of a target that conforms', async () => {
    const sandbox = await startProcess('sandbox', '--quiet')
    const { code } = await reportsOf(`${sandbox.origin}/api/v1`, '--only', 'credentials,journeys')
    expect(code).toBe(0)
  })
})

describe('in what the commands print', { timeout: 60_000 }, () => {
  const hidden = 'planted-pw-8Zt'
  test.for([
    [['contract', '--url', `http://user:${hidden}@127.0.0.1:9/api/v1`, '--secret-key', key], 2],
    [['contract', '--url', key, '--secret-key', `http://user:${hidden}@127.0.0.1:9`], 2],
    [['contract', `--secretkey=${key}`], 2],
    [['mock', '--port', key], 2],
    [['sandbox', '--port', '0', '--db', `postgre://me:${hidden}@127.0.0.1/x`], 1],
    [['sandbox', '--port', '0', '--db', `postgres://me:${hidden}@127.0.0.1:9/x`], 1],
    [['sandbox', '--port', '0', '--db', `postgres://me:${hidden}%zz@127.0.0.1:9/x`], 1],
    [['sandbox', '--port', '0', '--webhook-url', `http://me:${hidden}@127.0.0.1:9/`], 2],
  ] as const)('%j', async ([args, expected]) => {
    const { code, output } = await runToEnd(...args)
    expect([code, output]).toEqual([expected, expect.stringMatching(/\w+/)])
    expectNone('the output', output, [...secrets, hidden])
  })
  test('the help, with the key in the environment', async () => {
    vi.stubEnv('KOMOJU_SECRET_KEY', key)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, output } = await runToEnd('contract', '--help')
    expect([code, output]).toEqual([0, expect.stringContaining('KOMOJU_SECRET_KEY')])
    expectNone('the help', output)
  })
})

test.each([
  ['postgres://me:p@ss/w:rd@host/db is away', 'postgres://[hidden]@host/db is away'],
  ['(postgres://me:pw@one/db, https://you@two/)', '(postgres://[hidden]@one/db, https://[hidden]@two/)'],
  ['https://host/path?order=1 and me@example.com', 'https://host/path?order=1 and me@example.com'],
  ['key sk_test_1, card 4929 7356-4810 5733', 'key [hidden], card [hidden]'],
  [`https://host/sk_test_1 ${'://'.repeat(3)}`, `https://host/[hidden] ${'://'.repeat(3)}`],
  ['https://@host', 'https://@host'],
])('%s is shown as %s', (text, shown) => expect(withoutSecrets(text)).toBe(shown))
