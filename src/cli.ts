/** The commands of `komoju-openapi`. */

import module from 'node:module'
import { Command, InvalidArgumentError, Option } from 'commander'
import { asError } from './as-error.ts'
import { addContractCommands } from './contract/cli/command.ts'
import { reasonOf } from './missing-packages.ts'
import { withoutSecrets } from './secrets.ts'
import type { SandboxOptions } from './server/index.ts'
import type { Server } from './server/listen.ts'
import { isPostgresAddress } from './server/sandbox/postgres/address.ts'
import { createWorkers, isFirstWorker, isWorker, work, workersOfMachine } from './server/workers.ts'
import { readVersion } from './version.ts'

// Halves the time of every start but the first. What a command needs is imported by the command, after this.
module.enableCompileCache?.()

const version = readVersion()

const port = (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535; 0 takes any free one.')
  return value
}

const quantity = (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Write a whole number, 0 or more.')
  return value
}

const share = (text: string) => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Write a number from 0 to 1, for example 0.05.')
  return value
}

const webAddress = (text: string) => {
  if (!/^https?:/i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('Write a whole address, for example http://127.0.0.1:3000/webhooks.')
  return text
}

const curlLine = (origin: string) => `curl ${origin}/api/v1/payments -u sk_123456: \\
  -d amount=1000 -d currency=JPY \\
  -d 'payment_details[type]=konbini' -d 'payment_details[store]=lawson' -d 'payment_details[email]=test@example.com'`

const workers = (text: string) => {
  if (text === 'auto') return workersOfMachine()
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number, 1 or more, or auto.')
  return value
}

type ServeOptions = { port: number; host: string; workers: number; quiet?: boolean }

const logOf = ({ quiet }: ServeOptions) => (quiet ? undefined : (line: string) => console.log(line))

/** Stops cleanly on Ctrl-C and on a termination signal. */
const stopOnSignal = (server: Server) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void server.close().then(() => process.exit(0))
    })
}

/**
 * Listens until Ctrl-C or a termination signal, then stops cleanly.
 * @returns the address; nothing in a worker, whose first process says it
 */
const serve = async (createServer: () => Promise<Server>, name: string, options: ServeOptions): Promise<string | undefined> => {
  if (isWorker()) return void (await work(createServer, options))
  const server = options.workers > 1 ? createWorkers(options.workers, (line) => console.error(line)) : await createServer()
  const origin = await server.listen(options)
  console.log(`Reference  ${origin}/\n${name.padEnd(10)} ${origin}/api/v1\n\nTry it:\n${curlLine(origin)}\n`)
  stopOnSignal(server)
  return origin
}

type MockCommand = ServeOptions & { secretKey?: string }
type SandboxCommand = ServeOptions & SandboxOptions & { examples?: boolean }

/** Does what a button of the dashboard does. */
const act = async (origin: string, action: string, fields: Record<string, unknown> = {}) => {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${origin}/sandbox/${action}`, { method: 'POST', headers, body: JSON.stringify(fields) })
  if (!response.ok) throw new Error(`The sandbox could not ${action}: ${await response.text()}`)
}

const program = new Command('komoju-openapi')
  .description('The KOMOJU payments API on your machine: its reference, its mock, its sandbox, and the test of other implementations.')
  .version(version)
  .showHelpAfterError('Run with --help for the options.')
  // 1 is what went wrong later, and what `contract` found.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  // A mistyped option is repeated, and logs keep what a program prints.
  .configureOutput({ outputError: (text, write) => write(withoutSecrets(text)) })

program
  .command('mock')
  .description("Serve the reference and a mock that responds from the document's examples.")
  .option('--port <number>', 'port to listen on, 0 for any free one', port, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_)')
  .option('--workers <number>', 'processes that respond, auto for one a processor', workers, 1)
  .option('--quiet', 'do not log requests')
  .action(async ({ secretKey, ...options }: MockCommand) => {
    const createServer = async () => {
      const { createMockServer } = await import('./server/index.ts')
      return createMockServer({ secretKey, log: logOf(options) })
    }
    await serve(createServer, 'Mock', options)
  })

program
  .command('sandbox')
  .description('Serve the API with a memory: payments live through their states, with pages for the customer and a dashboard.')
  .option('--port <number>', 'port to listen on, 0 for any free one', port, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_, each a merchant of its own)')
  .option('--db <place>', 'SQLite file or postgres:// address that keeps the state (default: memory, the latest 20,000 payments)')
  .option('--reset', 'forget what the database holds')
  .addOption(
    new Option('--amounts <unit>', 'unit of amounts: major (dollars, with decimals) or minor (whole cents)')
      .choices(['major', 'minor'])
      .default('major'),
  )
  .option('--examples', 'begin with one payment of each method, made with --secret-key or sk_123456')
  .option('--webhook-url <url>', 'address that receives every event', webAddress)
  .option('--webhook-secret <secret>', 'secret that signs the events', '')
  .option('--latency <ms>', 'milliseconds that every response takes at least', quantity)
  .option('--error-rate <share>', 'share of requests that fail with 503, 0 to 1', share)
  .option('--seed <number>', 'seed of the choice which requests fail', quantity, 1)
  .option('--workers <number>', 'processes that respond, auto for one a processor; more than one needs --db postgres://…', workers, 1)
  .option('--quiet', 'do not log requests')
  .action(async ({ examples, ...options }: SandboxCommand) => {
    if (options.workers > 1 && !isPostgresAddress(options.db ?? ''))
      throw new Error('Workers share their state in a PostgreSQL database: name it with --db postgres://…, or leave --workers out.')
    const createServer = async () => {
      const { createSandboxServer } = await import('./server/index.ts')
      return createSandboxServer({ ...options, reset: options.reset && (!isWorker() || isFirstWorker()), log: logOf(options) })
    }
    const origin = await serve(createServer, 'Sandbox', options)
    if (origin === undefined) return
    console.log(`Dashboard  ${origin}/sandbox`)
    if (examples) await act(origin, 'examples', { secret_key: options.secretKey })
  })

program
  .command('docs')
  .description('Serve the reference alone.')
  .option('--port <number>', 'port to listen on, 0 for any free one', port, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .action(async (options: { port: number; host: string }) => {
    const { createReferenceServer } = await import('./server/reference.ts')
    const server = createReferenceServer()
    console.log(`Reference  ${await server.listen(options)}/`)
    stopOnSignal(server)
  })

addContractCommands(program, version)

try {
  await program.parseAsync()
} catch (error) {
  console.error(reasonOf(asError(error), process.argv[2]))
  process.exitCode = 1
}
