/** The customer's pages: how to pay in cash, approval at a redirect method, and the store that pays out a refund. */
import { html } from 'ghtml'
import type { Locale, PaymentStatus, Refund } from '../../../../../generated/schema.d.ts'
import { jsonObjectOf } from '../../../../json-object.ts'
import { isChallenged, type PaymentRecord } from '../../payment.ts'
import { brandName, japanTime, moneyText, toneOf } from '../format.ts'
import { methodIcon } from '../icons.ts'
import { buttonForm, copyButton, documentOf, hiddenFields } from '../layout.ts'
import { type Texts, textsOf } from './texts.ts'

/** A page in a language: where each language's page is, and what stands in its sheet. */
type Sheet = {
  locale: Locale
  title: string
  method: string
  name?: string
  addressOf?: (locale: Locale) => string
  sheet: string
  test?: string
}

const languages = (current: Locale, addressOf: (locale: Locale) => string) =>
  html`<nav class="languages" aria-label="${textsOf[current].chooseLanguage}">!${Object.entries(textsOf).map(
    ([locale, { language }]) =>
      html`<a href="${addressOf(locale as Locale)}" lang="${locale}" hreflang="${locale}" !${locale === current ? 'aria-current="page"' : ''}>${language}</a>`,
  )}</nav>`

const page = ({ locale, title, method, name, addressOf, sheet, test = '' }: Sheet): string => {
  const texts = textsOf[locale]
  return documentOf({
    lang: locale,
    title: name === undefined ? title : `${name} – ${title}`,
    className: 'customer',
    gone: texts.gone,
    body: html`<main>!${addressOf ? languages(locale, addressOf) : ''}
<section class="sheet" id="sheet" data-live><h1>!${methodIcon(method)}<span>!${name === undefined ? html`${title}` : html`<span class="small quiet">${title}</span>${name}`}</span></h1>!${sheet}</section>
<section class="test" id="test" data-live aria-label="${texts.testControls}"><p class="small quiet">${texts.test}</p>!${test}</section></main>`,
  })
}

const stateText = (status: PaymentStatus, texts: Texts) =>
  html`<p class="state ${toneOf(status)}" role="status">${texts.status[status]}</p>`

const amountOf = (amount: number, currency: string, label: string, locale: Locale) =>
  html`<div class="plain"><p class="small quiet">${label}</p><p class="total">${moneyText(amount, currency, locale)}</p></div>`

/** Names of values that the customer knows under another name in his language. */
const valueText = (name: string, value: string, texts: Texts) =>
  name === 'store' ? (texts.stores[value] ?? value) : (texts.values[value] ?? value)

/** What the customer has to type is copied with a tap; names are not. */
const isNumber = (value: string) => /^[A-Z]?\d{4,}$/.test(value)

type Value = readonly [name: string, value: string]

/** Values in the order in which the steps name them; those that no step names stay where they are. */
const inOrderOf = (steps: string[], values: Value[], texts: Texts): Value[] => {
  const text = steps.join('\n').toLowerCase()
  const placeOf = ([name]: Value) => text.indexOf((texts.fields[name] ?? name).toLowerCase())
  const named = values.filter((value) => placeOf(value) >= 0).sort((one, other) => placeOf(one) - placeOf(other))
  return values.map((value) => (placeOf(value) >= 0 ? (named.shift() ?? value) : value))
}

const numbers = ({ payment }: PaymentRecord, steps: string[], texts: Texts) => {
  const { type: _type, email: _email, instructions_url: _url, ...fields } = jsonObjectOf(payment.payment_details)
  const values = Object.entries(fields).flatMap(([name, value]): Value[] => (typeof value === 'string' ? [[name, value]] : []))
  const shown = inOrderOf(steps, values, texts)
  return html`<div><h2>${texts.numbers}</h2><dl class="pairs">!${shown.map(
    ([name, value]) =>
      html`<div><dt>${texts.fields[name] ?? name}</dt><dd><span>${valueText(name, value, texts)}</span>!${isNumber(value) ? copyButton(value, texts.copy, texts.copied) : ''}</dd></div>`,
  )}</dl></div>`
}

const deadlineText = (deadline: string | null, texts: Texts, locale: Locale) =>
  deadline === null
    ? ''
    : html`<p class="when"><span class="small quiet">${texts.deadline}</span><strong>${japanTime(deadline, locale)}${texts.japanTime}</strong></p>`

const isWaiting = ({ payment }: PaymentRecord) => payment.status === 'authorized'

/** The sandbox's own controls, apart from what the customer would see. */
const controls = (texts: Texts, forms: string[]) =>
  forms.length === 0 ? '' : html`<h2>${texts.testControls}</h2><div class="row">!${forms.join('')}</div>`

/** What the customer can do with cash, in time or not. */
const cashControls = (record: PaymentRecord, texts: Texts, back: string): string[] => {
  const { id, status } = record.payment
  const control = (label: string, name: string) => buttonForm({ label, action: `/sandbox/${name}/${id}`, fields: { back } })
  if (isWaiting(record)) return [buttonForm({ label: texts.markPaid, action: back }), control(texts.markExpired, 'expire')]
  if (status === 'captured') return [control(texts.payAgain, 'pay-again')]
  const late = texts.payLate[status]
  return late === undefined ? [] : [control(late, 'pay-late')]
}

/** Page at `instructions_url`. */
export const instructionsPage = (record: PaymentRecord, locale: Locale): string => {
  const { payment } = record
  const texts = textsOf[locale]
  const details = jsonObjectOf(payment.payment_details)
  const method = String(details.type)
  const steps = texts.stepsOf[String(details.store ?? method)] ?? texts.stepsOf.other ?? []
  const address = `/${locale}/instructions/${payment.id}`
  const open = html`!${deadlineText(payment.payment_deadline, texts, locale)}
<div><h2>${texts.steps}</h2><ol>!${steps.map((step) => html`<li>${step}</li>`)}</ol></div>
!${numbers(record, steps, texts)}
<div><h2>${texts.next}</h2><p class="quiet">${texts.nextOf[method] ?? texts.nextOf.other}</p></div>`
  return page({
    locale,
    title: texts.instructions,
    method,
    name: texts.methods[method] ?? method,
    addressOf: (other) => `/${other}/instructions/${payment.id}`,
    sheet:
      amountOf(payment.total, payment.currency, texts.amount, locale) + stateText(payment.status, texts) + (isWaiting(record) ? open : ''),
    test: controls(texts, cashControls(record, texts, address)),
  })
}

/** Whether an address can be followed: one with another scheme could be a script. */
export const isWebAddress = (address: string | null): address is string => address !== null && /^https?:/i.test(address)

/** A form of one button that sends what the customer has decided. */
const decisionForm = (action: string, locale: Locale) => (label: string, decision: string, className: string) =>
  html`<form method="post" action="${action}">!${hiddenFields({ decision, locale })}<button class="${className}" data-key="${action}${className}">${label}</button></form>`

/** Way back to the shop, where it named one. */
const wayBack = ({ payment, returnUrl, cancelUrl }: PaymentRecord, texts: Texts) => {
  const backTo = payment.status === 'failed' || payment.status === 'cancelled' ? cancelUrl : returnUrl
  return isWebAddress(backTo) ? html`<p><a class="button" href="${backTo}">${texts.backToShop}</a></p>` : ''
}

/** Page at the `redirect_url` of a payment. */
export const approvalPage = (record: PaymentRecord, locale: Locale): string => {
  const { payment } = record
  const texts = textsOf[locale]
  const method = String(jsonObjectOf(payment.payment_details).type)
  const choose = decisionForm(`/offsite/${payment.id}`, locale)
  const address = `/offsite/new?uuid=${payment.id}&locale=${locale}`
  const choice = html`<p class="quiet">${texts.review}</p><div class="choice">!${choose(texts.approve, 'approve', 'primary')}!${choose(texts.decline, 'decline', '')}</div>`
  const waiting = isWaiting(record)
  return page({
    locale,
    title: texts.approveTitle,
    method,
    name: texts.methods[method] ?? method,
    addressOf: (other) => `/offsite/new?uuid=${payment.id}&locale=${other}`,
    sheet:
      amountOf(payment.total, payment.currency, texts.amount, locale) +
      (waiting
        ? deadlineText(payment.payment_deadline, texts, locale) + choice
        : stateText(payment.status, texts) + wayBack(record, texts)),
    test: waiting
      ? controls(texts, [buttonForm({ label: texts.markExpired, action: `/sandbox/expire/${payment.id}`, fields: { back: address } })])
      : '',
  })
}

/** Page of the bank that issued a card, where its holder authenticates with 3-D Secure. */
export const challengePage = (record: PaymentRecord, locale: Locale): string => {
  const { payment } = record
  const texts = textsOf[locale]
  const { brand, last_four_digits: digits } = jsonObjectOf(payment.payment_details)
  const address = `/3d-secure/${payment.id}`
  const choose = decisionForm(address, locale)
  const card = html`<dl class="pairs"><div><dt>${texts.card}</dt><dd><span>${brandName(String(brand))} •••• ${String(digits)}</span></dd></div></dl>`
  const choice = html`!${card}<p class="quiet">${texts.challenge}</p><div class="choice">!${choose(texts.confirm, 'approve', 'primary')}!${choose(texts.decline, 'decline', '')}</div>`
  const isPassed = payment.status === 'authorized' || payment.status === 'captured'
  const end = isPassed ? html`<p class="state good" role="status">${texts.confirmed}</p>` : stateText(payment.status, texts)
  const waiting = isChallenged(record)
  return page({
    locale,
    title: texts.challengeName,
    method: 'credit_card',
    name: texts.challengeTitle,
    addressOf: (other) => `${address}?locale=${other}`,
    sheet: amountOf(payment.total, payment.currency, texts.amount, locale) + (waiting ? choice : end + wayBack(record, texts)),
    test: waiting ? controls(texts, [choose(texts.failChallenge, 'decline', 'test-only')]) : '',
  })
}

/** Page at the `redirect_url` of a cash refund. */
export const refundPage = (record: PaymentRecord, refund: Refund, stores: string[], locale: Locale): string => {
  const { payment } = record
  const texts = textsOf[locale]
  const action = `/refunds/${payment.id}/${refund.id}`
  const choice = html`<form method="post" action="${action}" class="choice">!${hiddenFields({ locale })}<fieldset class="stores"><legend>${texts.chooseStore}</legend>
!${stores.map((store, index) => html`<label><input type="radio" name="store" value="${store}" !${index === 0 ? 'checked' : ''}>${texts.stores[store] ?? store}</label>`)}</fieldset>
<button class="primary">${texts.collect}</button></form>`
  const done = html`<p class="state good" role="status">${texts.collected}</p>`
  return page({
    locale,
    title: texts.refundTitle,
    method: 'konbini',
    addressOf: (other) => `${action}?locale=${other}`,
    sheet: amountOf(refund.amount, refund.currency, texts.refundAmount, locale) + (refund.status === 'pending' ? choice : done),
  })
}

/** Page for an address that leads nowhere, or for what did not work. */
export const problemPage = (locale: Locale, status: number): string => {
  const texts = textsOf[locale]
  const isUnknown = status === 404
  return page({
    locale,
    title: isUnknown ? texts.notFoundTitle : texts.problemTitle,
    method: '',
    sheet: html`<p>${isUnknown ? texts.notFound : texts.problem}</p>`,
  })
}
