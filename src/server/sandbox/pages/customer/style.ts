/** Style of the customer's pages: one narrow column, as on the page of a store, a bank or a wallet. */
export const customerStyle = `
body.customer { font-size: 1rem; line-height: 1.7; text-wrap: pretty; } body.customer:lang(ja) { word-break: auto-phrase; line-break: strict; } body.customer:lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
.customer h1 > span, .customer h1 .small { display: block; line-height: 1.35; } .customer h1 .small { font-weight: 450; }
.customer main { max-width: 30rem; margin: 0 auto; padding: var(--space-4) var(--space-4) var(--space-7); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
.customer .languages { display: flex; justify-content: flex-end; gap: var(--space-3); font-size: var(--text-s); } .customer .languages a { color: var(--quiet); } .customer .languages [aria-current] { font-weight: 650; color: var(--ink); }
.customer .sheet { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius-l); box-shadow: var(--shadow); padding: var(--space-5); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
.customer h1 { display: flex; gap: var(--space-3); align-items: center; font-size: var(--text-l); }
.customer h1 svg { inline-size: 2.5rem; block-size: 2.5rem; padding: .55rem; border-radius: var(--radius); background: var(--accent-soft); color: var(--accent); }
.customer h2 { font-size: 1rem; } .customer .sheet > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-2); } .customer .sheet > .plain { gap: 0; }
.customer .total { font-size: var(--text-3xl); font-weight: 680; letter-spacing: -.01em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.customer .state { padding: var(--space-3) var(--space-4); border-radius: var(--radius); background: var(--amber-soft); color: var(--amber); font-weight: 600; }
.customer .state.good { background: var(--green-soft); color: var(--green); } .customer .state.bad { background: var(--red-soft); color: var(--red); } .customer .state.info { background: var(--blue-soft); color: var(--blue); } .customer .state.off { background: var(--line); color: var(--quiet); }
.customer .pairs { display: grid; gap: var(--space-3); } .customer .pairs > div { border: 1px solid var(--line); border-radius: var(--radius); padding: var(--space-2) var(--space-3); background: var(--surface); }
.customer .pairs dd { display: flex; justify-content: space-between; align-items: center; gap: var(--space-3); font-size: var(--text-l); font-weight: 620; letter-spacing: .03em; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; } .customer .pairs dd span { min-width: 0; } .customer .pairs .copy { flex: none; letter-spacing: 0; }
.customer ol { padding-inline-start: 1.6rem; display: grid; gap: var(--space-2); } .customer ol li::marker { color: var(--accent); font-weight: 650; }
.customer .choice { display: grid; gap: var(--space-2); } .customer .choice button { inline-size: 100%; min-height: 2.9rem; }
.customer .stores { border: 0; padding: 0; margin: 0; display: grid; gap: var(--space-2); } .customer .stores label { display: flex; gap: var(--space-3); align-items: center; border: 1px solid var(--line); border-radius: var(--radius); padding: var(--space-2) var(--space-3); cursor: pointer; } .customer .stores input { min-height: 0; accent-color: var(--accent-strong); inline-size: 1.1rem; block-size: 1.1rem; } .customer .stores label:has(:checked) { border-color: var(--accent); background: var(--accent-soft); }
.customer .test { border: 1px dashed var(--line-strong); border-radius: var(--radius-l); padding: var(--space-4); display: grid; gap: var(--space-3); } .customer .test h2 { font-size: var(--text-s); color: var(--quiet); font-weight: 600; } .customer .test .row { display: flex; flex-wrap: wrap; gap: var(--space-2); }
.customer .when { display: grid; gap: .1rem; } .customer .when strong { font-weight: 650; }
`
