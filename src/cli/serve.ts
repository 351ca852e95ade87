/** What `mock` and `sandbox` share: they listen, say where, and how to try it. */
import module from 'node:module'
import { styleText } from 'node:util'
import { exampleKey } from '../example-key.ts'
import { type CreateServer, createWorkers, isWorker, work } from '../server/workers.ts'
import { quoted } from '../shell.ts'
import { stopOnSignal } from './stop.ts'

export type ServeOptions = {
  port: number
  host: string
  workers: number
  secretKey?: string
  quiet?: boolean
  publicUrl?: string
  allowedHost?: string[]
  trustProxy?: boolean
  /** Print the addresses as one line of JSON, for programs. */
  json?: boolean
}

/** Log of requests. With --json it goes to standard error, so that standard output holds JSON alone. */
export const logOf = ({ quiet, json }: ServeOptions) => {
  if (quiet) return undefined
  return json ? (line: string) => console.error(line) : (line: string) => console.log(line)
}

/** Bold on a terminal, unless NO_COLOR says otherwise. */
export const bold = (text: string) => styleText('bold', text, { stream: process.stdout })

/** The key for the line to try: the given one, but for a live key, which belongs in no log. */
const credentials = (secretKey = exampleKey) => {
  if (secretKey.startsWith('sk_live_')) return '"$KOMOJU_SECRET_KEY:"'
  return /^\w+$/.test(secretKey) ? `${secretKey}:` : quoted(`${secretKey}:`)
}

/** A first payment, to be pasted. */
const curlLine = (origin: string, secretKey: string | undefined) =>
  `curl ${origin}/api/v1/payments -u ${credentials(secretKey)} \\
  -d amount=1000 -d currency=JPY \\
  -d 'payment_details[type]=konbini' -d 'payment_details[store]=lawson' -d 'payment_details[email]=test@example.com'`

/** Where the parts of a server are. */
export type Addresses = { reference: string; api: string; dashboard?: string }

const announce = (name: string, { reference, api, dashboard }: Addresses, origin: string, { secretKey, json }: ServeOptions) => {
  if (json) return console.log(JSON.stringify({ reference, api, dashboard }))
  console.log(`Reference  ${reference}\n${name.padEnd(10)} ${api}\n\n${bold('Try it:')}\n${curlLine(origin, secretKey)}\n`)
  if (dashboard) console.log(`Dashboard  ${dashboard}`)
}

/**
 * Listens until Ctrl-C, a termination signal or the end of npm, then stops cleanly.
 * @returns whether it listens; false in a worker, whose first process says so
 */
export const serve = async (createServer: CreateServer, name: 'Mock' | 'Sandbox', options: ServeOptions): Promise<boolean> => {
  if (isWorker()) {
    await work(createServer, options)
    return false
  }
  const creating = options.workers > 1 ? Promise.resolve(createWorkers(options.workers, (line) => console.error(line))) : createServer()
  // From the first moment on: what a start has opened is closed, too.
  const isStopping = stopOnSignal(creating)
  const origin = await creating
    .then((server) => server.listen(options))
    .catch((error) => {
      if (!isStopping()) throw error
    })
  // It was closed while it started, which is no failure. The process ends with that.
  if (origin === undefined || isStopping()) return false
  const shown = options.publicUrl ?? origin
  const addresses = { reference: `${shown}/`, api: `${shown}/api/v1`, ...(name === 'Sandbox' && { dashboard: `${shown}/sandbox` }) }
  announce(name, addresses, shown, options)
  // A process that is killed keeps nothing, and its next start would compile everything again.
  module.flushCompileCache?.()
  return true
}
