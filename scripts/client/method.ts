/** Source of the client's methods. */
import {
  type OpenApiDocument,
  type Operation,
  type OperationResponse,
  resolveRef,
  type Schema,
  type SchemaObject,
} from '../../src/document.ts'
import { methodNameOf, queryTypeOf, resourceOf, typeNameOf } from './naming.ts'

export type ClientContext = {
  document: OpenApiDocument
  operations: Operation[]
  /** Names of the types that the client imports, collected while it is written. */
  types: Set<string>
  /** Declarations of types of the client's own, collected likewise. */
  declarations: Set<string>
}

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

type Choice = { key: string; tag: string; tags: string }

/** The choice of the request that the response repeats: both hold a union under the same property, told apart by the same tag. */
const choiceOf = ({ request, responses }: Operation, { document }: ClientContext): Choice | undefined => {
  const asked = choicesOf(document, request?.schema)
  const schema = responses['200']?.body?.schema
  const [key, tag] = [...choicesOf(document, schema)].find(([name, property]) => asked.get(name) === property) ?? []
  return key && tag && typeof schema === 'object' && schema.$ref
    ? { key, tag, tags: `NonNullable<${schema.$ref.split('/').at(-1)}['${key}']>['${tag}']` }
    : undefined
}

/** Type of what a caller passes for a schema: values of objects with keys of the caller's own can be dates. */
const inputOf = (document: OpenApiDocument, schema: Schema | undefined, type: string) => {
  const { properties = {} } = (schema ? resolveRef(document, schema) : {}) as SchemaObject
  const isFree = (property: Schema) => typeof (resolveRef(document, property) as SchemaObject).additionalProperties === 'object'
  const free = Object.keys(properties).filter((key) => isFree(properties[key] as Schema))
  return free.length ? `BodyInput<${type}, ${free.map((key) => `'${key}'`).join(' | ')}>` : type
}

/** Named types of a request and its response for one choice, which editors show as they are. */
const declarationsOf = ({ key, tag, tags }: Choice, bodyType: string, input: string, response: string) => [
  `/** \`${bodyType}\` whose \`${key}.${tag}\` is \`Type\`. */\nexport type ${bodyType}With<Type extends ${tags}> = Choosing<${input}, '${key}', '${tag}', Type>`,
  `/** \`${response}\` whose \`${key}.${tag}\` is \`Type\`. */\nexport type ${response}With<Type extends ${tags}> = Chosen<${response}, '${key}', '${tag}', Type>`,
]

const pathParameters = ({ parameters }: Operation) => parameters.filter((parameter) => parameter.in === 'path')

/** Documentation of a method: what the document says, in the client's terms. */
const documentationOf = (operation: Operation, { operations }: ClientContext) => {
  const { summary, description } = operation
  // The document names operations by their operationId, the client by resource and method.
  const inClientTerms = operations.reduce(
    (text, other) => text.replaceAll(`\`${other.operationId}\``, `\`${resourceOf(other.tag)}.${methodNameOf(other)}\``),
    description.trim(),
  )
  const errors = ownErrorsOf(operation, operations)
  const tags = [
    ...pathParameters(operation).map(({ name, description: what }) => `@param ${name} ${what}`),
    ...(errors.length > 0 ? [`@throws {KomojuError} ${errors.join(' ')}`] : []),
  ]
  return jsDoc([`${summary}.`, inClientTerms, tags.join('\n')])
}

/** Source of one method. */
export const methodOf = (operation: Operation, context: ClientContext) => {
  const { document, types } = context
  const { operationId, method, path, parameters, request, responses } = operation
  const ids = pathParameters(operation)
  const hasQuery = parameters.some((parameter) => parameter.in === 'query')
  const responseSchema = responses['200']?.body?.schema
  const response = typeNameOf(responseSchema, `Success of ${operationId}`, types)
  const requestFields = request && (resolveRef(document, request.schema) as SchemaObject)
  const hasBody = requestFields && (requestFields.properties || requestFields.oneOf)
  const bodyType = hasBody ? typeNameOf(request?.schema, `Body of ${operationId}`, types) : ''

  const input = inputOf(document, request?.schema, bodyType)
  const choice = choiceOf(operation, context)
  const typeParameter = choice ? `<Type extends ${choice.tags} = ${choice.tags}>` : ''
  if (choice) for (const text of declarationsOf(choice, bodyType, input, response)) context.declarations.add(text)
  const chosen = (type: string) => (choice ? `${type}With<Type>` : type)

  const signature = [
    ...ids.map(({ name }) => `${name}: string`),
    ...(hasBody ? [`body${request?.required ? '' : '?'}: ${choice ? chosen(bodyType) : input}`] : []),
    ...(hasQuery ? [`query?: ${queryTypeOf(operation)}`] : []),
    'options?: CallOptions',
  ]
  const parts = [
    ...(ids.length > 0 ? [`path: { ${ids.map(({ name }) => name).join(', ')} }`] : []),
    ...(hasBody ? ['body'] : []),
    ...(hasQuery ? ['query'] : []),
  ]
  const isList = parameters.some(({ name }) => name === 'page')
  const results = isList ? `Pages<${response}>` : `ApiPromise<${chosen(response)}>`
  const call = `this.#call('${method}', '${path}', { ${parts.join(', ')} }, options)`
  const body = isList
    ? `return pagesOf<${response}>((page = query?.page) => ${call.replace('query }', 'query: { ...query, page } }')})`
    : `return ${call}`
  return `${documentationOf(operation, context)}\n${methodNameOf(operation)}${typeParameter}(${signature.join(', ')}): ${results} {\n  ${body}\n}`
}
