/** Tables of the guides, made from the document. */
import { STATUS_CODES } from 'node:http'
import { type Example, type OpenApiDocument, operationsOf, resolveRef, type SchemaObject } from '../../src/document.ts'
import { rememberLatest } from '../../src/latest.ts'
import { languages } from '../../src/pages/languages.ts'
import type { Translate } from '../../src/pages/translator.ts'
import { testValuesOf } from '../../src/server/scenarios.ts'
import { anchors } from './anchors.ts'
import { firstSentence, listText, withNote } from './phrases.ts'

/** Several tables read them, of the document in each language. */
const operationsIn = rememberLatest(operationsOf, languages.length)

const code = (text: string) => `\`${text}\``

/** A name that links can point to. The Markdown pages leave the anchor out. */
const anchored = (id: string, text: string) => `<a id="${id}"></a>${code(text)}`

const table = (columns: string[], rows: string[][]) =>
  [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')

/** First sentences of a description, on one line. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

const schemaOf = (document: OpenApiDocument, name: string): SchemaObject => document.components.schemas[name]

/** An error code, with every status that carries it. */
type ErrorCode = { name: string; statuses: string[]; meaning: string; advice: string; retry: Example['x-retry'] }

/** All error codes, by status and then in the document's order. */
export const errorCodesOf = (document: OpenApiDocument): ErrorCode[] => {
  const codes = new Map<string, ErrorCode>()
  for (const { responses } of operationsIn(document))
    for (const [status, { body }] of Object.entries(responses))
      for (const [name, example] of Object.entries(status.startsWith('2') ? {} : (body?.examples ?? {}))) {
        const { summary = '', description = '', 'x-retry': retry } = example
        const known = codes.get(name) ?? { name, statuses: [], meaning: summary, advice: description, retry }
        if (!known.statuses.includes(status)) known.statuses.push(status)
        codes.set(name, known)
      }
  return [...codes.values()].sort((one, other) => Number(one.statuses[0]) - Number(other.statuses[0]))
}

const retryWords = (t: Translate) => ({ never: t('no retry'), later: t('retry later'), same_key: t('retry with the same key') })

const errors = (document: OpenApiDocument, t: Translate) =>
  table(
    [t('Code'), t('Status'), t('Meaning'), t('What to do'), t('Retry')],
    errorCodesOf(document).map(({ name, statuses, meaning, advice, retry }) => [
      anchored(anchors.error(name), name),
      listText(
        statuses.map((status) => `${status} ${STATUS_CODES[status]}`),
        t,
      ),
      meaning,
      oneLine(advice),
      retryWords(t)[retry ?? 'never'],
    ]),
  )

/** Schemas of the payment methods by type, in the document's order. */
const methodsOf = (document: OpenApiDocument): [type: string, schema: SchemaObject][] =>
  Object.entries(schemaOf(document, 'PaymentDetailsRequest').discriminator?.mapping ?? {}).map(([type, $ref]) => [
    type,
    resolveRef(document, { $ref }),
  ])

const paymentMethods = (document: OpenApiDocument, t: Translate) => {
  const create = operationsIn(document).find(({ operationId }) => operationId === 'createPayment')
  const responses = create?.responses['200']?.body?.examples ?? {}
  return table(
    [t('Payment method'), t('Type'), t('How it works'), t('Status')],
    methodsOf(document).map(([type, schema]) => [
      `[${schema.title}](#${anchors.variant('createPayment', type)})`,
      code(type),
      firstSentence(String(schema.description)),
      code((responses[type]!.value as { status: string }).status),
    ]),
  )
}

/** Stores that a konbini payment can name. */
const stores = (document: OpenApiDocument, t: Translate) => {
  const { store } = schemaOf(document, 'KonbiniRequest').properties ?? {}
  const names = (store as SchemaObject)['x-enum-meanings'] as Record<string, string>
  return table(
    [t('Store'), t('Value')],
    Object.entries(names).map(([value, name]) => [name, code(value)]),
  )
}

const currencies = (document: OpenApiDocument, t: Translate) => {
  const payment = schemaOf(document, 'PaymentCurrency').enum as string[]
  const account = schemaOf(document, 'AccountCurrency').enum as string[]
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  const decimals = (currency: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
  return table(
    [t('Currency'), t('Name'), t('Decimals'), t('Payments'), t('Accounts')],
    [...new Set([...payment, ...account])].map((currency) => [
      code(currency),
      t(names.of(currency)!),
      String(decimals(currency)),
      payment.includes(currency) ? t('yes') : t('no'),
      account.includes(currency) ? t('yes') : t('no'),
    ]),
  )
}

const statuses = (document: OpenApiDocument, t: Translate) =>
  table(
    [t('Status'), t('Meaning')],
    Object.entries(schemaOf(document, 'PaymentStatus')['x-enum-meanings'] as Record<string, string>).map(([status, meaning]) => [
      code(status),
      meaning,
    ]),
  )

const filters = (document: OpenApiDocument, t: Translate) => {
  const list = operationsIn(document).find(({ operationId }) => operationId === 'listPayments')
  return table(
    [t('Parameter'), t('Meaning'), t('Default')],
    (list?.parameters ?? []).map(({ name, description, schema }) => [
      code(name),
      oneLine(description),
      (schema as SchemaObject).default === undefined ? '' : code(String((schema as SchemaObject).default)),
    ]),
  )
}

const webhooks = (document: OpenApiDocument, t: Translate) =>
  table(
    [t('Event'), t('When')],
    Object.entries<{ post: { operationId: string; description: string } }>(document.webhooks).map(([name, { post }]) => [
      `[${name}](#${post.operationId})`,
      oneLine(post.description),
    ]),
  )

const testValues = (document: OpenApiDocument, t: Translate) => {
  const titles = Object.fromEntries(methodsOf(document).map(([type, { title }]) => [type, title]))
  return Object.entries(testValuesOf(document))
    .flatMap(([type, properties]) =>
      Object.entries(properties).map(([property, values]) => {
        const rows = values.map(({ value, error, brand, balance, local = false }) => [
          local ? withNote(anchored(anchors.testValue(value), value), t('sandbox only'), t) : anchored(anchors.testValue(value), value),
          error ? t('fails with {code}', { code: code(error) }) : t('succeeds'),
          brand ?? (balance === undefined ? '' : t('balance of {balance}', { balance: balance.toLocaleString('en') })),
        ])
        return `## ${titles[type]}\n\n${t('Numbers for {property}:', { property: code(`payment_details[${property}]`) })}\n\n${table([t('Number'), t('Result'), t('Card')], rows)}`
      }),
    )
    .join('\n\n')
}

/** Tables by the name under which a guide calls for them, for example `{{errors}}`. */
export const tables: Record<string, (document: OpenApiDocument, t: Translate) => string> = {
  errors,
  payment_methods: paymentMethods,
  stores,
  currencies,
  statuses,
  filters,
  webhooks,
  test_values: testValues,
}
