/** Examples of the document on the sandbox: the state that each assumes, made through the API, and what of its response every run returns. */
import type { Call } from '../../../scripts/reference/samples/call.ts'
import { operationOf, readDocument } from '../../../src/document.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { required } from '../../../src/required.ts'
import type { createClient } from './client.ts'

type Client = ReturnType<typeof createClient>
export type Sample = JsonObject & { payment_details: JsonObject; tax: number; amount: number }

const document = readDocument()

/** Examples of an operation: its requests and its responses, by their key. */
export const examplesOf = (operationId: string) => {
  const { request, responses } = operationOf(document, operationId)
  return { requests: request?.examples ?? {}, responses: required(responses['200']?.body, operationId).examples }
}

/** Body of a request's example. */
const requestOf = (operationId: string, key: string) => required(examplesOf(operationId).requests[key], key).value as JsonObject

/** Values that differ from run to run: ids, times, codes, addresses. Only whether they are null is compared. */
const generated =
  /^(id|payment|live_merchant|test_merchant|.*_at|payment_deadline|.*_url|confirmation_code|receipt|order_id|account_number|bank_id|customer_id|confirmation_id)$/

/** A value of a response without what is generated. */
export const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, generated.test(key) ? (part === null ? null : 'generated') : comparable(part)]),
  )
}

/** What the sandbox returns where an example shows a response. Where they differ, docs/sandbox-behaviour.md says why. */
export const expectedOf = (sample: unknown): unknown => {
  const text = JSON.stringify(comparable(sample)).replaceAll('circle-k', 'daily-yamazaki').replaceAll('"cdef"', '"1111"')
  // Nothing is pending on the sandbox but a payment whose prepaid card was short.
  const isShort = text.includes('"type":"web_money"')
  return JSON.parse(isShort ? text : text.replaceAll('"status":"pending","amount":300', '"status":"authorized","amount":300'))
}

/** Request that makes the payment which an example's response shows. */
export const requestFor = ({
  amount,
  tax,
  currency,
  locale,
  external_order_num,
  metadata,
  description,
  payment_details,
}: Sample): JsonObject => {
  const base = requestOf('createPayment', String(payment_details.type)) as { payment_details: JsonObject }
  const { email, store, month, year, provider } = payment_details
  const details = { ...base.payment_details, ...(email !== null && { email }) }
  // One sample was paid at a chain that no request can name any more.
  if (store) Object.assign(details, { store: store === 'circle-k' ? 'daily-yamazaki' : store })
  if (month) Object.assign(details, { month, year })
  if (provider) Object.assign(details, { brand: provider })
  return { amount, tax, currency, locale, external_order_num, metadata, description, payment_details: details }
}

const isWaiting = ({ payment_details }: Sample) => 'instructions_url' in payment_details || 'redirect_url' in payment_details

/** Body of the request that makes the payment which an operation's example acts on. */
const paymentBefore = (operationId: string, key: string, sample: Sample): JsonObject => {
  if (key === 'further_card') return requestOf('createPayment', 'web_money_short')
  if (operationId === 'updatePayment') return { ...requestFor(sample), description: null, metadata: {} }
  const isOpen = operationId === 'capturePayment' || operationId === 'cancelPayment'
  return { ...requestFor(sample), ...(isOpen && sample.payment_details.type === 'credit_card' && { capture: false }) }
}

/**
 * Makes what an example acts on.
 * @returns its id, undefined for an operation that acts on nothing
 */
export const makeStateOf = async (
  api: Client,
  { operation: { operationId, path }, example, response }: Call,
): Promise<string | undefined> => {
  if (!path.includes('{id}')) return undefined
  if (path.startsWith('/accounts')) {
    const { id } = (await api.ok('POST', '/accounts', requestOf('createAccount', 'submerchant'))) as { id: string }
    // The agreement is accepted after the change of the other example.
    if (operationId === 'acceptServiceAgreement') await api.ok('PATCH', `/accounts/${id}`, requestOf('updateAccount', 'time_zone'))
    return id
  }
  const sample = response as Sample
  const { id } = (await api.ok('POST', '/payments', paymentBefore(operationId, example, sample))) as { id: string }
  if (/refund/i.test(operationId) && isWaiting(sample)) await api.act('pay', id)
  return id
}
