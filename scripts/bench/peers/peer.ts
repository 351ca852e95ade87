/** What the peers have in common: what one gets, what it reports, how its program is run. */

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operationsOf, readDocument } from '../../../src/document.ts'
import type { JsonObject } from '../../../src/json-object.ts'

/** Where a peer sends its requests, and what it may know of the server. */
export type StartedServer = {
  /** Address of the API with its base path. */
  url: string
  /** Ids of payments and accounts that stand ready, for each operation that takes one. Each serves once. */
  ids: Record<string, string[]>
  /** Folder for files of the run, removed after it. */
  folder: string
}

/** What a run said. */
export type Report = {
  /** Number of its own tests. */
  checks: number
  /** What failed: the test and the message, without what differs from run to run. */
  failures: string[]
}

export type Peer = {
  name: string
  version: string
  /** How it was run, for readers of the table. */
  how: string
  /** Why it finds fault with a right server, where it does. */
  alarms?: string
  /**
   * Tests a server.
   * @throws {Error} where it came to no report
   */
  run: (server: StartedServer) => Promise<Report>
}

export const secretKey = 'sk_test_123456'
export const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`
/** An id that nothing has. */
export const unknownId = 'zzzzzzzzzzzzzzzzzzzzzzzzz'

const running = new Set<ChildProcess>()
// Also after Ctrl-C, which the bench turns into an exit.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Ends a program with the bench, if it runs that long. */
export const endWithBench = (child: ChildProcess) => {
  running.add(child)
  child.on('exit', () => running.delete(child))
}

/** Milliseconds after which a program counts as hung. */
const programTimeoutMs = 180_000

/**
 * Runs a program to its end, whatever its exit code.
 * @throws {Error} where it does not end in time
 */
export const runProgram = (command: string, args: string[], options: { cwd?: string; env?: Record<string, string> } = {}) =>
  new Promise<{ code: number | null; output: string }>((done, fail) => {
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', NO_COLOR: '1', ...options.env }
    const child = spawn(command, args, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    endWithBench(child)
    const timer = setTimeout(() => child.kill('SIGKILL'), programTimeoutMs)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal) fail(new Error(`${command} ${args[0]} was ended by ${signal}`))
      else done({ code, output })
    })
  })

/** Version of an installed package. */
export const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version

/** A failure as text without what differs from run to run: ids, times, numbers. */
export const steady = (text: string): string =>
  text
    .replaceAll(/\b[0-9a-z]{25}\b/gi, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g, '<time>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<server>')

const operations = operationsOf(readDocument())

/** A name that no account has yet, of the shape that `steady` knows. */
const freshName = () => `Peer ${randomBytes(25).toString('hex').slice(0, 25)}`

/** Body of an operation's first example, or of a named one; undefined where it takes none. Accounts get a name of their own. */
export const bodyOf = (operationId: string, key?: string): JsonObject | undefined => {
  const { request } = operations.find((operation) => operation.operationId === operationId)!
  if (!request) return undefined
  const { value } = key === undefined ? Object.values(request.examples)[0]! : request.examples[key]!
  return { ...(value as JsonObject), ...(operationId === 'createAccount' && { name: freshName() }) }
}

/**
 * Makes the payments and accounts that operations with an id need: one to capture is authorized, one to refund is captured or paid.
 * @param each how many for each operation
 */
export const prepareIds = async (url: string, each: number): Promise<StartedServer['ids']> => {
  const post = async (path: string, body: unknown): Promise<string> => {
    const headers = { authorization, 'content-type': 'application/json' }
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined)
    const { id } = ((await response?.json().catch(() => undefined)) ?? {}) as { id?: string }
    // A server may be too faulty for that. Then the peer works with an id that is wrong, as its user would.
    return id ?? unknownId
  }
  const payment = (key: string, more: JsonObject = {}) => post('/payments', { ...bodyOf('createPayment', key), ...more })
  const paid = async () => {
    const id = await payment('konbini')
    await fetch(`${new URL(url).origin}/sandbox/pay/${id}`, { method: 'POST', redirect: 'manual' })
    return id
  }
  const account = () => post('/accounts', bodyOf('createAccount'))
  const makers: Record<string, () => Promise<string>> = {
    getPayment: () => payment('konbini'),
    updatePayment: () => payment('konbini'),
    capturePayment: () => payment('credit_card', { capture: false }),
    refundPayment: () => payment('credit_card'),
    requestRefund: paid,
    cancelPayment: () => payment('credit_card', { capture: false }),
    getAccount: account,
    updateAccount: account,
    acceptServiceAgreement: account,
  }
  const ids: StartedServer['ids'] = {}
  for (const [operationId, make] of Object.entries(makers)) {
    ids[operationId] = []
    for (let count = 0; count < each; count++) ids[operationId].push(await make())
  }
  return ids
}
