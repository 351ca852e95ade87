/** Build step: TypeScript types of the document. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { GlobalContext, OpenAPI3, SchemaObject } from 'openapi-typescript'
import { type OpenApiDocument, resolveRef } from '../../src/document.ts'
import { withNamedSchemas } from './named-schemas.ts'
import { projectFolder, runStep, writeWhole } from './step.ts'
import { openapiTypescript, typescript } from './typescript.ts'

const { transformSchema, scanDiscriminators, astToString } = openapiTypescript
const { factory } = typescript
const stringType = factory.createKeywordTypeNode(typescript.SyntaxKind.StringKeyword)
/** `string & {}`: any string, without swallowing the known values beside it. */
const otherStrings = factory.createParenthesizedType(factory.createIntersectionTypeNode([stringType, factory.createTypeLiteralNode([])]))

/** An open set, known values or any other string, keeps its known values for the editor to offer. */
const openSet = (schema: SchemaObject) => {
  const [known, other] = (schema as { anyOf?: SchemaObject[] }).anyOf ?? []
  if (!known?.enum || !other || other.enum || other.type !== 'string') return
  const literals = known.enum.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(String(value))))
  return factory.createUnionTypeNode([...literals, otherStrings])
}

type Property = { $ref?: string; description?: string } | boolean
type Node = { type?: unknown; properties?: Record<string, Property>; allOf?: Node[]; anyOf?: Node[]; oneOf?: Node[] }

/** A condition in `allOf` on which of an object's properties go together is a choice of the object itself: its types read better. */
const withConditions = (node: Node): Node => {
  const { allOf = [], ...rest } = node
  const [condition] = allOf
  return rest.properties && condition?.anyOf && allOf.length === 1 ? { ...rest, oneOf: condition.anyOf } : node
}

/** A property that every member of `oneOf` states is left to them: stated twice, a union becomes an intersection with itself. */
const withoutRepetition = (node: Node): Node => {
  const { oneOf, properties } = node
  if (!oneOf || !properties) return node
  const isRepeated = (key: string) => oneOf.every((member) => member.properties && key in member.properties)
  return { ...node, properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !isRepeated(key))) }
}

/** A property that only refers to a schema says what that schema says, for the editor to show; members say of it what the whole says. */
const withDescriptions = (node: Node, document: OpenApiDocument): Node => {
  const { properties, oneOf } = node
  if (!properties) return node
  const describe = (property: Property, description?: string): Property => {
    if (typeof property !== 'object' || !property.$ref || (property.description && !description)) return property
    const text = description ?? (resolveRef(document, property as { $ref: string }) as { description?: string }).description
    return text ? { ...property, description: text } : property
  }
  const described = Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, describe(property)]))
  const textOf = (key: string) => (typeof described[key] === 'object' ? described[key].description : undefined)
  const inMember = (member: Node): Node => {
    const entries = Object.entries(member.properties ?? {}).map(([key, property]) => [key, describe(property, textOf(key))] as const)
    return { ...member, properties: Object.fromEntries(entries) }
  }
  return { ...node, properties: described, ...(oneOf && { oneOf: oneOf.map(inMember) }) }
}

const banner = '/** Types of generated/openapi.yaml. Written by `npm run build`: edit spec/ instead. */\n'

/**
 * Compiles a bundle to TypeScript.
 * @param json text of the bundle
 * @returns text of a module that exports `paths`, `components`, `operations`, `webhooks` and every schema by its name
 */
export const typesOf = (json: string): string => {
  const document: OpenApiDocument = JSON.parse(json)
  const prepared = (_key: string, node: unknown) =>
    node && typeof node === 'object' && !Array.isArray(node) ? withoutRepetition(withDescriptions(withConditions(node), document)) : node
  const source: OpenAPI3 = JSON.parse(json, prepared)
  const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false, silent: true, transform: openSet }
  const nodes = transformSchema(source, {
    ...options,
    injectFooter: [],
    discriminators: scanDiscriminators(source, options),
    resolve: ($ref: string) => resolveRef(source, { $ref }),
  } as Partial<GlobalContext> as GlobalContext)
  return banner + astToString(withNamedSchemas(nodes))
}

if (import.meta.main)
  await runStep(() => {
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    writeWhole(resolve(projectFolder, 'generated/schema.d.ts'), typesOf(json))
  })
