/** What all pages of the dashboard have around them. */
import { html } from 'ghtml'
import { exampleKey } from '../../../../example-key.ts'
import { type Language, languageNames, languages } from '../../../../pages/languages.ts'
import type { Translate } from '../../../../pages/translator.ts'
import { merchantOf } from '../../merchant.ts'
import { shortTime } from '../format.ts'
import { documentOf, hiddenFields, withCode } from '../layout.ts'
import { withLanguage } from './language.ts'

export type Frame = {
  language: Language
  t: Translate
  /** Path and query of the page, to which a choice of language leads. */
  address: string
  clock: string
  /** Addresses of the webhooks. */
  webhookUrls: readonly string[]
  /** Whether all deliveries wait. */
  isPaused: boolean
  origin: string
  /** Whether the server accepts one key alone. No page shows it. */
  hasOwnKey: boolean
}

const linksOf = (t: Translate): [path: string, name: string][] => [
  ['/sandbox', t('Payments')],
  ['/sandbox/events', t('Events')],
  ['/sandbox/requests', t('Requests')],
  ['/sandbox/merchants', t('Merchants')],
  ['/sandbox/clock', t('Clock and data')],
]

const languageLinks = ({ language, t, address }: Frame) =>
  html`<nav class="languages" aria-label="${t('Language')}">!${languages.map(
    (other) =>
      html`<a href="${withLanguage(address, other)}" lang="${other}" hreflang="${other}" !${other === language ? 'aria-current="true"' : ''}>${languageNames[other]}</a>`,
  )}</nav>`

/** Time of the clock, to the minute. */
const clockText = ({ clock, language }: Frame) => shortTime(clock, language).replace(/:\d\d$/, '')

export type FramedPage = { title: string; current: string; inner: string; head?: string; heading?: string }

/** A page of the dashboard. */
export const frame = (around: Frame, { title, current, inner, head = '', heading = title }: FramedPage): string => {
  const { language, t } = around
  const pageLink = ([path, name]: [path: string, name: string]) =>
    html`<a href="${path}" !${path === current ? 'aria-current="page"' : ''}>${name}</a>`
  return documentOf({
    lang: language,
    title: `${title} – ${t('KOMOJU sandbox')}`,
    className: 'dashboard',
    gone: t('The sandbox does not respond. This page shows what was last known.'),
    body: html`<header><div class="bar"><a class="brand" href="/sandbox">${t('KOMOJU sandbox')}</a><span id="time" data-live class="chip">${clockText(around)} UTC</span>!${languageLinks(around)}
<nav class="pages" aria-label="${t('Sandbox')}">!${linksOf(t).map(pageLink)}<a href="${language === 'en' ? '/' : `/${language}/`}">${t('Reference')}</a></nav></div></header>
<main><div class="head"><h1>${heading}</h1><div class="row">!${head}</div></div>!${inner}</main>`,
  })
}

export type Failure = { status: number; title: string; message: string; back: string }

/** A page that says what went wrong, with a way back. */
export const failurePage = ({ status, title, message, back }: Failure, language: Language, t: Translate): string =>
  documentOf({
    lang: language,
    title: `${title} – ${t('KOMOJU sandbox')}`,
    className: 'dashboard',
    gone: '',
    body: html`<main class="fail"><p class="chip bad">${status}</p><h1>${title}</h1><p>!${withCode(message)}</p><p class="row"><a class="button primary" href="${back}">${t('Back')}</a><a class="button" href="/sandbox">${t('Payments')}</a></p></main>`,
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
    inner: html`<section class="card"><p>${message}</p><form method="post" action="${action}" class="row">!${hiddenFields({ ...fields, back })}<button class="danger">${label}</button><a class="button" href="${back}">${around.t('Keep everything')}</a></form></section>`,
  })
