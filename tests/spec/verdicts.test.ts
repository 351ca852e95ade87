/** The document gives every message and every operation of the corpus the verdict that it deserves. */
import { describe, expect, test } from 'vitest'
import { checksOf, judgedDocumentOf, type VerdictCheck } from '../../scripts/mutation/checks.ts'
import { readCorpus } from '../../scripts/mutation/corpus.ts'
import { edited, mutantsOf, type Path } from '../../scripts/mutation/mutants.ts'
import { readDocument } from '../../src/document.ts'

const document = readDocument()
const corpus = readCorpus(document)
const checks = checksOf(corpus)
const failing = (some: VerdictCheck[], subject = judgedDocumentOf(document)) =>
  some.filter(({ passes }) => !passes(subject)).map(({ name }) => name)

describe('the document', () => {
  test('keeps what its operations and webhooks promise', () => {
    expect(failing(checks.filter(({ schema }) => schema === undefined))).toEqual([])
  })

  const schemas = Object.keys(document.components.schemas)
  test.each(schemas)('%s takes and rejects what it has to', (schema) => {
    const own = checks.filter((check) => check.schema === schema)
    expect(own.length, `tests/spec/verdicts has no table for ${schema}. Write one.`).toBeGreaterThan(0)
    expect(failing(own)).toEqual([])
  })

  test('has every schema that the corpus names', () => {
    expect(schemas).toEqual(expect.arrayContaining([...new Set(corpus.messages.map(({ schema }) => schema))]))
  })
})

describe('a check', () => {
  test('fails where a bound moves', () => {
    const loose = edited(document, ['components', 'schemas', 'AmountInput', 'anyOf', 0, 'maximum'], 10_000_000)
    const own = checks.filter(({ schema }) => schema === 'AmountInput')
    expect(failing(own, judgedDocumentOf(loose))).toEqual(['AmountInput rejects 10000000'])
  })

  test('fails where a response goes missing', () => {
    const poorer = edited(document, ['paths', '/payments/{id}', 'get', 'responses', '404'], undefined)
    expect(failing(checks.slice(0, 200), judgedDocumentOf(poorer))).toContain(
      'getPayment returns 200, 401, 403, 404, 429, 500, 502, 503, 504',
    )
  })
})

describe('mutants', () => {
  test('change one place each and leave the document alone', () => {
    const before = JSON.stringify(document)
    const mutants = mutantsOf(document)
    const around = (subject: unknown, path: Path) => JSON.stringify(path.slice(0, -1).reduce((node, key) => (node as never)[key], subject))
    for (const { path, apply } of mutants) expect(around(apply(), path), path.join('/')).not.toBe(around(document, path))
    expect(JSON.stringify(document)).toBe(before)
  })

  test('cover every kind of constraint', () => {
    const kinds = ['required', 'enum', 'const', 'bound', 'length', 'pattern', 'format', 'type', 'nullability', 'additionalProperties',
      'union member', 'default', 'response status', 'parameter', 'security', 'example pairing'] // biome-ignore format: a list
    expect([...new Set(mutantsOf(document).map(({ kind }) => kind))]).toEqual(expect.arrayContaining(kinds))
  })
})
