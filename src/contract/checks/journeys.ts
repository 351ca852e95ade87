/** What merchants do with a payment from its creation to its last refund, and what they must not be able to do. */
import type { Payment } from '../../../generated/schema.d.ts'
import { type Encoding, encodings } from '../encoding.ts'
import type { Exchange } from '../exchange.ts'
import { sameAmount } from '../laws.ts'
import type { RuleId } from '../rules.ts'
import { type Capability, type CheckSession, isFields, together } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, create, expectEcho, expectThat, getSame, orderBy, pay } from './check.ts'

type Fields = Record<string, unknown>
type Returned = { body: Payment; exchange: Exchange }
type Journey = {
  name: string
  operationId: string
  paymentMethod?: string
  needs?: Capability[]
  run: (session: CheckSession) => Promise<void>
}

const at = ({ id }: Payment, body: Fields = {}) => ({ path: { id }, body })

/** Sends what the payment's state forbids, and checks that it is rejected and changes nothing. */
const forbidden = async (session: CheckSession, operationId: string, before: Returned, rule: RuleId, what: string, body: Fields = {}) => {
  const exchange = await session.reject(operationId, at(before.body, body), rule, what, {
    statuses: [400, 409, 422],
    evidence: [before.exchange],
    place: session.responsePlace(operationId, 422),
  })
  const after = await session.accept('getPayment', { path: { id: before.body.id } })
  const difference = session.difference(before.body, after.body)
  session.expect('rejection.no-change', {
    operationId,
    holds: difference === undefined || exchange.status < 400,
    message: `${what} was rejected, and yet ${difference}.`,
    exchanges: [before.exchange, exchange, after.exchange],
    place: session.operationPlace(operationId),
  })
}

/** Does something that the payment's state allows, and checks the state after it, in the response and in a get. */
const allowed = async (
  session: CheckSession,
  operationId: string,
  before: Returned,
  rule: RuleId,
  status: Payment['status'],
  body: Fields = {},
): Promise<Returned> => {
  const after = await session.accept(operationId, at(before.body, body), rule)
  expectThat(
    session,
    rule,
    [before.exchange, after.exchange],
    after.body.status === status && after.body.id === before.body.id,
    `The payment is ${after.body.status} instead of ${status}${after.body.id === before.body.id ? '' : ', and another one'}.`,
  )
  await getSame(session, after.body, after.exchange)
  return after
}

/** Refunds, and checks that just this was refunded. */
const refund = async (
  session: CheckSession,
  before: Returned,
  amount: number,
  status: Payment['status'],
  body: Fields,
): Promise<Returned> => {
  const after = await allowed(session, 'refundPayment', before, 'state.refund', status, body)
  const known = new Set(before.body.refunds.map(({ id }) => id))
  const added = after.body.refunds.filter(({ id }) => !known.has(id))
  expectThat(
    session,
    'state.refund-amount',
    [before.exchange, after.exchange],
    added.length === 1 &&
      sameAmount(added[0]!.amount, amount) &&
      sameAmount(after.body.amount_refunded, before.body.amount_refunded + amount),
    `Asked to refund ${amount}, got refunds of ${added.map((item) => item.amount).join(', ') || 'nothing'} and amount_refunded ${after.body.amount_refunded} after ${before.body.amount_refunded}.`,
  )
  if (typeof body.description === 'string' && added[0])
    expectThat(
      session,
      'request.echo',
      [after.exchange],
      added[0].description === body.description,
      `The refund has the description ${JSON.stringify(added[0].description)}.`,
      '#/components/schemas/Refund/properties/description',
    )
  return after
}

const createEchoed = async (session: CheckSession, type: string, changes: Fields = {}): Promise<Returned> => {
  const request = orderBy(session, type, changes)
  const created = await session.accept('createPayment', { body: request })
  expectEcho(session, request, created.body, created.exchange)
  return created
}

const cardDetails = (session: CheckSession, changes: Fields) => ({
  ...(orderBy(session, 'credit_card').payment_details as Fields),
  ...changes,
})

const authorizedCard = (session: CheckSession) => create(session, 'credit_card', { capture: false })

/** An authorized card payment, in every state from which nothing can be captured. */
const captureJourney = async (session: CheckSession) => {
  const authorized = await createEchoed(session, 'credit_card', { capture: false })
  const captured = await allowed(session, 'capturePayment', authorized, 'state.capture', 'captured')
  await forbidden(session, 'capturePayment', captured, 'state.capture-rejected', 'A second capture')
  await forbidden(session, 'cancelPayment', captured, 'state.cancel-rejected', 'Cancelling after a capture')
  const refunded = await refund(session, captured, captured.body.total, 'refunded', {})
  await forbidden(session, 'capturePayment', refunded, 'state.capture-rejected', 'Capturing a refunded payment')
}

const updateTo = async (session: CheckSession, before: Returned, body: Fields): Promise<Returned> => {
  const after = await session.accept('updatePayment', at(before.body, body), 'state.update')
  const { description, metadata } = after.body as Payment & { metadata: Fields }
  const sent = (body.metadata ?? {}) as Fields
  const asked =
    // A form has no null: what is empty may stay empty.
    (description || null) === (('description' in body ? body.description : before.body.description) || null) &&
    Object.entries(sent).every(([key, value]) => String(metadata?.[key]) === String(value))
  const others = session.difference(
    { ...before.body, description: null, metadata: null },
    { ...after.body, description: null, metadata: null },
  )
  expectThat(
    session,
    'state.update',
    [before.exchange, after.exchange],
    asked && others === undefined,
    others
      ? `An update of ${Object.keys(body).join(' and ')} changed more: ${others}.`
      : `Asked for ${JSON.stringify(body)}, got ${JSON.stringify({ description, metadata })}.`,
  )
  await getSame(session, after.body, after.exchange)
  return after
}

/** Whatever a run updates keeps the run's name in it. */
const tagged = (payment: Payment, metadata: Fields) => ({ kit_request: (payment.metadata as Fields).kit_request, ...metadata })

const concurrently = async (
  session: CheckSession,
  operationId: string,
  before: Returned,
  body: Fields,
  most: (after: Payment, accepted: number) => string | undefined,
) => {
  const exchanges = await session.race(operationId, at(before.body, body), 3)
  const after = await session.accept('getPayment', { path: { id: before.body.id } })
  const accepted = exchanges.filter(({ status }) => status === 200).length
  const problem = most(after.body, accepted)
  session.expect('state.concurrent', {
    operationId,
    holds: problem === undefined,
    message: `Three requests at the same time: ${accepted} accepted, ${problem}.`,
    exchanges: [before.exchange, ...exchanges, after.exchange],
    place: session.operationPlace(operationId),
  })
}

const cashRefund = async (session: CheckSession, type: string) => {
  const created = await create(session, type)
  const paid = { body: await pay(session, created.body), exchange: created.exchange }
  await forbidden(session, 'cancelPayment', paid, 'state.cancel-rejected', 'Cancelling a paid payment')
  const customer = { name: 'コモジュ太郎', email: 'test@example.com', phone: '080-1111-1111' }
  const exchange = await session.send('refundPayment', at(paid.body, { amount: 400, ...customer }))
  // The reference contradicts itself on refunds of cash payments: whoever rejects them is right as well.
  if (exchange.status === 422) session.leave(`the target refunds no ${type} payments`, 'refundPayment')
  if (!isFields(exchange.body) || exchange.status !== 200) {
    expectThat(session, 'state.cash-refund', [exchange], false, `A refund of a paid payment returns ${exchange.status}.`)
    return
  }
  const first = { body: exchange.body as unknown as Payment, exchange }
  const [added] = first.body.refunds ?? []
  expectThat(
    session,
    'state.cash-refund',
    [created.exchange, exchange],
    added !== undefined && sameAmount(added.amount, 400) && added.redirect_url != null && first.body.status === 'captured',
    `The refund is ${JSON.stringify(added ?? null)}, the payment ${first.body.status}.`,
  )
  await getSame(session, first.body, exchange)
  await forbidden(session, 'refundPayment', first, 'state.refund-too-much', 'A refund of more than what is left', {
    amount: first.body.total - 400 + 1,
    ...customer,
  })
}

const refundRequest = async (session: CheckSession, type: string) => {
  const account = {
    amount: 500,
    customer_name: '山田太郎',
    bank_name: 'KOMOJU BANK',
    branch_number: '0123',
    account_type: 'normal',
    account_number: '01234567',
    include_payment_method_fee: false,
  }
  const created = await create(session, type)
  await forbidden(session, 'requestRefund', created, 'state.refund-request-rejected', 'A refund request for an unpaid payment', account)
  if (!session.has('pay')) session.leave(session.reason('pay')!)
  const paid = await pay(session, created.body)
  const exchange = await session.send('requestRefund', at(paid, account))
  if (exchange.status === 422) session.leave(`the target takes no refund requests for ${type}`)
  const after = exchange.body as Payment
  const added = after?.refund_requests?.at(-1) as Fields | undefined
  const kept = ['customer_name', 'bank_name', 'branch_number', 'account_number'] as const
  expectThat(
    session,
    'state.refund-request',
    [created.exchange, exchange],
    exchange.status === 200 &&
      after.refund_requests.length === 1 &&
      kept.every((name) => added?.[name] === account[name]) &&
      after.status === 'captured',
    `The refund request is ${JSON.stringify(added ?? null)}, status ${exchange.status}.`,
  )
  if (exchange.status === 200) await getSame(session, after, exchange)
}

const journeysOf = (subject: Subject): Journey[] => [
  {
    name: 'create, get, update a payment at a konbini',
    operationId: 'updatePayment',
    paymentMethod: 'konbini',
    run: async (session) => {
      const created = await createEchoed(session, 'konbini', { description: 'first' })
      await getSame(session, created.body, created.exchange)
      const updated = await updateTo(session, created, { description: '更新 & updated', metadata: tagged(created.body, { color: 'blue' }) })
      const again = await updateTo(session, updated, { metadata: tagged(created.body, { size: 'L' }) })
      await updateTo(session, again, { description: null })
      await updateTo(session, await session.accept('getPayment', { path: { id: created.body.id } }), {})
    },
  },
  {
    name: 'update a captured and a cancelled payment',
    operationId: 'updatePayment',
    run: async (session) => {
      const captured = await create(session, 'credit_card')
      await updateTo(session, captured, { description: 'after the capture' })
      const authorized = await authorizedCard(session)
      const cancelled = await allowed(session, 'cancelPayment', authorized, 'state.cancel', 'cancelled')
      await updateTo(session, cancelled, { description: 'after the cancellation', metadata: tagged(cancelled.body, { reason: 'late' }) })
    },
  },
  { name: 'authorize, capture, capture again, refund', operationId: 'capturePayment', paymentMethod: 'credit_card', run: captureJourney },
  {
    name: 'capture what was captured at once, waits for cash or was cancelled',
    operationId: 'capturePayment',
    run: async (session) => {
      await forbidden(
        session,
        'capturePayment',
        await create(session, 'credit_card'),
        'state.capture-rejected',
        'Capturing a captured payment',
      )
      await forbidden(session, 'capturePayment', await create(session, 'konbini'), 'state.capture-rejected', 'Capturing a konbini payment')
      const cancelled = await allowed(session, 'cancelPayment', await authorizedCard(session), 'state.cancel', 'cancelled')
      await forbidden(session, 'capturePayment', cancelled, 'state.capture-rejected', 'Capturing a cancelled payment')
    },
  },
  {
    name: 'cancel, and cancel again',
    operationId: 'cancelPayment',
    run: async (session) => {
      for (const before of [await authorizedCard(session), await create(session, 'konbini'), await create(session, 'bank_transfer')]) {
        const cancelled = await allowed(session, 'cancelPayment', before, 'state.cancel', 'cancelled')
        await forbidden(session, 'cancelPayment', cancelled, 'state.cancel-rejected', 'A second cancellation')
        await forbidden(session, 'refundPayment', cancelled, 'state.refund-rejected', 'Refunding a cancelled payment')
      }
    },
  },
  {
    name: 'cancel a captured and a refunded payment',
    operationId: 'cancelPayment',
    run: async (session) => {
      const captured = await create(session, 'credit_card')
      await forbidden(session, 'cancelPayment', captured, 'state.cancel-rejected', 'Cancelling a captured payment')
      const partly = await refund(session, captured, 100, 'captured', { amount: 100 })
      await forbidden(session, 'cancelPayment', partly, 'state.cancel-rejected', 'Cancelling a partly refunded payment')
      const refunded = await refund(session, partly, captured.body.total - 100, 'refunded', {})
      await forbidden(session, 'cancelPayment', refunded, 'state.cancel-rejected', 'Cancelling a refunded payment')
    },
  },
  {
    name: 'refund a part, too much, the rest, and again',
    operationId: 'refundPayment',
    paymentMethod: 'credit_card',
    run: async (session) => {
      const captured = await create(session, 'credit_card', { amount: 1000, tax: 100 })
      await forbidden(session, 'refundPayment', captured, 'state.refund-too-much', 'A refund of more than the total', { amount: 1101 })
      const part = await refund(session, captured, 300, 'captured', { amount: 300, description: 'one of three' })
      const more = await refund(session, part, 200, 'captured', { amount: '200' })
      await forbidden(session, 'refundPayment', more, 'state.refund-too-much', 'A refund of more than what is left', { amount: 601 })
      const rest = await refund(session, more, 600, 'refunded', {})
      await forbidden(session, 'refundPayment', rest, 'state.refund-rejected', 'A refund of nothing left')
      await forbidden(session, 'refundPayment', rest, 'state.refund-too-much', 'A refund of 1 with nothing left', { amount: 1 })
    },
  },
  {
    name: 'refund all at once, by default and by amount',
    operationId: 'refundPayment',
    run: async (session) => {
      const byDefault = await create(session, 'credit_card')
      await refund(session, byDefault, byDefault.body.total, 'refunded', {})
      const byAmount = await create(session, 'credit_card')
      await refund(session, byAmount, byAmount.body.total, 'refunded', { amount: byAmount.body.total })
      for (const type of ['bit_cash', 'nanaco']) {
        const prepaid = await create(session, type)
        await refund(session, prepaid, prepaid.body.total, 'refunded', {})
      }
    },
  },
  {
    name: 'refund before the capture',
    operationId: 'refundPayment',
    run: async (session) => {
      await forbidden(session, 'refundPayment', await authorizedCard(session), 'state.refund-rejected', 'Refunding an authorized payment')
      await forbidden(session, 'refundPayment', await create(session, 'konbini'), 'state.refund-rejected', 'Refunding an unpaid payment', {
        amount: 100,
        name: 'コモジュ太郎',
        email: 'test@example.com',
        phone: '080-1111-1111',
      })
    },
  },
  {
    name: 'capture, cancel and refund without a body',
    operationId: 'refundPayment',
    run: async (session) => {
      const first = await authorizedCard(session)
      const { id } = first.body
      const captured = await session.accept('capturePayment', { path: { id } })
      const refunded = await session.accept('refundPayment', { path: { id } })
      expectThat(
        session,
        'state.refund-amount',
        [captured.exchange, refunded.exchange],
        refunded.body.status === 'refunded',
        `A refund without a body leaves the payment ${refunded.body.status}.`,
      )
      const second = await authorizedCard(session)
      await session.accept('cancelPayment', { path: { id: second.body.id } })
    },
  },
  {
    name: 'amounts, taxes and flags as text and as numbers',
    operationId: 'createPayment',
    run: async (session) => {
      const changes: Fields[] = [
        { amount: '1000', tax: '80' },
        { amount: 1000, tax: 80 },
        { amount: 1000, tax: 0 },
        { amount: '1000', tax: '0.0' },
        { amount: 1000, tax: 'auto' },
        { amount: 1000, tax: null },
        { amount: 555 },
        { amount: 104 },
        { amount: 105 },
        { amount: 994 },
      ]
      await together(
        changes.map(async (change) => {
          const { body, exchange } = await createEchoed(session, 'credit_card', change)
          if (!Number.isNaN(Number(change.tax ?? Number.NaN))) return
          const expected = Math.floor((Number(change.amount) + 5) / 10)
          expectThat(
            session,
            'request.tax',
            [exchange],
            sameAmount(body.tax, expected),
            `The tax of ${change.amount} JPY is ${body.tax} instead of ${expected}.`,
            '#/components/schemas/TaxInput',
          )
        }),
      )
      await createEchoed(session, 'credit_card', { capture: 'false' })
      await createEchoed(session, 'credit_card', { capture: 'true' })
      await createEchoed(session, 'konbini', { capture: false })
    },
  },
  {
    name: 'every currency that the target takes',
    operationId: 'createPayment',
    paymentMethod: 'credit_card',
    run: async (session) => {
      const { enum: currencies } = subject.document.components.schemas.PaymentCurrency as { enum: string[] }
      for (const currency of currencies) {
        const request = orderBy(session, 'credit_card', { currency, amount: 1000, tax: 100 })
        const exchange = await session.send('createPayment', { body: request })
        // A merchant need not take every currency; the one of the examples it does.
        if (exchange.status === 422 && currency !== 'JPY') continue
        if (exchange.status !== 200 || !isFields(exchange.body)) {
          expectThat(session, 'request.accepted', [exchange], false, `A payment in ${currency} returns ${exchange.status}.`)
          continue
        }
        expectEcho(session, request, exchange.body as unknown as Payment, exchange)
      }
    },
  },
  {
    name: 'the holder of a card by one name and by two',
    operationId: 'createPayment',
    paymentMethod: 'credit_card',
    run: async (session) => {
      const { name: _name, ...rest } = cardDetails(session, {})
      await createEchoed(session, 'credit_card', { payment_details: { ...rest, given_name: '太郎', family_name: '山田' } })
      await createEchoed(session, 'credit_card', { payment_details: { ...rest, name: 'Taro Yamada' } })
      await createEchoed(session, 'credit_card', { payment_details: { ...rest, name: 'Taro Yamada', month: '1', year: String(rest.year) } })
    },
  },
  {
    name: 'every language and every optional property',
    operationId: 'createPayment',
    run: async (session) => {
      const { enum: locales } = subject.document.components.schemas.Locale as { enum: string[] }
      for (const locale of locales) await createEchoed(session, 'konbini', { locale })
      const { enum: stores } = subject.document.components.schemas.KonbiniRequest.properties.store as { enum: string[] }
      for (const store of stores)
        await createEchoed(session, 'konbini', { payment_details: { type: 'konbini', store, email: 'test@example.com' } })
      await createEchoed(session, 'konbini', {
        description: null,
        cancel_url: 'https://example.com/cancel',
        return_url: 'https://example.com/return',
        partner_origin: 'contract-kit',
        fraud_details: { customer_ip: '192.0.2.1', customer_email: 'test@example.com', browser_language: 'ja' },
      })
    },
  },
  {
    name: 'test cards have their brands',
    operationId: 'createPayment',
    paymentMethod: 'credit_card',
    needs: ['test-numbers'],
    run: async (session) => {
      for (const { value, brand } of session.method('credit_card').working) {
        const details = cardDetails(session, { number: value })
        const { body, exchange } = await createEchoed(session, 'credit_card', { payment_details: details })
        const returned = (body.payment_details as Fields | null)?.brand
        expectThat(
          session,
          'test-mode.brand',
          [exchange],
          brand === undefined || returned === brand,
          `The card has the brand ${returned} instead of ${brand}.`,
          '#/components/schemas/CreditCardRequest/properties/number/x-test-values',
        )
      }
    },
  },
  {
    name: 'test numbers fail as the document says',
    operationId: 'createPayment',
    needs: ['test-numbers'],
    run: async (session) => {
      for (const { type, failing } of session.subject.methods)
        for (const { property, value, error } of failing) {
          const order = orderBy(session, type)
          order.payment_details = { ...(order.payment_details as Fields), [property]: value }
          await expectFailure(session, await session.send('createPayment', { body: order }), error)
        }
    },
  },
  {
    name: 'scenarios fail as the document says',
    operationId: 'createPayment',
    needs: ['scenarios'],
    run: async (session) => {
      for (const code of ['card_declined', 'insufficient_funds', 'exceeds_limit', 'card_expired'])
        await expectFailure(
          session,
          await session.send('createPayment', { body: orderBy(session, 'credit_card'), headers: { 'Komoju-Scenario': code } }),
          code,
        )
    },
  },
  {
    name: 'refund, capture and cancel at the same time',
    operationId: 'refundPayment',
    run: async (session) => {
      const captured = await create(session, 'credit_card', { amount: 1000, tax: 100 })
      await concurrently(session, 'refundPayment', captured, { amount: 600 }, (after, accepted) =>
        accepted > 1 || after.amount_refunded > after.total ? `amount_refunded is ${after.amount_refunded} of ${after.total}` : undefined,
      )
      await concurrently(session, 'capturePayment', await authorizedCard(session), {}, (after, accepted) =>
        accepted > 1 || after.status !== 'captured' ? `the payment is ${after.status}` : undefined,
      )
      await concurrently(session, 'cancelPayment', await authorizedCard(session), {}, (after, accepted) =>
        accepted > 1 || after.status !== 'cancelled' ? `the payment is ${after.status}` : undefined,
      )
    },
  },
  ...subject.methods
    .filter(({ kind }) => kind === 'cash')
    .flatMap(({ type }): Journey[] => [
      {
        name: `pay by ${type} and refund in cash`,
        operationId: 'refundPayment',
        paymentMethod: type,
        needs: ['pay'],
        run: (session) => cashRefund(session, type),
      },
      {
        name: `pay by ${type} and request a refund`,
        operationId: 'requestRefund',
        paymentMethod: type,
        run: (session) => refundRequest(session, type),
      },
    ]),
]

const expectFailure = async (session: CheckSession, exchange: Exchange, code: string) => {
  const error = isFields(exchange.body) && isFields(exchange.body.error) ? exchange.body.error : {}
  session.expect('test-mode.scenario', {
    operationId: 'createPayment',
    holds: exchange.status >= 400 && error.code === code,
    message: `Asked to fail with ${code}, got ${exchange.status} ${error.code ?? ''}.`,
    exchanges: [exchange],
    place: '#/components/parameters/Scenario',
  })
}

/** Checks of journeys, in both encodings. */
export const journeyChecks = (subject: Subject): Check[] =>
  journeysOf(subject).flatMap(({ name, operationId, paymentMethod, needs = [], run }) =>
    encodings.map(
      (encoding: Encoding): Check => ({
        name: `${name}${encoding === 'form' ? ', in forms' : ''}`,
        group: 'journeys',
        operationId,
        encoding,
        ...(paymentMethod && { paymentMethod }),
        needs: ['writes', 'state', ...needs],
        run,
      }),
    ),
  )
