/** Every code sample of the reference runs against the mock, unchanged but for the host, and prints the documented response. */
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { baseUrl } from '../../scripts/reference/samples/call.ts'
import { languages, type Sample, samplesOf } from '../../scripts/reference/samples/index.ts'
import { readDocument } from '../../src/document.ts'
import { required } from '../../src/required.ts'
import type { ApiRequest } from '../../src/server/front.ts'
import { createFront } from '../../src/server/front.ts'
import { type Server, serverOf } from '../../src/server/listen.ts'
import { createMock } from '../../src/server/mock.ts'
import { createValidator } from '../../src/validator.ts'
import { missing } from '../tools.ts'
import { run, runModules } from './programs.ts'

const document = readDocument()
const samples = samplesOf(document)

type Runner = {
  command: string
  args: string[]
  /** Points the sample at the mock. */
  at: (source: string, origin: string) => string
  /** What was printed, as a value. */
  read: (printed: string) => unknown
  /** Whether samples are modules of Node. */
  areModules?: true
}

const atHost = (source: string, origin: string) => source.replaceAll(baseUrl, `${origin}/api/v1`)
// The client has its host as an option.
const atBaseUrl = (source: string, origin: string) => source.replace("'sk_123456'", `'sk_123456', baseUrl: '${origin}/api/v1'`)
// Node prints objects as literals, and cuts deep ones short unless told otherwise.
const printWhole = `data:text/javascript,import{inspect}from"node:util";inspect.defaultOptions.depth=null`
const node = { command: process.execPath, areModules: true as const, read: (printed: string) => runInNewContext(`(${printed})`) }
const nodeArgs = ['--conditions=komoju-source', '--import', printWhole, '--input-type=module', '-']

const runners: Record<string, Runner & { program?: Parameters<typeof missing>[0] }> = {
  cURL: { program: 'curl', command: 'bash', args: [], at: atHost, read: JSON.parse },
  'Node.js': { ...node, args: nodeArgs, at: atBaseUrl },
  'Node.js (fetch)': { ...node, args: nodeArgs, at: atHost },
  // A file of Ruby is UTF-8; what it reads from its input is what the machine's language says, which may be none.
  Ruby: { program: 'ruby', command: 'ruby', args: ['-Ku'], at: atHost, read: JSON.parse },
  Python: { program: 'python3', command: 'python3', args: ['-'], at: atHost, read: JSON.parse },
  PHP: { program: 'php', command: 'php', args: [], at: atHost, read: JSON.parse },
}

/** A body as a form carries it: every value is text. */
const asText = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]))
    : String(value)

test('each language has a runner here, and each example a sample in each language', () => {
  expect(Object.keys(runners)).toEqual(languages.map(({ label }) => label))
  const calls = new Set(samples.map(({ call }) => call))
  for (const { label } of languages)
    expect(samples.filter((sample) => sample.label === label && sample.format === 'json')).toHaveLength(calls.size)
  expect(calls.size).toBeGreaterThanOrEqual(58)
})

for (const [label, runner] of Object.entries(runners))
  describe.skipIf(runner.program && missing(runner.program))(label, { timeout: 60_000 }, () => {
    const received: { path: string; body: unknown }[] = []
    let server: Server
    let origin = ''

    beforeAll(async () => {
      const mock = await createMock(document)
      const response = (request: ApiRequest) => {
        const { operation, parameters, body } = request
        received.push({ path: `${operation.method} ${operation.path.replace('{id}', String(parameters.id))}`, body })
        return mock(request)
      }
      server = serverOf(await createFront({ document, validator: createValidator(document), handler: response }))
      origin = await server.listen()
    })
    afterAll(() => server.close())

    const mine = samples.filter((sample) => sample.label === label)
    let modules: ReturnType<typeof runModules> | undefined
    const outputOf = async (sample: Sample) => {
      if (!runner.areModules) return run(runner.command, runner.args, runner.at(sample.source, origin))
      modules ??= runModules(
        runner.args,
        mine.map(({ source }) => runner.at(source, origin)),
      )
      return required((await modules)[mine.indexOf(sample)], sample.source)
    }

    const name = ({ call: { operation, example }, format }: Sample) => `${operation.operationId} ${example} (${format})`
    for (const sample of mine)
      test.concurrent(name(sample), async () => {
        const { call, format } = sample
        const { code, printed, complaints } = await outputOf(sample)
        expect(code, complaints).toBe(0)
        expect(runner.read(printed)).toEqual(call.response)
        const body = call.body && format === 'form' ? asText(call.body) : call.body
        expect(received).toContainEqual({ path: `${call.method} ${call.path}`, body: body ?? (call.operation.request ? {} : undefined) })
      })
  })
