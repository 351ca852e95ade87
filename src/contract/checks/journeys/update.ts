/** What an update changes, and what it leaves. */
import type { Payment } from '../../../../generated/schema.d.ts'
import { type JsonObject, jsonObjectOf } from '../../../json-object.ts'
import { create } from '../../api/fixtures.ts'
import type { Accepted, CheckContext } from '../../run/check-context.ts'
import { getSame, verifyResponse } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { allowed, at, authorizedCard, createEchoed, refund } from './steps.ts'

const updateTo = async (context: CheckContext, before: Accepted, body: JsonObject): Promise<Accepted> => {
  const after = await context.expectAccepted('updatePayment', at(before.body, body), 'state.update')
  const { description, metadata } = after.body as Payment & { metadata: JsonObject }
  const sent = jsonObjectOf(body.metadata)
  // Null can take the description away, or count as not given. A form has no null: what is empty may stay empty.
  const wantedDescriptions = [('description' in body ? body.description : before.body.description) || null]
  if (!body.description && !context.settings.strict) wantedDescriptions.push(before.body.description || null)
  const asked =
    wantedDescriptions.includes(description || null) &&
    Object.entries(sent).every(([key, value]) => String(metadata?.[key]) === String(value)) &&
    ('metadata' in body || context.difference({ metadata: before.body.metadata }, { metadata }) === undefined)
  const others = context.difference(
    { ...before.body, description: null, metadata: null },
    { ...after.body, description: null, metadata: null },
  )
  verifyResponse(context, 'state.update', {
    exchanges: [before.exchange, after.exchange],
    passed: asked && others === undefined,
    message: () =>
      others
        ? `An update of ${Object.keys(body).join(' and ')} changed more: ${others}.`
        : `Asked for ${JSON.stringify(body)}, got ${JSON.stringify({ description, metadata })}.`,
  })
  await getSame(context, after.body, after.exchange)
  return after
}

/** Whatever a run updates keeps the run's name in it. */
const tagged = (payment: Payment, metadata: JsonObject) => ({ kit_request: jsonObjectOf(payment.metadata).kit_request, ...metadata })

export const updateJourneys = (): Journey[] => [
  {
    name: 'create, get, update a payment at a konbini',
    operationId: 'updatePayment',
    paymentMethod: 'konbini',
    run: async (context) => {
      const created = await createEchoed(context, 'konbini', { description: 'first' })
      await getSame(context, created.body, created.exchange)
      const updated = await updateTo(context, created, { description: '更新 & updated', metadata: tagged(created.body, { color: 'blue' }) })
      const again = await updateTo(context, updated, { metadata: tagged(created.body, { size: 'L' }) })
      await updateTo(context, again, { description: null })
      await updateTo(context, await context.expectAccepted('getPayment', { path: { id: created.body.id } }), {})
    },
  },
  {
    name: 'update a captured, a refunded and a cancelled payment',
    operationId: 'updatePayment',
    run: async (context) => {
      const captured = await create(context, 'credit_card')
      await updateTo(context, captured, { description: 'after the capture' })
      const whole = await create(context, 'credit_card')
      const refunded = await refund(context, whole, { amount: whole.body.total, status: 'refunded', body: {} })
      await updateTo(context, refunded, { description: 'after the refund' })
      const authorized = await authorizedCard(context)
      const cancelled = await allowed(context, 'cancelPayment', authorized, { rule: 'state.cancel', status: 'cancelled' })
      await updateTo(context, cancelled, { description: 'after the cancellation', metadata: tagged(cancelled.body, { reason: 'late' }) })
    },
  },
]
