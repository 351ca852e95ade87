/** Tables of the guides, made from the document. */
import { STATUS_CODES } from 'node:http'
import { type Example, type OpenApiDocument, operationsOf, resolveRef, type SchemaObject } from '../../src/document.ts'
import { testValuesOf } from '../../src/server/scenarios.ts'

const code = (text: string) => `\`${text}\``

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
  for (const { responses } of operationsOf(document))
    for (const [status, { body }] of Object.entries(responses))
      for (const [name, example] of Object.entries(status.startsWith('2') ? {} : (body?.examples ?? {}))) {
        const { summary = '', description = '', 'x-retry': retry } = example
        const known = codes.get(name) ?? { name, statuses: [], meaning: summary, advice: description, retry }
        if (!known.statuses.includes(status)) known.statuses.push(status)
        codes.set(name, known)
      }
  return [...codes.values()].sort((one, other) => Number(one.statuses[0]) - Number(other.statuses[0]))
}

const retryWords = { never: 'no retry', later: 'retry later', same_key: 'retry with the same key' }

const errors = (document: OpenApiDocument) =>
  table(
    ['Code', 'Status', 'Meaning', 'What to do', 'Retry'],
    errorCodesOf(document).map(({ name, statuses, meaning, advice, retry }) => [
      code(name),
      statuses.map((status) => `${status} ${STATUS_CODES[status]}`).join(', '),
      meaning,
      oneLine(advice),
      retryWords[retry ?? 'never'],
    ]),
  )

/** Schemas of the payment methods by type, in the document's order. */
const methodsOf = (document: OpenApiDocument): [type: string, schema: SchemaObject][] =>
  Object.entries(schemaOf(document, 'PaymentDetailsRequest').discriminator?.mapping ?? {}).map(([type, $ref]) => [
    type,
    resolveRef(document, { $ref }),
  ])

const paymentMethods = (document: OpenApiDocument) => {
  const create = operationsOf(document).find(({ operationId }) => operationId === 'createPayment')
  const responses = create?.responses['200']?.body?.examples ?? {}
  return table(
    ['Payment method', 'Type', 'How it works', 'Status'],
    methodsOf(document).map(([type, schema]) => [
      `[${schema.title}](#operation/createPayment/ex=${type})`,
      code(type),
      oneLine(String(schema.description)).split(/(?<=\.) /)[0]!,
      code((responses[type]!.value as { status: string }).status),
    ]),
  )
}

const currencies = (document: OpenApiDocument) => {
  const payment = schemaOf(document, 'PaymentCurrency').enum as string[]
  const account = schemaOf(document, 'AccountCurrency').enum as string[]
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  const decimals = (currency: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
  return table(
    ['Currency', 'Name', 'Decimals', 'Payments', 'Accounts'],
    [...new Set([...payment, ...account])].map((currency) => [
      code(currency),
      names.of(currency)!,
      String(decimals(currency)),
      payment.includes(currency) ? 'yes' : 'no',
      account.includes(currency) ? 'yes' : 'no',
    ]),
  )
}

const statuses = (document: OpenApiDocument) =>
  table(
    ['Status', 'Meaning'],
    Object.entries(schemaOf(document, 'PaymentStatus')['x-enum-meanings'] as Record<string, string>).map(([status, meaning]) => [
      code(status),
      meaning,
    ]),
  )

const filters = (document: OpenApiDocument) => {
  const list = operationsOf(document).find(({ operationId }) => operationId === 'listPayments')
  return table(
    ['Parameter', 'Meaning', 'Default'],
    (list?.parameters ?? []).map(({ name, description, schema }) => [
      code(name),
      oneLine(description),
      (schema as SchemaObject).default === undefined ? '' : code(String((schema as SchemaObject).default)),
    ]),
  )
}

const webhooks = (document: OpenApiDocument) =>
  table(
    ['Event', 'When'],
    Object.entries<{ post: { operationId: string; description: string } }>(document.webhooks).map(([name, { post }]) => [
      `[${name}](#operation/${post.operationId})`,
      oneLine(post.description),
    ]),
  )

const testValues = (document: OpenApiDocument) => {
  const titles = Object.fromEntries(methodsOf(document).map(([type, { title }]) => [type, title]))
  return Object.entries(testValuesOf(document))
    .flatMap(([type, properties]) =>
      Object.entries(properties).map(([property, values]) => {
        const rows = values.map(({ value, error, brand, balance, local = false }) => [
          `${code(value)}${local ? ' (sandbox only)' : ''}`,
          error ? `fails with ${code(error)}` : 'succeeds',
          brand ?? (balance === undefined ? '' : `balance of ${balance}`),
        ])
        return `## ${titles[type]}\n\nNumbers for ${code(`payment_details[${property}]`)}:\n\n${table(['Number', 'Result', 'Card'], rows)}`
      }),
    )
    .join('\n\n')
}

/** Tables by the name under which a guide calls for them, for example `{{errors}}`. */
export const tables: Record<string, (document: OpenApiDocument) => string> = {
  errors,
  payment_methods: paymentMethods,
  currencies,
  statuses,
  filters,
  webhooks,
  test_values: testValues,
}
