/** What the pages are made from, and what their routes have in common. */
import type { Locale } from '../../../../generated/schema.d.ts'
import { type OpenApiDocument, operationsOf, resolveRef, resolveSchema, type SchemaObject } from '../../../document.ts'
import { required } from '../../../required.ts'
import type { Hosts } from '../../hosts.ts'
import type { Clock } from '../clock.ts'
import type { createExamples } from '../examples.ts'
import type { OnDemandFaults } from '../on-demand-faults.ts'
import type { RequestLog } from '../request-log.ts'
import type { Seeding } from '../seeding.ts'
import type { Settings } from '../settings.ts'
import type { State } from '../state/index.ts'
import type { Storage } from '../storage.ts'
import type { Webhooks } from '../webhooks/index.ts'
import type { Authority } from './authority.ts'

export type PageParts = {
  document: OpenApiDocument
  hosts: Hosts
  authority: Authority
  /** Whether the server accepts one key alone. */
  hasOwnKey: boolean
  state: State
  storage: Storage
  settings: Settings
  faults: OnDemandFaults
  clock: Clock
  webhooks: Webhooks
  requestLog: RequestLog
  addExamples: ReturnType<typeof createExamples>
  seeding: Seeding
}

/** What the document says that the pages need. */
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

/** Reads the document for the pages. */
export const catalogueOf = (document: OpenApiDocument): Catalogue => {
  const { schemas } = document.components
  const requests: Record<string, string> = schemas.PaymentDetailsRequest.discriminator.mapping
  const konbini = resolveRef(document, { $ref: requests.konbini }) as { properties: { store: { enum: string[] } } }
  const createPayment = required(
    operationsOf(document).find(({ operationId }) => operationId === 'createPayment'),
    'createPayment',
  )
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
