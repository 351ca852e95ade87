/** What every page of the sandbox builds on, beside the tokens and parts of all pages: text, links, buttons, fields. */
export const baseStyle = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--surface); color: var(--ink); font: var(--text-m)/1.55 var(--font); }
h1, h2, h3, p, dl, dd, ol, ul, pre, figure { margin: 0; }
h1 { font-size: var(--text-xl); line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: var(--text-m); line-height: 1.4; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
button, input, select, textarea { font: inherit; color: inherit; }
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2); min-height: 2.25rem; padding: .3rem .85rem; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--raised); color: var(--ink); font: 600 var(--text-s)/1.4 var(--font); text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--line); }
button.danger, .button.danger { color: var(--red); border-color: color-mix(in srgb, var(--red) 45%, transparent); }
button[disabled] { cursor: not-allowed; color: var(--quiet); background: transparent; border-style: dashed; }
input, select, textarea { min-height: 2.25rem; padding: .3rem .6rem; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--raised); max-width: 100%; min-width: 0; }
.quiet { color: var(--quiet); }
.small { font-size: var(--text-s); }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg.icon { inline-size: 1.25rem; block-size: 1.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
@media (prefers-reduced-motion: no-preference) { button, .button, a { transition: background-color .12s, border-color .12s; } }
`
