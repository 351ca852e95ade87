/** The dashboard: payments, one payment's life, events with their deliveries, and the clock. */
import { html } from 'ghtml'
import type { Payment } from '../../../../generated/schema.d.ts'
import type { PaymentRecord } from '../payment.ts'
import type { EventRecord } from '../state/events.ts'
import { buttonForm, documentOf, moneyText } from './layout.ts'

/** A time as a reader takes it in: without the letters. */
const shortTime = (time: string | null) => (time === null ? '–' : time.replace('T', ' ').replace('Z', ''))

const money = (amount: number, { currency }: Payment) => moneyText(amount, currency, 'en')

export type Frame = { clock: string; webhookUrl: string | undefined }

const frame = (title: string, current: string, { clock }: Frame, inner: string) => {
  const link = (path: string, name: string) => html`<a href="${path}" !${path === current ? 'aria-current="page"' : ''}>${name}</a>`
  return documentOf({
    lang: 'en',
    title: `${title} – KOMOJU sandbox`,
    isLive: true,
    body: html`<header><strong>KOMOJU sandbox</strong> <nav>!${link('/sandbox', 'Payments')} · !${link('/sandbox/events', 'Events')} · !${link('/sandbox/clock', 'Clock and data')} · <a href="/">Reference</a></nav>
<span id="time" data-live class="note">Clock: ${shortTime(clock)} UTC</span></header>
<main><h1>${title}</h1>!${inner}</main>`,
  })
}

export type Listing = {
  records: PaymentRecord[]
  total: number
  page: number
  perPage: number
  query: string
  status: string
  statuses: string[]
}

/** Address of a page of the list, with its search. */
const listPath = ({ query, status }: Listing, page: number) => `/sandbox?${new URLSearchParams({ q: query, status, page: String(page) })}`

/** The list of payments, searched and filtered. */
export const paymentsPage = (listing: Listing, around: Frame): string => {
  const { records, total, page, perPage, query, status, statuses } = listing
  const options = ['', ...statuses].map(
    (name) => html`<option value="${name}" !${name === status ? 'selected' : ''}>${name || 'any status'}</option>`,
  )
  const rows = records.map(
    ({
      payment,
    }) => html`<tr><td><a href="/sandbox/payments/${payment.id}"><code>${payment.id}</code></a></td><td>${shortTime(payment.created_at)}</td>
<td>${payment.payment_details?.type}</td><td>${payment.status}</td><td class="amount">${money(payment.total, payment)}</td><td>${payment.external_order_num}</td></tr>`,
  )
  const pages = [
    ...(page > 1 ? [html`<a href="${listPath(listing, page - 1)}">Newer</a>`] : []),
    ...(page * perPage < total ? [html`<a href="${listPath(listing, page + 1)}">Older</a>`] : []),
  ]
  return frame(
    'Payments',
    '/sandbox',
    around,
    html`<form method="get" action="/sandbox" role="search"><label>Search <input type="search" name="q" value="${query}" placeholder="id, order, e-mail …"></label>
<label>Status <select name="status">!${options}</select></label><button>Show</button></form>
<div id="payments" data-live class="scroll"><p>${total} payments</p>
<table><thead><tr><th>Payment</th><th>Created (UTC)</th><th>Method</th><th>Status</th><th class="amount">Total</th><th>Order</th></tr></thead><tbody>!${rows}</tbody></table>
<p>!${pages.join(' · ')}</p></div>`,
  )
}

const deliveriesText = ({ state, deliveries }: EventRecord) => {
  const last = deliveries.at(-1)
  if (!last) return state
  return `${state}, ${deliveries.length} × tried, last ${last.status ?? last.error} in ${last.milliseconds} ms`
}

const eventRows = (events: EventRecord[], back: string, hasWebhook: boolean) =>
  events.map(
    (record) =>
      html`<tr><td>${shortTime(record.event.created_at)}</td><td>${record.event.type}</td><td>!${
        record.event.data
          ? html`<a href="/sandbox/payments/${record.event.data.id}"><code>${record.event.data.id}</code></a> ${record.event.data.status}`
          : ''
      }</td><td>${deliveriesText(record)}</td><td>!${hasWebhook ? buttonForm('Send again', `/sandbox/resend/${record.event.id}`, { back }) : ''}</td></tr>`,
  )

const eventTable = (events: EventRecord[], back: string, { webhookUrl }: Frame) =>
  html`<table><thead><tr><th>Time (UTC)</th><th>Event</th><th>Payment, as it stood</th><th>Delivery</th><th>Action</th></tr></thead><tbody>!${eventRows(events, back, webhookUrl !== undefined)}</tbody></table>`

/** What the customer, KOMOJU or time can do next. */
const buttons = ({ payment, flow }: PaymentRecord, back: string): string[] => {
  const { id, status, refunds, refund_requests } = payment
  const waits = status === 'authorized' && flow !== 'card'
  return [
    ...(waits ? [buttonForm(flow === 'cash' ? 'Customer pays' : 'Customer approves', `/sandbox/pay/${id}`, { back }, 'main')] : []),
    ...(waits && flow === 'redirect' ? [buttonForm('Customer declines', `/sandbox/decline/${id}`, { back })] : []),
    ...(status === 'authorized' ? [buttonForm('Deadline passes', `/sandbox/expire/${id}`, { back })] : []),
    ...refunds
      .filter((refund) => refund.status === 'pending')
      .map((refund) =>
        buttonForm(
          `Customer collects ${money(refund.amount, payment)}`,
          `/sandbox/collect-refund/${id}`,
          { back, refund: refund.id },
          'main',
        ),
      ),
    ...refund_requests
      .filter((request) => request.status === 'pending')
      .flatMap((request) => [
        buttonForm('KOMOJU completes the refund request', `/sandbox/complete-request/${id}`, { back, request: request.id }),
        buttonForm('KOMOJU rejects the refund request', `/sandbox/reject-request/${id}`, { back, request: request.id }),
      ]),
  ]
}

/** One payment: what it is, what can happen to it, and what has. */
export const paymentPage = (record: PaymentRecord, events: EventRecord[], around: Frame): string => {
  const { payment } = record
  const path = `/sandbox/payments/${payment.id}`
  const details = (payment.payment_details ?? {}) as { instructions_url?: string; redirect_url?: string }
  const pages = [details.instructions_url, details.redirect_url, ...payment.refunds.map(({ redirect_url }) => redirect_url)].filter(
    (url) => url != null,
  )
  const refunds = payment.refunds.map(
    (refund) =>
      html`<tr><td><code>${refund.id}</code></td><td>${shortTime(refund.created_at)}</td><td>${refund.status}</td><td class="amount">${money(refund.amount, payment)}</td></tr>`,
  )
  return frame(
    `Payment ${payment.id}`,
    path,
    around,
    html`<div id="payment" data-live><p class="total">${money(payment.total, payment)}</p><p role="status"><strong>${payment.status}</strong></p>
<p>!${buttons(record, path)}</p>
<dl><dt>Method</dt><dd>${payment.payment_details?.type}</dd><dt>Order</dt><dd>${payment.external_order_num ?? '–'}</dd><dt>Deadline (UTC)</dt><dd>${shortTime(payment.payment_deadline)}</dd>
<dt>Captured (UTC)</dt><dd>${shortTime(payment.captured_at)}</dd><dt>Refunded</dt><dd>${money(payment.amount_refunded, payment)}</dd><dt>Merchant</dt><dd>${record.merchant}</dd></dl>
<p>!${pages.map((url) => html`<a href="${url}">${new URL(url).pathname}</a> `)}</p>
<h2>Timeline</h2><div class="scroll">!${eventTable(events, path, around)}</div>
!${refunds.length > 0 ? html`<h2>Refunds</h2><table><thead><tr><th>Refund</th><th>Created (UTC)</th><th>Status</th><th class="amount">Amount</th></tr></thead><tbody>!${refunds}</tbody></table>` : ''}
<h2>As the API shows it</h2><pre tabindex="0">${JSON.stringify(payment, null, 2)}</pre></div>`,
  )
}

/** The latest events and what became of them. */
export const eventsPage = (events: EventRecord[], around: Frame): string =>
  frame(
    'Events',
    '/sandbox/events',
    around,
    html`<p>${around.webhookUrl === undefined ? 'No webhook: start the sandbox with --webhook-url to deliver events.' : `Delivered to ${around.webhookUrl.split('?')[0]}`}</p>
!${around.webhookUrl === undefined ? '' : buttonForm('Send a ping', '/sandbox/ping', { back: '/sandbox/events' })}
<div id="events" data-live class="scroll">!${eventTable(events, '/sandbox/events', around)}</div>`,
  )

/** The clock, and the data as a whole. */
export const clockPage = (around: Frame): string =>
  frame(
    'Clock and data',
    '/sandbox/clock',
    around,
    html`<p>Payments whose deadline passes expire at once.</p>
!${[1, 24, 24 * 7].map((hours) => buttonForm(hours < 24 ? 'One hour later' : `${hours / 24} days later`.replace(/^1 days/, 'One day'), '/sandbox/clock', { back: '/sandbox/clock', hours: String(hours) }))}
<form method="post" action="/sandbox/clock"><input type="hidden" name="back" value="/sandbox/clock"><label>Set to (UTC) <input name="to" required placeholder="2030-01-31T12:00:00Z" size="22"></label><button>Set</button></form>
<h2>Data</h2>
!${buttonForm('Add one payment of each method', '/sandbox/examples', { back: '/sandbox' })}
!${buttonForm('Forget everything', '/sandbox/reset', { back: '/sandbox' })}`,
  )
