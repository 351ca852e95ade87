/** The latest events, and what became of their deliveries. */
import { html } from 'ghtml'
import { type EventRecord, recordIdOf } from '../../state/events.ts'
import { countText, shortTime } from '../format.ts'
import { buttonForm, hiddenFields, withCode } from '../layout.ts'
import { type Frame, frame } from './frame.ts'
import { chip, eventLabel } from './status.ts'

/** Address without what may be secret in it. */
const shownAddress = (url: string) => url.split(/[?#]/, 1).join('')

/** What became of the tries of an event, in a few words. */
const triesText = ({ deliveries, receiver }: EventRecord, { t, language }: Frame): string => {
  const last = deliveries.at(-1)
  const address = receiver === undefined ? undefined : shownAddress(receiver)
  if (!last) return address === undefined ? t('not sent') : t('not sent to {address}', { address })
  const values = {
    count: countText(deliveries.length, language),
    result: last.status ?? last.error ?? '–',
    milliseconds: countText(last.milliseconds, language),
  }
  return address === undefined
    ? t('{count} × tried, last {result} in {milliseconds} ms', values)
    : t('{count} × tried to {address}, last {result} in {milliseconds} ms', { ...values, address })
}

/** What became of the deliveries of an event, and when the next try is. */
export const deliveryText = (record: EventRecord, around: Frame): string => {
  const { deliveries, next_try_at: next } = record
  const tries = triesText(record, around)
  return next === undefined || deliveries.length === 0
    ? tries
    : around.t('{tries}, next at {time} UTC', { tries, time: next.slice(11, 19) })
}

/** Sends an event again. */
export const resendForm = (record: EventRecord, back: string, { t }: Frame): string => {
  const { merchant } = record
  const id = recordIdOf(record)
  return html`<form method="post" action="/sandbox/resend/${id}">!${hiddenFields({ back, ...(merchant !== undefined && { merchant }) })}<button class="small" data-key="resend-${id}">${t('Send again')}</button></form>`
}

const rowOf = (record: EventRecord, around: Frame) => {
  const { event } = record
  const hasWebhook = around.webhookUrls.length > 0
  const about = event.data
    ? html`<a class="id" href="/sandbox/payments/${event.data.id}" data-key="${event.id}">${event.data.id}</a> <span class="quiet">${event.data.status}</span>`
    : ''
  return html`<tr><td><strong>${event.type}</strong></td><td class="end">!${chip(record.state, eventLabel(record, around.t))}</td><td class="whole">!${about}</td><td class="small quiet whole">${deliveryText(record, around)}</td><td class="small quiet">${shortTime(event.created_at, around.language)}</td><td class="end">!${hasWebhook ? resendForm(record, '/sandbox/events', around) : ''}</td></tr>`
}

/** What can be done with all deliveries. */
const webhookButtons = ({ isPaused, t }: Frame, events: EventRecord[]) => {
  const fields = { back: '/sandbox/events' }
  const button = (label: string, action: string) => buttonForm({ label, action, fields })
  const hasFailed = events.some(({ state }) => state === 'failed')
  return [
    button(t('Send a ping'), '/sandbox/ping'),
    ...(hasFailed ? [button(t('Send failed again'), '/sandbox/resend')] : []),
    isPaused ? button(t('Resume'), '/sandbox/resume') : button(t('Pause'), '/sandbox/pause'),
  ].join('')
}

/** The page. */
export const eventsPage = (events: EventRecord[], around: Frame): string => {
  const { t, webhookUrls } = around
  const hasWebhook = webhookUrls.length > 0
  const addresses = webhookUrls.map((url) => html`<code>${shownAddress(url)}</code>`).join(', ')
  const where = hasWebhook
    ? html`<p class="quiet">${t('Delivered to:')} !${addresses}</p>!${around.isPaused ? html`<p class="notice">${t('Deliveries are paused: events wait.')}</p>` : ''}`
    : html`<p class="notice">!${withCode(t('No webhook: start the sandbox with `--webhook-url` to deliver events. They are kept all the same.'))}</p>`
  const headings = [t('Event'), t('State'), t('Payment, as it stood'), t('Delivery'), t('Time (UTC)')].map(
    (heading) => html`<th scope="col">${heading}</th>`,
  )
  const table = html`<table class="stack"><thead><tr>!${headings}<th scope="col"><span class="hidden">${t('Action')}</span></th></tr></thead><tbody>!${events.map((record) => rowOf(record, around))}</tbody></table>`
  const empty = html`<div class="empty"><h2>${t('No events yet')}</h2><p class="quiet">${t('Each change of a payment makes one.')}</p></div>`
  return frame(around, {
    title: t('Events'),
    current: '/sandbox/events',
    head: hasWebhook ? webhookButtons(around, events) : '',
    inner: html`!${where}<section class="card flush" id="events" data-live aria-label="${t('Events')}">!${events.length > 0 ? table : empty}</section>`,
  })
}
