/** The `contract` command: runs the kit's tests with vitest, shows how far they are, and writes the reports. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { asError } from '../../as-error.ts'
import { isMissingPackage, summaries } from '../../missing-packages.ts'
import { isUnfinished, type Shard, type Verdict } from '../report/run-report.ts'
import type { Exchange } from '../run/exchange.ts'
import { OptionsError, settingsOf } from '../run/options.ts'
import type { WorkerJob, WorkerMessage } from './worker-messages.ts'

/** How a run ends, as the process's exit code. */
export const exitCodes = { conforms: 0, findings: 1, couldNotRun: 2 } as const

const formats = ['junit', 'html', 'json', 'har'] as const
type Format = (typeof formats)[number]

type CommandOptions = WorkerJob['options'] & {
  header?: Record<string, string>
  report: Format[]
  reportDir: string
  list?: boolean
}

const number = (text: string) => {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('Give a number above 0.')
  return value
}

const whole = (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value)) throw new InvalidArgumentError('Give a whole number.')
  return value
}

const words = (text: string, before: string[] = []) => [...before, ...text.split(',').map((word) => word.trim())].filter(Boolean)

const header = (text: string, before: Record<string, string> = {}) => {
  const [, name, value] = /^([\w-]+):(.*)$/.exec(text) ?? []
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Write a name and a value, for example 'X-Gateway-Key: secret'.")
  return { ...before, [name.toLowerCase()]: value.trim() }
}

const shardOf = (text: string): Shard => {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (number === undefined) throw new InvalidArgumentError('Write the number of the shard and how many there are, for example 2/4.')
  return { number: Number(number), of: Number(of) }
}

const reportsOf =
  (known: readonly Format[]) =>
  (text: string, before: Format[] = []): Format[] => {
    for (const format of words(text))
      if (!known.includes(format as Format)) throw new InvalidArgumentError(`The formats are ${known.join(', ')}.`)
    return [...before, ...(words(text) as Format[])]
  }
/** What a merged verdict can be written as: it holds no exchanges but those of findings. */
const mergedFormats = ['html', 'json'] as const

const reportOption = (known: readonly Format[]) =>
  new Option('--report <formats>', `formats of the reports to write, separated by commas: ${known.join(', ')}`)
    .argParser(reportsOf(known))
    .default([], 'none')

/** Between two lines of progress in a log. */
const progressIntervalMs = 10_000

/** Says how far the run is: on one line of a terminal, or now and then in a log. */
const createProgress = (total: number) => {
  const { isTTY } = process.stderr
  let done = 0
  let lastLine = performance.now()
  return {
    show: ({ requests, findings }: { requests: number; findings: number }) => {
      done++
      const line = `${done} of ${total} checks, ${requests} requests, ${findings} findings`
      if (isTTY) process.stderr.write(`\r\u001b[K${line}`)
      else if (performance.now() - lastLine > progressIntervalMs) {
        lastLine = performance.now()
        console.error(line)
      }
    },
    end: () => {
      if (isTTY) process.stderr.write('\r\u001b[K')
    },
  }
}

type Outcome = { verdict: Verdict; exchanges: Exchange[] }

/** Ends the process where the kit's worker has died, for want of memory as a rule: vitest throws where nobody can catch, which Node ends with 1. */
const exitOnDeath = (error: unknown) => {
  console.error(`The run ended without a verdict: ${asError(error).message}.`)
  process.exit(exitCodes.couldNotRun)
}

/**
 * Runs the kit's tests.
 * @returns the verdict, undefined where the run did not come to one
 */
const runTests = async (job: WorkerJob, total: number, junitFile: string | undefined): Promise<Outcome | undefined> => {
  const progress = createProgress(total)
  const channel = new BroadcastChannel(job.channelName)
  let outcome: Outcome | undefined
  let isStopped = false
  const stop = () => {
    isStopped = true
    channel.postMessage({ type: 'stop' } satisfies WorkerMessage)
  }
  // What was found until then is to be told first: nobody else may listen, and vitest would exit at once.
  const takeSignals = () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal).on(signal, stop)
  }
  takeSignals()
  const [{ createVitest }, { estimateText }] = await Promise.all([import('vitest/node'), import('../run/estimate.ts')])
  channel.onmessage = ({ data }) => {
    const message = data as WorkerMessage
    // A signal that came before the worker listened.
    if (message.type === 'started' && isStopped) stop()
    if (message.type === 'progress') progress.show(message)
    if (message.type === 'estimate') console.error(estimateText(message.estimate))
    if (message.type === 'verdict') outcome = message
  }
  const problems: string[] = []
  // The same extension as this file: TypeScript in the project, JavaScript in the package.
  const testFile = fileURLToPath(new URL(`./worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url))
  try {
    const vitest = await createVitest('test', {
      config: false,
      root: fileURLToPath(new URL('.', import.meta.url)),
      dir: fileURLToPath(new URL('.', import.meta.url)),
      include: [testFile],
      exclude: [],
      watch: false,
      // Nothing is written beside the kit's files: in a user's project they lie in node_modules.
      cache: false,
      fsModuleCache: false,
      pool: 'threads',
      maxConcurrency: job.options.concurrency ?? 16,
      provide: { contract: job },
      reporters: [
        {
          onTestModuleEnd: (module) => {
            problems.push(...module.errors().map(({ message }) => message))
            for (const suite of module.children.allSuites()) problems.push(...suite.errors().map(({ message }) => message))
          },
        },
        ...(junitFile ? [['junit', { outputFile: junitFile, suiteName: 'KOMOJU API contract' }] as ['junit', object]] : []),
      ],
    })
    takeSignals()
    process.on('uncaughtException', exitOnDeath)
    await vitest.start([testFile])
    await vitest.close()
    // What the worker said last can still be on its way.
    for (let waits = 0; outcome === undefined && problems.length === 0 && waits < 50; waits++)
      await new Promise((done) => setTimeout(done, 10))
  } finally {
    process.off('uncaughtException', exitOnDeath)
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    progress.end()
    channel.close()
  }
  if (problems.length > 0) throw new OptionsError(problems.join('\n'))
  return outcome
}

/** Makes a folder and those above it. One by one, since Node never ends with all of them at once where /proc has none. */
const makeFolder = (folder: string) => {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/**
 * Makes the folder of the reports, before anything is sent to the target.
 * @throws {OptionsError} where it cannot be made
 */
const makeReportFolder = (reportDir: string) => {
  const folder = resolve(reportDir)
  try {
    makeFolder(folder)
    if (!statSync(folder).isDirectory()) throw new Error('it is a file')
  } catch (error) {
    throw new OptionsError(`Cannot write reports to ${folder}: ${asError(error).message}. Give a folder with --report-dir.`)
  }
}

/** Name of a report: that of a shard says which, so that all can lie in one folder. */
const reportName = ({ shard }: Pick<Verdict, 'shard'>, ending: string) =>
  `contract${shard ? `-${shard.number}-of-${shard.of}` : ''}.${ending}`

/** Writes a file whole or not at all. @throws {OptionsError} where the disk does not take it */
const writeWhole = (path: string, text: string) => {
  const partial = `${path}.partial`
  try {
    writeFileSync(partial, text)
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw new OptionsError(`Cannot write ${path}: ${asError(error).message}`)
  }
}

const writeReports = async (formatsWanted: Format[], folder: string, { verdict, exchanges }: Outcome, version: string) => {
  const texts: Partial<Record<Format, [file: string, text: () => string | Promise<string>]>> = {
    html: [reportName(verdict, 'html'), async () => (await import('../report/html.ts')).htmlReport(verdict)],
    json: [reportName(verdict, 'json'), () => JSON.stringify(verdict, undefined, 2)],
    har: [reportName(verdict, 'har'), async () => (await import('../report/har.ts')).harReport(exchanges, version)],
  }
  for (const format of formatsWanted) {
    // vitest has written the report for JUnit, and said so.
    if (!texts[format]) continue
    const [file, text] = texts[format]
    const path = resolve(folder, file)
    writeWhole(path, await text())
    console.log(`wrote ${path}`)
  }
}

const exitCodeOf = (verdict: Verdict): number => {
  if (verdict.isTargetGone) return exitCodes.couldNotRun
  if (verdict.findings.length > 0) return exitCodes.findings
  return verdict.stopped || isUnfinished(verdict) ? exitCodes.couldNotRun : exitCodes.conforms
}

const run = async ({ report, reportDir, list, header, ...rest }: CommandOptions, version: string): Promise<number> => {
  const options = { ...rest, ...(header && { headers: header }) }
  // No other command waits for the checks, or needs their packages.
  const [{ wantedChecks }, { readApiDescription }] = await Promise.all([
    import('../run/wanted-checks.ts'),
    import('../api/api-description.ts'),
  ])
  const { checks, last } = wantedChecks(readApiDescription(), options)
  const wanted = [...checks, ...last]
  if (list) {
    for (const { group, operationId, name } of wanted) console.log(`${group.padEnd(12)}${operationId.padEnd(24)}${name}`)
    console.log(`${wanted.length} checks`)
    return exitCodes.conforms
  }
  const { seed } = settingsOf(options)
  if (wanted.length === 0) throw new OptionsError('No check has one of these words. List them with --list.')
  if (report.length > 0) makeReportFolder(reportDir)
  const job: WorkerJob = {
    channelName: `komoju-contract-${randomUUID()}`,
    options: { ...options, seed },
    withExchanges: report.includes('har'),
  }
  const junitFile = report.includes('junit')
    ? join(resolve(reportDir), reportName(options.shard ? { shard: options.shard } : {}, 'xml'))
    : undefined
  const outcome = await runTests(job, wanted.length, junitFile)
  if (!outcome) throw new OptionsError('The run ended without a verdict.')
  const { verdictText } = await import('../report/text.ts')
  console.log(verdictText(outcome.verdict))
  await writeReports(report, reportDir, outcome, version)
  return exitCodeOf(outcome.verdict)
}

/** Reads the reports of shards, and reports on them as one run. */
const merge = async (
  files: string[],
  { report, reportDir }: Pick<CommandOptions, 'report' | 'reportDir'>,
  version: string,
): Promise<number> => {
  const [{ mergeVerdicts, readVerdict }, { verdictText }] = await Promise.all([import('../report/merge.ts'), import('../report/text.ts')])
  const verdict = mergeVerdicts(files.map(readVerdict))
  console.log(verdictText(verdict))
  if (report.length > 0) makeReportFolder(reportDir)
  await writeReports(report, reportDir, { verdict, exchanges: [] }, version)
  return exitCodeOf(verdict)
}

/** Does what a command says. What it cannot do is said in words, and in the exit code. */
const exitWith = async (work: () => number | Promise<number>) => {
  try {
    process.exitCode = await work()
  } catch (error) {
    // The binary says what to install, or installs it.
    if (isMissingPackage(error)) throw error
    const { printable } = await import('../report/text.ts')
    console.error(error instanceof OptionsError ? printable(error.message) : error)
    process.exitCode = exitCodes.couldNotRun
  }
}

/** How much of a whole run a quick one is; a test counts. */
const quickHelp =
  'run one check of each kind, 162 of 361, with one wrong value for each parameter and rule; leave out the other encodings, methods and examples'

/** Adds the commands to the program. */
export const addContractCommands = (program: Command, version: string) => {
  program
    .command('contract-merge')
    .description(summaries['contract-merge'])
    .argument('<reports...>', 'contract-1-of-4.json and the others')
    .addOption(reportOption(mergedFormats))
    .option('--report-dir <folder>', 'where to write them', '.reports')
    .addHelpText(
      'after',
      '\nExit code: 0 the target conforms, 1 there are findings (those of --strict, too), 2 a report is missing or of another run.',
    )
    .action((files: string[], options: Pick<CommandOptions, 'report' | 'reportDir'>) => exitWith(() => merge(files, options, version)))
  program
    .command('contract')
    .description(summaries.contract)
    .option('--url <address>', 'the API with its base path, for example http://localhost:3000/api/v1')
    // As a default, the key would be in the help.
    .addOption(new Option('--secret-key <key>', 'secret key that the target accepts').env('KOMOJU_SECRET_KEY'))
    .option('--other-secret-key <key>', "secret key of another merchant, who must not see the first one's payments")
    .option('--pay-url <address>', 'address with {id} that marks a cash payment as paid when it gets a POST')
    .option('--only <words>', 'run only the checks with one of these words, separated by commas; see --list', words)
    .option('--skip <words>', 'leave out the checks with one of these words, or a capability: accounts, pay, state …', words)
    .option('--header <name: value>', 'header to send with every request, for a gateway; repeatable', header)
    .option('--strict', 'also expect rejections that the reference leaves open, and report them separately')
    .option('--quick', quickHelp)
    .option('--read-only', 'send nothing that changes the target')
    .option('--shard <number/of>', 'run one of several parts, for example 2/4; contract-merge merges their reports', shardOf)
    .option('--seed <number>', 'seed of the generated requests (default: a new one each time)', whole)
    .option('--runs <number>', 'generated requests for each operation, payment method and encoding (default: 3)', number)
    .option('--bail <number>', 'stop after this many findings', number)
    .option('--timeout <milliseconds>', 'how long to wait for a response (default: 30000)', number)
    .option('--rate <number>', 'maximum number of requests per second', number)
    .option('--concurrency <number>', 'maximum number of requests in flight (default: 16)', number)
    .addOption(reportOption(formats))
    .option('--report-dir <folder>', 'where to write them', '.reports')
    .option('--allow-live', "allow a live secret key, and KOMOJU's own host")
    .option('--list', 'show the checks and run none')
    .addHelpText(
      'after',
      '\nExit code: 0 the target conforms, 1 there are findings (those of --strict, too), 2 the run could not start or finish.',
    )
    .action((options: CommandOptions) =>
      exitWith(() => {
        if (!options.list && !options.url)
          throw new OptionsError('An address is missing. Give one with --url, such as http://localhost:3000/api/v1.')
        return run(options, version)
      }),
    )
}
