/** The latest events, and what became of their deliveries. */
import { html } from 'ghtml'
import { type EventRecord, recordIdOf } from '../../state/events.ts'
import { shortTime } from '../format.ts'
import { buttonForm, chip, hiddenFields } from '../layout.ts'
import { type Frame, frame } from './frame.ts'

/** Address without what may be secret in it. */
const shownAddress = (url: string) => url.split(/[?#]/, 1).join('')

/** What became of the deliveries of an event, in a few words. */
export const deliveryText = ({ deliveries, receiver, next_try_at: next }: EventRecord): string => {
  const last = deliveries.at(-1)
  const where = receiver === undefined ? '' : ` to ${shownAddress(receiver)}`
  if (!last) return `not sent${where}`
  const tries = `${deliveries.length} × tried${where}, last ${last.status ?? last.error} in ${last.milliseconds} ms`
  return next === undefined ? tries : `${tries}, next at ${next.slice(11, 19)} UTC`
}

/** Sends an event again. */
export const resendForm = (record: EventRecord, back: string): string => {
  const { merchant } = record
  const id = recordIdOf(record)
  return html`<form method="post" action="/sandbox/resend/${id}">!${hiddenFields({ back, ...(merchant !== undefined && { merchant }) })}<button class="small" data-key="resend-${id}">Send again</button></form>`
}

const rowOf = (record: EventRecord, hasWebhook: boolean) => {
  const { event } = record
  const about = event.data
    ? html`<a class="id" href="/sandbox/payments/${event.data.id}" data-key="${event.id}">${event.data.id}</a> <span class="quiet">${event.data.status}</span>`
    : ''
  return html`<tr><td><strong>${event.type}</strong></td><td class="end">!${chip(record.state)}</td><td class="whole">!${about}</td><td class="small quiet whole">${deliveryText(record)}</td><td class="small quiet">${shortTime(event.created_at)}</td><td class="end">!${hasWebhook ? resendForm(record, '/sandbox/events') : ''}</td></tr>`
}

/** What can be done with all deliveries. */
const webhookButtons = ({ isPaused }: Frame, events: EventRecord[]) => {
  const fields = { back: '/sandbox/events' }
  const button = (label: string, action: string) => buttonForm({ label, action, fields })
  const hasFailed = events.some(({ state }) => state === 'failed')
  return [
    button('Send a ping', '/sandbox/ping'),
    ...(hasFailed ? [button('Send failed again', '/sandbox/resend')] : []),
    isPaused ? button('Resume', '/sandbox/resume') : button('Pause', '/sandbox/pause'),
  ].join('')
}

/** The page. */
export const eventsPage = (events: EventRecord[], around: Frame): string => {
  const hasWebhook = around.webhookUrls.length > 0
  const addresses = around.webhookUrls.map((url) => html`<code>${shownAddress(url)}</code>`).join(', ')
  const where = hasWebhook
    ? html`<p class="quiet">Delivered to !${addresses}</p>!${around.isPaused ? html`<p class="notice">Deliveries are paused: events wait.</p>` : ''}`
    : html`<p class="notice">No webhook: start the sandbox with <code>--webhook-url</code> to deliver events. They are kept all the same.</p>`
  const table = html`<table class="stack"><thead><tr><th scope="col">Event</th><th scope="col">State</th><th scope="col">Payment, as it stood</th><th scope="col">Delivery</th><th scope="col">Time (UTC)</th><th scope="col"><span class="hidden">Action</span></th></tr></thead><tbody>!${events.map((record) => rowOf(record, hasWebhook))}</tbody></table>`
  const empty = html`<div class="empty"><h2>No events yet</h2><p class="quiet">Each change of a payment makes one.</p></div>`
  return frame(around, {
    title: 'Events',
    current: '/sandbox/events',
    head: hasWebhook ? webhookButtons(around, events) : '',
    inner: html`!${where}<section class="card flush" id="events" data-live aria-label="Events">!${events.length > 0 ? table : empty}</section>`,
  })
}
