/**
 * Redocly plugin: wires the payment methods into the document, so that a method is one folder plus one line in each union.
 *
 * - Every union told apart by a property gets its `discriminator.mapping` from the `const` of its members.
 * - `x-examples-of-payment-methods: createPayment-request` becomes the examples of that name in the folders of the payment methods.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { readYaml } from './read-yaml.ts'
import { BuildError, shown } from './step.ts'

/** Extension of a media type in spec/paths: the name of an example that payment methods have. It is not in the bundle. */
const examplesOfMethods = 'x-examples-of-payment-methods'

type Ref = { $ref: string }
type Union = { discriminator?: { propertyName: string; mapping?: Record<string, string> }; oneOf?: Ref[] }
type Examples = Record<string, Ref>
type MediaType = { examples?: Examples; [examplesOfMethods]?: string }
type Context = { location: { source: { absoluteRef: string } } }

type Read = (file: string) => unknown

/** Reads each file once: every media type asks for the union of the methods. */
const createReader = (): Read => {
  const known = new Map<string, unknown>()
  return (file) => {
    if (!known.has(file)) known.set(file, readYaml(file))
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

/** Replaces the line that asks for examples of the payment methods by those examples, with the method as their key. */
const expandExamples = (mediaType: MediaType, file: string, read: Read) => {
  const name = mediaType[examplesOfMethods]
  if (name === undefined) return
  const keys = Object.keys(mediaType)
  const isFirst = keys.indexOf(examplesOfMethods) < keys.indexOf('examples')
  delete mediaType[examplesOfMethods]
  const examples = methodFolders(resolve(dirname(file), '..'), read).flatMap((folder): [string, Ref][] => {
    const method = basename(folder)
    const example = resolve(folder, 'examples', `${method}-${name}.yaml`)
    return existsSync(example) ? [[method, { $ref: relative(dirname(file), example) }]] : []
  })
  if (examples.length === 0)
    throw new BuildError(`${shown(file)}: no payment method has an example called <method>-${name}.yaml. Mend \`${examplesOfMethods}\`.`)
  const ofMethods = Object.fromEntries(examples)
  // In the order in which the file has them: the first example is the one that tools show.
  mediaType.examples = isFirst ? { ...ofMethods, ...mediaType.examples } : { ...mediaType.examples, ...ofMethods }
}

const paymentMethods = () => {
  const read = createReader()
  return {
    Schema: { enter: (schema: Union, { location }: Context) => writeMapping(schema, location.source.absoluteRef, read) },
    MediaType: { enter: (mediaType: MediaType, { location }: Context) => expandExamples(mediaType, location.source.absoluteRef, read) },
  }
}

export default () => ({ id: 'komoju', preprocessors: { oas3: { 'payment-methods': paymentMethods } } })
