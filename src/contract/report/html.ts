/** The verdict as one page that can be sent to somebody: it makes no request, and its script only hides what is filtered out. */
import { html } from 'ghtml'
import { parts, tokens } from '../../pages/tokens.ts'
import { rules } from '../rules/rules.ts'
import type { Exchange } from '../run/exchange.ts'
import { type Cause, causeLine, causesOf } from './causes.ts'
import { type Coverage, type Finding, isUnfinished, type Verdict } from './run-report.ts'
import { othersOf, tally, verdictLine } from './text.ts'

const style = `${tokens}${parts}
body { margin: 0; background: var(--ground); color: var(--text); font: 400 var(--text-m)/1.6 var(--font); overflow-wrap: break-word }
main { max-width: 74rem; margin: 0 auto; padding: var(--space-6) var(--space-5) var(--space-8) }
h1, h2, h3, h4 { color: var(--ink); line-height: 1.35; overflow-wrap: anywhere }
h1 { margin: 0 0 var(--space-2); font-size: var(--text-2xl); letter-spacing: -.01em } h2 { margin: var(--space-7) 0 var(--space-3); font-size: var(--text-xl) }
h3 { margin: var(--space-6) 0 var(--space-2); font-size: var(--text-l) } h4 { margin: 0 0 var(--space-2); font-size: var(--text-m) }
a { color: var(--accent); text-underline-offset: .2em }
code, pre { font: .8125rem/1.6 var(--mono) } code, summary { overflow-wrap: anywhere } summary { cursor: pointer }
nav { padding: var(--space-4) var(--space-5); border: 1px solid var(--line); border-radius: var(--radius-l); background: var(--surface) }
nav ol { margin: 0; padding-left: 1.75rem } nav li { padding: .125rem 0 }
.filter { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-5); align-items: center; margin: var(--space-4) 0; font-size: var(--text-s) }
select { max-width: 100%; padding: .375rem .625rem; font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius) }
[hidden] { display: none !important }
.bad { color: var(--red) } .good { color: var(--green) } .soft { color: var(--quiet) }
article { margin: var(--space-4) 0; padding: var(--space-4) var(--space-5); border: 1px solid var(--line); border-left: 3px solid var(--red); border-radius: var(--radius); background: var(--raised) }
pre { overflow-x: auto; padding: var(--space-3) var(--space-4); color: var(--code-ink); background: var(--code-ground); border: 1px solid var(--code-line); border-radius: var(--radius); white-space: pre-wrap; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem var(--space-4); margin: var(--space-2) 0; font-size: var(--text-s) } dt { color: var(--quiet) } dd { margin: 0; min-width: 0 }
table { border-collapse: collapse; margin: var(--space-2) 0; font-size: var(--text-s) } th { color: var(--quiet); font-weight: 600 } th, td { padding: .3125rem .8125rem .3125rem 0; text-align: left; border-bottom: 1px solid var(--line) }
td + td, th + th { text-align: right; font-variant-numeric: tabular-nums }
.tables { display: flex; flex-wrap: wrap; gap: var(--space-4) var(--space-7); align-items: flex-start } .scroll { overflow-x: auto; max-width: 100% }
@media (max-width: 30rem) { main { padding: var(--space-4) } nav, article { padding: var(--space-3) } th, td { padding-right: .4rem } dl { grid-template-columns: 1fr } dd { margin-bottom: .35rem } }
@media print { nav, .filter { display: none } article { break-inside: avoid } }
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
<h1 class="${findings.length > 0 || isUnfinished(verdict) ? 'bad' : 'good'}">${verdictLine(verdict)}</h1>
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
