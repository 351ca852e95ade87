/** Design tokens of the pages, as CSS custom properties: few greys, one accent, and a pair of colours for each kind of status. */

/** Text on its ground has a contrast of 4.5 and more, in light and in dark. */
export const tokens = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #0f1216);
  --surface: light-dark(#ffffff, #171b21);
  --raised: light-dark(#fbfbfc, #1c2129);
  --line: light-dark(#e2e5ea, #2b313b);
  --line-strong: light-dark(#c4c9d2, #414956);
  --text: light-dark(#171a1f, #eceef1);
  --quiet: light-dark(#586070, #a3abb8);
  --accent: light-dark(#2d54c4, #9db6ff);
  --accent-ground: light-dark(#2d54c4, #3a5fd0);
  --on-accent: #ffffff;
  --accent-soft: light-dark(#edf1fc, #1d2740);
  --focus: light-dark(#2d54c4, #9db6ff);
  --good: light-dark(#0b6236, #7fdba6);
  --good-ground: light-dark(#e4f4ea, #13301f);
  --wait: light-dark(#80480a, #f0be70);
  --wait-ground: light-dark(#fcf0dc, #35280f);
  --bad: light-dark(#ae231c, #ff9d95);
  --bad-ground: light-dark(#fce9e7, #3f1c1a);
  --info: light-dark(#2850a8, #a3c2ff);
  --info-ground: light-dark(#e8effc, #182a4b);
  --off: light-dark(#505866, #b2bac6);
  --off-ground: light-dark(#eceef2, #282e37);
  --font: system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Apple SD Gothic Neo", "Noto Sans KR", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace;
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 3rem;
  --t-small: .8125rem; --t-body: .9375rem; --t-large: 1.125rem; --t-title: 1.375rem; --t-display: 2.125rem;
  --radius: .5rem; --radius-large: .875rem;
  --shadow: 0 1px 2px light-dark(#1018280f, #0000004d);
}
:lang(ko) { --font: system-ui, -apple-system, "Apple SD Gothic Neo", "Noto Sans CJK KR", "Noto Sans KR", sans-serif; }
`

/** What every page builds on: text, focus, links, buttons, fields, chips. */
export const baseStyle = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: var(--t-body)/1.55 var(--font); }
h1, h2, h3, p, dl, dd, ol, ul, pre, figure { margin: 0; }
h1 { font-size: var(--t-title); line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: var(--t-body); line-height: 1.4; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: .25rem; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
button, input, select, textarea { font: inherit; color: inherit; }
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: var(--s2); min-height: 2.25rem; padding: .3rem .85rem; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--surface); color: var(--text); font-weight: 550; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--off-ground); }
button.main, .button.main { background: var(--accent-ground); border-color: transparent; color: var(--on-accent); }
button.main:hover, .button.main:hover { filter: brightness(1.08); background: var(--accent-ground); }
button.danger, .button.danger { color: var(--bad); border-color: color-mix(in srgb, var(--bad) 45%, transparent); }
button[disabled] { cursor: not-allowed; color: var(--quiet); background: transparent; border-style: dashed; }
input, select, textarea { min-height: 2.25rem; padding: .3rem .6rem; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--surface); max-width: 100%; min-width: 0; }
.chip { display: inline-flex; align-items: center; gap: .4em; padding: .05rem .55rem; border-radius: 99rem; font-size: var(--t-small); font-weight: 600; white-space: nowrap; color: var(--off); background: var(--off-ground); }
.chip::before { content: ""; inline-size: .45em; block-size: .45em; border-radius: 50%; background: currentColor; }
.chip.good { color: var(--good); background: var(--good-ground); }
.chip.wait { color: var(--wait); background: var(--wait-ground); }
.chip.bad { color: var(--bad); background: var(--bad-ground); }
.chip.info { color: var(--info); background: var(--info-ground); }
.quiet { color: var(--quiet); }
.small { font-size: var(--t-small); }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg.icon { inline-size: 1.25rem; block-size: 1.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
@media (prefers-reduced-motion: no-preference) { button, .button, a { transition: background-color .12s, border-color .12s; } }
`
