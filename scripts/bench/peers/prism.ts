/** Prism's proxy: passes the kit's own valid requests on, and compares what comes and goes with the document. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { runContract } from '../../../src/contract/run/run.ts'
import { projectFolder } from '../../build/step.ts'
import { startServer } from '../tools/process.ts'
import { endWithBench, type Peer, secretKey, steady, versionOf } from './peer.ts'

const folder = resolve(projectFolder, 'node_modules/@stoplight/prism-cli')

/** Checks of the kit that send what the document does not allow. */
const invalidTraffic = ['rejections', 'http', 'credentials', 'ids']

/** Violations of a long list do not fit into the headers that `fetch` reads. */
const maxHeaderSize = 4 * 2 ** 20

const send = async (url: string, { method = 'GET', headers, body, signal }: RequestInit) => {
  const options = { method, headers: Object.fromEntries(new Headers(headers)), maxHeaderSize, ...(signal && { signal }) }
  const sent = request(url, options).end(body ?? undefined)
  const [message] = (await once(sent, 'response')) as [IncomingMessage]
  return { message, body: await text(message) }
}

type Violation = { location: string[]; message: string }

/** What Prism says of one exchange; undefined where it has nothing to say. */
const complaint = ({ statusCode = 0, headers }: IncomingMessage): string | undefined => {
  if (headers['content-type']?.startsWith('application/problem+json')) return `Prism returns ${statusCode}`
  const violations = JSON.parse(String(headers['sl-violations'] ?? '[]')) as Violation[]
  const ofResponse = violations.filter(({ location }) => location[0] === 'response')
  if (ofResponse.length > 0)
    return `${statusCode}: ${ofResponse.map(({ location, message }) => `${location.join('.')} ${message}`).join('; ')}`
  return violations.length > 0 ? 'the request' : undefined
}

/** Takes Prism as the project has it. */
export const createPrism = (): Peer => ({
  name: 'Prism proxy',
  version: versionOf(folder),
  how:
    'The proxy stands before the server, with its violations in a header. Through it goes what this kit sends that the document allows: all ' +
    'examples, journeys, retries, accounts, generated values and lists, in JSON and in forms. One check is one exchange.',
  alarms: 'it does not read brackets in a form, so that each `createPayment` in a form lacks its payment details',
  run: async ({ url }) => {
    const { child, origin, stop } = await startServer((port) => [
      `--max-http-header-size=${maxHeaderSize}`,
      resolve(folder, 'dist/index.js'),
      ...['proxy', resolve(projectFolder, 'generated/openapi.yaml'), url, '-h', '127.0.0.1', '-p', String(port), '-v', 'silent'],
    ])
    endWithBench(child)
    const failures: string[] = []
    let checks = 0
    try {
      await runContract({
        url: origin,
        secretKey,
        payUrl: `${new URL(url).origin}/sandbox/pay/{id}`,
        seed: 1,
        skip: invalidTraffic,
        fetch: async (address, init) => {
          checks++
          const where = `${init.method} ${new URL(address).pathname}`
          const { message, body } = await send(address, init).catch((error: Error) => {
            failures.push(steady(`${where}: no response`))
            throw error
          })
          const said = complaint(message)
          if (said !== undefined) failures.push(steady(`${where}: ${said}`))
          const status = message.statusCode!
          return new Response(status === 204 ? null : body, { status, headers: message.headers as Record<string, string> })
        },
      })
    } finally {
      await stop()
    }
    return { checks, failures }
  },
})
