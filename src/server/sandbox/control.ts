/** What a test does with a sandbox in its own process, without HTTP: act as the customer, move the clock, look at the events. */
import type { Payment } from '../../../generated/schema.d.ts'
import { required } from '../../required.ts'
import { assertKnownFields, numberIn } from './action-fields.ts'
import type { Clock } from './clock.ts'
import { type EventView, eventViewOf } from './event-view.ts'
import { merchantOf } from './merchant.ts'
import { type ActionFields, type ActionName, paymentActionsOf } from './payment-actions.ts'
import type { RequestLog } from './request-log.ts'
import type { Settings } from './settings.ts'
import { recordIdOf } from './state/events.ts'
import type { State } from './state/index.ts'
import type { Storage } from './storage.ts'
import { hourMs, isoTime } from './time.ts'
import type { Webhooks } from './webhooks/index.ts'

/** Fields of an action as an argument, which can be left out where none is needed. */
type FieldsArgument<Name extends ActionName> =
  Record<string, never> extends ActionFields[Name] ? [fields?: ActionFields[Name]] : [fields: ActionFields[Name]]

/** Secret key of the merchant that something is about. All merchants if not given. */
type Scope = { secretKey?: string | undefined }

export type SandboxControl = {
  /**
   * Does to a payment what the customer, the shop, KOMOJU, a bank or time does, as `POST /sandbox/<action>/<payment>`.
   * @param payment its id
   * @returns the payment as the API returns it
   * @throws {Error} with the API's `code` and `param`, for example `not_found`, or `unprocessable_entity` for a payment in the wrong state
   */
  act: <Name extends ActionName>(action: Name, payment: string, ...fields: FieldsArgument<Name>) => Promise<Payment>
  /**
   * Puts the clock forward, as `POST /sandbox/clock`. What is due by then expires.
   * @param by `hours`: a number of 0 or more
   * @returns the time that the clock then shows, ISO 8601
   */
  advance: (by: { hours: number } & Scope) => Promise<string>
  /**
   * Events in the order in which they happened, with what became of their deliveries.
   * @param of `payment`: the id of one; events of all payments, and pings, if not given
   */
  events: (of?: { payment?: string | undefined }) => Promise<EventView[]>
  /**
   * Waits until every delivery that can be made now is made. It does not wait for a later try, for paused deliveries, nor for an event
   * that its situation holds back: `events` says what they wait for.
   */
  delivered: () => Promise<void>
  /** Forgets everything, as `POST /sandbox/reset`; the clock shows the present again. */
  reset: (of?: Scope) => Promise<void>
}

export type ControlParts = {
  state: State
  storage: Storage
  settings: Settings
  clock: Clock
  webhooks: Webhooks
  requestLog: RequestLog
  /** Address of the server, of which links are made. */
  origin: () => string
  start: () => Promise<void>
}

/** Makes the control of a sandbox. What it does first starts the sandbox. */
export const createControl = ({ state, storage, settings, clock, webhooks, requestLog, origin, start }: ControlParts): SandboxControl => {
  const actions = paymentActionsOf(state)
  const merchantIn = ({ secretKey }: Scope) => (secretKey === undefined ? undefined : merchantOf(secretKey))
  /** Starts the sandbox, and reads what other processes have set. */
  const ready = async () => {
    await start()
    await settings.syncAll()
  }
  return {
    act: async (name, payment, ...[fields = {}]) => {
      await ready()
      const action = required(actions[name], name)
      assertKnownFields(fields, action.fields)
      return (await action.act(payment, fields, origin())).payment
    },
    advance: async ({ hours, ...scope }) => {
      await ready()
      const merchant = merchantIn(scope)
      await state.setClock((now) => now + numberIn(hours, 'hours') * hourMs, merchant)
      return isoTime(clock.now(merchant))
    },
    events: async ({ payment } = {}) => {
      await ready()
      const where = payment === undefined ? {} : { payment: webhooks.queuesOf(payment) }
      const { documents: records } = await storage.find('events', { where, order: 'oldest' })
      const waits = await webhooks.waitsOf(records)
      return records.map((record) => eventViewOf(record, waits.get(recordIdOf(record)), webhooks.urls[0]))
    },
    delivered: async () => {
      await ready()
      await webhooks.delivered()
    },
    reset: async (scope = {}) => {
      await ready()
      await state.reset(merchantIn(scope))
      requestLog.clear(merchantIn(scope))
    },
  }
}
