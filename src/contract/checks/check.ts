/** What a check is, and the requests that checks have in common. */
import type { Payment } from '../../../generated/schema.d.ts'
import type { Encoding } from '../encoding.ts'
import type { Exchange } from '../exchange.ts'
import type { RuleId } from '../rules.ts'
import { type Capability, CheckEnded, type CheckSession, isFields } from '../session.ts'
import type { Subject } from '../subject.ts'

export type Check = {
  name: string
  group: Group
  operationId: string
  encoding?: Encoding
  paymentMethod?: string
  /** What the target must be capable of. */
  needs: Capability[]
  run: (session: CheckSession) => Promise<void>
}

export const groups = [
  'examples',
  'rejections',
  'http',
  'credentials',
  'ids',
  'journeys',
  'idempotency',
  'accounts',
  'generated',
  'lists',
] as const
export type Group = (typeof groups)[number]

type Fields = Record<string, unknown>

/** An example's body as its own order: named after the run, with a card that has not expired. */
export const ownOrder = (session: { freshName: (what?: string) => string }, example: unknown): Fields => {
  const order = session.freshName()
  const body = structuredClone(example) as Fields
  const details = body.payment_details
  if (isFields(details) && 'year' in details) body.payment_details = { ...details, year: new Date().getUTCFullYear() + 3 }
  return { ...body, external_order_num: order, metadata: { ...(body.metadata as Fields | undefined), kit_request: order } }
}

/** Example of the request that creates a payment by a method. */
export const createExample = (subject: Subject, type: string) =>
  subject.operations.get('createPayment')!.request!.examples[type]!.value as Fields

/** Valid body that creates a payment by a method. */
export const orderBy = (session: CheckSession, type: string, changes: Fields = {}): Fields => ({
  ...ownOrder(session, createExample(session.subject, type)),
  ...changes,
})

/** Creates a payment. */
export const create = async (session: CheckSession, type: string, changes: Fields = {}) =>
  session.accept('createPayment', { body: orderBy(session, type, changes) })

/** Gets a payment and checks that it is what the last response said. What is not kept is the fault of whoever said it. */
export const getSame = async (session: CheckSession, expected: Payment, evidence: Exchange): Promise<Payment> => {
  const exchange = await session.send('getPayment', { path: { id: expected.id } })
  const difference = exchange.status === 200 ? session.difference(expected, exchange.body) : `getPayment returns ${exchange.status}`
  const isSame = session.expect('consistency.get', {
    operationId: evidence.operationId,
    holds: difference === undefined,
    message: `The payment is not what ${evidence.operationId} said: ${difference}.`,
    exchanges: [evidence, exchange],
    place: session.operationPlace('getPayment'),
  })
  if (!isSame && exchange.status !== 200) throw new CheckEnded()
  return exchange.body as Payment
}

/** Statuses that a new payment of a method can have. Where the customer has yet to act, both names for waiting are right. */
export const firstStatuses = (session: CheckSession, type: string, capture: unknown = true): string[] => {
  if (session.method(type).kind !== 'immediate') return ['authorized', 'pending']
  return type === 'credit_card' && String(capture) === 'false' ? ['authorized'] : ['captured']
}

/** Marks a payment paid with the target's hook. */
export const pay = async (session: CheckSession, payment: Payment): Promise<Payment> => {
  const url = session.settings.payUrl!.replace(/\{id\}|%7Bid%7D/i, payment.id)
  const { fetch: call = fetch } = session.settings
  const response = await call(url, { method: 'POST', redirect: 'manual' }).catch((error: Error) =>
    session.leave(`--pay-url: ${error.message}`),
  )
  if (response.status >= 400) return session.leave(`--pay-url returned ${response.status} for a ${payment.payment_details?.type} payment`)
  const { body, exchange } = await session.accept('getPayment', { path: { id: payment.id } })
  session.expect('state.paid', {
    operationId: 'getPayment',
    holds: body.status === 'captured',
    message: `The payment was paid and is ${body.status}.`,
    exchanges: [exchange],
    place: session.operationPlace('getPayment'),
  })
  return body
}

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Whether a value came back. A form has only text, so a number and its text are the same; null and absent are the same. */
const cameBack = (sent: unknown, got: unknown) => {
  if (sent === null || sent === undefined || sent === '') return got == null || got === ''
  if (typeof got === 'number') return Number(sent) === got
  return asText(sent) === asText(got)
}

/** Checks that a new payment is the one that was asked for. */
export const expectEcho = (session: CheckSession, request: Fields, payment: Payment, exchange: Exchange) => {
  const details = isFields(request.payment_details) ? request.payment_details : {}
  const type = typeof details.type === 'string' ? details.type : undefined
  const returned = (payment.payment_details ?? {}) as Fields
  const sent: [path: string[], value: unknown, got: unknown][] = [
    [['amount'], request.amount, payment.amount],
    [['currency'], request.currency, payment.currency],
    [['external_order_num'], request.external_order_num, payment.external_order_num],
    [['description'], request.description, payment.description],
    [['locale'], request.locale ?? 'ja', payment.locale],
    ...Object.entries((request.metadata as Fields | null) ?? {}).map(([key, value]): [string[], unknown, unknown] => [
      ['metadata'],
      value,
      (payment.metadata as Fields | undefined)?.[key],
    ]),
  ]
  if (!Number.isNaN(Number(request.tax ?? Number.NaN))) sent.push([['tax'], request.tax, payment.tax])
  for (const name of type === undefined ? [] : session.method(type).echoed)
    if (details[name] !== undefined) sent.push([['payment_details'], details[name], returned[name]])
  if (typeof details.number === 'string') sent.push([['payment_details'], details.number.slice(-4), returned.last_four_digits])
  for (const [path, value, got] of sent)
    session.expect('request.echo', {
      operationId: 'createPayment',
      holds: cameBack(value, got),
      message: `Asked for ${path.join('')} ${JSON.stringify(value)}, got ${JSON.stringify(got)}.`,
      exchanges: [exchange],
      place: `#/components/schemas/Payment/properties/${path[0]}`,
    })
  if (type !== undefined) {
    const statuses = firstStatuses(session, type, request.capture)
    session.expect('request.status', {
      operationId: 'createPayment',
      holds: statuses.includes(payment.status),
      message: `A new ${type} payment is ${payment.status} instead of ${statuses.join(' or ')}.`,
      exchanges: [exchange],
      place: session.operationPlace('createPayment', 'description'),
    })
  }
}

/** Checks one thing about the response of an operation. */
export const expectThat = (session: CheckSession, rule: RuleId, exchanges: Exchange[], holds: boolean, message: string, place?: string) => {
  const operationId = exchanges.at(-1)!.operationId
  return session.expect(rule, { operationId, holds, message, exchanges, place: place ?? session.operationPlace(operationId) })
}

/**
 * Sends wrong requests one after the other, all for one object. Where one was accepted, the next gets another object:
 * the response to a request does not depend on those before it.
 */
export const sendInTurn = async <Target>(make: () => Promise<Target>, requests: ((target: Target) => Promise<Exchange>)[]) => {
  let target: Target | undefined
  for (const request of requests) {
    target ??= await make()
    const { status } = await request(target)
    if (status < 300) target = undefined
  }
}

/** An id of the right form that no object has. */
export const unknownId = 'zzzzzzzzzzzzzzzzzzzzzzzzz'
