/** Failures on demand: the scenario header, and the test numbers that the document lists. */
import { type OpenApiDocument, resolveSchema, type SchemaObject, type TestValue } from '../document.ts'
import type { ApiRequest } from './front.ts'

/** A number that means something in test mode, from `x-test-values` of the document. */

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

/**
 * Makes a function that tells which error a request asks for, by its `Komoju-Scenario` header or by a test number.
 * @returns the error's code, undefined where the request asks for none
 */
export const createScenarios = (document: OpenApiDocument) => {
  const testValues = testValuesOf(document)
  return ({ parameters, body }: Pick<ApiRequest, 'parameters' | 'body'>): string | undefined => {
    if (typeof parameters['Komoju-Scenario'] === 'string') return parameters['Komoju-Scenario']
    const details = (body as { payment_details?: Record<string, unknown> } | undefined)?.payment_details
    if (typeof details !== 'object') return
    for (const [property, values] of Object.entries(testValues[String(details.type)] ?? {}))
      for (const { value, error } of values) if (error !== undefined && details[property] === value) return error
    return
  }
}
