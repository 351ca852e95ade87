/** The commands of `komoju-openapi`. */
import module from 'node:module'
import { styleText } from 'node:util'
import { Argument, Command, Option } from 'commander'
import { asError } from './as-error.ts'
import { completionOf, type Shell, shells } from './cli/completion.ts'
import { init } from './cli/init.ts'
import { portOf, quantityOf, secretKeyOf, shareOf, webAddressOf, workersOf } from './cli/option-values.ts'
import { bold, logOf, type ServeOptions, serve } from './cli/serve.ts'
import { stopOnSignal } from './cli/stop.ts'
import { addContractCommands } from './contract/cli/command.ts'
import { isMissingPackage, reasonOf, summaries } from './missing-packages.ts'
import { withoutSecrets } from './secrets.ts'
import type { SandboxOptions } from './server/index.ts'
import { isPostgresAddress } from './server/sandbox/postgres/address.ts'
import { isFirstWorker, isWorker } from './server/workers.ts'
import { readVersion } from './version.ts'

// Halves the time of every start but the first. What a command needs is imported by the command, after this.
module.enableCompileCache?.()

const version = readVersion()

type SandboxCommand = ServeOptions & SandboxOptions & { secretKey?: string; examples?: boolean }

/** Does what a button of the dashboard does. */
const act = async (origin: string, action: string, fields: Record<string, unknown> = {}) => {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${origin}/sandbox/${action}`, { method: 'POST', headers, body: JSON.stringify(fields) })
  if (!response.ok) throw new Error(`The sandbox could not ${action}: ${await response.text()}`)
}

/** An error of the command line without keys, also without one that lost its sk_. */
const withoutKeys = (text: string) => withoutSecrets(text.replace(/(secret-key <key>' argument) '.*' is/, '$1 is'))

const program = new Command('komoju-openapi')
  .description('The KOMOJU payments API on your machine: its reference, its mock, its sandbox, and the test of other implementations.')
  .version(version)
  .configureHelp({ styleTitle: bold })
  .addHelpText('after', '\nEach command takes --install, which installs the packages it needs and asks first; --yes agrees beforehand.')
  .showHelpAfterError('Run with --help for the options.')
  // 1 is what went wrong later, and what `contract` found.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  // A mistyped option is repeated, and logs keep what a program prints.
  .configureOutput({ outputError: (text, write) => write(styleText('red', withoutKeys(text), { stream: process.stderr })) })

program
  .command('mock')
  .description(summaries.mock)
  .option('--port <number>', 'port to listen on, 0 for any free one', portOf, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_)', secretKeyOf)
  .option('--workers <number>', 'processes that respond, auto for one a processor', workersOf, 1)
  .option('--quiet', 'do not log requests')
  .option('--json', 'print the addresses as one line of JSON')
  .action(async (options: ServeOptions) => {
    const createServer = async () => {
      const { createMockServer } = await import('./server/index.ts')
      return createMockServer({ secretKey: options.secretKey, log: logOf(options) })
    }
    await serve(createServer, 'Mock', options)
  })

program
  .command('sandbox')
  .description(summaries.sandbox)
  .option('--port <number>', 'port to listen on, 0 for any free one', portOf, 4020)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_, each a merchant of its own)', secretKeyOf)
  .option('--db <place>', 'SQLite file or postgres:// address that keeps the state (default: memory, the latest 20,000 payments)')
  .option('--reset', 'forget what the database holds')
  .addOption(
    new Option('--amounts <unit>', 'unit of amounts: major (dollars, with decimals) or minor (whole cents)')
      .choices(['major', 'minor'])
      .default('major'),
  )
  .option('--examples', 'begin with one payment of each method, made with --secret-key or sk_123456')
  .option('--webhook-url <url>', 'address that receives every event', webAddressOf)
  .option('--webhook-secret <secret>', 'secret that signs the events', '')
  .option('--latency <ms>', 'milliseconds that every response takes at least', quantityOf)
  .option('--error-rate <share>', 'share of requests that fail with 503, 0 to 1', shareOf)
  .option('--seed <number>', 'seed of the choice which requests fail', quantityOf, 1)
  .option('--workers <number>', 'processes that respond, auto for one a processor; more than one needs --db postgres://…', workersOf, 1)
  .option('--quiet', 'do not log requests')
  .option('--json', 'print the addresses as one line of JSON')
  .action(async ({ examples, ...options }: SandboxCommand) => {
    if (options.workers > 1 && !isPostgresAddress(options.db ?? ''))
      throw new Error('Workers share their state in a PostgreSQL database: name it with --db postgres://…, or leave --workers out.')
    const createServer = async () => {
      const { createSandboxServer } = await import('./server/index.ts')
      return createSandboxServer({ ...options, reset: options.reset && (!isWorker() || isFirstWorker()), log: logOf(options) })
    }
    const origin = await serve(createServer, 'Sandbox', options)
    if (origin !== undefined && examples) await act(origin, 'examples', { secret_key: options.secretKey })
  })

program
  .command('docs')
  .description(summaries.docs)
  .option('--port <number>', 'port to listen on, 0 for any free one', portOf, 4030)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--json', 'print the address as one line of JSON')
  .action(async ({ json, ...options }: { port: number; host: string; json?: boolean }) => {
    const { createReferenceServer } = await import('./server/reference.ts')
    const server = createReferenceServer()
    const reference = `${await server.listen(options)}/`
    console.log(json ? JSON.stringify({ reference }) : `Reference  ${reference}`)
    stopOnSignal(server)
  })

addContractCommands(program, version)

program
  .command('init')
  .description(summaries.init)
  .action(() => console.log(init(process.cwd()).join('\n')))

program
  .command('completion')
  .description(summaries.completion)
  .addArgument(new Argument('<shell>').choices(shells))
  .action((shell: Shell) => void process.stdout.write(completionOf(program, shell)))

// Help is what somebody wants who types the name alone.
if (process.argv.length === 2) process.argv.push('--help')

try {
  await program.parseAsync()
} catch (error) {
  // The binary offers to install what is missing.
  if (isMissingPackage(error)) throw error
  console.error(reasonOf(asError(error), process.argv[2]))
  process.exitCode = 1
}
