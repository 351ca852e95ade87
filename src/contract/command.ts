/** The `contract` command: runs the kit's tests with vitest, shows how far they are, and writes the reports. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError } from 'commander'
import type { KitJob, KitMessage } from './channel.ts'
import { type Exchange, withoutCredentials } from './exchange.ts'
import { OptionsError, settingsOf } from './options.ts'
import { harReport } from './report/har.ts'
import { htmlReport } from './report/html.ts'
import { verdictText } from './report/text.ts'
import { allChecks, isWanted } from './run.ts'
import { readSubject } from './subject.ts'
import type { Verdict } from './verdict.ts'

/** How a run ends, as the process's exit code. */
export const exitCodes = { conforms: 0, findings: 1, couldNotRun: 2 } as const

const formats = ['junit', 'html', 'json', 'har'] as const
type Format = (typeof formats)[number]

type CommandOptions = KitJob['options'] & { report: Format[]; reportDir: string; list?: boolean }

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

const reports = (text: string, before: Format[] = []): Format[] => {
  for (const format of words(text))
    if (!formats.includes(format as Format)) throw new InvalidArgumentError(`The formats are ${formats.join(', ')}.`)
  return [...before, ...(words(text) as Format[])]
}

/** Says how far the run is, on one line, where somebody watches. */
const createProgress = (total: number) => {
  const { isTTY } = process.stderr
  let done = 0
  return {
    show: ({ requests, findings }: { requests: number; findings: number }) => {
      done++
      if (isTTY) process.stderr.write(`\r\u001b[K${done} of ${total} checks, ${requests} requests, ${findings} findings`)
    },
    end: () => {
      if (isTTY) process.stderr.write('\r\u001b[K')
    },
  }
}

type Outcome = { verdict: Verdict; exchanges: Exchange[] }

/**
 * Runs the kit's tests.
 * @returns the verdict, undefined where the run did not come to one
 */
const runTests = async (job: KitJob, total: number, junitFile: string | undefined): Promise<Outcome | undefined> => {
  const { createVitest } = await import('vitest/node').catch(() => {
    throw new OptionsError('The contract tests need vitest and fast-check. Install them: npm install --save-dev vitest fast-check')
  })
  const progress = createProgress(total)
  const channel = new BroadcastChannel(job.channel)
  let outcome: Outcome | undefined
  channel.onmessage = ({ data }) => {
    const message = data as KitMessage
    if (message.type === 'progress') progress.show(message)
    if (message.type === 'verdict') outcome = message
  }
  const stop = () => channel.postMessage({ type: 'stop' } satisfies KitMessage)
  const problems: string[] = []
  // The same extension as this file: TypeScript in the project, JavaScript in the package.
  const testFile = fileURLToPath(new URL(`./kit.test${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url))
  try {
    const vitest = await createVitest('test', {
      config: false,
      root: fileURLToPath(new URL('.', import.meta.url)),
      dir: fileURLToPath(new URL('.', import.meta.url)),
      include: [testFile],
      exclude: [],
      watch: false,
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
    // vitest would exit at once; what was found until then is to be told first.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal).on(signal, stop)
    await vitest.start([testFile])
    await vitest.close()
    // What the worker said last can still be on its way.
    for (let waits = 0; outcome === undefined && problems.length === 0 && waits < 50; waits++)
      await new Promise((done) => setTimeout(done, 10))
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    progress.end()
    channel.close()
  }
  if (problems.length > 0) throw new OptionsError(problems.join('\n'))
  return outcome
}

const writeReports = (formatsWanted: Format[], folder: string, { verdict, exchanges }: Outcome, version: string) => {
  const texts: Partial<Record<Format, [file: string, text: () => string]>> = {
    html: ['contract.html', () => htmlReport(verdict)],
    json: ['contract.json', () => JSON.stringify(verdict, withoutCredentials, 2)],
    har: ['contract.har', () => harReport(exchanges, version)],
  }
  for (const format of formatsWanted) {
    // vitest has written the report for JUnit, and said so.
    if (!texts[format]) continue
    const [file, text] = texts[format]
    const path = resolve(folder, file)
    writeFileSync(path, text())
    console.log(`wrote ${path}`)
  }
}

const run = async ({ report, reportDir, list, ...options }: CommandOptions, version: string): Promise<number> => {
  const { checks, last } = allChecks(readSubject())
  const wanted = [...checks, ...last].filter((check) => isWanted(check, options))
  if (list) {
    for (const { group, operationId, name } of wanted) console.log(`${group.padEnd(12)}${operationId.padEnd(24)}${name}`)
    console.log(`${wanted.length} checks`)
    return exitCodes.conforms
  }
  const { seed } = settingsOf(options)
  if (wanted.length === 0) throw new OptionsError('No check goes by these words. See them with --list.')
  if (report.length > 0) mkdirSync(resolve(reportDir), { recursive: true })
  const job: KitJob = { channel: `komoju-contract-${randomUUID()}`, options: { ...options, seed }, withExchanges: report.includes('har') }
  const junitFile = report.includes('junit') ? join(resolve(reportDir), 'contract.xml') : undefined
  const outcome = await runTests(job, wanted.length, junitFile)
  if (!outcome) throw new OptionsError('The run ended without a verdict.')
  console.log(verdictText(outcome.verdict))
  writeReports(report, reportDir, outcome, version)
  if (outcome.verdict.findings.length > 0) return exitCodes.findings
  return outcome.verdict.stopped ? exitCodes.couldNotRun : exitCodes.conforms
}

/** Adds the command to the program. */
export const addContractCommand = (program: Command, version: string) =>
  program
    .command('contract')
    .description('Test another implementation of the API: a gateway, a proxy, a sandbox, a rewrite.')
    .option('--url <address>', 'the API with its base path, for example http://localhost:3000/api/v1')
    .option('--secret-key <key>', 'secret key that the target accepts; also from KOMOJU_SECRET_KEY', process.env.KOMOJU_SECRET_KEY)
    .option('--other-secret-key <key>', "secret key of another merchant, who must not see the first one's payments")
    .option('--pay-url <address>', 'address with {id} that marks a cash payment paid when it is sent a POST')
    .option('--only <words>', 'only checks that go by one of these words, separated by commas; see --list', words)
    .option('--skip <words>', 'leave out checks that go by one of these words, or a capability: accounts, pay, state …', words)
    .option('--read-only', 'send nothing that changes the target')
    .option('--seed <number>', 'seed of the generated requests (default: another one each time)', whole)
    .option('--runs <number>', 'generated requests for each operation, payment method and encoding (default: 3)', number)
    .option('--bail <number>', 'stop after this many findings', number)
    .option('--timeout <milliseconds>', 'time until a request counts as unanswered (default: 10000)', number)
    .option('--rate <number>', 'requests per second at most', number)
    .option('--concurrency <number>', 'requests in flight at most (default: 16)', number)
    .option('--report <formats>', `files to write, separated by commas: ${formats.join(', ')}`, reports, [])
    .option('--report-dir <folder>', 'where to write them', '.reports')
    .option('--allow-live', "allow a live secret key, and KOMOJU's own host")
    .option('--list', 'show the checks and run none')
    .addHelpText('after', '\nExit code: 0 the target conforms, 1 it does not, 2 the run could not start or finish.')
    .action(async (options: CommandOptions) => {
      try {
        if (!options.list && !options.url)
          throw new OptionsError('An address is missing. Give one with --url, such as http://localhost:3000/api/v1.')
        process.exitCode = await run(options, version)
      } catch (error) {
        console.error(error instanceof OptionsError ? error.message : error)
        process.exitCode = exitCodes.couldNotRun
      }
    })
