/** Examples as people copy them: the reference pages' own, with a card that has not expired and without the pages' typing mistakes. */
import type { Example, OpenApiDocument } from './document.ts'
import { isJsonObject, jsonObjectOf } from './json-object.ts'

/** Years that a card in a sample is valid after the day on which the samples were made. */
const yearsUntilExpiry = 4

const withTyposMended = (value: unknown, typos: Record<string, unknown>): unknown => {
  if (typeof value === 'string') return typeof typos[value] === 'string' ? typos[value] : value
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTyposMended(inner, typos)]))
}

/**
 * The body of a request's example, to be copied.
 * @param document the bundle; its `info` holds the day on which the samples were made
 */
export const freshExample = (document: OpenApiDocument, example: Example): unknown => {
  const body = withTyposMended(example.value, jsonObjectOf(example['x-typos']))
  if (!isJsonObject(body) || !isJsonObject(body.payment_details) || body.payment_details.year === undefined) return body
  const year = Number(String(document.info['x-samples-date']).slice(0, 4)) + yearsUntilExpiry
  return { ...body, payment_details: { ...body.payment_details, year: String(year) } }
}
