/** Build step: the module of the typed client, with a method for each operation of the document. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { type OpenApiDocument, type Operation, operationsOf, type Schema, type SchemaObject } from '../../src/document.ts'
import { type Remember, rememberNothing } from '../build/cache.ts'
import { BuildError, projectFolder, runStep, writeWhole } from '../build/step.ts'
import { type ClientContext, methodOf } from './method.ts'
import { methodNameOf, queryTypeOf, resourceOf, typeNameOf } from './naming.ts'

const banner = '/** Client of generated/openapi.yaml. Written by `npm run build`: edit spec/ or scripts/client/ instead. */'

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')

/** The text as Biome formats the rest of the project. */
const formatted = async (text: string) => {
  // Generated files are left out of Biome's configuration, so the text goes by another name.
  const args = [biome, 'format', '--stdin-file-path=src/client/generated.ts']
  const running = promisify(execFile)(process.execPath, args, { cwd: projectFolder })
  running.child.stdin?.end(text)
  const { stdout } = await running.catch(({ stderr }: { stderr: string }) => {
    throw new BuildError(`Biome cannot format the client:\n${stderr}`)
  })
  return stdout
}

const indented = (text: string, indent: string) => text.replaceAll(/^(?=.)/gm, indent)

/** Names of the query's parameters that are times. */
const timesOf = ({ parameters }: Operation) =>
  parameters
    .filter(
      ({ schema }) =>
        typeof schema === 'object' &&
        [schema, ...(schema.anyOf ?? [])].some((one) => typeof one === 'object' && one.format === 'date-time'),
    )
    .map(({ name }) => `'${name}'`)
    .join(' | ') || 'never'

/** The known values of the open set of error codes. */
const codesOf = (document: OpenApiDocument) => {
  const [known] = (document.components.schemas.ErrorCode as SchemaObject).anyOf ?? []
  const values = (typeof known === 'object' && 'enum' in known && known.enum) || []
  if (!values.length) throw new BuildError('ErrorCode lists no known codes: its first member has no enum.')
  return values.map(String)
}

const resourceClass = (tag: string, description: string, operations: Operation[], context: ClientContext) => {
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
 * @param remember keeps what the last build made of the same text
 * @returns text of a module that exports `Komoju`, `createKomojuClient`, a class a tag and the types of queries and webhooks
 * @throws {BuildError} for an operation whose name or schema fits no method
 */
export const clientOf = async (json: string, remember: Remember = rememberNothing): Promise<string> => {
  const document = JSON.parse(json) as OpenApiDocument
  const operations = operationsOf(document)
  const context: ClientContext = { document, operations, types: new Set(), declarations: new Set() }
  const byTag = Map.groupBy(operations, ({ tag }) => tag)
  const tags = (document.tags as { name: string; description: string }[]).filter(({ name }) => byTag.has(name))

  const queries = operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query'))
  const events = Object.entries<{ post: { requestBody: { content: Record<string, { schema: Schema }> } } }>(document.webhooks ?? {}).map(
    ([name, { post }]) => typeNameOf(post.requestBody.content['application/json']?.schema, `Body of the webhook ${name}`, context.types),
  )
  const codes = codesOf(document)
  const classes = tags.map(({ name, description }) => resourceClass(name, description, byTag.get(name) ?? [], context))

  const text = `${banner}
import { type ApiPromise, type Call, callOf, type Pages, pagesOf } from '../src/client/call.ts'
import type { CallOptions, KomojuOptions } from '../src/client/options.ts'
import { type RawClient, rawClientOf } from '../src/client/raw.ts'
import type { BodyInput, Choosing, Chosen, QueryInput } from '../src/client/select.ts'
import type { ${[...context.types, 'operations', 'paths'].join(', ')} } from './schema.d.ts'

/** Address of the API. */
const home = '${document.servers[0].url}'

/** openapi-fetch's client of the API, which takes the options of a call beside its own. */
export type KomojuClient = RawClient<paths>

/**
 * Makes openapi-fetch's client of the API, for its middleware and for what the methods of \`Komoju\` leave out: \`client.POST('/payments', { body })\` resolves to \`{ data, error, response }\`.
 * @throws {TypeError} where the secret key is missing, or an option needs one of the \`dangerously…\` options
 */
export const createKomojuClient = (options: KomojuOptions): KomojuClient => rawClientOf<paths>(options, home)

${queries.map((operation) => `/** Filters of \`${operation.operationId}\`. */\nexport type ${queryTypeOf(operation)} = QueryInput<NonNullable<operations['${operation.operationId}']['parameters']['query']>, ${timesOf(operation)}>`).join('\n\n')}

/** Event of a webhook; \`type\` tells what happened. */
export type WebhookEvent = ${events.join(' | ')}

const knownCodes = /^(?:${codes.join('|')})$/

/** Code of an error that this version knows. KOMOJU can add codes. */
export type KnownErrorCode = ${codes.map((code) => `'${code}'`).join(' | ')}

/** Whether this version knows the code of an error, for a \`switch\` over \`error.code\` that the compiler checks. */
export const isKnownCode = (code: string): code is KnownErrorCode => knownCodes.test(code)

${[...context.declarations, ...classes].join('\n\n')}

/**
 * Client of the API, with a method for every operation.
 * @example
 * const komoju = new Komoju({ secretKey: process.env.KOMOJU_SECRET_KEY })
 */
export class Komoju {
${tags.map(({ name, description }) => `  /** ${description} */\n  readonly ${resourceOf(name)}: ${name}`).join('\n')}

  /** @throws {TypeError} where the secret key is missing, or an option needs one of the \`dangerously…\` options */
  constructor(options: KomojuOptions) {
    const call = callOf(options, home)
${tags.map(({ name }) => `    this.${resourceOf(name)} = new ${name}(call)`).join('\n')}
  }
}
`
  // Few changes of the document change the client, and Biome takes longer than the rest.
  return remember('format', [text], () => formatted(text))
}

if (import.meta.main)
  await runStep(async () => {
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    writeWhole(resolve(projectFolder, 'generated/client.ts'), await clientOf(json))
  })
