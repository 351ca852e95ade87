/** Names of types, resources and methods of the client, from those of the document. */
import type { Operation, Schema } from '../../src/document.ts'
import { BuildError } from '../build/step.ts'

const schemaPrefix = '#/components/schemas/'

/**
 * Name of the type of a schema.
 * @param types collects the names that the client imports
 * @throws {BuildError} for a schema that is not a component, and so has no name
 */
export const typeNameOf = (schema: Schema | undefined, what: string, types: Set<string>) => {
  const $ref = typeof schema === 'object' ? schema.$ref : undefined
  if (!$ref?.startsWith(schemaPrefix)) throw new BuildError(`${what} has no name: move its schema to spec/components/schemas/.`)
  const name = $ref.slice(schemaPrefix.length)
  types.add(name)
  return name
}

/** Property of the client that holds the methods of a tag. */
export const resourceOf = (tag: string) => tag.charAt(0).toLowerCase() + tag.slice(1)

/** `createPayment` of the tag Payments is `create`; an operation on something else keeps its name: `requestRefund`. */
export const methodNameOf = ({ operationId, tag }: Operation) => {
  const [, verb = operationId, noun = ''] = /^([a-z]+)(.*)$/.exec(operationId) ?? []
  return noun === tag || `${noun}s` === tag ? verb : operationId
}

/** Name of the type of an operation's query. */
export const queryTypeOf = ({ operationId }: Operation) => `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`
