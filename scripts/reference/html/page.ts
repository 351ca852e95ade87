/** The whole page, with everything in it and nothing outside. */
import { createHash } from 'node:crypto'
import { languages } from '../../../src/pages/languages.ts'
import { sampleChoices } from '../model/operations.ts'
import { documentPath, type HtmlContext, pathBetween } from './context.ts'
import { html } from './escape.ts'
import { inlineHtml, markdownHtml } from './markdown.ts'
import { languageLinks, navigation } from './navigation.ts'
import { scriptWords } from './script-words.ts'
import { guideSection, objectSection, operationSection, webhookSection } from './sections.ts'

export type PageAssets = {
  style: string
  /** Script of the page, and the few lines that run before the first paint. */
  script: string
  earlyScript: string
  /** Icon, an SVG. */
  icon: string
}

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Policy of exactly this page: its own style and scripts; it may send to where it comes from and to this machine, for "Send". */
const policyOf = ({ style, script, earlyScript }: PageAssets) =>
  [
    "default-src 'none'",
    `script-src ${sourceOf(script)} ${sourceOf(earlyScript)}`,
    `style-src ${sourceOf(style)}`,
    'img-src data:',
    "connect-src 'self' http://127.0.0.1:* http://localhost:*",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

const header = (context: HtmlContext) => {
  const { model, t } = context
  return html`<header class="top">
<a class="brand" href="#start"><span class="mark" aria-hidden="true">K</span><span>${model.title}</span> <span class="chip unofficial">${t('Unofficial')}</span></a>
<button type="button" class="search-button js" aria-haspopup="dialog"><span>${t('Search')}</span> <kbd>/</kbd></button>
!${languageLinks(context)}
<div class="top-tools"><button type="button" class="icon-button theme js" aria-label="${t('Light or dark')}">◐</button><button type="button" class="icon-button menu js" aria-expanded="false" aria-controls="navigation" aria-label="${t('Contents')}">☰</button></div>
</header>`
}

/** What the reference does not cover, in the words of KOMOJU's pages. */
const notCovered = (t: HtmlContext['t']) =>
  t('Sessions, tokens, customers, subscriptions and payment methods newer than the fifteen here are not covered.')

const intro = (context: HtmlContext): string => {
  const { language, model, t } = context
  const above = `../${pathBetween(language, 'en')}`
  const downloads = [
    [documentPath(language), t('OpenAPI 3.1, YAML')],
    [`${above}openapi.json`, t('OpenAPI 3.1, JSON')],
    [`${above}openapi-3.0.yaml`, t('OpenAPI 3.0')],
    [`${above}postman.json`, t('Postman collection')],
    ['llms-full.txt', t('Everything as Markdown')],
    [`${pathBetween(language, 'en')}redoc/index.html`, t('Plain Redoc page')],
  ].map(([path = '', title = '']) => html`<li><a href="${path}">${title}</a></li>`)
  return html`<section class="guide intro" data-page="start"><h1 id="start">${model.title} <span class="version">${t('document {version}', { version: model.version })}</span></h1>
<p class="lead">!${inlineHtml(model.summary, context)}</p>
<div class="notice" role="note"><p><strong>${t('Unofficial.')}</strong> ${t('This reference is written from what KOMOJU publishes, and KOMOJU does not vouch for it.')} ${notCovered(t)} <a href="https://doc.komoju.com/">${t('KOMOJU’s own documentation')}</a></p></div>
<dl class="facts"><div><dt>${t('Base URL')}</dt><dd><code class="base-url">${model.servers[0]?.url}</code></dd></div><div><dt>${t('Authentication')}</dt><dd>${t('HTTP Basic, the secret key as user name')}</dd></div><div><dt>${t('Bodies')}</dt><dd>${t('JSON or forms')}</dd></div></dl>
<div class="prose">!${markdownHtml(model.introduction, context)}</div>
<ul class="downloads">!${downloads}</ul></section>`
}

const searchDialog = ({ t }: HtmlContext) =>
  html`<dialog class="search" aria-label="${t('Search')}"><div class="search-box"><input type="search" role="combobox" aria-expanded="true" aria-controls="search-results" aria-autocomplete="list" autocomplete="off" spellcheck="false" placeholder="${t('Operation, parameter, error code, test card …')}" aria-label="${t('Search the reference')}"><button type="button" class="button close-search">${t('Close')}</button></div><p class="search-empty" role="status" hidden></p><div id="search-results" role="listbox" aria-label="${t('Results')}"></div></dialog>`

/** Data for the script, in an element that no policy takes for a script. */
const dataElement = (id: string, data: unknown) =>
  html`<script type="application/json" id="${id}">!${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`

const main = (context: HtmlContext): string => {
  const { model, t } = context
  const { guides, operations, webhooks, objects, tags } = model
  const tagTitle = (name: string, description: string) =>
    html`<div class="tag" id="${name}"><p class="tag-name">${t(name)}</p><p>!${inlineHtml(description, context)}</p></div>`
  const bodies = tags.map(({ name, description }) =>
    name === 'Webhooks'
      ? tagTitle(name, description) + webhooks.map((webhook) => webhookSection(webhook, context)).join('')
      : tagTitle(name, description) +
        operations
          .filter(({ tag }) => tag === name)
          .map((operation) => operationSection(operation, context))
          .join(''),
  )
  return html`<main id="content" tabindex="-1">!${intro(context)}!${guides.map((guide) => guideSection(guide, context))}!${bodies}!${tagTitle('Objects', t('What operations return and webhooks carry.'))}!${objects.map((object) => objectSection(object, context))}<footer><p>${t('Written from what KOMOJU publishes. MIT licence.')}</p></footer></main>`
}

/** Makes the page. */
export const referencePage = (context: HtmlContext, assets: PageAssets): string => {
  const { language, model, t } = context
  const alternates = languages.map(
    (other) => html`<link rel="alternate" hreflang="${other}" href="${pathBetween(language, other)}index.html">`,
  )
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="!${policyOf(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${model.title}</title>
<meta name="description" content="${model.summary}">
<meta property="og:type" content="website">
<meta property="og:title" content="${model.title}">
<meta property="og:description" content="${model.summary}">
<meta property="og:locale" content="${language}">
<link rel="canonical" href="index.html">
<link rel="icon" href="data:image/svg+xml,!${encodeURIComponent(assets.icon.trim())}">
!${alternates.join('\n')}
<link rel="alternate" type="text/markdown" href="index.md">
<style>!${assets.style}</style>
<script>!${assets.earlyScript}</script>
</head>
<body>
<a class="skip-link" href="#content">${t('Skip to the content')}</a>
!${header(context)}
<div class="shell">!${navigation(context)}!${main(context)}</div>
!${searchDialog(context)}
!${dataElement('words', { ...scriptWords(t), choices: sampleChoices(t) })}
!${dataElement('request-schemas', model.requestSchemas)}
<script>!${assets.script}</script>
</body>
</html>
`
}
