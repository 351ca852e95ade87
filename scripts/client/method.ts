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
  const isList = parameters.some(({ name }) => name === 'page')
  const results = isList ? `Pages<${response}>` : `Promise<${choose('Chosen', response)}>`
  const call = `this.#call('${method}', '${path}', { ${parts.join(', ')} }, options)`
  const body = isList
    ? `return pagesOf<${response}>((page = query?.page) => ${call.replace('query }', 'query: { ...query, page } }')})`
    : `return ${call}`
  return `${documentationOf(operation, context)}\n${methodNameOf(operation)}${typeParameter}(${signature.join(', ')}): ${results} {\n  ${body}\n}`
}
