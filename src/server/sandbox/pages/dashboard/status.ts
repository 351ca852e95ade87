/** What statuses say, in words. The status itself is the API's and stays as it is. */
import { html } from 'ghtml'
import type { Translate } from '../../../../pages/translator.ts'
import type { PaymentRecord } from '../../payment.ts'
import type { LoggedRequest } from '../../request-log.ts'
import type { EventRecord } from '../../state/events.ts'
import { toneOf } from '../format.ts'

/** Meaning of the status of a payment. */
export const paymentLabel = ({ payment: { status }, flow }: PaymentRecord, t: Translate): string =>
  ({
    pending: flow === 'card' ? t('Waiting for 3-D Secure') : t('Not fully paid'),
    authorized: flow === 'card' ? t('Reserved on the card') : t('Waiting for the customer'),
    captured: t('Paid'),
    refunded: t('Refunded'),
    cancelled: t('Cancelled'),
    expired: t('Deadline passed'),
    failed: t('Failed'),
  })[status]

/** Meaning of the status of a refund, or of a request for one. */
export const refundLabel = (status: string, t: Translate): string =>
  ({ pending: t('In progress'), completed: t('Completed'), rejected: t('Rejected') })[status] ?? status

/** Meaning of the state of an event. */
export const eventLabel = ({ state }: EventRecord, t: Translate): string =>
  ({
    kept: t('Kept, not sent'),
    pending: t('Waiting to be sent'),
    delivered: t('Delivered'),
    failed: t('Not delivered'),
  })[state]

/** A status as a coloured chip, with its meaning for who rests on it. */
export const chip = (status: string, label: string): string => html`<span class="chip ${toneOf(status)}" title="${label}">${status}</span>`

/** A status with its meaning beside it, where the meaning says more. */
export const chipWithLabel = (status: string, label: string): string =>
  html`<span class="chip ${toneOf(status)}">${status}</span>!${label.toLowerCase() === status ? '' : html` <span class="small quiet">${label}</span>`}`

/** The HTTP status of a response: amber where the response was made, and broke on its way. */
export const responseChip = ({ status, breakage }: LoggedRequest): string =>
  html`<span class="chip ${status >= 400 ? 'bad' : breakage ? 'wait' : 'good'}">${status}</span>`
