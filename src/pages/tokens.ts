/**
 * The look that all pages of the project share: tokens of colour, type and space, and the small parts made of them.
 * Text as a module, so that the package carries it without a file beside its code.
 */

/** Tokens. Each colour has a light and a dark value, with a contrast of at least 4.5 for text. */
export const tokens = `
:root {
  color-scheme: light dark;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, "Cascadia Code", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace;
  --text-xs: .75rem; --text-s: .8125rem; --text-m: .9375rem; --text-l: 1.0625rem; --text-xl: 1.25rem; --text-2xl: 1.625rem; --text-3xl: 2.25rem;
  --space-1: .25rem; --space-2: .5rem; --space-3: .75rem; --space-4: 1rem; --space-5: 1.5rem; --space-6: 2rem; --space-7: 3rem; --space-8: 4.5rem;
  --radius-s: .3125rem; --radius: .5rem; --radius-l: .75rem;
  --ground: light-dark(#ffffff, #0d1218);
  --surface: light-dark(#f5f7f9, #151c24);
  --raised: light-dark(#ffffff, #1a222c);
  --line: light-dark(#e3e8ed, #263240);
  --line-strong: light-dark(#8a96a3, #6b7a8b);
  --ink: light-dark(#111a23, #e9eef3);
  --text: light-dark(#2f3b47, #c6d0da);
  --quiet: light-dark(#596673, #93a1b0);
  --accent: light-dark(#00667a, #56c8de);
  --accent-soft: light-dark(#e3f3f6, #10313a);
  --accent-strong: light-dark(#00667a, #0b7285);
  --on-accent: #ffffff;
  --shadow: 0 1px 2px light-dark(#1018280f, #0000004d);
  --blue: light-dark(#1149c4, #8db4ff); --blue-soft: light-dark(#e8efff, #182a4d);
  --green: light-dark(#0b6b39, #6fd39b); --green-soft: light-dark(#e2f5ea, #123323);
  --amber: light-dark(#7d5200, #eec06a); --amber-soft: light-dark(#fdf2dc, #3a2c10);
  --red: light-dark(#b3261e, #ff9c92); --red-soft: light-dark(#fdeae8, #451b18);
  --violet: light-dark(#5b3fb5, #bfaeff); --violet-soft: light-dark(#efebfd, #2a2250);
  --code-ground: light-dark(#101a26, #111922);
  --code-head: light-dark(#182534, #18222d);
  --code-line: light-dark(#263647, #263240);
  --code-ink: #dde6ef; --code-quiet: #9fb0c1; --code-string: #a5d6a7; --code-name: #8fc7ff; --code-number: #ffc58a; --code-keyword: #d8b4fe;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
:lang(ko) { --font: system-ui, -apple-system, "Segoe UI", Roboto, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", sans-serif; }
`

/** Parts: chips for methods and states, buttons, the ring around what has the focus. */
export const parts = `
.chip { display: inline-block; padding: .125rem .4375rem; border-radius: var(--radius-s); font: 600 var(--text-xs)/1.35 var(--font); letter-spacing: .01em; background: var(--surface); color: var(--quiet); white-space: nowrap; }
.chip.method { font-family: var(--mono); font-weight: 700; font-size: .6875rem; }
.chip.get, .chip.info { background: var(--blue-soft); color: var(--blue); }
.chip.post, .chip.good { background: var(--green-soft); color: var(--green); }
.chip.patch, .chip.wait { background: var(--amber-soft); color: var(--amber); }
.chip.delete, .chip.bad { background: var(--red-soft); color: var(--red); }
.chip:is(.good, .wait, .bad, .info, .off)::before { content: ""; display: inline-block; inline-size: .45em; block-size: .45em; margin-inline-end: .4em; border-radius: 50%; background: currentColor; vertical-align: .1em; }
.chip.event, .chip.beta { background: var(--violet-soft); color: var(--violet); }
.button { font: 600 var(--text-s)/1.4 var(--font); padding: .4375rem .875rem; border-radius: var(--radius); border: 1px solid var(--line-strong); background: var(--raised); color: var(--ink); cursor: pointer; }
.button:hover { border-color: var(--accent); color: var(--accent); }
:is(button, .button).primary { background: var(--accent-strong); border-color: transparent; color: var(--on-accent); }
:is(button, .button).primary:hover { background: var(--accent-strong); color: var(--on-accent); filter: brightness(1.08); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: var(--radius-s); }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; } }
`
