/**
 * The corpus: messages with the verdict that each deserves, written by hand in tests/spec/verdicts.
 * It reads bodies out of the document's examples and nothing else, so that a changed constraint cannot change what is expected of it.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parse, type ScalarTag } from 'yaml'
import { type OpenApiDocument, operationsOf } from '../../src/document.ts'
import { projectFolder } from '../build/step.ts'
import { edited, type Path } from './mutants.ts'

/** Message that conforms to a schema, or does not. */
export type Message = { schema: string; value: unknown; conforms: boolean; why: string }

/** Values that a parameter or header takes and rejects. Text is what a URL or a header carries, anything else is a value as it is. */
export type ValueVerdicts = { accepts: unknown[]; rejects: unknown[] }
export type ParameterVerdicts = ValueVerdicts & {
  in: 'path' | 'query' | 'header'
  required?: boolean
  /** Whether several values travel in one, separated by commas. */
  commas?: boolean
  default?: unknown
}
export type OperationVerdicts = {
  /** Method and path; a webhook has none. */
  route?: string
  parameters?: Record<string, ParameterVerdicts>
  /** Undefined where the operation takes no body. `nested` are the properties that a form sends in brackets. */
  body?: { required: boolean; nested?: string[] }
  /** Keys of the examples by status. */
  responses: Record<string, string[]>
}
export type Corpus = {
  messages: Message[]
  /** Property that tells the members of a union apart, and its values, by schema. */
  tags: Record<string, { property: string; values: string[] }>
  operations: Record<string, OperationVerdicts>
  webhooks: Record<string, OperationVerdicts>
  /** Headers of a response, by status. */
  headers: Record<string, Record<string, ValueVerdicts>>
  /** Addresses of the servers, their variables filled in. */
  servers: string[]
}

type Verdicts = Record<string, unknown[]>
type Table = {
  /** Message that conforms. Without it, `accepts` and `rejects` are lists of whole values. */
  message?: Record<string, unknown>
  /** Properties that cannot be left out. Every other property of the message can. */
  needs?: string[]
  nullable?: boolean
  tag?: string
  /** Values by property; a dot goes a level deeper. */
  accepts?: Verdicts | unknown[]
  rejects?: Verdicts | unknown[]
}

const folder = resolve(projectFolder, 'tests/spec/verdicts')

const at = (value: unknown, path: string[]) => path.reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], value)

/** An e-mail address of exactly so many characters, each of its parts as long as it may be. */
const emailOf = (length: number) => {
  const local = 'a'.repeat(Math.min(64, length - 65))
  const labels = 'b'.repeat(length - local.length - 1).replaceAll(/.{61}(?=..)/g, (label) => `${label.slice(1)}.`)
  return `${local}@${labels}`
}

/** Tags of the corpus: `!text 255`, `!email 255`, `!request createPayment/konbini/payment_details`, `!example …` for the response to it. */
const tagsFor = (document: OpenApiDocument): ScalarTag[] => {
  const operations = operationsOf(document)
  const exampleAt = (text: string, side: 'request' | 'response') => {
    const [operationId, key = '', ...path] = text.split('/')
    const operation = operations.find((other) => other.operationId === operationId)
    const body = side === 'request' ? operation?.request : operation?.responses['200']?.body
    return at(body?.examples[key]?.value, path)
  }
  return [
    { tag: '!text', resolve: (text) => 'a'.repeat(Number(text)) },
    { tag: '!email', resolve: (text) => emailOf(Number(text)) },
    { tag: '!request', resolve: (text) => exampleAt(text, 'request') },
    { tag: '!example', resolve: (text) => exampleAt(text, 'response') },
  ]
}

const shownValue = (value: unknown) => {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const wholeMessages = (schema: string, { accepts = [], rejects = [] }: Table): Message[] => {
  const of = (values: unknown[], conforms: boolean) =>
    values.map((value) => ({ schema, value, conforms, why: `${conforms ? 'takes' : 'rejects'} ${shownValue(value)}` }))
  return [...of(accepts as unknown[], true), ...of(rejects as unknown[], false)]
}

const objectMessages = (schema: string, { message, needs = [], nullable = false, accepts = {}, rejects = {} }: Table): Message[] => {
  const pathOf = (name: string): Path => name.split('.')
  const without = (name: string) => edited(message, pathOf(name), undefined)
  const optional = Object.keys(message!).filter((name) => !needs.includes(name))
  const altered = (verdicts: Verdicts, conforms: boolean) =>
    Object.entries(verdicts).flatMap(([name, values]) =>
      values.map((value) => ({
        schema,
        value: edited(message, pathOf(name), value),
        conforms,
        why: `${conforms ? 'takes' : 'rejects'} ${name}: ${shownValue(value)}`,
      })),
    )
  return [
    { schema, value: message, conforms: true, why: 'takes a whole message' },
    ...needs.map((name) => ({ schema, value: without(name), conforms: false, why: `needs ${name}` })),
    ...optional.map((name) => ({ schema, value: without(name), conforms: true, why: `does not need ${name}` })),
    ...['text', []].map((value) => ({ schema, value, conforms: false, why: `is an object, not ${JSON.stringify(value)}` })),
    { schema, value: null, conforms: nullable, why: nullable ? 'takes null' : 'rejects null' },
    ...altered(accepts as Verdicts, true),
    ...altered(rejects as Verdicts, false),
  ]
}

/**
 * Reads the corpus.
 * @param document the document whose examples the corpus names
 */
export const readCorpus = (document: OpenApiDocument): Corpus => {
  const customTags = tagsFor(document)
  const read = (file: string) => parse(readFileSync(resolve(folder, file), 'utf8'), { customTags, merge: true })
  const files = globSync('**/*.yaml', { cwd: folder }).sort()
  const tables = files
    .filter((file) => basename(file) !== 'operations.yaml')
    .flatMap((file) => Object.entries(read(file) as Record<string, Table | Table[]>))
    .flatMap(([schema, table]) => [table].flat().map((one) => [schema, one] as const))
  const tagValues = (table: Table) => (table.accepts as Record<string, string>[]).map((value) => value[table.tag!]!)
  const { operations, webhooks, headers, servers } = read('operations.yaml') as Pick<
    Corpus,
    'operations' | 'webhooks' | 'headers' | 'servers'
  >
  return {
    messages: tables.flatMap(([schema, table]) => (table.message ? objectMessages : wholeMessages)(schema, table)),
    tags: Object.fromEntries(
      tables.flatMap(([schema, table]) => (table.tag ? [[schema, { property: table.tag, values: tagValues(table) }]] : [])),
    ),
    operations,
    webhooks,
    headers,
    servers,
  }
}
