/** Retries: the same key does it once, another key does it again. */
import type { Account, Payment } from '../../../generated/schema.d.ts'
import type { Exchange } from '../exchange.ts'
import { type CheckSession, isFields } from '../session.ts'
import { type Check, create, orderBy, pay } from './check.ts'

type Fields = Record<string, unknown>

const keyed = (key: string) => ({ 'X-KOMOJU-IDEMPOTENCY': key })

const idOf = ({ body }: Exchange) => (isFields(body) ? body.id : undefined)

/** Checks that a retry got the first response again. */
const expectReplay = (session: CheckSession, operationId: string, first: Exchange, retry: Exchange) =>
  session.expect('idempotency.replay', {
    operationId,
    holds: retry.status === first.status && session.difference(first.body, retry.body) === undefined,
    message: `The retry got ${retry.status}${retry.status === first.status ? `, and ${session.difference(first.body, retry.body)}` : ''}.`,
    exchanges: [first, retry],
    place: '#/components/parameters/IdempotencyKey',
  })

const replay = async (session: CheckSession, operationId: string, input: { path?: Record<string, string>; body: Fields }) => {
  const headers = keyed(session.freshName('key'))
  const first = await session.send(operationId, { ...input, headers })
  // The reference contradicts itself on refunds of cash payments: whoever rejects them is right as well.
  if (operationId === 'requestRefund' && first.status === 422) session.leave('the target takes no refund requests')
  session.expect('request.accepted', {
    operationId,
    holds: first.status === 200,
    message: `The valid request returned ${first.status}.`,
    exchanges: [first],
  })
  const retry = await session.send(operationId, { ...input, headers })
  expectReplay(session, operationId, first, retry)
  return { first, retry }
}

const replayChange = async (session: CheckSession, operationId: string, type: string, changes: Fields, body: Fields) => {
  const created = await create(session, type, changes)
  if (operationId === 'requestRefund') await pay(session, created.body)
  const { id } = created.body
  const { first, retry } = await replay(session, operationId, { path: { id }, body })
  const after = await session.accept('getPayment', { path: { id } })
  const difference = session.difference(first.body, after.body)
  session.expect('idempotency.replay', {
    operationId,
    holds: difference === undefined,
    message: `The retry did something again: ${difference}.`,
    exchanges: [first, retry, after.exchange],
    place: '#/components/parameters/IdempotencyKey',
  })
}

const createAtOnce = async (session: CheckSession) => {
  const body = orderBy(session, 'credit_card')
  const headers = keyed(session.freshName('key'))
  const raced = await session.race('createPayment', { body, headers }, 4)
  const accepted = raced.filter(({ status }) => status === 200)
  // Whoever came too early is told so, whoever comes now gets the payment.
  const retry = await session.send('createPayment', { body, headers })
  const ids = new Set([...accepted, retry].map(idOf))
  session.expect('idempotency.replay', {
    operationId: 'createPayment',
    holds: accepted.length > 0 && ids.size === 1 && retry.status === 200 && raced.every(({ status }) => status === 200 || status === 409),
    message: `Four requests with one key at the same time: ${raced.map(({ status }) => status).join(', ')}, then ${retry.status}, ${ids.size} payments.`,
    exchanges: [...raced, retry],
    place: '#/components/parameters/IdempotencyKey',
  })
}

const otherKeys = async (session: CheckSession) => {
  const first = await session.accept('createPayment', { body: orderBy(session, 'credit_card'), headers: keyed(session.freshName('key')) })
  const second = await session.accept('createPayment', { body: orderBy(session, 'credit_card'), headers: keyed(session.freshName('key')) })
  session.expect('idempotency.key', {
    operationId: 'createPayment',
    holds: first.body.id !== second.body.id,
    message: 'Two requests with different keys got the same payment.',
    exchanges: [first.exchange, second.exchange],
    place: '#/components/parameters/IdempotencyKey',
  })
}

/** The same key with another body: what happens is the target's choice, but no second payment comes of it. */
const otherBody = async (session: CheckSession) => {
  const headers = keyed(session.freshName('key'))
  const first = await session.accept<Payment>('createPayment', { body: orderBy(session, 'credit_card', { amount: 100 }), headers })
  const second = await session.send('createPayment', { body: orderBy(session, 'credit_card', { amount: 200 }), headers })
  session.expect('idempotency.replay', {
    operationId: 'createPayment',
    holds: second.status >= 400 || idOf(second) === first.body.id,
    message: 'The same key with another body made a second payment.',
    exchanges: [first.exchange, second],
    place: '#/components/parameters/IdempotencyKey',
  })
}

const bankAccount = {
  amount: 500,
  customer_name: '山田太郎',
  bank_name: 'KOMOJU BANK',
  branch_number: '012',
  account_type: 'normal',
  account_number: '0123456',
  include_payment_method_fee: false,
}

/** Checks of `X-KOMOJU-IDEMPOTENCY`. */
export const idempotencyChecks = (): Check[] => {
  const check = (name: string, operationId: string, run: Check['run'], needs: Check['needs'] = []): Check => ({
    name,
    group: 'idempotency',
    operationId,
    needs: ['writes', 'state', ...needs],
    run,
  })
  const change = (operationId: string, type: string, changes: Fields, body: Fields, needs: Check['needs'] = []) =>
    check(
      `${operationId} is done once for each key`,
      operationId,
      (session) => replayChange(session, operationId, type, changes, body),
      needs,
    )
  return [
    check('createPayment is done once for each key', 'createPayment', async (session) => {
      await replay(session, 'createPayment', { body: orderBy(session, 'credit_card') })
      await replay(session, 'createPayment', { body: orderBy(session, 'konbini') })
    }),
    change('capturePayment', 'credit_card', { capture: false }, {}),
    change('cancelPayment', 'credit_card', { capture: false }, {}),
    change('refundPayment', 'credit_card', {}, { amount: 100 }),
    change('requestRefund', 'konbini', {}, bankAccount, ['pay']),
    check(
      'createAccount is done once for each key',
      'createAccount',
      async (session) => {
        const body = { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
        await replay(session, 'createAccount', { body })
      },
      ['accounts'],
    ),
    check(
      'acceptServiceAgreement is done once for each key',
      'acceptServiceAgreement',
      async (session) => {
        const account = { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
        const { body } = await session.accept<Account>('createAccount', { body: account })
        const agreement = { accepted_service_agreement_at: '2024-01-02T03:04:05Z', accepted_service_agreement_ip: '192.0.2.1' }
        await replay(session, 'acceptServiceAgreement', { path: { id: body.id }, body: agreement })
      },
      ['accounts'],
    ),
    check('one key at the same time makes one payment', 'createPayment', createAtOnce),
    check('other keys make other payments', 'createPayment', otherKeys),
    check('one key with another body makes no second payment', 'createPayment', otherBody),
  ]
}
