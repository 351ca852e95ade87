/** Schemas as lists of attributes: required ones first, unions as choices, nothing that only a validator needs. */
import {
  isLeftOut,
  type OpenApiDocument,
  type Parameter,
  resolveRef,
  type Schema,
  type SchemaObject,
  withScalarsMerged,
} from '../../../src/document.ts'
import type { Translate } from '../../../src/pages/translator.ts'
import { anchors } from '../anchors.ts'
import { choiceText } from '../phrases.ts'
import { boundsOf, typeOf } from '../words.ts'
import type { Attribute, AttributeGroup, Choice } from './types.ts'

/** What attributes are made with. */
export type AttributeContext = {
  document: OpenApiDocument
  t: Translate
  /** Schemas that have a place of their own in the reference, by name. */
  objects: ReadonlySet<string>
}

const isObject = (schema: Schema | undefined): schema is SchemaObject => typeof schema === 'object'

const nameOf = (schema: SchemaObject) => schema.$ref?.split('/').at(-1)

/** A schema with what its reference says of it, and the names of the schemas that it refers to. */
const resolved = (schema: SchemaObject, document: OpenApiDocument): { schema: SchemaObject; names: string[] } => {
  if (!schema.$ref) return { schema: withScalarsMerged(schema), names: [] }
  const { $ref, ...own } = schema
  const target = resolved(resolveRef(document, { $ref }), document)
  return { schema: { ...target.schema, ...own }, names: [nameOf(schema) ?? '', ...target.names] }
}

/** Branches of a union that accept more than null. */
const branchesOf = (schema: SchemaObject) => (schema.oneOf ?? schema.anyOf ?? []).filter(isObject).filter(({ type }) => type !== 'null')

/** All properties of a schema: its own, those of what it extends, and those that branches add. */
const propertiesOf = (schema: SchemaObject, document: OpenApiDocument): { properties: Record<string, Schema>; required: string[] } => {
  const parts = (schema.allOf ?? []).filter(isObject).map((part) => propertiesOf(resolved(part, document).schema, document))
  const branches = branchesOf(schema).flatMap(({ properties = {} }) =>
    Object.entries(properties).filter(([, property]) => !isLeftOut(property)),
  )
  const properties = Object.assign({}, ...parts.map((part) => part.properties), Object.fromEntries(branches), schema.properties)
  return { properties, required: [...parts.flatMap(({ required }) => required), ...(schema.required ?? [])] }
}

/** Whether a fact is not on KOMOJU's reference pages. */
export const isInferred = ({ 'x-source': sources }: Pick<SchemaObject, 'x-source'>) => Array.isArray(sources) && !sources.includes('page')

const isStore = (names: string[], name: string) => name === 'store' || names.includes('Store')

/** Values to choose from; true and false are a type, not a choice. */
const choicesOf = (schema: SchemaObject, isAnchored: boolean): Choice[] => {
  const [known] = branchesOf(schema)
  const values = schema.enum ?? (schema.anyOf && known?.enum) ?? []
  const meanings = schema['x-enum-meanings']
  const meaningOf = (value: string) => (typeof meanings === 'object' && meanings !== null ? Reflect.get(meanings, value) : undefined)
  return values.includes(true)
    ? []
    : values
        .filter((value) => value !== null)
        .map((value) => ({
          value: String(value),
          meaning: meaningOf(String(value)),
          anchor: isAnchored ? anchors.store(String(value)) : undefined,
        }))
}

/** Type in words: of an array its items', of a union all of its members'. */
const typeWords = (schema: SchemaObject, context: AttributeContext): string => {
  const { document, t } = context
  if (schema.type === 'array' && isObject(schema.items)) {
    const { schema: items } = resolved(schema.items, document)
    return t('list of {items}', { items: typeWords(items, context) })
  }
  const branches = schema.type === undefined ? branchesOf(schema).map((branch) => resolved(branch, document).schema) : []
  if (branches.length === 0) return typeOf(schema, t)
  const words = [...new Set(branches.map((branch) => typeWords(branch, context)))]
  const isNullable = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].some((branch) => isObject(branch) && branch.type === 'null')
  return choiceText([...words, ...(isNullable ? ['null'] : [])], t)
}

/** Schemas that a value can be: itself, the items of a list, the members of a union. */
const candidates = (schema: SchemaObject, document: OpenApiDocument): SchemaObject[] => [
  schema,
  ...(isObject(schema.items) ? [schema.items] : []),
  ...branchesOf(schema).filter(({ $ref }) => $ref !== undefined && resolveRef(document, { $ref }) !== undefined),
]

const objectOf = (original: SchemaObject, schema: SchemaObject, { document, objects }: AttributeContext) =>
  [original, ...candidates(schema, document)]
    .flatMap((candidate) => [...resolved(candidate, document).names])
    .find((name) => objects.has(name))

const attributeOf = (
  name: string,
  original: SchemaObject,
  place: { prefix: string; isRequired: boolean },
  context: AttributeContext,
): Attribute => {
  const { document, t } = context
  const { schema, names } = resolved(original, document)
  const anchor = `${place.prefix}.${name}`
  const object = objectOf(original, schema, context)
  const items = isObject(schema.items) ? resolved(schema.items, document).schema : undefined
  const isUnionOfMethods = schema.discriminator !== undefined || branchesOf(schema).some(({ $ref }) => $ref && /PaymentDetails/.test($ref))
  const inner = object || isUnionOfMethods ? [] : attributesOf(items ?? schema, anchor, context)
  return {
    name,
    anchor,
    type: typeWords(schema, context),
    isRequired: place.isRequired,
    description: schema.description?.toString() ?? '',
    bounds: boundsOf(schema, t),
    choices: choicesOf(items ?? schema, isStore(names, name) && place.prefix.startsWith('createPayment.payment_details.konbini')),
    object,
    children: inner,
    isInferred: isInferred(schema),
  }
}

/**
 * Attributes of an object, required ones first.
 * @param prefix of their anchors, for example `createPayment`
 */
export const attributesOf = (schema: SchemaObject, prefix: string, context: AttributeContext): Attribute[] => {
  const { properties, required } = propertiesOf(resolved(schema, context.document).schema, context.document)
  const all = Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [attributeOf(name, property, { prefix, isRequired: required.includes(name) }, context)] : [],
  )
  return [...all.filter(({ isRequired }) => isRequired), ...all.filter(({ isRequired }) => !isRequired)]
}

/** Parameters of an operation in groups: path, query, then headers, which come last on a page. */
export const parameterGroups = (
  parameters: Parameter[],
  prefix: string,
  context: AttributeContext,
): Record<Parameter['in'], AttributeGroup> => {
  const { t } = context
  const groupOf = (place: Parameter['in'], title: string): AttributeGroup => ({
    title,
    attributes: parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, description, required: isRequired, schema, ...rest }) => {
        const attribute = attributeOf(name, isObject(schema) ? schema : {}, { prefix, isRequired }, context)
        // Codes that a test can ask for are listed with the errors.
        const choices = name === 'Komoju-Scenario' ? [] : attribute.choices
        return { ...attribute, description, choices, isInferred: attribute.isInferred || isInferred(rest) }
      }),
  })
  return {
    path: groupOf('path', t('Path parameters')),
    query: groupOf('query', t('Query parameters')),
    header: groupOf('header', t('Headers')),
  }
}
