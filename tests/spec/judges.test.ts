/** What other people's tools say of the document. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Validator as OpenApiValidator } from '@seriousme/openapi-schema-validator'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { lintBundle } from '../../scripts/build/lint-bundle.ts'
import { lintSource } from '../../scripts/build/lint-source.ts'
import { projectFolder } from '../../scripts/build/step.ts'
import { judgedDocumentOf } from '../../scripts/mutation/checks.ts'
import { readCorpus } from '../../scripts/mutation/corpus.ts'
import { createSecondJudge, disagreementsOf } from '../../scripts/mutation/judges.ts'
import { edited } from '../../scripts/mutation/mutants.ts'
import { operationsOf, readDocument } from '../../src/document.ts'

const document = readDocument()
const file = (name: string) => resolve(projectFolder, 'generated', name)

describe('linters', { timeout: 60_000 }, () => {
  test('Redocly, strict, finds nothing in the source', async () => {
    await lintSource(resolve(projectFolder, 'spec/openapi.yaml'))
  })

  test('Spectral, with all its OpenAPI rules, finds nothing in the bundle', async () => {
    const [yaml, json] = ['openapi.yaml', 'openapi.json'].map((name) => readFileSync(file(name), 'utf8')) as [string, string]
    await lintBundle({ yaml, json }, resolve(projectFolder, 'spec'))
  })
})

describe('the OpenAPI schema', () => {
  const verdict = (subject: object) => new OpenApiValidator({}).validate(structuredClone(subject) as Record<string, unknown>)

  test('is kept by the bundle', async () => {
    expect(await verdict(document)).toMatchObject({ valid: true })
  })

  test('is not kept by a parameter in no place', async () => {
    expect(await verdict(edited(document, ['components', 'parameters', 'Page', 'in'], 'body'))).toMatchObject({ valid: false })
  })
})

describe('the second JSON Schema implementation', () => {
  /** Bodies with the name of their schema. */
  const examples = [...operationsOf(document), ...operationsOf({ ...document, paths: document.webhooks })].flatMap(
    ({ request, responses }) =>
      [request, ...Object.values(responses).map(({ body }) => body)].flatMap((body) =>
        Object.entries(body?.examples ?? {}).map(([key, { value }]) => ({
          schema: (body!.schema as { $ref: string }).$ref.split('/').at(-1)!,
          why: `takes the example ${key}`,
          value,
          conforms: true,
        })),
      ),
  )
  const messages = [...examples, ...readCorpus(document).messages]

  test(`agrees with Ajv on ${examples.length} examples and on every message of the corpus`, () => {
    const bySchema = Object.groupBy(messages, ({ schema }) => schema)
    const subject = judgedDocumentOf(document)
    expect(Object.values(bySchema).flatMap((some) => disagreementsOf(subject, some!))).toEqual([])
  })

  test('judges for itself', () => {
    const judge = createSecondJudge({ document }, 'Email')
    expect([judge('taro@example.com'), judge('taro'), judge(5)]).toEqual([true, false, false])
  })
})

describe('the compiler', () => {
  const problemsWith = (text: string) => {
    const name = file('schema.d.ts')
    const options: ts.CompilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      types: [],
      noEmit: true,
    }
    const host = ts.createCompilerHost(options)
    const { getSourceFile } = host
    host.getSourceFile = (path, target) => (path === name ? ts.createSourceFile(path, text, target) : getSourceFile(path, target))
    const program = ts.createProgram([name], options, host)
    return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  }
  const text = readFileSync(file('schema.d.ts'), 'utf8')

  test('has nothing to say of the types at its strictest, declarations included', { timeout: 60_000 }, () => {
    expect(problemsWith(text)).toEqual([])
  })

  test('would say it', { timeout: 60_000 }, () => {
    expect(problemsWith(`${text}\nexport type Broken = components['schemas']['Nothing']`)).toHaveLength(1)
  })
})

describe('readiness for agents', () => {
  /** Redocly rates the median operation. Fifteen methods in a union cost every operation that returns a payment 15 points: see docs/gates.md. */
  const floor = 77.5

  test(`is ${floor} or more, and complete in what is not counted by size`, { timeout: 60_000 }, () => {
    const { stdout } = spawnSync('npx', ['redocly', 'score', file('openapi.yaml'), '--format', 'json'], {
      cwd: projectFolder,
      encoding: 'utf8',
    })
    const { agentReadiness, subscores } = JSON.parse(stdout)
    expect(agentReadiness).toBeGreaterThanOrEqual(floor)
    expect(subscores).toMatchObject({ exampleCoverage: 1, errorClarity: 1, identifierClarity: 1 })
    expect(subscores.documentationQuality).toBeGreaterThan(0.999)
  })
})
