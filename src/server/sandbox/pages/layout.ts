/** What all pages of the sandbox share: one document, one style sheet, one script, one policy of what a browser may load. */
import { hash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { html } from 'ghtml'
import type { Language } from '../../../pages/languages.ts'
import { parts, tokens } from '../../../pages/tokens.ts'
import { baseStyle } from './base-style.ts'
import { customerStyle } from './customer/style.ts'
import { dashboardStyle } from './dashboard/style.ts'
import { pageScript } from './script.ts'

const style = tokens + parts + baseStyle + dashboardStyle + customerStyle

const source = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`

/** Headers of every page. No page of another site can frame one, and nothing but its own style and script runs. */
export const pageHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src ${source(style)}; script-src ${source(pageScript)}; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  // Browsers get pages, programs get JSON; the language of a page is chosen, or the browser's.
  Vary: 'Accept, Accept-Language, Cookie',
}

export const sendPage = (reply: FastifyReply, page: string, language: Language) =>
  reply.type('text/html; charset=utf-8').header('Content-Language', language).send(page)

/** Letter K on the accent colour. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%2300667a'/%3E%3Cpath d='M10 8v16M22 8l-9 8 9 8' fill='none' stroke='%23fff' stroke-width='3.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"

export type Page = { lang: Language; title: string; body: string; className: 'dashboard' | 'customer'; gone: string }

/** A whole document. `body` is HTML already; `gone` is what it says while the server does not respond. */
export const documentOf = ({ lang, title, body, className, gone }: Page): string => html`<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="${icon}"><style>!${style}</style></head>
<body class="${className}">
<p id="gone" role="alert" hidden>${gone}</p>
!${body}
<script>!${pageScript}</script>
</body>
</html>`

export type ButtonForm = { label: string; action: string; fields?: Record<string, string>; className?: string }

/** A form of one button that posts to `action` and comes back to its field `back`. */
export const buttonForm = ({ label, action, fields = {}, className = '' }: ButtonForm): string =>
  html`<form method="post" action="${action}">!${hiddenFields(fields)}<button class="${className}" data-key="${action}">${label}</button></form>`

export const hiddenFields = (fields: Record<string, string>): string[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)

/** A text with its code, which is in backticks. */
export const withCode = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
    .join('')

/** What stands out to be copied, with a button for it. */
export const copyButton = (text: string, label: string, copied: string): string =>
  html`<button type="button" class="copy small" data-copy="${text}" data-copied="${copied}" aria-label="${label}: ${text.slice(0, 40)}" hidden><span data-label>${label}</span></button>`

export type Choice = [value: string, label: string]

/** Options of a list, one of them chosen. */
export const optionsOf = (choices: Choice[], chosen: string): string[] =>
  choices.map(([value, label]) => html`<option value="${value}" !${value === chosen ? 'selected' : ''}>${label}</option>`)
