/** Failures on demand: the scenario header, and the test numbers that the document lists. */
import { type OpenApiDocument, resolveSchema, type SchemaObject, type TestValue } from '../document.ts'
import { type JsonObject, jsonObjectOf } from '../json-object.ts'
import type { ApiRequest } from './front.ts'

/** Test numbers by payment method and property, for example `credit_card` → `number` → values. */
export const testValuesOf = (document: OpenApiDocument): Record<string, Record<string, TestValue[]>> => {
  const { mapping }: { mapping: Record<string, string> } = document.components.schemas.PaymentDetailsRequest.discriminator
  return Object.fromEntries(
    Object.entries(mapping).map(([method, $ref]) => {
      const { properties = {} } = resolveSchema(document, { $ref })
      const listed = Object.entries(properties).flatMap(([name, schema]) => {
        const values = (schema as SchemaObject)['x-test-values']
        return values ? [[name, values] as const] : []
      })
      return [method, Object.fromEntries(listed)]
    }),
  )
}

/** Payment details of a request. An operation that knows none ignores them, whatever they are. */
const detailsIn = ({ operation, body }: Pick<ApiRequest, 'operation' | 'body'>): JsonObject =>
  operation.request?.properties.includes('payment_details') ? jsonObjectOf(jsonObjectOf(body).payment_details) : {}

/**
 * Makes a function that tells which error a request asks for, by its `Komoju-Scenario` header or by a test number.
 * @returns the error's code, undefined where the request asks for none
 */
export const createScenarios = (document: OpenApiDocument) => {
  const testValues = testValuesOf(document)
  return (request: Pick<ApiRequest, 'operation' | 'parameters' | 'body'>): string | undefined => {
    const { 'Komoju-Scenario': scenario } = request.parameters
    if (typeof scenario === 'string') return scenario
    const details = detailsIn(request)
    for (const [property, values] of Object.entries(testValues[String(details.type)] ?? {}))
      for (const { value, error } of values) if (error !== undefined && details[property] === value) return error
    return
  }
}

/**
 * Makes a function that tells whether a request pays with a prepaid card that holds less than the total.
 * A tax that is not given counts as `auto`.
 */
export const createShortCardCheck = (document: OpenApiDocument) => {
  const testValues = testValuesOf(document)
  const autoPercent = Number(resolveSchema(document, { $ref: '#/components/schemas/TaxInput' })['x-auto-percent'])
  return (request: Pick<ApiRequest, 'operation' | 'body'>): boolean => {
    const { amount, tax } = jsonObjectOf(request.body)
    const details = detailsIn(request)
    const { prepaid_number: numbers = [] } = testValues[String(details.type)] ?? {}
    const balance = numbers.find(({ value }) => value === details.prepaid_number)?.balance
    const isAuto = tax === undefined || tax === null || tax === 'auto'
    const total = Number(amount) + (isAuto ? Math.round((Number(amount) * autoPercent) / 100) : Number(tax))
    return balance !== undefined && total > balance
  }
}
