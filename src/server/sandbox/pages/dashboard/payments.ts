/** The list of payments: filtered, sorted and paged by its address. */
import { html } from 'ghtml'
import { jsonObjectOf } from '../../../../json-object.ts'
import { isMerchant } from '../../merchant.ts'
import type { PaymentRecord } from '../../payment.ts'
import { Rejection } from '../../rejection.ts'
import { methodText } from '../../state/rows.ts'
import type { MerchantCount, Query } from '../../storage.ts'
import { isoTime } from '../../time.ts'
import { type Catalogue, methodsIn } from '../catalogue.ts'
import { brandName, countText, moneyText, utcTime } from '../format.ts'
import { methodIcon } from '../icons.ts'
import { buttonForm, type Choice, copyButton, optionsOf } from '../layout.ts'
import { curlOf } from './code.ts'
import { type Frame, frame, merchantName } from './frame.ts'
import { chip, paymentLabel } from './status.ts'

export const perPage = 50
const lastPage = 1_000_000

/** What the list shows, as its address says. */
export type Filters = {
  q: string
  status: string
  method: string
  currency: string
  merchant: string
  from: string
  to: string
  sort: string
  page: number
}

/** A day as filters write it; empty for none. @throws {Rejection} `invalid_parameter` for what no calendar has */
const dayOf = (value: unknown, param: string): string => {
  if (value === undefined || value === '') return ''
  const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time) || isoTime(time).slice(0, 10) !== value)
    throw new Rejection('invalid_parameter', 'Parameter {param} must be a day, for example 2026-01-31.', param, { param })
  return value
}

/**
 * Reads an address. What it cannot mean is left out.
 * @throws {Rejection} `invalid_parameter` for a day that no calendar has
 */
export const filtersOf = (query: Record<string, unknown>, { statuses, methods, currencies }: Catalogue): Filters => {
  const oneOf = (value: unknown, known: string[]) => known.find((other) => other === value) ?? ''
  return {
    q: String(query.q ?? '')
      .trim()
      .slice(0, 200),
    status: oneOf(query.status, statuses),
    method: oneOf(
      query.method,
      methods.map(([type]) => type),
    ),
    currency: oneOf(query.currency, currencies),
    merchant: isMerchant(query.merchant) ? query.merchant : '',
    from: dayOf(query.from, 'from'),
    to: dayOf(query.to, 'to'),
    sort: oneOf(query.sort, ['oldest']),
    page: Math.min(Math.max(1, Math.trunc(Number(query.page)) || 1), lastPage),
  }
}

/** The query of the storage that filters stand for. Both days are included. */
export const queryOf = ({ q, status, method, currency, merchant, from, to, sort, page }: Filters): Query => {
  const text = [...(q ? [q.toLowerCase()] : []), ...(method ? [methodText(method)] : [])]
  return {
    where: { ...(merchant && { merchant }), ...(status && { status }), ...(currency && { currency }) },
    ...((from || to) && { range: { property: 'created_at', from: from || undefined, below: to ? `${to}U` : undefined } }),
    ...(text.length > 0 && { text }),
    order: sort === 'oldest' ? 'oldest' : 'newest',
    skip: (page - 1) * perPage,
    take: perPage,
  }
}

/** Address of the list with other filters; what is not set is not in it. */
const addressOf = (filters: Filters, changes: Partial<Filters>) => {
  const { page, ...others } = { ...filters, page: 1, ...changes }
  const set = Object.entries(others).filter(([, value]) => value !== '')
  const query = new URLSearchParams([...set, ...(page > 1 ? [['page', String(page)]] : [])])
  return query.size > 0 ? `/sandbox?${query}` : '/sandbox'
}

export type Listing = { records: PaymentRecord[]; total: number; filters: Filters; catalogue: Catalogue; merchants: MerchantCount[] }

const filterForm = ({ filters, catalogue, merchants }: Listing, { t }: Frame) => {
  const { statuses, currencies } = catalogue
  const plain = (values: string[]): Choice[] => values.map((value) => [value, value])
  const choose = (name: string, label: string, choices: Choice[], chosen: string) =>
    html`<label>${label}<select name="${name}" data-submit>!${optionsOf([['', t('Any')], ...choices], chosen)}</select></label>`
  const merchantChoices = merchants.map(({ merchant }): Choice => [merchant, merchantName(merchant)])
  return html`<form method="get" action="/sandbox" role="search" class="card filters">
<label class="wide">${t('Search')}<input type="search" name="q" value="${filters.q}" placeholder="${t('Id, order, e-mail, text')}"></label>
!${choose('status', t('Status'), plain(statuses), filters.status)}!${choose('method', t('Method'), methodsIn(catalogue, t), filters.method)}!${choose('currency', t('Currency'), plain(currencies), filters.currency)}
!${merchants.length > 1 || filters.merchant ? choose('merchant', t('Merchant'), merchantChoices, filters.merchant) : ''}
<label>${t('From (UTC)')}<input type="date" name="from" value="${filters.from}"></label><label>${t('To (UTC)')}<input type="date" name="to" value="${filters.to}"></label>
!${filters.sort ? html`<input type="hidden" name="sort" value="${filters.sort}">` : ''}<span class="row"><button>${t('Apply')}</button><a class="button" href="/sandbox">${t('Clear')}</a></span></form>`
}

/** Brand and last digits of a card, e-mail of everything else. */
export const payerText = ({ payment }: PaymentRecord, { t }: Frame): string => {
  const { brand, last_four_digits: digits, email } = jsonObjectOf(payment.payment_details)
  if (typeof digits === 'string') return `${typeof brand === 'string' ? brandName(brand) : t('card')} •••• ${digits}`
  return typeof email === 'string' ? email : ''
}

const rowOf = (record: PaymentRecord, names: Map<string, string>, { t, language }: Frame) => {
  const { payment } = record
  const method = String(jsonObjectOf(payment.payment_details).type)
  return html`<tr><td class="whole"><a class="id" href="/sandbox/payments/${payment.id}" data-key="${payment.id}">${payment.id}</a></td>
<td class="whole"><span class="method">!${methodIcon(method)}${names.get(method) ?? method}</span></td><td>!${chip(payment.status, paymentLabel(record, t))}</td><td class="amount">${moneyText(payment.total, payment.currency, language)}</td>
<td class="cut">${payment.external_order_num ?? ''}</td><td class="small quiet end">${utcTime(payment.created_at, language)}</td></tr>`
}

const emptyState = (around: Frame, { exampleOf }: Catalogue) => {
  const { t } = around
  const line = curlOf(around, { amount: 1000, currency: 'JPY', payment_details: jsonObjectOf(exampleOf('konbini').payment_details) })
  return html`<div class="empty"><h2>${t('No payments yet')}</h2><p class="quiet">${t('Create one from a terminal, by a form, or begin with one of each method.')}</p><pre tabindex="0">${line}</pre>
<div class="row">!${copyButton(line, t('Copy'), t('Copied'))}<a class="button primary" href="/sandbox/new">${t('Create a payment')}</a>!${buttonForm({ label: t('Add examples'), action: '/sandbox/examples', fields: { back: '/sandbox' } })}</div></div>`
}

const isFiltered = (filters: Filters) => addressOf(filters, { sort: '' }) !== '/sandbox'

const pagerOf = ({ records, total, filters }: Listing, { t, language }: Frame) => {
  const first = (filters.page - 1) * perPage + 1
  const range = `${countText(first, language)}–${countText(first + records.length - 1, language)}`
  const link = (page: number, label: string, isThere: boolean) =>
    isThere ? html`<a class="button" href="${addressOf(filters, { page })}">${label}</a>` : ''
  return html`<div class="pager"><p class="small quiet">${t('{range} of {total}', { range, total: countText(total, language) })}</p><div class="row">!${link(filters.page - 1, t('Previous'), filters.page > 1)}!${link(filters.page + 1, t('Next'), filters.page * perPage < total)}</div></div>`
}

const tableOf = (listing: Listing, around: Frame) => {
  const { records, filters, catalogue, total } = listing
  const { t } = around
  if (total === 0 && !isFiltered(filters)) return emptyState(around, catalogue)
  if (records.length === 0)
    return html`<div class="empty"><h2>${t('Nothing matches')}</h2><p class="quiet">${t('No payment fits these filters.')}</p><p><a class="button" href="/sandbox">${t('Clear them')}</a></p></div>`
  const names = new Map(methodsIn(catalogue, t))
  const isOldest = filters.sort === 'oldest'
  return html`<table class="stack"><thead><tr><th scope="col">${t('Payment')}</th><th scope="col">${t('Method')}</th><th scope="col">${t('Status')}</th><th scope="col" class="amount">${t('Total')}</th><th scope="col">${t('Order')}</th>
<th scope="col" aria-sort="${isOldest ? 'ascending' : 'descending'}"><a href="${addressOf(filters, { sort: isOldest ? '' : 'oldest' })}">${t('Created')} ${isOldest ? '↑' : '↓'}</a></th></tr></thead>
<tbody>!${records.map((record) => rowOf(record, names, around))}</tbody></table>!${pagerOf(listing, around)}`
}

/** The page. */
export const paymentsPage = (listing: Listing, around: Frame): string =>
  frame(around, {
    title: around.t('Payments'),
    current: '/sandbox',
    head: html`<a class="button primary" href="/sandbox/new">${around.t('Create a payment')}</a>`,
    inner: html`!${filterForm(listing, around)}<section class="card flush" id="payments" data-live aria-label="${around.t('Payments')}">!${tableOf(listing, around)}</section>`,
  })
