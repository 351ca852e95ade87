/** One payment: what it is, what can happen to it, and what has. */
import { html } from 'ghtml'
import { isJsonObject, type JsonObject, jsonObjectOf } from '../../../../json-object.ts'
import type { Translate } from '../../../../pages/translator.ts'
import type { PaymentRecord } from '../../payment.ts'
import { errorOf, type LoggedRequest } from '../../request-log.ts'
import { type EventRecord, recordIdOf } from '../../state/events.ts'
import { type Catalogue, methodsIn } from '../catalogue.ts'
import { durationText, japanTime, moneyText, utcTime } from '../format.ts'
import { methodIcon } from '../icons.ts'
import { copyButton, hiddenFields, withCode } from '../layout.ts'
import { actionsOf, type PaymentAction } from './actions-of.ts'
import { clientCodeOf, curlOf } from './code.ts'
import { deliveryText, resendForm, type Waits } from './events.ts'
import { type Frame, frame, merchantName } from './frame.ts'
import { payerText } from './payments.ts'
import { breakageLabel, situationLabel } from './situation-labels.ts'
import { chip, chipWithLabel, eventLabel, paymentLabel, refundLabel, responseChip } from './status.ts'

export type PaymentView = {
  record: PaymentRecord
  events: EventRecord[]
  waits: Waits
  requests: LoggedRequest[]
  catalogue: Catalogue
  /** By the clock of the merchant, in milliseconds. */
  now: number
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const payload = (label: string, value: unknown, key: string) =>
  value === undefined
    ? ''
    : html`<p class="small quiet">${label}</p><pre tabindex="0" data-scroll="${key}">${typeof value === 'string' ? value : pretty(value)}</pre>`

/** A summary of the timeline says what a click does. */
const toggleTexts = (t: Translate) => html`data-show="${t('Show')}" data-hide="${t('Hide')}"`

const requestItem = (request: LoggedRequest, { t, language }: Frame) => {
  const error = errorOf(request)
  return html`<li class="${request.status >= 400 ? 'bad' : ''}"><details id="r-${request.id}"><summary data-key="r-${request.id}" !${toggleTexts(t)}><strong>${request.operationId}</strong>!${responseChip(request)}<span class="small quiet">${utcTime(request.time, language)} · ${durationText(request.milliseconds, language)}</span>!${
    error ? html`<span class="small" lang="en">!${withCode(String(error.message))}</span>` : ''
  }!${request.breakage ? html`<span class="small">${breakageLabel(request.breakage, t)}</span>` : ''}</summary>
<div class="inner"><p class="small mono">${request.method} ${request.path}</p>!${payload(t('Request'), request.body, `q-${request.id}`)}!${payload(t('Response'), parsed(request.response), `a-${request.id}`)}</div></details></li>`
}

const eventItem = (record: EventRecord, waits: Waits, back: string, around: Frame) => {
  const { event } = record
  const { t, language } = around
  // Several webhooks get the same event.
  const id = recordIdOf(record)
  return html`<li class="event ${record.state === 'failed' ? 'bad' : ''}"><details id="e-${id}"><summary data-key="e-${id}" !${toggleTexts(t)}><strong>${event.type}</strong>!${chip(record.state, eventLabel(record, t))}<span class="small quiet">${utcTime(event.created_at, language)} · ${deliveryText(record, waits, around)}</span></summary>
<div class="inner">!${around.webhookUrls.length > 0 ? resendForm(record, back, around) : ''}!${payload(t('Event'), event, `p-${id}`)}!${payload(t('Response of the webhook'), record.deliveries.at(-1)?.response || undefined, `w-${id}`)}</div></details></li>`
}

/** Requests and events, the latest first; of the same second, the event came after its request. */
const timeline = ({ events, waits, requests }: PaymentView, back: string, around: Frame) => {
  const items = [
    ...events.map((record) => ({ time: record.event.created_at, item: eventItem(record, waits, back, around) })),
    ...requests.map((request) => ({ time: request.time, item: requestItem(request, around) })),
  ].sort((one, other) => (one.time === other.time ? 0 : one.time < other.time ? 1 : -1))
  return html`<ol class="timeline">!${items.map(({ item }) => item)}</ol>`
}

const actionItem = ({ label, path, fields, isMain, reason, amount }: PaymentAction, back: string, { t }: Frame) => {
  const isOff = reason !== undefined
  const className = isMain && !isOff ? 'primary' : ''
  const amountField =
    amount === undefined || isOff
      ? ''
      : html`<label>${t('Amount')}<input type="number" name="amount" value="${amount}" min="0" max="${amount}" step="any" data-key="amount"></label>`
  return html`<li><form method="post" action="${path}" class="${amountField ? 'with' : ''}">!${hiddenFields({ ...fields, back })}!${amountField}<button class="${className}" data-key="${path}${Object.values(fields).join('')}" !${isOff ? 'disabled' : ''}>${label}</button></form>!${
    isOff ? html`<p class="small quiet">!${withCode(reason)}</p>` : ''
  }</li>`
}

const pagesOf = (record: PaymentRecord, { t }: Frame): [label: string, url: string][] => {
  const { payment } = record
  const { instructions_url: instructions, redirect_url: redirect } = jsonObjectOf(payment.payment_details)
  const all: [string, unknown][] = [
    [t('Customer’s page: how to pay'), instructions],
    [record.flow === 'card' ? t('Customer’s page: 3-D Secure') : t('Customer’s page: approval'), redirect],
    ...payment.refunds.map(({ redirect_url: url }): [string, unknown] => [t('Customer’s page: refund'), url]),
  ]
  // A link of an earlier version may be made of a host that has no such port.
  return all.flatMap(([label, url]) => (typeof url === 'string' && URL.canParse(url) ? [[label, url] as [string, string]] : []))
}

/** Payment details that make such a payment: what the request had, with secrets of the method's example. */
const detailsLike = ({ payment, asked, capturesAfterChallenge }: PaymentRecord, { exampleOf }: Catalogue): JsonObject => {
  const shown = jsonObjectOf(payment.payment_details)
  const example = jsonObjectOf(exampleOf(String(shown.type)).payment_details)
  if (asked?.details) {
    const secrets = asked.secrets.flatMap((name) => (example[name] === undefined ? [] : [[name, example[name]]]))
    return { ...asked.details, ...Object.fromEntries(secrets) }
  }
  // A token, or a payment of an earlier version: the example, with what the payment shows.
  const same = Object.entries(example).map(([name, value]) => [
    name,
    typeof shown[name] === 'string' && typeof value === 'string' ? shown[name] : value,
  ])
  return { ...Object.fromEntries(same), ...(capturesAfterChallenge !== undefined && { three_d_secure: true }) }
}

/** A body that makes such a payment. */
const bodyLike = (record: PaymentRecord, catalogue: Catalogue): JsonObject => {
  const { payment, situation, asked } = record
  const { amount, currency, external_order_num, description, customer } = payment
  const metadata = { ...payment.metadata, ...(situation !== undefined && { sandbox: situation }) }
  return {
    amount,
    currency,
    ...asked?.fields,
    ...(external_order_num !== null && { external_order_num }),
    ...(description !== null && { description }),
    ...(customer !== null ? { customer } : isJsonObject(payment.payment_details) && { payment_details: detailsLike(record, catalogue) }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  }
}

const codeCard = (view: PaymentView, around: Frame) => {
  const { t } = around
  const body = bodyLike(view.record, view.catalogue)
  const code = (id: string, label: string, text: string) =>
    html`<details id="${id}"><summary data-key="${id}">${label}</summary><pre tabindex="0" data-scroll="${id}">${text}</pre>!${copyButton(text, t('Copy'), t('Copied'))}</details>`
  return html`<section class="card"><h2>${t('Make one like it')}</h2>!${code('curl', 'cURL', curlOf(around, body))}!${code('client', t('Client'), clientCodeOf(around, body))}</section>`
}

const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`

const glance = ({ record, catalogue }: PaymentView, around: Frame) => {
  const { t, language } = around
  const { payment, merchant, situation } = record
  const method = String(jsonObjectOf(payment.payment_details).type)
  const { payment_deadline: deadline } = payment
  const when =
    deadline === null
      ? '–'
      : html`${utcTime(deadline, language)}<br><span class="small quiet">${t('{time} JST', { time: japanTime(deadline, language) })}</span>`
  const money = (amount: number) => moneyText(amount, payment.currency, language)
  const text = (value: string | null | undefined) => html`${value || '–'}`
  return html`<section class="card"><div class="row"><span class="method">!${methodIcon(method)}${new Map(methodsIn(catalogue, t)).get(method) ?? method}</span><span class="quiet">${payerText(record, around)}</span></div>
<div class="glance"><p class="total">${money(payment.total)}</p><p role="status">!${chipWithLabel(payment.status, paymentLabel(record, t))}</p></div>
<dl class="facts">!${fact(t('Amount and tax'), text(`${money(payment.amount)} + ${money(payment.tax)}`))}!${fact(t('Refunded amount'), text(money(payment.amount_refunded)))}!${fact(t('Order'), text(payment.external_order_num))}!${fact(t('Deadline'), when)}!${fact(t('Captured'), text(utcTime(payment.captured_at, language)))}!${fact(t('Created'), text(utcTime(payment.created_at, language)))}!${fact(t('Description'), text(payment.description))}!${situation === undefined ? '' : fact(t('What goes wrong'), html`<code>${situation}</code><br><span class="small quiet">${situationLabel(situation, t)}</span>`)}!${fact(t('Merchant'), html`<a class="id" href="/sandbox?merchant=${merchant}" title="${merchant}">${merchantName(merchant)}</a>`)}</dl></section>`
}

const refundsCard = ({ record: { payment } }: PaymentView, { t, language }: Frame) => {
  const money = (amount: number) => moneyText(amount, payment.currency, language)
  const row = (id: string, time: string, status: string, amount: string) =>
    html`<tr><td class="id whole">${id}</td><td>!${chip(status, refundLabel(status, t))}</td><td class="amount">${amount}</td><td class="small quiet">${utcTime(time, language)}</td></tr>`
  const rows = [
    ...payment.refunds.map(({ id, created_at, status, amount, chargeback }) =>
      row(id, created_at, status ?? '–', chargeback ? t('chargeback {amount}', { amount: money(amount) }) : money(amount)),
    ),
    ...payment.refund_requests.map(({ id, created_at, status }) => row(id, created_at, status, t('refund request'))),
  ]
  return rows.length === 0
    ? ''
    : html`<section class="card flush"><table class="stack"><caption class="hidden">${t('Refunds')}</caption><thead><tr><th scope="col">${t('Refund')}</th><th scope="col">${t('Status')}</th><th scope="col" class="amount">${t('Amount')}</th><th scope="col">${t('Created')}</th></tr></thead><tbody>!${rows}</tbody></table></section>`
}

/** The page. */
export const paymentPage = (view: PaymentView, around: Frame): string => {
  const { record, now } = view
  const { t } = around
  const { payment } = record
  const path = `/sandbox/payments/${payment.id}`
  const links = pagesOf(record, around).map(([label, url]) => html`<li><a class="button" href="${url}">${label}</a></li>`)
  const [possible = [], impossible = []] = [true, false].map((isPossible) =>
    actionsOf(record, now, around)
      .filter(({ reason }) => (reason === undefined) === isPossible)
      .map((action) => actionItem(action, path, around)),
  )
  const next = [...links, ...possible]
  return frame(around, {
    title: t('Payment {id}', { id: payment.id }),
    heading: t('Payment'),
    current: '/sandbox',
    head: html`<code>${payment.id}</code>!${copyButton(payment.id, t('Copy'), t('Copied'))}`,
    inner: html`<div class="columns" id="payment" data-live><div>!${glance(view, around)}!${refundsCard(view, around)}
<section class="card"><h2>${t('Timeline')}</h2>!${timeline(view, path, around)}</section>
<section class="card"><details id="json"><summary data-key="json">${t('As the API returns it')}</summary><pre tabindex="0" data-scroll="json">${pretty(payment)}</pre></details></section></div>
<div><section class="card"><h2>${t('What happens next')}</h2>!${next.length > 0 ? html`<ul class="actions">!${next}</ul>` : ''}!${impossible.length > 0 ? html`<h3>${t('Not possible now')}</h3><ul class="actions">!${impossible}</ul>` : ''}</section>!${codeCard(view, around)}</div></div>`,
  })
}
