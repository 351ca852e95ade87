/** The latest events, and what became of their deliveries. */
import { html } from 'ghtml'
import { type EventRecord, recordIdOf } from '../../state/events.ts'
import type { Wait } from '../../webhooks/waits.ts'
import { countText, shortTime, utcTime } from '../format.ts'
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

/** Time of the machine's clock, to the second. */
const clockTime = (time: string) => time.slice(11, 19)

/** What an event waits for. */
const waitText = (wait: Wait, { t, language }: Frame): string => {
  switch (wait.for) {
    case 'retry':
      return t('next try at {time} UTC', { time: clockTime(wait.until) })
    case 'resume':
      return t('waits until deliveries are resumed')
    case 'clock':
      return t('waits until {time} UTC by the merchant’s clock', { time: shortTime(wait.until, language) })
    case 'next_event':
      return t('waits for the next event of the payment')
    case 'event': {
      const { before, until } = wait
      return until === undefined
        ? t('waits behind {type}', { type: before.type })
        : t('waits behind {type}, which is tried again at {time} UTC', { type: before.type, time: clockTime(until) })
    }
  }
}

/** Events with what they wait for, by the ids of their records. */
export type Waits = ReadonlyMap<string, Wait>

/** What became of the deliveries of an event, and what it waits for. */
export const deliveryText = (record: EventRecord, waits: Waits, around: Frame): string => {
  const wait = waits.get(recordIdOf(record))
  return [triesText(record, around), ...(wait ? [waitText(wait, around)] : [])].join(' · ')
}

/** Sends an event again, or one that waits without waiting any longer. */
export const resendForm = (record: EventRecord, back: string, { t }: Frame): string => {
  const { merchant } = record
  const id = recordIdOf(record)
  return html`<form method="post" action="/sandbox/resend/${id}">!${hiddenFields({ back, ...(merchant !== undefined && { merchant }) })}<button class="small" data-key="resend-${id}">${record.state === 'pending' ? t('Send now') : t('Send again')}</button></form>`
}

/** Characters of a webhook's response that the list shows: a payment's page has more of it. */
const maxResponseLength = 200

/** What the webhook's last response begins with. */
const responseText = ({ state, deliveries }: EventRecord) => {
  const response = state === 'delivered' ? '' : (deliveries.at(-1)?.response ?? '').trim()
  const beginning = response.length > maxResponseLength ? `${response.slice(0, maxResponseLength)}…` : response
  return beginning ? html`<br><code class="response">${beginning}</code>` : ''
}

const rowOf = (record: EventRecord, waits: Waits, back: string, around: Frame) => {
  const { event } = record
  const hasWebhook = around.webhookUrls.length > 0
  const about = event.data
    ? html`<a class="id" href="/sandbox/payments/${event.data.id}" data-key="${event.id}">${event.data.id}</a> <span class="quiet">${event.data.status}</span>`
    : ''
  return html`<tr><td><strong>${event.type}</strong><br><span class="small quiet time">${utcTime(event.created_at, around.language)}</span></td><td class="end">!${chip(record.state, eventLabel(record, around.t))}</td><td class="whole">!${about}</td><td class="small quiet whole">${deliveryText(record, waits, around)}!${responseText(record)}</td><td class="whole end">!${hasWebhook ? resendForm(record, back, around) : ''}</td></tr>`
}

export type EventsView = {
  events: EventRecord[]
  waits: Waits
  /** Whether an event has failed or waits for its next try. */
  isBehind: boolean
  /** Whether only those are shown that are not delivered. */
  isUndelivered: boolean
}

const addressOf = (isUndelivered: boolean) => (isUndelivered ? '/sandbox/events?state=undelivered' : '/sandbox/events')

/** Links to all events, and to those that are not delivered. */
const filterLinks = ({ isUndelivered }: EventsView, { t }: Frame) => {
  const link = (label: string, isFiltered: boolean) =>
    html`<a class="button small" href="${addressOf(isFiltered)}" !${isFiltered === isUndelivered ? 'aria-current="true"' : ''}>${label}</a>`
  return html`<nav class="row" aria-label="${t('State')}">!${link(t('All'), false)}!${link(t('Undelivered'), true)}</nav>`
}

/** What can be done with all deliveries. */
const webhookButtons = ({ isBehind, isUndelivered }: EventsView, { isPaused, t }: Frame) => {
  const fields = { back: addressOf(isUndelivered) }
  const button = (label: string, action: string) => buttonForm({ label, action, fields })
  return html`<div class="row" id="deliveries" data-live>!${[
    button(t('Send a ping'), '/sandbox/ping'),
    ...(isBehind ? [button(t('Send undelivered again'), '/sandbox/resend')] : []),
    isPaused ? button(t('Resume'), '/sandbox/resume') : button(t('Pause'), '/sandbox/pause'),
  ]}</div>`
}

/** The page. */
export const eventsPage = (view: EventsView, around: Frame): string => {
  const { events, waits, isUndelivered } = view
  const { t, webhookUrls } = around
  const hasWebhook = webhookUrls.length > 0
  const addresses = webhookUrls.map((url) => html`<code>${shownAddress(url)}</code>`).join(', ')
  const where = hasWebhook
    ? html`<p class="quiet">${t('Delivered to:')} !${addresses}</p>!${around.isPaused ? html`<p class="notice">${t('Deliveries are paused: events wait.')}</p>` : ''}`
    : html`<p class="notice">!${withCode(t('No webhook: start the sandbox with `--webhook-url` to deliver events. They are kept all the same.'))}</p>`
  const headings = [t('Event'), t('State'), t('Payment, as it stood'), t('Delivery')].map(
    (heading) => html`<th scope="col">${heading}</th>`,
  )
  const table = html`<table class="stack"><thead><tr>!${headings}<th scope="col"><span class="hidden">${t('Action')}</span></th></tr></thead><tbody>!${events.map((record) => rowOf(record, waits, addressOf(isUndelivered), around))}</tbody></table>`
  const empty = isUndelivered
    ? html`<div class="empty"><h2>${t('Every event is delivered')}</h2></div>`
    : html`<div class="empty"><h2>${t('No events yet')}</h2><p class="quiet">${t('Each change of a payment makes one.')}</p></div>`
  return frame(around, {
    title: t('Events'),
    current: '/sandbox/events',
    head: hasWebhook ? webhookButtons(view, around) : '',
    inner: html`!${where}!${hasWebhook ? filterLinks(view, around) : ''}<section class="card flush" id="events" data-live aria-label="${t('Events')}">!${events.length > 0 ? table : empty}</section>`,
  })
}
