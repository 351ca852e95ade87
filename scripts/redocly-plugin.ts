/**
 * Redocly plugin: wires the payment methods into the document, so that a method is one folder plus one line in each union.
 *
 * - Every union told apart by a property gets its `discriminator.mapping` from the `const` of its members.
 * - Every operation gets the examples named after it in the folders of the payment methods, with the method as their key.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { parse } from 'yaml'
import { BuildError, shown } from './step.ts'

type Ref = { $ref: string }
type Union = { discriminator?: { propertyName: string; mapping?: Record<string, string> }; oneOf?: Ref[] }
type Examples = Record<string, Ref>
type MediaTypes = Record<string, { examples?: Examples }>
type Operation = {
  operationId?: string
  requestBody?: { content: MediaTypes }
  responses?: Record<string, { content?: MediaTypes }>
}
type Context = { location: { source: { absoluteRef: string } } }

type Read = (file: string) => unknown

/** Reads each file once: every operation asks for the union of the methods. */
const createReader = (): Read => {
  const known = new Map<string, unknown>()
  return (file) => {
    if (!known.has(file)) known.set(file, parse(readFileSync(file, 'utf8')))
    return known.get(file)
  }
}

/** Value of the property that tells a union's member apart, read from the member's file. */
const tagOf = (file: string, propertyName: string, read: Read): string => {
  const tag = (read(file) as { properties?: Record<string, { const?: unknown }> } | null)?.properties?.[propertyName]?.const
  if (typeof tag !== 'string')
    throw new BuildError(
      `${shown(file)}: member of a union without \`properties.${propertyName}.const\`. Add it, for example \`const: konbini\`.`,
    )
  return tag
}

const writeMapping = (union: Union, file: string, read: Read) => {
  if (!union.discriminator || !union.oneOf || union.discriminator.mapping) return
  const { propertyName } = union.discriminator
  union.discriminator.mapping = Object.fromEntries(
    union.oneOf.map(({ $ref }) => [tagOf(resolve(dirname(file), $ref), propertyName, read), $ref]),
  )
}

/** Folders of the payment methods, in the order of the request union. */
const methodFolders = (specFolder: string, read: Read) => {
  const union = resolve(specFolder, 'components/schemas/PaymentDetailsRequest.yaml')
  return existsSync(union) ? (read(union) as { oneOf: Ref[] }).oneOf.map(({ $ref }) => dirname(resolve(dirname(union), $ref))) : []
}

const addExamples = (operation: Operation, file: string, read: Read) => {
  for (const folder of methodFolders(resolve(dirname(file), '..'), read)) {
    const method = folder.slice(folder.lastIndexOf('/') + 1)
    const example = (name: string) => resolve(folder, 'examples', `${method}-${name}.yaml`)
    const add = (content: MediaTypes | undefined, name: string) => {
      if (!existsSync(example(name))) return
      for (const mediaType of Object.values(content ?? {})) {
        mediaType.examples ??= {}
        mediaType.examples[method] ??= { $ref: relative(dirname(file), example(name)) }
      }
    }
    add(operation.requestBody?.content, `${operation.operationId}-request`)
    const response = operation.responses?.['200']?.content
    add(response, `${operation.operationId}-response`)
    // A payment read right after its creation is what the creation returned.
    if (operation.operationId === 'getPayment') add(response, 'createPayment-response')
  }
}

const paymentMethods = () => {
  const read = createReader()
  return {
    Schema: { enter: (schema: Union, { location }: Context) => writeMapping(schema, location.source.absoluteRef, read) },
    Operation: { enter: (operation: Operation, { location }: Context) => addExamples(operation, location.source.absoluteRef, read) },
  }
}

export default () => ({ id: 'komoju', preprocessors: { oas3: { 'payment-methods': paymentMethods } } })
