/** Build step: the methods of the typed client, one for each operation of the document. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type OpenApiDocument,
  type Operation,
  type OperationResponse,
  operationsOf,
  resolveRef,
  type Schema,
  type SchemaObject,
} from '../src/document.ts'
import { BuildError, projectFolder, runStep, writeWhole } from './step.ts'

const banner = '/** Client of generated/openapi.yaml. Written by `npm run build`: edit spec/ or scripts/client.ts instead. */'

const schemaPrefix = '#/components/schemas/'

type Context = {
  document: OpenApiDocument
  operations: Operation[]
  /** Names of the types that the client imports, collected while it is written. */
  types: Set<string>
}

/** Name of the type of a schema, which has to be a component to have one. */
const typeNameOf = (schema: Schema | undefined, what: string, { types }: Context) => {
  const $ref = typeof schema === 'object' ? schema.$ref : undefined
  if (!$ref?.startsWith(schemaPrefix)) throw new BuildError(`${what} has no name: move its schema to spec/components/schemas/.`)
  const name = $ref.slice(schemaPrefix.length)
  types.add(name)
  return name
}

const resourceOf = (tag: string) => tag.charAt(0).toLowerCase() + tag.slice(1)

/** `createPayment` of the tag Payments is `create`; an operation on something else keeps its name: `requestRefund`. */
const methodNameOf = ({ operationId, tag }: Operation) => {
  const [, verb, noun] = /^([a-z]+)(.*)$/.exec(operationId)!
  return noun === tag || `${noun}s` === tag ? verb! : operationId
}

const indented = (text: string, indent: string) => text.replaceAll(/^(?=.)/gm, indent)

const jsDoc = (paragraphs: string[]) => {
  const lines = paragraphs.filter(Boolean).join('\n\n').split('\n')
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`
}

/** Errors particular to an operation, by their status; those that most operations share are left out of its documentation. */
const ownErrorsOf = ({ responses }: Operation, operations: Operation[]) => {
  const isOwn = ([status, { description }]: [string, OperationResponse]) =>
    status !== '200' && operations.filter((other) => other.responses[status]?.description === description).length <= operations.length / 2
  return Object.entries(responses)
    .filter(isOwn)
    .map(([status, { description }]) => `${status}: ${description}`)
}

/** Unions told apart by a property that a schema's properties hold, by the property that holds them. */
const choicesOf = (document: OpenApiDocument, schema: Schema | undefined) => {
  const membersOf = ({ oneOf = [], anyOf = [], allOf = [] }: SchemaObject) => [...oneOf, ...anyOf, ...allOf]
  const tagOf = (node: Schema): string | undefined => {
    const resolved = resolveRef(document, node) as SchemaObject
    return resolved.discriminator?.propertyName ?? membersOf(resolved).map(tagOf).find(Boolean)
  }
  const found = new Map<string, string>()
  const collect = (node: Schema) => {
    const resolved = resolveRef(document, node) as SchemaObject
    for (const [key, property] of Object.entries(resolved.properties ?? {})) {
      const tag = tagOf(property)
      if (tag) found.set(key, tag)
    }
    for (const member of membersOf(resolved)) collect(member)
  }
  if (schema) collect(schema)
  return found
}

/** Source of one method. */
const methodOf = (operation: Operation, context: Context) => {
  const { document, operations } = context
  const { operationId, method, path, summary, description, parameters, request, responses } = operation
  const ids = parameters.filter((parameter) => parameter.in === 'path')
  const hasQuery = parameters.some((parameter) => parameter.in === 'query')
  const responseSchema = responses['200']?.body?.schema
  const response = typeNameOf(responseSchema, `Success of ${operationId}`, context)
  const requestFields = request && (resolveRef(document, request.schema) as SchemaObject)
  const hasBody = requestFields && (requestFields.properties || requestFields.oneOf)
  const bodyType = hasBody ? typeNameOf(request?.schema, `Body of ${operationId}`, context) : ''

  // The response repeats a choice of the request where both hold a union under the same property, told apart by the same tag.
  const asked = choicesOf(document, request?.schema)
  const choice = [...choicesOf(document, responseSchema)].find(([key, tag]) => asked.get(key) === tag)
  const [key, tag] = choice ?? []
  const choose = (wrapper: string, type: string) => (choice ? `${wrapper}<${type}, '${key}', '${tag}', Choice>` : type)
  const typeParameter = choice ? `<Choice extends NonNullable<${response}['${key}']>['${tag}']>` : ''

  const signature = [
    ...ids.map(({ name }) => `${name}: string`),
    ...(hasBody ? [`body${request?.required ? '' : '?'}: ${choose('Choosing', bodyType)}`] : []),
    ...(hasQuery ? [`query?: ${queryTypeOf(operation)}`] : []),
    'options?: CallOptions',
  ]
  const parts = [
    ...(ids.length > 0 ? [`path: { ${ids.map(({ name }) => name).join(', ')} }`] : []),
    ...(hasBody ? ['body'] : []),
    ...(hasQuery ? ['query'] : []),
  ]
  // The document names operations by their operationId, the client by resource and method.
  const inClientTerms = operations.reduce(
    (text, other) => text.replaceAll(`\`${other.operationId}\``, `\`${resourceOf(other.tag)}.${methodNameOf(other)}\``),
    description.trim(),
  )
  const errors = ownErrorsOf(operation, operations)
  const tags = [
    ...ids.map(({ name, description: what }) => `@param ${name} ${what}`),
    ...(errors.length > 0 ? [`@throws {KomojuError} ${errors.join(' ')}`] : []),
  ]
  const documentation = jsDoc([`${summary}.`, inClientTerms, tags.join('\n')])

  const isList = parameters.some(({ name }) => name === 'page')
  const results = isList ? `Pages<${response}>` : `Promise<${choose('Chosen', response)}>`
  const call = `this.#call('${method}', '${path}', { ${parts.join(', ')} }, options)`
  const body = isList
    ? `return pagesOf<${response}>((page = query?.page) => ${call.replace('query }', 'query: { ...query, page } }')})`
    : `return ${call}`
  return `${documentation}\n${methodNameOf(operation)}${typeParameter}(${signature.join(', ')}): ${results} {\n  ${body}\n}`
}

const queryTypeOf = ({ operationId }: Operation) => `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`

const resourceClass = (tag: string, description: string, operations: Operation[], context: Context) => {
  const names = operations.map(methodNameOf)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new BuildError(`Two operations of the tag ${tag} would be called ${twice}. Rename one operationId.`)
  const methods = operations.map((operation) => indented(methodOf(operation, context), '  '))
  return `/** ${description} */
export class ${tag} {
  readonly #call: Call

  constructor(call: Call) {
    this.#call = call
  }

${methods.join('\n\n')}
}`
}

/**
 * Writes the client of a bundle.
 * @param json text of the bundle
 * @returns text of a module that exports `Komoju`, `createKomojuClient`, a class a tag and the types of queries and webhooks
 * @throws {BuildError} where an operation's name or schema fits no method
 */
export const clientOf = (json: string): string => {
  const document = JSON.parse(json) as OpenApiDocument
  const operations = operationsOf(document)
  const context: Context = { document, operations, types: new Set() }
  const byTag = Map.groupBy(operations, ({ tag }) => tag)
  const tags = (document.tags as { name: string; description: string }[]).filter(({ name }) => byTag.has(name))

  const queries = operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query'))
  const events = Object.entries<{ post: { requestBody: { content: Record<string, { schema: Schema }> } } }>(document.webhooks ?? {}).map(
    ([name, { post }]) => typeNameOf(post.requestBody.content['application/json']?.schema, `Body of the webhook ${name}`, context),
  )
  const classes = tags.map(({ name, description }) => resourceClass(name, description, byTag.get(name)!, context))

  return `${banner}
import { type Call, callOf, type Pages, pagesOf } from '../src/client/call.ts'
import { connect } from '../src/client/connect.ts'
import type { CallOptions, KomojuOptions } from '../src/client/options.ts'
import type { Choosing, Chosen } from '../src/client/select.ts'
import type { TypedClient } from '../src/client/typed-client.ts'
import type { ${[...context.types, 'operations', 'paths'].join(', ')} } from './schema.d.ts'

/** Address of the API. */
const home = '${document.servers[0].url}'

/** openapi-fetch client of the API, which takes the options of a call beside its own. */
export type KomojuClient = TypedClient<paths>

/**
 * Makes an openapi-fetch client of the API: \`client.POST('/payments', { body })\` resolves to \`{ data, error, response }\`.
 * @throws {TypeError} where the secret key is missing, or an option needs one of the \`dangerously…\` options
 */
export const createKomojuClient = (options: KomojuOptions): KomojuClient => connect<paths>(options, home)

${queries.map((operation) => `/** Filters of \`${operation.operationId}\`. */\nexport type ${queryTypeOf(operation)} = NonNullable<operations['${operation.operationId}']['parameters']['query']>`).join('\n\n')}

/** Event of a webhook; \`type\` tells what happened. */
export type WebhookEvent = ${events.join(' | ')}

${classes.join('\n\n')}

/**
 * Client of the API, with a method for every operation.
 * @example
 * const komoju = new Komoju({ secretKey: process.env.KOMOJU_SECRET_KEY })
 */
export class Komoju {
  /** The openapi-fetch client underneath, for its middleware and for what the methods leave out. */
  readonly client: KomojuClient
${tags.map(({ name, description }) => `  /** ${description} */\n  readonly ${resourceOf(name)}: ${name}`).join('\n')}

  /** @throws {TypeError} where the secret key is missing, or an option needs one of the \`dangerously…\` options */
  constructor(options: KomojuOptions) {
    this.client = createKomojuClient(options)
    const call = callOf(this.client)
${tags.map(({ name }) => `    this.${resourceOf(name)} = new ${name}(call)`).join('\n')}
  }
}
`
}

if (import.meta.main)
  await runStep(() => {
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    writeWhole(resolve(projectFolder, 'generated/client.ts'), clientOf(json))
  })
