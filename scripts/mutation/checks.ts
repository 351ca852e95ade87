/** Checks of the document against the corpus. On the document itself every check holds; on a mutant at least one has to fail. */
import { isDeepStrictEqual } from 'node:util'
import { type OpenApiDocument, type Operation, operationsOf, resolveRef, type Schema, type SchemaObject } from '../../src/document.ts'
import { createRequestCheck } from '../../src/server/request-check.ts'
import { createValidator, type Validator } from '../../src/validator.ts'
import type { Corpus, OperationVerdicts, ParameterVerdicts } from './corpus.ts'

/** A document under test. Its validator is made at the first use: most mutants die without one. */
export type JudgedDocument = {
  document: OpenApiDocument
  readonly validator: Validator
  /** Operations by their id, and webhooks by their name. */
  readonly operations: Map<string, Operation>
}
export type VerdictCheck = {
  name: string
  /** Schema that the check looks at, undefined where it looks at the HTTP side. */
  schema?: string
  passes: (subject: JudgedDocument) => boolean
}

export const judgedDocumentOf = (document: OpenApiDocument): JudgedDocument => {
  let validator: Validator | undefined
  let operations: Map<string, Operation> | undefined
  return {
    document,
    get operations() {
      operations ??= new Map([
        ...operationsOf(document).map((operation) => [operation.operationId, operation] as const),
        ...operationsOf({ ...document, paths: document.webhooks }).map((webhook) => [webhook.path, webhook] as const),
      ])
      return operations
    },
    get validator() {
      validator ??= createValidator(document)
      return validator
    },
  }
}

const schemaRefs = new Map<string, { $ref: string }>()
/** Reference to a schema, one object a name: the validator compiles a schema once an object. */
export const schemaRef = (name: string) => {
  if (!schemaRefs.has(name)) schemaRefs.set(name, { $ref: `#/components/schemas/${name}` })
  return schemaRefs.get(name)!
}

const sameSet = (a: string[], b: string[]) => isDeepStrictEqual(a.toSorted(), b.toSorted())

/** Whether a parameter takes a value: text passes through the check of requests, as the only parameter of one. */
const accepts = (operation: Operation, { validator }: JudgedDocument, name: string, { in: where }: ParameterVerdicts, text: unknown) => {
  const parameters = operation.parameters.filter((other) => other.name === name)
  if (typeof text !== 'string') return parameters.every(({ schema }) => validator.conforms(schema, text))
  const check = createRequestCheck({ ...operation, parameters }, validator)
  try {
    check.parameters(
      where === 'path' ? { [name]: text } : {},
      new URLSearchParams(where === 'query' ? { [name]: text } : {}),
      where === 'header' ? { [name.toLowerCase()]: text } : {},
    )
    return true
  } catch {
    return false
  }
}

const parameterChecks = (operationId: string, find: Find, name: string, verdicts: ParameterVerdicts): VerdictCheck[] => {
  const parameterOf = (subject: JudgedDocument) => find(subject)?.parameters.find((other) => other.name === name)
  return [
    {
      name: `${operationId} has ${verdicts.required || verdicts.in === 'path' ? 'a required' : 'an optional'} ${verdicts.in} parameter ${name}`,
      passes: (subject) => {
        const parameter = parameterOf(subject)
        const comma = (parameter as { explode?: boolean } | undefined)?.explode === false
        return (
          parameter?.in === verdicts.in &&
          parameter.required === (verdicts.required ?? verdicts.in === 'path') &&
          comma === (verdicts.commas ?? false)
        )
      },
    },
    {
      name: `${operationId} has ${verdicts.default === undefined ? 'no default' : `${verdicts.default}`} where ${name} is left out`,
      passes: (subject) => isDeepStrictEqual((parameterOf(subject)?.schema as SchemaObject | undefined)?.default, verdicts.default),
    },
    ...[true, false].flatMap((verdict) =>
      (verdict ? verdicts.accepts : verdicts.rejects).map((text) => ({
        name: `${operationId} ${verdict ? 'takes' : 'rejects'} ${name} ${JSON.stringify(text)}`,
        passes: (subject: JudgedDocument) => accepts(find(subject)!, subject, name, verdicts, text) === verdict,
      })),
    ),
  ]
}

type Find = (subject: JudgedDocument) => Operation | undefined

const bodyChecks = (operationId: string, { body, route }: OperationVerdicts): VerdictCheck[] => {
  const rawBody = ({ document }: JudgedDocument) => {
    const [method = 'post', path = ''] = route?.split(' ') ?? []
    const item = route ? document.paths[path]?.[method.toLowerCase()] : document.webhooks[operationId]?.post
    return item?.requestBody
  }
  const required = route ? body?.required : true
  const mediaTypes = route ? ['application/json', 'application/x-www-form-urlencoded'] : ['application/json']
  return [
    {
      name: `${operationId} takes ${required === undefined ? 'no body' : required ? 'a body' : 'a body or none'}`,
      passes: (subject) => rawBody(subject)?.required === required,
    },
    ...(required === undefined
      ? []
      : [
          {
            name: `${operationId} takes ${mediaTypes.join(' and ')}, with the same schema and examples`,
            passes: (subject: JudgedDocument) => {
              const content = rawBody(subject)?.content ?? {}
              const [first, ...others] = mediaTypes.map((type) => content[type])
              return (
                sameSet(Object.keys(content), mediaTypes) &&
                others.every((other) => isDeepStrictEqual(other.schema, first.schema) && isDeepStrictEqual(other.examples, first.examples))
              )
            },
          },
          {
            name: `${operationId} sends ${body?.nested?.join(', ') ?? 'nothing'} in brackets`,
            passes: (subject: JudgedDocument) => {
              const encoding = rawBody(subject)?.content['application/x-www-form-urlencoded']?.encoding ?? {}
              const nested = Object.entries<{ style?: string; explode?: boolean }>(encoding)
                .filter(([, { style, explode }]) => style === 'deepObject' && explode)
                .map(([name]) => name)
              return sameSet(nested, body?.nested ?? [])
            },
          },
          {
            name: `${operationId} takes its examples and rejects a list`,
            passes: (subject: JudgedDocument) => {
              const { schema, examples } = rawBody(subject).content['application/json']
              const values = Object.values(examples).map((example) => resolveRef(subject.document, example).value)
              return (
                schema !== undefined &&
                values.every((value) => subject.validator.conforms(schema, value)) &&
                !subject.validator.conforms(schema, [])
              )
            },
          },
        ]),
  ]
}

const responseChecks = (
  operationId: string,
  find: Find,
  { responses, body }: OperationVerdicts,
  headers: Corpus['headers'],
): VerdictCheck[] => [
  {
    name: `${operationId} returns ${Object.keys(responses).join(', ')}`,
    passes: (subject) => sameSet(Object.keys(find(subject)?.responses ?? {}), Object.keys(responses)),
  },
  ...Object.entries(responses).flatMap(([status, keys]): VerdictCheck[] => [
    {
      name: `${operationId} shows ${keys.join(', ')} with ${status}`,
      passes: (subject) => sameSet(Object.keys(find(subject)?.responses[status]?.body?.examples ?? {}), keys),
    },
    {
      name: `${operationId} sends ${Object.keys(headers[status] ?? {}).join(', ') || 'no header'} with ${status}`,
      passes: (subject) => sameSet(Object.keys(find(subject)?.responses[status]?.headers ?? {}), Object.keys(headers[status] ?? {})),
    },
    ...Object.entries(headers[status] ?? {}).flatMap(([header, verdicts]) =>
      [true, false].flatMap((verdict) =>
        (verdict ? verdicts.accepts : verdicts.rejects).map((value) => ({
          name: `${operationId} ${verdict ? 'sends' : 'never sends'} ${header} ${JSON.stringify(value)} with ${status}`,
          passes: (subject: JudgedDocument) => {
            const { schema } = find(subject)!.responses[status]!.headers[header] as { schema: Schema }
            return subject.validator.conforms(schema, value) === verdict
          },
        })),
      ),
    ),
    {
      name: `${operationId} describes its body with ${status}`,
      passes: (subject) => {
        const response = find(subject)?.responses[status]?.body
        if (keys.length === 0) return response === undefined
        return (
          response?.schema !== undefined &&
          !subject.validator.conforms(response.schema, {}) &&
          Object.values(response.examples).every(({ value }) => subject.validator.conforms(response.schema, value))
        )
      },
    },
  ]),
  {
    name: `${operationId} responds to every request that it shows`,
    passes: (subject) => !body || sameSet(Object.keys(find(subject)?.request?.examples ?? {}), responses['200'] ?? []),
  },
]

const operationChecks = (name: string, find: Find, verdicts: OperationVerdicts, headers: Corpus['headers']): VerdictCheck[] => [
  { name: `${name} exists`, passes: (subject) => find(subject) !== undefined },
  {
    name: `${name} has the parameters ${Object.keys(verdicts.parameters ?? {}).join(', ')}`,
    passes: (subject) => sameSet(find(subject)?.parameters.map(({ name }) => name) ?? [], Object.keys(verdicts.parameters ?? {})),
  },
  ...responseChecks(name, find, verdicts, headers),
  ...bodyChecks(name, verdicts),
  ...Object.entries(verdicts.parameters ?? {}).flatMap(([parameter, one]) => parameterChecks(name, find, parameter, one)),
]

const basic = { type: 'http', scheme: 'basic' }

const documentChecks = ({ servers, operations, webhooks }: Corpus): VerdictCheck[] => [
  {
    name: `servers are ${servers.join(', ')}`,
    passes: ({ document }) => {
      const filled = document.servers.map(({ url, variables = {} }: { url: string; variables?: Record<string, { default: string }> }) =>
        url.replaceAll(/\{(\w+)\}/g, (_match, name) => variables[name]?.default ?? ''),
      )
      return sameSet(filled, servers)
    },
  },
  {
    name: 'every operation needs the secret key by HTTP Basic, no webhook does',
    passes: ({ document }) => {
      const scheme = document.components.securitySchemes?.secretKey
      const needed = (operation: { security?: unknown }) => operation.security ?? document.security
      const methodsOf = (item: Record<string, unknown>) => ['get', 'post', 'patch'].flatMap((method) => (item[method] as object) ?? [])
      return (
        isDeepStrictEqual({ type: scheme?.type, scheme: scheme?.scheme }, basic) &&
        Object.values<Record<string, unknown>>(document.paths).flatMap(methodsOf).every((one) => isDeepStrictEqual(needed(one), [{ secretKey: [] }])) &&
        Object.values<Record<string, unknown>>(document.webhooks).flatMap(methodsOf).every((one) => isDeepStrictEqual(needed(one), []))
      )
    },
  },
  {
    name: 'there is no other operation and no other webhook',
    passes: ({ document }) =>
      sameSet(operationsOf(document).map(({ operationId }) => operationId), Object.keys(operations)) &&
      sameSet(Object.keys(document.webhooks), Object.keys(webhooks)),
  },
] // biome-ignore format: reads as a list

const schemaChecks = ({ messages, tags }: Corpus): VerdictCheck[] => [
  ...messages.map(({ schema, value, conforms, why }) => ({
    name: `${schema} ${why}`,
    schema,
    passes: ({ validator }: JudgedDocument) => validator.conforms(schemaRef(schema), value) === conforms,
  })),
  // The right member of a union explains what is wrong with a message; without it the message of another method would appear.
  ...Object.entries(tags).flatMap(([schema, { property, values }]) => [
    ...values.map((tag) => ({
      name: `${schema} explains ${tag} by its own member`,
      schema,
      passes: ({ validator }: JudgedDocument) => {
        const found = validator.violations(schemaRef(schema), { [property]: tag, email: 5 })
        return found.some(({ path }) => path[0] === 'email') && found.every(({ rule }) => rule !== 'unknown_tag')
      },
    })),
    {
      name: `${schema} names its members where ${property} is unknown`,
      schema,
      passes: ({ validator }: JudgedDocument) => {
        const [violation] = validator.violations(schemaRef(schema), { [property]: 'unheard-of' })
        return violation?.rule === 'unknown_tag' && values.every((tag) => violation.message.includes(tag))
      },
    },
  ]),
]

/** All checks of a corpus. */
export const checksOf = (corpus: Corpus): VerdictCheck[] => {
  const find = (name: string) => (subject: JudgedDocument) => subject.operations.get(name)
  return [
    ...documentChecks(corpus),
    ...Object.entries(corpus.operations).flatMap(([name, verdicts]) => [
      {
        name: `${name} is ${verdicts.route}`,
        passes: (subject: JudgedDocument) => {
          const operation = find(name)(subject)
          return `${operation?.method} ${operation?.path}` === verdicts.route
        },
      },
      ...operationChecks(name, find(name), verdicts, corpus.headers),
    ]),
    ...Object.entries(corpus.webhooks).flatMap(([name, verdicts]) => [
      ...operationChecks(name, find(name), { ...verdicts, responses: { 200: [] } }, {}),
      {
        name: `${name} carries an event of that type`,
        passes: (subject: JudgedDocument) =>
          Object.values(find(name)(subject)?.request?.examples ?? {}).some(({ value }) => (value as { type?: string }).type === name),
      },
    ]),
    ...schemaChecks(corpus),
  ]
}
