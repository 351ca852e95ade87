/**
 * Redocly plugin: wires the payment methods into the document, so that a method is one folder plus one line in each union.
 *
 * - Every union told apart by a property gets its `discriminator.mapping` from the `const` of its members.
 * - `x-examples-of-payment-methods: createPayment-request` becomes the examples of that name in the folders of the payment methods.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { rememberLatest } from '../../src/latest.ts'
import { readYaml } from './read-yaml.ts'
import { realPath } from './redocly-path.ts'
import { BuildError, shown } from './step.ts'

/** Extension of a media type in spec/paths: the name of an example that payment methods have. It is not in the bundle. */
const examplesOfMethods = 'x-examples-of-payment-methods'

type Ref = { $ref: string }
type Union = { discriminator?: { propertyName: string; mapping?: Record<string, string> }; oneOf?: Ref[] }
type Examples = Record<string, Ref>
type MediaType = { examples?: Examples; [examplesOfMethods]?: string }
type Context = { location: { source: { absoluteRef: string } }; resolve: (ref: Ref) => { node?: unknown } }

/** Value of the property that tells a union's member apart. */
const tagOf = (member: unknown, file: string, propertyName: string): string => {
  const tag = (member as { properties?: Record<string, { const?: unknown }> } | null)?.properties?.[propertyName]?.const
  if (typeof tag !== 'string')
    throw new BuildError(
      `${shown(file)}: member of a union without \`properties.${propertyName}.const\`. Add it, for example \`const: konbini\`.`,
    )
  return tag
}

const writeMapping = (union: Union, { location, resolve: resolved }: Context) => {
  if (!union.discriminator || !union.oneOf || union.discriminator.mapping) return
  const { propertyName } = union.discriminator
  const tags = union.oneOf.map((member) => {
    const file = resolve(dirname(realPath(location.source.absoluteRef)), member.$ref)
    // Redocly has parsed the file already. Where it could not, this tells why.
    const { node = readYaml(file) } = resolved(member)
    return [tagOf(node, file, propertyName), member.$ref]
  })
  union.discriminator.mapping = Object.fromEntries(tags)
}

/** Folders of the payment methods, in the order of the request union. */
const methodFolders = (specFolder: string) => {
  const union = resolve(specFolder, 'components/schemas/PaymentDetailsRequest.yaml')
  return existsSync(union) ? (readYaml(union) as { oneOf: Ref[] }).oneOf.map(({ $ref }) => dirname(resolve(dirname(union), $ref))) : []
}

/** Replaces the line that asks for examples of the payment methods by those examples, with the method as their key. */
const expandExamples = (mediaType: MediaType, file: string, foldersOf: typeof methodFolders) => {
  const name = mediaType[examplesOfMethods]
  if (name === undefined) return
  const keys = Object.keys(mediaType)
  const isFirst = keys.indexOf(examplesOfMethods) < keys.indexOf('examples')
  delete mediaType[examplesOfMethods]
  const examples = foldersOf(resolve(dirname(file), '..')).flatMap((folder): [string, Ref][] => {
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
  // Every media type asks for them.
  const foldersOf = rememberLatest(methodFolders)
  return {
    Schema: { enter: writeMapping },
    MediaType: {
      enter: (mediaType: MediaType, { location }: Context) => expandExamples(mediaType, realPath(location.source.absoluteRef), foldersOf),
    },
  }
}

export default () => ({ id: 'komoju', preprocessors: { oas3: { 'payment-methods': paymentMethods } } })
