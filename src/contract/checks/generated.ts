/** Valid requests made up from the schemas; where one is not treated as valid, the smallest such request is the finding. */
import fc from 'fast-check'
import type { Account, Payment } from '../../../generated/schema.d.ts'
import type { SchemaObject } from '../../document.ts'
import { type Encoding, encodings } from '../encoding.ts'
import { arbitraryOf } from '../samples.ts'
import type { CheckSession } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, createExample, expectEcho, orderBy } from './check.ts'

type Fields = Record<string, unknown>

/** Prepaid numbers and accounts that every test server knows are those of the examples. */
const fixedDetails = ['prepaid_number', 'culture_id', 'culture_password', 'happy_money_id', 'happy_money_password', 'number']

/** An empty text and an empty object are not there in a form. */
const sayable = (body: Fields, encoding: Encoding) => encoding === 'json' || JSON.stringify(body).match(/:""|:\{\}/) === null

const orders = (subject: Subject, type: string): fc.Arbitrary<Fields> => {
  const { document } = subject
  const { mapping } = document.components.schemas.PaymentDetailsRequest.discriminator as { mapping: Record<string, string> }
  const { properties } = document.components.schemas.CreatePaymentRequest as SchemaObject
  const example = createExample(subject, type)
  const details = arbitraryOf(subject, { $ref: mapping[type]! }, ['payment_details']).map((generated) => {
    const kept = Object.fromEntries(
      fixedDetails.flatMap((name) =>
        name in (example.payment_details as Fields) ? [[name, (example.payment_details as Fields)[name]]] : [],
      ),
    )
    return { ...(generated as Fields), ...kept }
  })
  const optional = Object.fromEntries(
    Object.entries(properties!)
      .filter(
        ([name]) => !['amount', 'currency', 'external_order_num', 'metadata', 'capture', 'payment_details', 'customer'].includes(name),
      )
      .map(([name, schema]) => [name, arbitraryOf(subject, schema, [name])]),
  )
  return fc
    .tuple(
      fc.record({ amount: arbitraryOf(subject, properties!.amount!, ['amount']), payment_details: details }, { noNullPrototype: true }),
      fc.record(optional, { requiredKeys: [], noNullPrototype: true }),
      arbitraryOf(subject, { type: 'object' }, ['metadata']) as fc.Arbitrary<Fields>,
    )
    .map(([required, rest, metadata]) => ({ ...required, ...rest, currency: example.currency, metadata }))
}

/** Requests at most to make a counterexample smaller. Counted, not timed, so that a slow target has the same findings as a fast one. */
const mostShrinks = 300

/** Runs a property; what the smallest counterexample shows is what counts. */
const hunt = async <Value>(session: CheckSession, values: fc.Arbitrary<Value>, run: (value: Value) => Promise<void>) => {
  const { seed, runs: numRuns } = session.settings
  let left = numRuns + mostShrinks
  const result = await fc.check(
    fc.asyncProperty(values, async (value) => {
      if (left-- <= 0) return
      const found = await session.attempt(() => run(value))
      // No response is no matter of the input, and each takes the whole timeout.
      if (found.some(({ rule }) => rule === 'response.reached')) left = 0
      if (found.length > 0) throw new Error(found[0]!.message)
    }),
    { seed, numRuns },
  )
  // Once more, for the record: the last passing sample, or the counterexample.
  const value = result.counterexample?.[0] ?? fc.sample(values, { seed, numRuns: 1 })[0]!
  await run(value)
}

const checkOrders = (session: CheckSession, type: string) => {
  const { encoding = 'json' } = session.check
  return hunt(
    session,
    orders(session.subject, type).filter((body) => sayable(body, encoding)),
    async (generated) => {
      const named = orderBy(session, type)
      const request: Fields = {
        ...generated,
        external_order_num: named.external_order_num,
        metadata: { ...(generated.metadata as Fields), kit_request: named.external_order_num },
      }
      const { body, exchange } = await session.accept<Payment>('createPayment', { body: request })
      if (session.has('state')) expectEcho(session, request, body, exchange)
    },
  )
}

const checkAccounts = (session: CheckSession) => {
  const schema = session.subject.document.components.schemas.CreateAccountRequest as SchemaObject
  return hunt(session, arbitraryOf(session.subject, schema) as fc.Arbitrary<Fields>, async (generated) => {
    const request = { ...generated, name: session.freshName('account') } as Fields
    const { body, exchange } = await session.accept<Account & Fields>('createAccount', { body: request })
    if (!session.has('state')) return
    for (const [name, value] of Object.entries(request))
      session.expect('request.echo', {
        operationId: 'createAccount',
        holds: body[name] === value,
        message: `Asked for ${name} ${JSON.stringify(value)}, got ${JSON.stringify(body[name])}.`,
        exchanges: [exchange],
        place: `#/components/schemas/Account/properties/${name}`,
      })
  })
}

/** Checks with generated input, for each payment method and encoding. */
export const generatedChecks = (subject: Subject): Check[] =>
  encodings.flatMap((encoding): Check[] => {
    const suffix = encoding === 'form' ? ' in a form' : ''
    return [
      ...subject.methods.map(
        ({ type }): Check => ({
          name: `createPayment takes any valid ${type} payment${suffix}`,
          group: 'generated',
          operationId: 'createPayment',
          encoding,
          paymentMethod: type,
          needs: ['writes'],
          run: (session) => checkOrders(session, type),
        }),
      ),
      {
        name: `createAccount takes any valid account${suffix}`,
        group: 'generated',
        operationId: 'createAccount',
        encoding,
        needs: ['writes', 'accounts'],
        run: checkAccounts,
      },
    ]
  })
