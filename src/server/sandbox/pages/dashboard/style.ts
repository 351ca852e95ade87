/** Style of the dashboard. */
export const dashboardStyle = `
.dashboard:lang(ja) :is(h1, h2, h3, dt, dd, label, button, .button, .actions p) { word-break: auto-phrase; line-break: strict; } .dashboard:lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
.dashboard > header { background: var(--raised); border-bottom: 1px solid var(--line); }
.dashboard .bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-5); max-width: 76rem; margin: auto; padding: var(--space-3) var(--space-4) 0; }
.dashboard .brand { font-weight: 650; letter-spacing: -.01em; color: inherit; text-decoration: none; display: inline-flex; gap: var(--space-2); align-items: center; }
.dashboard .brand::before { content: ""; inline-size: .85rem; block-size: .85rem; border-radius: .25rem; background: var(--accent-strong); }
.dashboard .bar .chip { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.dashboard .languages { display: flex; gap: var(--space-3); font-size: var(--text-s); } .dashboard .languages a { padding-block: .25rem; color: var(--quiet); text-decoration: none; } .dashboard .languages a:hover { color: var(--ink); text-decoration: underline; } .dashboard .languages [aria-current] { color: var(--ink); font-weight: 600; }
.dashboard .pages { display: flex; gap: var(--space-1); flex-basis: 100%; flex-wrap: wrap; margin-inline: calc(-1 * var(--space-2)); }
.dashboard .pages a { padding: .35rem var(--space-2) .55rem; color: var(--quiet); text-decoration: none; border-bottom: 2px solid transparent; }
.dashboard .pages a:hover { color: var(--ink); }
.dashboard .pages a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent-strong); }
.dashboard main { max-width: 76rem; margin: auto; padding: var(--space-5) var(--space-4) var(--space-7); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
.dashboard .head { display: flex; flex-wrap: wrap; gap: var(--space-3) var(--space-4); align-items: center; justify-content: space-between; }
.dashboard .row { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center; }
.dashboard .card { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-l); box-shadow: var(--shadow); padding: var(--space-4); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); align-content: start; }
.dashboard .card > form:not(.row) { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
.dashboard .card.flush { padding: 0; gap: 0; overflow: hidden; }
.dashboard .columns { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 60rem) { .dashboard .columns { grid-template-columns: minmax(0, 1.7fr) minmax(18rem, 1fr); } }
.dashboard .columns > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
.dashboard .filters { gap: var(--space-2) var(--space-3); grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); align-items: end; }
.filters label, .fields label { display: grid; gap: .15rem; font-size: var(--text-s); color: var(--quiet); }
.filters label > *, .fields label > * { color: var(--ink); font-size: var(--text-m); inline-size: 100%; }
.filters label > *:is(input, select) { block-size: 2.25rem; } .filters .wide { grid-column: span 2; } .filters .row { flex-wrap: nowrap; }
.dashboard .fields .wide { grid-column: 1 / -1; max-inline-size: 40rem; } .dashboard .fields { display: grid; gap: var(--space-3); grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); align-items: end; }
table { border-collapse: collapse; inline-size: 100%; }
th { text-align: start; font-weight: 550; font-size: var(--text-s); color: var(--quiet); padding: var(--space-2) var(--space-3); white-space: nowrap; border-bottom: 1px solid var(--line); background: var(--surface); }
td { padding: .5rem var(--space-3); border-bottom: 1px solid var(--line); vertical-align: middle; }
th:first-child, td:first-child { padding-inline-start: var(--space-4); } th:last-child, td:last-child { padding-inline-end: var(--space-4); }
tbody tr:last-child td { border-bottom: 0; }
tbody tr:hover td { background: var(--surface); }
.amount { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.amount { font-weight: 600; } td.end { white-space: nowrap; }
.method { display: inline-flex; align-items: center; gap: var(--space-2); white-space: nowrap; vertical-align: middle; }
.method svg { color: var(--quiet); }
.response { overflow-wrap: anywhere; } .button[aria-current] { background: var(--accent-soft); border-color: var(--accent); color: var(--accent); }
@media (min-width: 46.01rem) { td :is(strong, .id, .time) { white-space: nowrap; } }
.id { font-family: var(--mono); font-size: var(--text-s); }
.cut { max-width: 14rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.pager { display: flex; justify-content: space-between; align-items: center; gap: var(--space-3); padding: var(--space-3) var(--space-4); border-top: 1px solid var(--line); }
.empty { padding: var(--space-6) var(--space-4); display: grid; grid-template-columns: minmax(0, 40rem); gap: var(--space-3); justify-content: center; }
pre { overflow: auto; max-height: 26rem; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: var(--space-3); line-height: 1.5; }
.glance { display: grid; gap: var(--space-1); } .glance [role=status] { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-2); align-items: center; }
.glance .total { font-size: var(--text-3xl); font-weight: 680; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); gap: var(--space-3) var(--space-4); border-top: 1px solid var(--line); padding-top: var(--space-3); }
.facts dt, .pairs dt { font-size: var(--text-s); color: var(--quiet); } .facts dd { overflow-wrap: anywhere; }
.timeline { list-style: none; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); }
.timeline > li { position: relative; padding: 0 0 var(--space-4) var(--space-5); }
.timeline > li::before { content: ""; position: absolute; inset-inline-start: .3rem; top: .45rem; inline-size: .55rem; block-size: .55rem; border-radius: 50%; background: var(--raised); border: 2px solid var(--line-strong); }
.timeline > li.event::before { background: var(--accent-strong); border-color: var(--accent-strong); }
.timeline > li.bad::before { background: var(--red); border-color: var(--red); }
.timeline > li:not(:last-child)::after { content: ""; position: absolute; inset-inline-start: .53rem; top: 1.2rem; bottom: -.3rem; inline-size: 1px; background: var(--line-strong); }
.timeline summary { position: relative; padding-inline-end: 3.25rem; cursor: pointer; display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-3); align-items: baseline; }
.timeline summary::marker { content: ""; } .timeline summary::after { content: attr(data-show); color: var(--accent); font-size: var(--text-s); position: absolute; inset-inline-end: 0; top: .1rem; }
.timeline details[open] summary::after { content: attr(data-hide); }
.timeline .inner { overflow-wrap: anywhere; display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-2); padding-top: var(--space-2); }
.actions { list-style: none; padding: 0; display: grid; gap: var(--space-3); }
.actions + h3 { font-size: var(--text-s); color: var(--quiet); font-weight: 600; border-top: 1px solid var(--line); padding-top: var(--space-3); }
.actions form { display: grid; grid-template-columns: 1fr; } .actions form.with { grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2); align-items: end; } .actions label { display: grid; font-size: var(--text-s); color: var(--quiet); } .actions label input { color: var(--ink); font-size: var(--text-m); }
.actions button, .actions .button { inline-size: 100%; justify-content: flex-start; text-align: start; } .actions .with button { inline-size: auto; }
.actions p { margin-top: .2rem; }
.notice { padding: var(--space-3) var(--space-4); border-radius: var(--radius); background: var(--blue-soft); color: var(--blue); }
.notice.bad { background: var(--red-soft); color: var(--red); }
#gone { background: var(--red-soft); color: var(--red); padding: var(--space-2) var(--space-4); text-align: center; font-weight: 600; } #gone[hidden] { display: none; }
.dashboard .fail .chip { justify-self: start; }
.dashboard .fail { max-width: 40rem; margin: 10vh auto; padding: var(--space-4); display: grid; gap: var(--space-4); }
@media (max-width: 46rem) {
  .dashboard .filters { grid-template-columns: 1fr 1fr; }
  table.stack thead { position: absolute; clip-path: inset(50%); block-size: 1px; overflow: hidden; }
  table.stack, table.stack tbody { display: block; }
  table.stack tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem var(--space-3); padding: var(--space-3) var(--space-4); border-bottom: 1px solid var(--line); align-items: center; }
  table.stack tr:last-child { border-bottom: 0; }
  table.stack td, table.stack td:first-child, table.stack td:last-child { display: block; padding: 0; border: 0; min-width: 0; overflow-wrap: anywhere; }
  table.stack td.end, table.stack td.amount { justify-self: end; text-align: end; } table.stack td.whole { grid-column: 1 / -1; justify-self: start; text-align: start; }
  table.stack td:empty { display: none; } table.stack td:empty + td.end { grid-column: 2; }
  .dashboard .bar { gap: var(--space-1) var(--space-2); } .dashboard .languages { margin-inline-start: auto; gap: var(--space-2); font-size: var(--text-xs); }
  .dashboard .bar .chip { order: 1; flex-basis: 100%; margin: 0; padding: 0; background: none; font-weight: 500; } .dashboard .pages { order: 2; }
}
`
