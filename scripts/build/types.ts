/** Build step: TypeScript types of the document. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SchemaObject } from 'openapi-typescript'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { projectFolder, runStep, writeWhole } from './step.ts'

const { factory } = ts
const stringType = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword)
/** `string & {}`: any string, without swallowing the known values beside it. */
const otherStrings = factory.createParenthesizedType(factory.createIntersectionTypeNode([stringType, factory.createTypeLiteralNode([])]))

/** An open set, known values or any other string, keeps its known values for the editor to offer. */
const openSet = (schema: SchemaObject) => {
  const [known, other] = (schema as { anyOf?: SchemaObject[] }).anyOf ?? []
  if (!known?.enum || !other || other.enum || other.type !== 'string') return
  const literals = known.enum.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(String(value))))
  return factory.createUnionTypeNode([...literals, otherStrings])
}

const banner = '/** Types of generated/openapi.yaml. Written by `npm run build`: edit spec/ instead. */\n'

/**
 * Compiles a bundle to TypeScript.
 * @param json text of the bundle
 * @returns text of a module that exports `paths`, `components`, `operations`, `webhooks` and every schema by its name
 */
export const typesOf = async (json: string) => {
  const nodes = await openapiTS(JSON.parse(json), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    defaultNonNullable: false,
    silent: true,
    transform: openSet,
  })
  return banner + astToString(nodes)
}

if (import.meta.main)
  await runStep(async () => {
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    writeWhole(resolve(projectFolder, 'generated/schema.d.ts'), await typesOf(json))
  })
