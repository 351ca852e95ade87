/** What the reference advises about errors is true of each operation: not each takes an idempotency key, has a body or is about a payment. */
import { describe, expect, test } from 'vitest'
import { translatorFor } from '../../scripts/reference/languages/catalogue.ts'
import { modelOf } from '../../scripts/reference/model/index.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { languages } from '../../src/pages/languages.ts'

const document = readDocument()
const key = /idempotency|same key|冪等|同じキー|멱등|같은 키/i
const body = /\bbody\b|ボディ|본문/i
const lookUp = /look .*up|確認|조회/i
const payment = /\bpayment\b(?! provider)|決済の|결제를/i

describe.each(languages)('in %s', (language) => {
  const { operations } = modelOf(document, 'spec/guides', translatorFor('spec/languages', language))
  /** Texts of an operation's errors, those of the operation itself left out. */
  const textsOf = (operationId: string, statuses: RegExp) =>
    (operations.find(({ id }) => id === operationId)?.errors ?? [])
      .filter(({ status }) => statuses.test(status))
      .map(({ code, meaning, advice, retry }) => [code, meaning, advice, retry].join(' – '))

  test.each(operationsOf(document).map((operation) => [operation.operationId, operation] as const))('%s', (id, operation) => {
    const { method, request, parameters, tag } = operation
    const all = textsOf(id, /./)
    expect(all.length).toBeGreaterThan(6)
    const outages = textsOf(id, /^50/).filter((text) => !/^(?:card|insufficient|used|invalid|bad_ver|exceeds|restricted|other)_/.test(text))
    if (!parameters.some(({ name }) => /idempotency/i.test(name))) expect(all.filter((text) => key.test(text))).toEqual([])
    else expect(outages.filter((text) => key.test(text)).length).toBeGreaterThanOrEqual(3)
    if (!request) expect(all.filter((text) => body.test(text))).toEqual([])
    if (method === 'GET') expect(outages.filter((text) => lookUp.test(text))).toEqual([])
    else expect(outages.filter((text) => lookUp.test(text)).length).toBeGreaterThanOrEqual(3)
    if (tag === 'Accounts') expect(outages.filter((text) => payment.test(text))).toEqual([])
  })
})
