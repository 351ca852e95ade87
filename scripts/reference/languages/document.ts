/** The texts of an OpenAPI document in another language. */

import type { OpenApiDocument } from '../../../src/document.ts'
import { isJsonObject, type JsonObject } from '../../../src/json-object.ts'
import type { Translate } from '../../../src/pages/translator.ts'

const textKeys = new Set(['title', 'summary', 'description', 'x-pattern-meaning'])
/** Keywords whose members are named by the API: what looks like a text there is a name. */
const namedMembers = new Set([
  'properties',
  'schemas',
  'examples',
  'parameters',
  'responses',
  'paths',
  'webhooks',
  'headers',
  'content',
  'variables',
])
/** Keywords whose values are data of the API, not texts about it. */
const data = new Set(['value', 'example', 'default', 'enum', 'const', 'x-test-values', 'x-source', 'license', 'contact', 'mapping'])
/** Names of things, the same in every language. */
const names = new Set(['KOMOJU API', 'LINE Pay', 'BitCash', 'WebMoney', 'NET CASH', 'nanaco', 'Paidy'])

/** A folded YAML text has single line breaks between its paragraphs; a literal one has lines that belong together. */
const translateText = (text: string, translate: Translate) =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' || names.has(line) ? line : translate(line)))
    .join('\n')

const translateMembers = (node: JsonObject, translate: Translate): JsonObject =>
  Object.fromEntries(Object.entries(node).map(([name, member]) => [name, translateNode(member, translate)]))

const translateEntry = (key: string, value: unknown, translate: Translate): unknown => {
  // A schema lists its examples, a body has them by name.
  if (data.has(key) || (key === 'examples' && Array.isArray(value))) return value
  if (textKeys.has(key) && typeof value === 'string') return translateText(value, translate)
  if (key === 'x-enum-meanings' && isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, translate(String(text))]))
  if (namedMembers.has(key) && isJsonObject(value)) return translateMembers(value, translate)
  return translateNode(value, translate)
}

const translateNode = (node: unknown, translate: Translate): unknown => {
  if (Array.isArray(node)) return node.map((item) => translateNode(item, translate))
  if (!isJsonObject(node)) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, translateEntry(key, value, translate)]))
}

/** Returns the same document with its texts translated: names, values and structure stay. */
export const translateDocument = (document: OpenApiDocument, translate: Translate): OpenApiDocument => translateNode(document, translate)
