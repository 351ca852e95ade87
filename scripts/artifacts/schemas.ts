/** One JSON Schema 2020-12 a message, with all that it refers to inside, for validators that know no OpenAPI. */
import { type OpenApiDocument, operationsOf, resolveRef } from '../../src/document.ts'
import { isJsonObject, jsonObjectOf } from '../../src/json-object.ts'
import { required } from '../../src/required.ts'

const prefix = '#/components/schemas/'

/** What only OpenAPI reads. */
const isOpenApiKeyword = (key: string) => key === 'discriminator' || key.startsWith('x-')

/** A schema with its references turned inwards; the names that it refers to are added to `names`. */
const turnedInwards = (node: unknown, names: Set<string>): unknown => {
  if (Array.isArray(node)) return node.map((item) => turnedInwards(item, names))
  if (!isJsonObject(node)) return node
  const entries = Object.entries(node).filter(([key]) => !isOpenApiKeyword(key))
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string') return [key, turnedInwards(value, names)]
      const name = value.slice(prefix.length)
      names.add(name)
      return [key, `#/$defs/${name}`]
    }),
  )
}

const bundled = (document: OpenApiDocument, name: string) => {
  const names = new Set([name])
  const definitions: Record<string, unknown> = {}
  // The set grows while it is walked.
  for (const one of names) definitions[one] = turnedInwards(document.components.schemas[one], names)
  const { [name]: root, ...rest } = definitions
  const isRecursive = JSON.stringify(definitions).includes(`"#/$defs/${name}"`)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...jsonObjectOf(root),
    ...(Object.keys(rest).length > 0 && { $defs: isRecursive ? definitions : rest }),
  }
}

/** Names of the schemas of whole messages: bodies of requests, of responses and of webhooks. */
const messageNames = (document: OpenApiDocument): string[] => {
  const nameOf = (schema: unknown) => String(jsonObjectOf(schema).$ref ?? '').slice(prefix.length)
  const bodies = operationsOf(document).flatMap(({ request, responses }) => [
    nameOf(request?.schema),
    ...Object.values(responses).map(({ body }) => nameOf(body?.schema)),
  ])
  const events = Object.values<{ post: { requestBody: unknown } }>(document.webhooks).map(({ post }) =>
    nameOf(resolveRef(document, post.requestBody).content['application/json'].schema),
  )
  return [...new Set([...bodies, ...events])].filter((name) => name !== '').sort()
}

/**
 * Makes the schemas.
 * @param json text of the bundle
 * @returns texts by file name, for example `schemas/Payment.json`
 */
export const schemasOf = (json: string): Record<string, string> => {
  const document = JSON.parse(json) as OpenApiDocument
  return Object.fromEntries(
    messageNames(document).map((name) => [
      `schemas/${required(name, 'Name')}.json`,
      `${JSON.stringify(bundled(document, name), null, 2)}\n`,
    ]),
  )
}
