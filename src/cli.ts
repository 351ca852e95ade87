#!/usr/bin/env node
import { readFileSync } from 'node:fs'
/** The `komoju-openapi` command. */
import { Command, InvalidArgumentError } from 'commander'
import { createMockServer, createSandboxServer } from './server/index.ts'
import type { Server } from './server/listen.ts'

const version = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version as string

const port = (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535; 0 takes any free one.')
  return value
}

const curlLine = (origin: string) => `curl ${origin}/api/v1/payments -u sk_123456: \\
  -d amount=1000 -d currency=JPY \\
  -d 'payment_details[type]=konbini' -d 'payment_details[store]=lawson' -d 'payment_details[email]=test@example.com'`

/** Listens until Ctrl-C or a termination signal, then stops cleanly. */
const serve = async (server: Server, name: string, options: { port: number; host: string }) => {
  const origin = await server.listen(options)
  console.log(`Reference  ${origin}/\n${name.padEnd(10)} ${origin}/api/v1\n\nTry it:\n${curlLine(origin)}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void server.close().then(() => process.exit(0))
    })
}

const program = new Command('komoju-openapi')
  .description('The KOMOJU payments API on your machine: its reference, its mock and its sandbox.')
  .version(version)
  .showHelpAfterError('Run with --help for the options.')

program
  .command('mock')
  .description("Serve the reference and a mock that answers from the document's examples.")
  .option('--port <number>', 'port to listen on, 0 for any free one', port, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_)')
  .option('--quiet', 'do not log requests')
  .action(async (options: { port: number; host: string; secretKey?: string; quiet?: boolean }) => {
    const log = options.quiet ? undefined : (line: string) => console.log(line)
    await serve(await createMockServer({ secretKey: options.secretKey, log }), 'Mock', options)
  })

program
  .command('sandbox')
  .description('Serve the API with a memory: payments live through their states, with pages for the customer and a dashboard.')
  .option('--port <number>', 'port to listen on, 0 for any free one', port, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--secret-key <key>', 'the one secret key to accept (default: any that starts with sk_, each a merchant of its own)')
  .option('--quiet', 'do not log requests')
  .action(async ({ port, host, quiet, ...options }: { port: number; host: string; secretKey?: string; quiet?: boolean }) => {
    const log = quiet ? undefined : (line: string) => console.log(line)
    await serve(await createSandboxServer({ ...options, log }), 'Sandbox', { port, host })
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
