/** Mutants that no check can tell from the document, by rule: they say the same in other words. */
import { type OpenApiDocument, resolveRef, type SchemaObject } from '../../src/document.ts'
import type { Mutant } from './mutants.ts'

export type Rule = {
  /** What such a mutant does. */
  name: string
  /** Why it changes nothing. */
  reason: string
  applies: (mutant: Mutant, document: OpenApiDocument) => boolean
}

const nodeAt = (document: OpenApiDocument, path: Mutant['path']) =>
  path.reduce<unknown>((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], document)

/** Schema that holds the mutated keyword. */
const holderOf = ({ path }: Mutant, document: OpenApiDocument) => nodeAt(document, path.slice(0, -1)) as SchemaObject

const changesType = ({ path, change }: Mutant) => path.at(-1) === 'type' && (change === 'removed' || change === 'null added')

export const rules: Rule[] = [
  {
    name: '`type` beside `const` or `enum`, removed',
    reason: 'Every value in the list has that type.',
    applies: (mutant, document) => {
      const { const: only, enum: values } = holderOf(mutant, document)
      return mutant.path.at(-1) === 'type' && mutant.change === 'removed' && (only !== undefined || values !== undefined)
    },
  },
  {
    name: '`type` beside `const`, or in an open set, widened by null',
    reason: 'Null is not in the list, and the types are made of the list.',
    applies: (mutant, document) => {
      const { const: only, enum: values } = holderOf(mutant, document)
      const inOpenSet = values !== undefined && mutant.path.at(-3) === 'anyOf'
      return mutant.path.at(-1) === 'type' && mutant.change === 'null added' && (only !== undefined || inOpenSet)
    },
  },
  {
    name: 'Constraint in a member of `allOf` that another member makes too',
    reason: 'The other member still makes it.',
    applies: (mutant, document) => {
      const at = mutant.path.lastIndexOf('allOf')
      if (at < 0) return false
      const others = (nodeAt(document, mutant.path.slice(0, at + 1)) as SchemaObject[])
        .filter((_member, index) => index !== mutant.path[at + 1])
        .map((member) => resolveRef(document, member) as SchemaObject)
      const [keyword, ...deeper] = mutant.path.slice(at + 2)
      if (deeper.length > 0) return false
      if (keyword === 'type') return changesType(mutant) && others.some(({ type }) => type === holderOf(mutant, document).type)
      return keyword === 'required' && others.some(({ required }) => required?.includes(mutant.change.replace(/ added$/, '')))
    },
  },
  {
    name: 'Constraint on a property in an alternative, where the object itself makes it too',
    reason: "The object's own `properties` still make it; the alternative names the property for the reader and for the types.",
    applies: ({ path }, document) => {
      const at = path.findLastIndex((key) => key === 'anyOf' || key === 'oneOf')
      const [properties, name, keyword] = path.slice(at + 2)
      if (at < 0 || properties !== 'properties' || keyword === undefined) return false
      // An alternative inside a member of `allOf` belongs to the object around it.
      const holder = path.slice(0, path[at - 2] === 'allOf' ? at - 2 : at)
      return (nodeAt(document, holder) as SchemaObject).properties?.[name as string] !== undefined
    },
  },
  {
    name: "Reference or type of an object's own property, where every alternative constrains or forbids that property",
    reason:
      'One alternative has to hold, and each says what the property is; the object names it so that unknown properties can be rejected.',
    applies: ({ path }, document) => {
      const [properties, name, keyword] = path.slice(3)
      const { oneOf = [] } = nodeAt(document, path.slice(0, 3)) as SchemaObject
      return (
        properties === 'properties' &&
        (keyword === '$ref' || (keyword === 'anyOf' && path.at(-1) === 'type')) &&
        oneOf.length > 0 &&
        oneOf.every((one) => (one as SchemaObject).properties?.[name as string] !== undefined)
      )
    },
  },
  {
    name: 'Null added to a member of `anyOf`, where another member takes null',
    reason: 'The union takes null either way.',
    applies: (mutant, document) => {
      const { path, change } = mutant
      if (path.at(-1) !== 'type' || change !== 'null added' || path.at(-3) !== 'anyOf') return false
      const members = nodeAt(document, path.slice(0, -2)) as SchemaObject[]
      return members.some(({ type }) => type === 'null')
    },
  },
  {
    name: '`type: object` beside a `oneOf` of required properties',
    reason: 'Anything but an object has no property to miss, matches every alternative, and so fails the `oneOf`.',
    applies: (mutant, document) => {
      const { type, oneOf } = holderOf(mutant, document)
      return (
        changesType(mutant) &&
        type === 'object' &&
        oneOf !== undefined &&
        oneOf.length > 1 &&
        oneOf.every((member) => (member as SchemaObject).required)
      )
    },
  },
  {
    name: '`style: form` of a query parameter, removed',
    reason: 'It is the style that OpenAPI assumes for a query parameter.',
    applies: (mutant, document) => {
      const parameter = holderOf(mutant, document)
      return mutant.path.at(-1) === 'style' && parameter.in === 'query' && parameter.style === 'form'
    },
  },
]
