/** Valid requests made up from the schemas; where one is not treated as valid, the smallest such request is the finding. */

import fc from 'fast-check'
import type { Account, Payment } from '../../../generated/schema.d.ts'
import type { SchemaObject } from '../../document.ts'
import { type JsonObject, jsonObjectOf } from '../../json-object.ts'
import { required } from '../../required.ts'
import type { ApiModel } from '../api/api-model.ts'
import { createExample, orderBy } from '../api/fixtures.ts'
import type { Encoding } from '../generate/encodings.ts'
import { arbitraryOf } from '../generate/valid-requests.ts'
import type { CheckContext } from '../run/check-context.ts'
import { verifyAccountEcho, verifyEcho } from './verifications.ts'

/** Prepaid numbers and accounts that every test server knows are those of the examples. */
const fixedDetails = ['prepaid_number', 'culture_id', 'culture_password', 'happy_money_id', 'happy_money_password', 'number']

/** An empty text and an empty object are not there in a form. */
const sayable = (body: JsonObject, encoding: Encoding) => encoding === 'json' || JSON.stringify(body).match(/:""|:\{\}/) === null

const orders = (api: ApiModel, type: string): fc.Arbitrary<JsonObject> => {
  const { document } = api
  const { mapping }: { mapping: Record<string, string> } = document.components.schemas.PaymentDetailsRequest.discriminator
  const { properties = {} }: SchemaObject = document.components.schemas.CreatePaymentRequest
  const example = createExample(api, type)
  const details = arbitraryOf(api, { $ref: required(mapping[type], type) }, ['payment_details']).map((generated) => {
    const kept = Object.fromEntries(
      fixedDetails.flatMap((name) =>
        name in jsonObjectOf(example.payment_details) ? [[name, jsonObjectOf(example.payment_details)[name]]] : [],
      ),
    )
    return { ...jsonObjectOf(generated), ...kept }
  })
  const optional = Object.fromEntries(
    Object.entries(properties)
      .filter(
        ([name]) => !['amount', 'currency', 'external_order_num', 'metadata', 'capture', 'payment_details', 'customer'].includes(name),
      )
      .map(([name, schema]) => [name, arbitraryOf(api, schema, [name])]),
  )
  return fc
    .tuple(
      fc.record(
        { amount: arbitraryOf(api, required(properties.amount, 'amount'), ['amount']), payment_details: details },
        { noNullPrototype: true },
      ),
      fc.record(optional, { requiredKeys: [], noNullPrototype: true }),
      arbitraryOf(api, { type: 'object' }, ['metadata']) as fc.Arbitrary<JsonObject>,
    )
    .map(([required, rest, metadata]) => ({ ...required, ...rest, currency: example.currency, metadata }))
}

/** Requests at most to make a counterexample smaller. Counted, not timed, so that a slow target has the same findings as a fast one. */
const mostShrinks = 300

/** Runs a property; what the smallest counterexample shows is what counts. */
const hunt = async <Value>(context: CheckContext, values: fc.Arbitrary<Value>, run: (value: Value) => Promise<void>) => {
  const { seed, runs: numRuns } = context.settings
  let left = numRuns + mostShrinks
  const result = await fc.check(
    fc.asyncProperty(values, async (value) => {
      if (left-- <= 0) return
      const found = await context.dryRun(() => run(value))
      // No response is no matter of the input, and each takes the whole timeout.
      if (found.some(({ rule }) => rule === 'response.reached')) left = 0
      const [first] = found
      if (first) throw new Error(first.message)
    }),
    { seed, numRuns },
  )
  // Once more, for the record: the last passing sample, or the counterexample.
  const value = result.counterexample?.[0] ?? required(fc.sample(values, { seed, numRuns: 1 })[0], 'Sample')
  await run(value)
}

/** Sends any valid payments of a method. */
export const checkOrders = (context: CheckContext, type: string) => {
  const { encoding = 'json' } = context.check
  return hunt(
    context,
    orders(context.api, type).filter((body) => sayable(body, encoding)),
    async (generated) => {
      const named = orderBy(context, type)
      const request: JsonObject = {
        ...generated,
        external_order_num: named.external_order_num,
        metadata: { ...jsonObjectOf(generated.metadata), kit_request: named.external_order_num },
      }
      const { body, exchange } = await context.expectAccepted<Payment>('createPayment', { body: request })
      if (context.capabilities.has('state')) verifyEcho(context, request, body, exchange)
    },
  )
}

/** Sends any valid accounts. */
export const checkAccounts = (context: CheckContext) => {
  const schema: SchemaObject = context.api.document.components.schemas.CreateAccountRequest
  return hunt(context, arbitraryOf(context.api, schema) as fc.Arbitrary<JsonObject>, async (generated) => {
    const request = { ...generated, name: context.freshName('Account') } as JsonObject
    const { body, exchange } = await context.expectAccepted<Account & JsonObject>('createAccount', { body: request })
    if (!context.capabilities.has('state')) return
    verifyAccountEcho(context, request, body, exchange)
  })
}
