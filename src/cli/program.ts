/** The program: its commands, its help, and how it fails. */
import { styleText } from 'node:util'
import { Argument, Command } from 'commander'
import { asError } from '../as-error.ts'
import { addContractCommands } from '../contract/cli/command.ts'
import { isMissingPackage, reasonOf, summaries } from '../missing-packages.ts'
import { withoutSecrets } from '../secrets.ts'
import { readVersion } from '../version.ts'
import { completionOf, type Shell, shells } from './completion.ts'
import { init } from './init.ts'
import { rejectEmptyValues } from './option-values.ts'
import { bold } from './serve.ts'
import { addServerCommands } from './server-commands.ts'
import { UsageError } from './usage-error.ts'

const version = readVersion()

/** Milliseconds after which a command that has failed ends, whatever is still open. */
const exitTimeoutMs = 1000

/** Options whose values are no secrets, and are repeated: numbers, and words of a list. */
const isPlain = /^error: option '[^']*<(?:number|number\/of|ms|milliseconds|share|unit|formats)>'/
const repeatedValue = /^(error: option '[^']*' (?:argument|value)) '.*'(?=(?: from env '\w+')? is invalid)/s
const valueOfUnknown = /^(error: unknown option '[^'=]*)=.*'/s

/** An error of the command line without what was given: an address or a key that is mistyped is a secret all the same. */
const withoutValue = (text: string) =>
  withoutSecrets(isPlain.test(text) ? text : text.replace(repeatedValue, '$1').replace(valueOfUnknown, "$1'"))

const program = new Command('komoju-openapi')
  .description('The KOMOJU payments API on your machine: its reference, a mock, a sandbox, and contract tests for other implementations.')
  .version(version)
  .configureHelp({ styleTitle: bold })
  .addHelpText('after', '\nEvery command takes --install, which asks, then installs the packages that it needs; --yes skips the question.')
  .showHelpAfterError('Run with --help for the options.')
  // 1 is what went wrong later, and what `contract` found.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  // A mistyped option is repeated, and logs keep what a program prints.
  .configureOutput({ outputError: (text, write) => write(styleText('red', withoutValue(text), { stream: process.stderr })) })

addServerCommands(program)
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

program.commands.forEach(rejectEmptyValues)

// Help is what somebody wants who types the name alone.
if (process.argv.length === 2) process.argv.push('--help')

try {
  await program.parseAsync()
} catch (error) {
  // The binary offers to install what is missing.
  if (isMissingPackage(error)) throw error
  console.error(reasonOf(asError(error), process.argv[2]))
  process.exitCode = error instanceof UsageError ? 2 : 1
  // Whatever is still open does not keep a command that has failed.
  setTimeout(() => process.exit(), exitTimeoutMs).unref()
}
