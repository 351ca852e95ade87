/** Every operation with every one of its examples, in both encodings: accepted, with the response that the document says. */
import type { Account, Payment } from '../../../generated/schema.d.ts'
import type { Operation } from '../../document.ts'
import { type Encoding, encodings } from '../encoding.ts'
import { defaultTaxes, sameAmount } from '../laws.ts'
import { type CheckSession, isFields } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, create, expectEcho, expectThat, getSame, ownOrder, pay } from './check.ts'

type Fields = Record<string, unknown>

/** Methods paid by an example: the key of an example that is a payment method names it. */
const methodOfExample = (subject: Subject, operation: Operation, key: string) => {
  if (subject.methods.some(({ type }) => type === key)) return key
  return operation.operationId === 'requestRefund' ? 'konbini' : 'credit_card'
}

/** Id in the document's own response to an example: what a server without state knows. */
const exampleId = (operation: Operation, key: string) => {
  const { examples } = operation.responses['200']!.body!
  return String(((examples[key] ?? Object.values(examples)[0])!.value as Fields).id)
}

/** A payment in the state that an operation works on. */
const paymentFor = async (session: CheckSession, operationId: string, type: string): Promise<Payment> => {
  const { kind } = session.method(type)
  const waits = operationId === 'capturePayment' || operationId === 'cancelPayment'
  const { body } = await create(session, type, waits && kind === 'immediate' ? { capture: false } : {})
  if (operationId !== 'refundPayment' && operationId !== 'requestRefund') return body
  if (kind === 'immediate') return body
  if (!session.has('pay')) return session.leave(session.reason('pay')!)
  return pay(session, body)
}

const checkCreation = async (session: CheckSession, example: unknown) => {
  const request = ownOrder(session, example)
  const { body, exchange } = await session.accept('createPayment', { body: request })
  if (!session.has('state')) return
  expectEcho(session, request, body, exchange)
  if (request.tax === undefined)
    expectThat(
      session,
      'request.tax',
      [exchange],
      defaultTaxes(Number(request.amount), String(request.currency)).some((tax) => sameAmount(tax, body.tax)),
      `The tax of ${request.amount} ${request.currency} is ${body.tax}.`,
      '#/components/schemas/TaxInput',
    )
  await getSame(session, body, exchange)
}

const checkAccount = async (session: CheckSession, operation: Operation, body: unknown) => {
  const created = await session.accept<Account>('createAccount', {
    body: { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' },
  })
  await session.accept<Account>(operation.operationId, { path: { id: created.body.id }, body })
}

const checkExample = async (session: CheckSession, operation: Operation, key: string) => {
  const { operationId } = operation
  const example = operation.request!.examples[key]!.value
  if (operationId === 'createPayment') return checkCreation(session, example)
  if (operationId === 'createAccount') {
    await session.accept<Account>(operationId, { body: { ...(example as Fields), name: session.freshName('account') } })
    return
  }
  if (!session.has('state')) {
    await session.accept(operationId, { path: { id: exampleId(operation, key) }, body: example })
    return
  }
  if (operation.tag === 'Accounts') return checkAccount(session, operation, example)
  const type = methodOfExample(session.subject, operation, key)
  const before = await paymentFor(session, operationId, type)
  const isCash = session.method(type).kind === 'cash'
  // The reference contradicts itself on refunds of cash payments: whoever rejects them is right as well.
  if (isCash && (operationId === 'refundPayment' || operationId === 'requestRefund')) {
    const exchange = await session.send(operationId, { path: { id: before.id }, body: example })
    if (exchange.status === 422 && isFields(exchange.body)) session.leave(`the target has no ${operationId} for ${type}`)
    expectThat(session, 'request.accepted', [exchange], exchange.status === 200, `The valid request returned ${exchange.status}.`)
    if (exchange.status === 200) await getSame(session, exchange.body as Payment, exchange)
    return
  }
  const { body, exchange } = await session.accept(operationId, { path: { id: before.id }, body: example })
  await getSame(session, body, exchange)
}

const encodingName: Record<Encoding, string> = { json: 'JSON', form: 'a form' }

/** Checks of every example of every request. */
export const exampleChecks = (subject: Subject): Check[] =>
  [...subject.operations.values()].flatMap((operation) =>
    Object.keys(operation.request?.examples ?? {}).flatMap((key) =>
      encodings.map((encoding): Check => {
        const isMethod = subject.methods.some(({ type }) => type === key)
        return {
          name: `${operation.operationId} works as in the example ${key}, sent as ${encodingName[encoding]}`,
          group: 'examples',
          operationId: operation.operationId,
          encoding,
          ...(isMethod && { paymentMethod: key }),
          needs: operation.tag === 'Accounts' ? ['writes', 'accounts'] : ['writes'],
          run: (session) => checkExample(session, operation, key),
        }
      }),
    ),
  )
