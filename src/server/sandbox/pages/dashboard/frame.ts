/** What all pages of the dashboard have around them. */
import { html } from 'ghtml'
import { exampleKey } from '../../../../example-key.ts'
import { merchantOf } from '../../merchant.ts'
import { shortTime } from '../format.ts'
import { documentOf, hiddenFields } from '../layout.ts'

export type Frame = {
  clock: string
  /** Addresses of the webhooks. */
  webhookUrls: readonly string[]
  /** Whether all deliveries wait. */
  isPaused: boolean
  origin: string
  /** Whether the server accepts one key alone. No page shows it. */
  hasOwnKey: boolean
}

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

const exampleMerchant = merchantOf(exampleKey)

/** A short name of a merchant, whose key is kept nowhere. */
export const merchantName = (merchant: string) => (merchant === exampleMerchant ? exampleKey : merchant.slice(0, 8))

export type Question = { title: string; message: string; label: string; action: string; back: string; fields: Record<string, string> }

/** A page that asks before something is lost. */
export const questionPage = (around: Frame, { title, message, label, action, back, fields }: Question): string =>
  frame(around, {
    title,
    current: '',
    inner: html`<section class="card"><p>${message}</p><form method="post" action="${action}" class="row">!${hiddenFields({ ...fields, back })}<button class="danger">${label}</button><a class="button" href="${back}">Keep everything</a></form></section>`,
  })
