/** The commands that serve: `mock`, `sandbox` and `docs`. */
import { type Command, Option } from 'commander'
import { asError } from '../as-error.ts'
import { exampleKey } from '../example-key.ts'
import { summaries } from '../missing-packages.ts'
import type { HostOptions, SandboxOptions, WebhookOption } from '../server/index.ts'
import { isPostgresAddress } from '../server/sandbox/postgres/address.ts'
import { isFirstWorker, isWorker } from '../server/workers.ts'
import { hostNamesOf, portOf, publicAddressOf, quantityOf, secretKeyOf, shareOf, webhooksOf, workersOf } from './option-values.ts'
import { logOf, type ServeOptions, serve } from './serve.ts'
import { stopOnSignal } from './stop.ts'
import { UsageError } from './usage-error.ts'

type SandboxCommand = ServeOptions &
  Omit<SandboxOptions, 'webhookUrl'> & { secretKey?: string; seedFile?: string; webhookUrl?: WebhookOption[] | undefined }

/** Environment variable of the secret that signs events: no list of processes shows it, and workers get it from the first process. */
const webhookSecretVariable = 'KOMOJU_WEBHOOK_SECRET'

/** What commander calls by the option's name, as the servers call it. */
const hostsOf = ({ publicUrl, allowedHost, trustProxy }: ServeOptions): HostOptions => ({
  publicUrl,
  allowedHosts: allowedHost,
  trustProxy,
})

/** Where a server listens, and under which names it is reached. */
const addServeOptions = (command: Command, port: number) =>
  command
    .option('--port <number>', 'port to listen on, 0 for any free one', portOf, port)
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option('--public-url <address>', 'address under which browsers reach the server, for the links that it makes', publicAddressOf)
    .option('--allowed-host <name>', 'another host name under which to serve pages, repeatable', hostNamesOf)
    .option('--trust-proxy', 'trust X-Forwarded-*; only if the server can be reached through the proxy alone')
    .option('--workers <number>', 'number of worker processes, auto for one per processor', workersOf, 1)
    .option('--quiet', 'do not log requests')
    .option('--json', 'print the addresses as one line of JSON')

/** The secret that signs events of webhooks without one of their own. One is made where none is given. */
const webhookSecretOf = async ({ webhookUrl, webhookSecret }: SandboxCommand): Promise<{ secret: string | undefined; isNew: boolean }> => {
  if (webhookSecret || !webhookUrl?.some(({ secret }) => secret === undefined)) return { secret: webhookSecret, isNew: false }
  const { newWebhookSecret } = await import('../server/sandbox/webhooks/receivers.ts')
  const secret = newWebhookSecret()
  process.env[webhookSecretVariable] = secret
  return { secret, isNew: true }
}

/** Payments of a file with seeds, which the sandbox checks when it starts. @throws {UsageError} for a file that is not there, or not JSON */
const readSeeds = async (file: string): Promise<NonNullable<SandboxOptions['seeds']>> => {
  try {
    const { readFile } = await import('node:fs/promises')
    return JSON.parse(await readFile(file, 'utf8'))?.payments ?? null
  } catch (error) {
    throw new UsageError(`Cannot read the seeds in ${file}: ${asError(error).message}`, { cause: error })
  }
}

const serveMock = async (options: ServeOptions) => {
  const createServer = async () => {
    const { createMockServer } = await import('../server/create.ts')
    return createMockServer({ secretKey: options.secretKey, log: logOf(options), ...hostsOf(options) })
  }
  await serve(createServer, 'Mock', options)
}

/** @throws {UsageError} for webhooks that no sandbox can have: an event that does not exist, an address that stands twice */
const assertWebhooks = async (webhooks: WebhookOption[]) => {
  const [{ readDocument }, { receiversOf }] = await Promise.all([
    import('../document.ts'),
    import('../server/sandbox/webhooks/receivers.ts'),
  ])
  try {
    receiversOf({ webhooks }, readDocument())
  } catch (error) {
    throw new UsageError(asError(error).message)
  }
}

const serveSandbox = async ({ seedFile, webhookUrl: webhooks, ...options }: SandboxCommand) => {
  if (options.workers > 1 && !isPostgresAddress(options.db ?? ''))
    throw new UsageError('Workers share their state in a PostgreSQL database. Name one with --db postgres://…, or leave out --workers.')
  if (webhooks !== undefined) await assertWebhooks(webhooks)
  const seeds = seedFile === undefined ? undefined : await readSeeds(seedFile)
  const webhookSecret = await webhookSecretOf({ ...options, webhookUrl: webhooks })
  const createServer = async (untilAllAreReady?: () => Promise<void>) => {
    const { createSandboxServer } = await import('../server/create.ts')
    // What is done once, the first process does.
    const once =
      !isWorker() || isFirstWorker() ? { reset: options.reset, examples: options.examples, seeds } : { reset: false, examples: false }
    const all = { ...options, ...hostsOf(options), webhooks, webhookSecret: webhookSecret.secret, log: logOf(options), ...once }
    return createSandboxServer(all, untilAllAreReady)
  }
  const isServing = await serve(createServer, 'Sandbox', options)
  if (isServing && webhookSecret.isNew)
    (options.json ? console.error : console.log)(
      `Webhook secret, generated for this run: ${webhookSecret.secret}\nKeep one with --webhook-secret, or ${webhookSecretVariable} in the environment.`,
    )
}

const addSandbox = (program: Command) =>
  addServeOptions(program.command('sandbox'), 4020)
    .description(summaries.sandbox)
    .option(
      '--secret-key <key>',
      'the one secret key to accept (default: any that starts with sk_, each a merchant of its own)',
      secretKeyOf,
    )
    .addOption(
      new Option('--admin-key <key>', 'key for what affects all merchants (default: only users of this machine may do that)').env(
        'KOMOJU_ADMIN_KEY',
      ),
    )
    .option('--db <place>', 'SQLite file or postgres:// address that keeps the state (default: in memory, the latest 20,000 payments)')
    .option('--reset', 'clear the database, once the port is bound')
    .option('--force', 'with --reset: clear the database even while other processes use it')
    .addOption(
      new Option('--amounts <unit>', 'unit of amounts: major (dollars, with decimals) or minor (whole cents)')
        .choices(['major', 'minor'])
        .default('major'),
    )
    .option('--examples', `start with one payment of each method, made with --secret-key or ${exampleKey}`)
    .option('--seed-file <file>', `JSON file with payments to start with, made with --secret-key or ${exampleKey}`)
    .option(
      '--webhook-url <url>',
      'address that receives events, repeatable; #events=payment.captured,payment.refunded limits them, #secret=whsec_… signs them',
      webhooksOf,
    )
    .addOption(
      new Option('--webhook-secret <secret>', 'secret that signs the events (default: one is generated and printed)').env(
        webhookSecretVariable,
      ),
    )
    .option('--latency <ms>', 'minimum time that each response to a valid request takes, in milliseconds', quantityOf)
    .option('--error-rate <share>', 'share of requests that fail with 503, 0 to 1', shareOf)
    .option('--seed <number>', 'seed that decides which requests fail', quantityOf, 1)
    .addHelpText('after', '\nMore than one worker needs --db postgres://….')
    .action(serveSandbox)

const serveDocs = async ({ json, ...options }: { port: number; host: string; json?: boolean }) => {
  const { createReferenceServer } = await import('../server/reference.ts')
  const server = createReferenceServer()
  const reference = `${await server.listen(options)}/`
  stopOnSignal(server)
  console.log(json ? JSON.stringify({ reference }) : `Reference  ${reference}`)
}

/** Adds the commands to the program. */
export const addServerCommands = (program: Command) => {
  addServeOptions(program.command('mock'), 4010)
    .description(summaries.mock)
    .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_)', secretKeyOf)
    .action(serveMock)
  addSandbox(program)
  program
    .command('docs')
    .description(summaries.docs)
    .option('--port <number>', 'port to listen on, 0 for any free one', portOf, 4030)
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option('--json', 'print the address as one line of JSON')
    .action(serveDocs)
}
