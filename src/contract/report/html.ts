/** The verdict as one page that can be sent to somebody: it makes no request, and its script only hides what is filtered out. */
import { html } from 'ghtml'
import { rules } from '../rules/rules.ts'
import type { Exchange } from '../run/exchange.ts'
import { type Cause, causeLine, causesOf } from './causes.ts'
import type { Coverage, Finding, Verdict } from './run-report.ts'
import { othersOf, tally, verdictLine } from './text.ts'

const style = `
:root { color-scheme: light dark; --bad: #b3261e; --good: #1a6b3c; --soft: #8883; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7bd8a1 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem; line-height: 1.3; overflow-wrap: anywhere } h2 { margin-top: 2.5rem } h3 { margin: 2rem 0 .5rem; font-size: 1.1rem }
h4 { margin: 0 0 .5rem; font-size: 1rem; overflow-wrap: anywhere }
nav ol { padding-left: 1.5rem } a { color: inherit }
.filter { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; margin: 1rem 0 } select { font: inherit; max-width: 100% } [hidden] { display: none !important }
@media (max-width: 30rem) { body { padding: 1rem } th, td { padding-right: .4rem } dl { grid-template-columns: 1fr } dd { margin-bottom: .35rem } }
.bad { color: var(--bad) } .good { color: var(--good) } .soft { opacity: .75 }
article { border: 1px solid var(--soft); border-left: 4px solid var(--bad); border-radius: 4px; padding: 1rem; margin: 1rem 0 }
pre { overflow-x: auto; background: var(--soft); padding: .75rem; border-radius: 4px; font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere }
code, summary { overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0 } dt { opacity: .75 } dd { margin: 0; min-width: 0 }
table { border-collapse: collapse; margin: .5rem 0 } th, td { padding: .2rem .8rem .2rem 0; text-align: left; border-bottom: 1px solid var(--soft) }
td + td, th + th { text-align: right; font-variant-numeric: tabular-nums }
.tables { display: flex; flex-wrap: wrap; gap: 1rem 3rem; align-items: flex-start } .scroll { overflow-x: auto; max-width: 100% }
`

const indented = (text: string) => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

const maxShownCharacters = 20_000

const responseText = ({ headers, text }: Exchange) => {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [...head, '', indented(text).slice(0, maxShownCharacters)].join('\n')
}

const exchangeOf = (exchange: Exchange) => html`
  <details>
    <summary>${exchange.method} ${new URL(exchange.url).pathname} → ${exchange.status || exchange.failure || ''}</summary>
    <pre>${responseText(exchange)}</pre>
  </details>`

const findingOf = ({ rule, operationId, message, pointer, check, checks, exchanges, curl, isStricter }: Finding, index: number) => html`
  <article id="finding-${index + 1}" data-operation="${operationId}" data-rule="${rule}">
    <h4>${operationId}: ${message}</h4>
    <dl>
      <dt>Asked for</dt><dd>${rules[rule].holds}${isStricter ? ' Stricter than the reference.' : ''}</dd>
      <dt>Rule</dt><dd><code>${rule}</code></dd>
      <dt>Document</dt><dd><code>${pointer}</code></dd>
      <dt>Check</dt><dd>${check}${othersOf(checks)}</dd>
    </dl>
    <p>See it again:</p>
    <pre>${curl.at(-1) ?? ''}</pre>
    !${exchanges.map(exchangeOf)}
  </article>`

/** Findings by their causes, each with an anchor for the contents. */
const causesPart = (causes: Cause[]) => {
  let number = 0
  return html`!${causes.map(
    (cause) => html`
  <section id="${cause.rule}">
    <h3>${causeLine(cause)}</h3>
    !${cause.findings.map((finding) => findingOf(finding, number++))}
  </section>`,
  )}`
}

const contentsOf = (causes: Cause[]) => html`
  <nav aria-label="Causes"><ol>!${causes.map((cause) => html`<li><a href="#${cause.rule}">${causeLine(cause)}</a></li>`)}</ol></nav>`

const choiceOf = (name: string, label: string, values: string[]) => html`
  <label>${label} <select name="${name}"><option value="">all</option>!${values.map((value) => html`<option>${value}</option>`)}</select></label>`

const filterOf = (findings: Finding[]) => {
  const valuesOf = (textOf: (finding: Finding) => string) => [...new Set(findings.map(textOf))].sort()
  return html`<form class="filter">
    !${choiceOf(
      'operation',
      'Operation',
      valuesOf(({ operationId }) => operationId),
    )}
    !${choiceOf(
      'rule',
      'Rule',
      valuesOf(({ rule }) => rule),
    )}
    <output aria-live="polite"></output>
  </form>`
}

/** Hides the findings that are filtered out, and causes without any. Without it everything is shown. */
const script = `
const form = document.querySelector('.filter')
form?.addEventListener('change', () => {
  const { operation, rule } = Object.fromEntries(new FormData(form))
  let shown = 0
  for (const article of document.querySelectorAll('article')) {
    const { dataset } = article
    article.hidden = (operation && dataset.operation !== operation) || (rule && dataset.rule !== rule)
    if (!article.hidden) shown++
  }
  for (const section of document.querySelectorAll('section')) section.hidden = !section.querySelector('article:not([hidden])')
  form.querySelector('output').textContent = shown + ' findings'
})
`

const tableOf = (title: string, rows: [string, number, number][]) => html`
  <div class="scroll"><table>
    <thead><tr><th>${title}</th><th>Checked</th><th>Failed</th></tr></thead>
    <tbody>!${rows.map(([name, checked, failed]) => html`<tr><td>${name}</td><td>${checked}</td><td class="${failed > 0 ? 'bad' : ''}">${failed}</td></tr>`)}</tbody>
  </table></div>`

const dimensions: [title: string, keyOf: (cell: Coverage) => string][] = [
  ['Operation', ({ operationId }) => operationId],
  ['Payment method', ({ paymentMethod }) => paymentMethod],
  ['Status', ({ status }) => (status ? String(status) : 'none')],
  ['Encoding', ({ encoding }) => encoding || 'no body'],
]

/** The page. */
export const htmlReport = (verdict: Verdict): string => {
  const { findings, notChecked, coverage, target, requests, duration, seed, runId, startedAt, notes = [] } = verdict
  const causes = causesOf(findings)
  const reasons = [...Map.groupBy(notChecked, ({ reason }) => reason)]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>KOMOJU API contract: ${target}</title>
<style>!${style}</style>
</head>
<body>
<main>
<h1 class="${findings.length > 0 ? 'bad' : 'good'}">${verdictLine(verdict)}</h1>
<p class="soft">${startedAt.slice(0, 19).replace('T', ' ')} UTC, ${requests} requests in ${(duration / 1000).toFixed(1)} s, seed ${seed}, run ${runId}.
The cURL lines read the secret key from the variable KOMOJU_SECRET_KEY.</p>
!${notes.map((note) => html`<p>${note}</p>`)}
<h2>Findings</h2>
!${findings.length > 0 ? html`!${contentsOf(causes)}!${filterOf(findings)}!${causesPart(causes)}` : html`<p>None.</p>`}
<h2>Not checked</h2>
!${
    reasons.length > 0
      ? html`<ul>!${reasons.map(
          ([reason, checks]) =>
            html`<li>${reason}: ${checks.length} checks<details><summary>Which</summary><ul>!${checks.map(({ check }) => html`<li>${check}</li>`)}</ul></details></li>`,
        )}</ul>`
      : html`<p>Everything was checked.</p>`
  }
<h2>Coverage</h2>
<div class="tables">!${dimensions.map(([title, keyOf]) => tableOf(title, tally(coverage, keyOf).sort()))}</div>
<h2>Rules</h2>
!${tableOf(
    'Rule',
    tally(coverage, ({ rule }) => rule)
      .sort()
      .map(([rule, checked, failed]) => [`${rule}: ${rules[rule].holds}`, checked, failed]),
  )}
</main>
<script>!${script}</script>
</body>
</html>
`
}
