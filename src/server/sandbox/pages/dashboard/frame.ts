/** What all pages of the dashboard have around them. */
import { html } from 'ghtml'
import { shortTime } from '../format.ts'
import { documentOf } from '../layout.ts'

export type Frame = { clock: string; webhookUrl: string | undefined; origin: string }

const links: [path: string, name: string][] = [
  ['/sandbox', 'Payments'],
  ['/sandbox/events', 'Events'],
  ['/sandbox/requests', 'Requests'],
  ['/sandbox/merchants', 'Merchants'],
  ['/sandbox/clock', 'Clock and data'],
]

export type FramedPage = { title: string; current: string; inner: string; head?: string; heading?: string }

/** A page of the dashboard. */
export const frame = ({ clock }: Frame, { title, current, inner, head = '', heading = title }: FramedPage): string =>
  documentOf({
    lang: 'en',
    title: `${title} – KOMOJU sandbox`,
    className: 'dashboard',
    gone: 'The sandbox does not respond. This page shows what was last known.',
    body: html`<header><div class="bar"><a class="brand" href="/sandbox">KOMOJU sandbox</a><span id="time" data-live class="chip">${shortTime(clock).slice(0, 16)} UTC</span>
<nav aria-label="Sandbox">!${links.map(([path, name]) => html`<a href="${path}" !${path === current ? 'aria-current="page"' : ''}>${name}</a>`)}<a href="/">Reference</a></nav></div></header>
<main><div class="head"><h1>${heading}</h1><div class="row">!${head}</div></div>!${inner}</main>`,
  })

/** A page that says what went wrong, with a way back. */
export const failurePage = (status: number, title: string, message: string, back: string): string =>
  documentOf({
    lang: 'en',
    title: `${title} – KOMOJU sandbox`,
    className: 'dashboard',
    gone: '',
    body: html`<main class="fail"><p class="chip bad">${status}</p><h1>${title}</h1><p>${message}</p><p class="row"><a class="button primary" href="${back}">Back</a><a class="button" href="/sandbox">Payments</a></p></main>`,
  })

/** A short name of a merchant, whose key is kept nowhere. */
export const merchantName = (merchant: string, exampleMerchant: string) =>
  merchant === exampleMerchant ? 'sk_123456' : merchant.slice(0, 8)

export type Question = { title: string; message: string; label: string; action: string; back: string; fields: Record<string, string> }

/** A page that asks before something is lost. */
export const questionPage = (around: Frame, { title, message, label, action, back, fields }: Question): string =>
  frame(around, {
    title,
    current: '',
    inner: html`<section class="card"><p>${message}</p><form method="post" action="${action}" class="row">!${Object.entries({
      ...fields,
      back,
    }).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button class="danger">${label}</button><a class="button" href="${back}">Keep everything</a></form></section>`,
  })
