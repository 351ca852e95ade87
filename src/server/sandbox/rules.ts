/** What the document says about money and payment methods, as the sandbox needs it. */
import { type OpenApiDocument, resolveSchema, type SchemaObject, type TestValue } from '../../document.ts'
import { markedSecretsOf } from '../../marked-secrets.ts'
import { testValuesOf } from '../scenarios.ts'
import type { MethodFacts } from './method-facts.ts'

/** A payment method as the sandbox plays it. */
export type MethodRules = MethodFacts & {
  type: string
  /** Properties of the response's `payment_details` in their order. */
  properties: [name: string, schema: SchemaObject][]
  /** Numbers with a meaning in test mode, by property of the request. */
  testValues: Record<string, TestValue[]>
}
export type Rules = {
  /** Number of decimals by currency. */
  decimals: Record<string, number>
  /** Rate of the tax `auto`, in percent. */
  autoTaxPercent: number
  methods: Record<string, MethodRules>
  /** Card that stands behind every token and every customer. */
  storedCard: Record<string, unknown>
  /** Names of the properties of requests that are secrets. */
  secretNames: ReadonlySet<string>
}

/** Unit of amounts: the currency's own with decimals, or its smallest without. */
export type AmountUnit = 'major' | 'minor'

/** Reads the rules from the document and the facts of each method. */
export const rulesOf = (document: OpenApiDocument, methodFacts: Record<string, MethodFacts>, amounts: AmountUnit = 'major'): Rules => {
  const { schemas } = document.components
  const testValues = testValuesOf(document)
  const minorUnits: Record<string, number> = schemas.PaymentCurrency['x-minor-units']
  const requests: Record<string, string> = schemas.PaymentDetailsRequest.discriminator.mapping
  const responses: Record<string, string> = schemas.PaymentDetails.discriminator.mapping
  const methodOf = (type: string): MethodRules => {
    const facts = methodFacts[type]
    if (!facts) throw new Error(`generated/sandbox.json does not say how to play ${type}. Run \`npm run build\`.`)
    const response = resolveSchema(document, { $ref: responses[type] })
    return {
      type,
      ...facts,
      properties: Object.entries(response.properties ?? {}) as [string, SchemaObject][],
      testValues: testValues[type] ?? {},
    }
  }
  const methods = Object.fromEntries(Object.keys(requests).map((type) => [type, methodOf(type)]))
  const number = testValues.credit_card?.number?.find(({ error }) => error === undefined)?.value
  return {
    decimals: amounts === 'minor' ? Object.fromEntries(Object.keys(minorUnits).map((currency) => [currency, 0])) : minorUnits,
    autoTaxPercent: schemas.TaxInput['x-auto-percent'],
    methods,
    storedCard: { type: 'credit_card', number, month: 12, year: 2099 },
    secretNames: markedSecretsOf(document).names,
  }
}
