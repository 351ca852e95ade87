/** What the document says that the pages need. */
import type { Locale } from '../../../../generated/schema.d.ts'
import { type OpenApiDocument, operationOf, resolveRef, resolveSchema, type SchemaObject } from '../../../document.ts'
import type { Translate } from '../../../pages/translator.ts'
import { required } from '../../../required.ts'

export type Catalogue = {
  locales: Locale[]
  statuses: string[]
  currencies: string[]
  /** Stores that pay out a cash refund. */
  stores: string[]
  /** Payment methods with their names, in the document's order. */
  methods: [type: string, name: string][]
  /** Body that the document's example of a payment method sends. */
  exampleOf: (method: string) => Record<string, unknown>
}

/** Payment methods with their names in a language. The catalogue of the reference has them. */
export const methodsIn = ({ methods }: Catalogue, translate: Translate): Catalogue['methods'] =>
  methods.map(([type, name]) => [type, translate(name)])

/** Reads the document for the pages. */
export const catalogueOf = (document: OpenApiDocument): Catalogue => {
  const { schemas } = document.components
  const requests: Record<string, string> = schemas.PaymentDetailsRequest.discriminator.mapping
  const konbini = resolveRef(document, { $ref: requests.konbini }) as { properties: { store: { enum: string[] } } }
  const createPayment = operationOf(document, 'createPayment')
  const nameOf = (type: string) => {
    const schema: SchemaObject = resolveSchema(document, { $ref: required(requests[type], type) })
    return typeof schema.title === 'string' ? schema.title : type
  }
  return {
    locales: schemas.Locale.enum,
    statuses: schemas.PaymentStatus.enum,
    currencies: schemas.PaymentCurrency.enum,
    stores: konbini.properties.store.enum,
    methods: Object.keys(requests).map((type) => [type, nameOf(type)]),
    exampleOf: (method) => (createPayment.request?.examples[method]?.value ?? {}) as Record<string, unknown>,
  }
}
