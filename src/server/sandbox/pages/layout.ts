/** What all pages of the sandbox share: one document, one style sheet, one policy of what a browser may load. */
import { hash } from 'node:crypto'
import { html } from 'ghtml'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#c9ccd1, #4a4f57); --quiet: light-dark(#55595f, #a9aeb6); --accent: light-dark(#0b5cad, #7db8f5); }
body { margin: 0 auto; max-width: 64rem; padding: 0 1rem 3rem; }
.narrow { max-width: 34rem; }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); padding: .75rem 0; }
header a[aria-current] { font-weight: 600; text-decoration: none; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.amount { text-align: end; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; font-weight: 600; }
form { display: inline-flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .25rem .5rem .25rem 0; }
button, input, select { font: inherit; padding: .35rem .8rem; border: 1px solid var(--line); border-radius: .35rem; }
button { cursor: pointer; } button.main { background: light-dark(#0b5cad, #1f6fc0); border-color: transparent; color: #fff; }
.total { font-size: 2rem; font-weight: 700; margin: .5rem 0; }
.note { color: var(--quiet); } code, pre { font-size: .9em; } pre { overflow: auto; max-height: 30rem; border: 1px solid var(--line); border-radius: .35rem; padding: .75rem; }
.scroll { overflow-x: auto; }
`

/** Reloads the parts marked `data-live` whenever the sandbox says that something changed. */
const liveScript = `
let waiting
new EventSource('/sandbox/live').onmessage = () => {
  waiting ??= setTimeout(async () => {
    waiting = undefined
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id)
      if (!fresh) continue
      const focused = part.contains(document.activeElement) && document.activeElement.form?.getAttribute('action')
      part.replaceWith(fresh)
      if (focused) fresh.querySelector('form[action="' + focused + '"] button')?.focus()
    }
  }, 100)
}
`

const source = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`

/** Headers of every page. No page of another site can frame one, and nothing but its own style and script runs. */
export const pageHeaders = {
  'Content-Security-Policy': `default-src 'none'; style-src ${source(style)}; script-src ${source(liveScript)}; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

export type Page = { lang: string; title: string; body: string; isNarrow?: boolean; isLive?: boolean }

/** A whole document. `body` is HTML already. */
export const documentOf = ({ lang, title, body, isNarrow = false, isLive = false }: Page): string => html`<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="icon" href="data:,"><style>!${style}</style></head>
<body class="${isNarrow ? 'narrow' : ''}">
!${body}
!${isLive ? html`<script>!${liveScript}</script>` : ''}
</body>
</html>`

/** A form of one button that posts to `action` and comes back to `back`. */
export const buttonForm = (label: string, action: string, fields: Record<string, string>, className = ''): string =>
  html`<form method="post" action="${action}">!${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="${className}">${label}</button></form>`

/** An amount as people of that language write it. */
export const moneyText = (amount: number, currency: string, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
