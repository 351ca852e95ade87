/** The customer's pages: how to pay in cash, approval at a redirect method, and the store that pays out a refund. */
import { html } from 'ghtml'
import type { Locale, Refund } from '../../../../generated/schema.d.ts'
import type { PaymentRecord } from '../payment.ts'
import { buttonForm, documentOf, moneyText } from './layout.ts'
import { type Texts, textsOf } from './texts.ts'

const japanTime = (time: string, locale: Locale) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(new Date(time))

const statusText = ({ payment }: PaymentRecord, texts: Texts) => html`<p role="status"><strong>${texts[payment.status]}</strong></p>`

const page = (locale: Locale, title: string, record: PaymentRecord, inner: string) =>
  documentOf({
    lang: locale,
    title,
    isNarrow: true,
    body: html`<main><h1>${title}</h1>
<p class="total">${moneyText(record.payment.total, record.payment.currency, locale)}</p>
!${inner}
<p class="note">${textsOf[locale].sandbox}</p></main>`,
  })

const codes = ({ payment }: PaymentRecord, texts: Texts) => {
  const { type: _type, email: _email, instructions_url: _url, ...fields } = (payment.payment_details ?? {}) as Record<string, unknown>
  const shown = Object.entries(fields).filter(([, value]) => typeof value === 'string')
  return html`<dl>!${shown.map(([name, value]) => html`<dt>${texts.fields[name] ?? name}</dt><dd>${value}</dd>`)}</dl>`
}

/** Page at `instructions_url`. */
export const instructionsPage = (record: PaymentRecord, locale: Locale): string => {
  const { payment } = record
  const texts = textsOf[locale]
  const how = (texts as unknown as Record<string, string>)[`cash_${payment.payment_details?.type}`] ?? texts.cash_other
  const open = html`<p>${how}</p>!${codes(record, texts)}
<p>${texts.deadline}: <strong>${payment.payment_deadline && japanTime(payment.payment_deadline, locale)}</strong></p>
!${buttonForm(texts.payNow, `/${locale}/instructions/${payment.id}`, {}, 'main')}`
  return page(locale, texts.instructions, record, statusText(record, texts) + (payment.status === 'authorized' ? open : ''))
}

/** Whether an address can be followed: one with another scheme could be a script. */
export const isWebAddress = (address: string | null): address is string => address !== null && /^https?:/i.test(address)

/** Page at the `redirect_url` of a payment. */
export const approvalPage = (record: PaymentRecord): string => {
  const { payment, returnUrl } = record
  const texts = textsOf[payment.locale]
  const action = `/offsite/${payment.id}`
  const choice =
    buttonForm(texts.approve, action, { decision: 'approve' }, 'main') + buttonForm(texts.decline, action, { decision: 'decline' })
  const back = !isWebAddress(returnUrl) ? '' : html`<p><a href="${returnUrl}">${texts.backToShop}</a></p>`
  return page(payment.locale, texts.approveTitle, record, statusText(record, texts) + (payment.status === 'authorized' ? choice : back))
}

/** Page at the `redirect_url` of a cash refund. */
export const refundPage = (record: PaymentRecord, refund: Refund, stores: string[]): string => {
  const { payment } = record
  const texts = textsOf[payment.locale]
  const choice = html`<p>${texts.chooseStore}</p><form method="post" action="/refunds/${payment.id}/${refund.id}">
<label>${texts.store} <select name="store">!${stores.map((store) => html`<option>${store}</option>`)}</select></label>
<button class="main">${texts.collect}</button></form>`
  const inner = refund.status === 'pending' ? choice : html`<p role="status"><strong>${texts.collected}</strong></p>`
  return documentOf({
    lang: payment.locale,
    title: texts.refundTitle,
    isNarrow: true,
    body: html`<main><h1>${texts.refundTitle}</h1><p class="total">${moneyText(refund.amount, refund.currency, payment.locale)}</p>
!${inner}<p class="note">${texts.sandbox}</p></main>`,
  })
}
