/** Sections of the page: guides, operations, webhooks, objects. */
import type { GuidePage, ObjectPage, OperationError, OperationPage, PaymentMethod, WebhookPage } from '../model/types.ts'
import { sentencesText } from '../phrases.ts'
import { attributeGroup, attributeList } from './attributes.ts'
import { codeBlock } from './code.ts'
import type { HtmlContext } from './context.ts'
import { html } from './escape.ts'
import { inlineHtml, markdownHtml } from './markdown.ts'
import { samplePanel } from './samples.ts'

/** A heading with its link, and the link to the section's Markdown. */
const sectionTitle = (id: string, title: string, { t }: HtmlContext, extra = '') =>
  html`<h2 id="${id}" class="anchored">${title}!${extra}<a class="anchor" href="#${id}" aria-label="${t('Link to {title}', { title })}">#</a></h2>`

const markdownLink = (file: string, { t }: HtmlContext) =>
  html`<p class="page-tools"><a href="${file}.md">${t('This section as Markdown')}</a></p>`

const beta = ({ t }: HtmlContext) => html` <span class="chip beta">${t('Beta')}</span>`

const endpoint = (method: string, path: string) =>
  html`<p class="endpoint"><span class="chip method ${method.toLowerCase()}">${method}</span> <code>${path}</code></p>`

/** A guide: text over the whole width. */
export const guideSection = (guide: GuidePage, context: HtmlContext): string =>
  html`<section class="guide" data-page="${guide.id}">!${sectionTitle(guide.id, guide.title, context)}<div class="prose">!${markdownHtml(guide.text, context, guide.headings)}</div>!${markdownLink(guide.id, context)}</section>`

/** What a payment method takes and returns, side by side with its example. */
const methodSection = (method: PaymentMethod, context: HtmlContext): string => {
  const { t } = context
  const { anchor, title, type, description, request, response, isInferred } = method
  return html`<div class="payment-method" data-example="${type}"><h4 id="${anchor}" class="anchored">${title} <code class="type-name">${type}</code><a class="anchor" href="#${anchor}" aria-label="${t('Link to {title}', { title })}">#</a></h4>
<p>!${inlineHtml(isInferred ? t('{text} †', { text: description }) : description, context)}</p><h5>${t('Send in {name}', { name: 'payment_details' })}</h5>!${attributeList(request, context)}<h5>${t('Returned in {name}', { name: 'payment_details' })}</h5>!${attributeList(response, context)}</div>`
}

const methodsSection = ({ id, methods }: OperationPage, context: HtmlContext): string => {
  if (methods.length === 0) return ''
  const { t } = context
  const options = methods.map(({ type, title }) => html`<a href="#${id}/${type}" class="choice" data-example="${type}">${title}</a>`)
  return html`<h3 id="${id}/payment_details">${t('Payment methods')}</h3><p>${t('Choose one: its details, its sample and its response follow, here and in every other operation.')}</p>
<nav class="method-choice" aria-label="${t('Payment methods')}">!${options}</nav><div class="payment-methods">!${methods.map((method) => methodSection(method, context))}</div>`
}

const errorRow = ({ code, status, meaning, advice, retry }: OperationError, context: HtmlContext) =>
  html`<tr><td data-label="${context.t('Status')}">${status}</td><td data-label="${context.t('Code')}"><a href="#error/${code}"><code>${code}</code></a></td><td data-label="${context.t('What to do')}">!${sentencesText([`<strong>${inlineHtml(context.t('{sentence}.', { sentence: meaning }), context)}</strong>`, inlineHtml(advice, context)], context.t)} <span class="retry">!${inlineHtml(retry, context)}</span></td></tr>`

const errorsTable = ({ id, errors }: OperationPage, context: HtmlContext): string => {
  const { t } = context
  return html`<h3 id="${id}/errors">${t('Errors')}</h3><table class="md wide errors"><thead><tr><th>${t('Status')}</th><th>${t('Code')}</th><th>${t('What to do')}</th></tr></thead><tbody>!${errors.map((error) => errorRow(error, context))}</tbody></table>`
}

const returnsText = ({ returns }: OperationPage, context: HtmlContext) => {
  const page = context.model.objects.find(({ name }) => name === returns.object)
  const { t } = context
  const link = page ? t('See {link}.', { link: html`<a href="#${page.name}">${page.title}</a>` }) : ''
  return html`<h3>${t('Returns')}</h3><p>!${sentencesText([inlineHtml(returns.description, context), link], t)}</p>`
}

/** An operation: its text, and beside it the sample that stays in view. */
export const operationSection = (operation: OperationPage, context: HtmlContext): string => {
  const { id, summary, description, method, path, isBeta, groups } = operation
  const text = [
    sectionTitle(id, summary, context, isBeta ? beta(context) : ''),
    endpoint(method, path),
    `<div class="prose">${markdownHtml(description, context)}</div>`,
    ...groups.slice(0, -1).map((group) => attributeGroup(group, context)),
    methodsSection(operation, context),
    ...groups.slice(-1).map((group) => attributeGroup(group, context)),
    returnsText(operation, context),
    errorsTable(operation, context),
    markdownLink(id, context),
  ]
  return html`<section class="operation" data-page="${id}" data-operation="${id}"><div class="text">!${text}</div>!${samplePanel(operation, context)}</section>`
}

/** A webhook: what KOMOJU sends, and when. */
export const webhookSection = ({ id, event, summary, description, groups, payload }: WebhookPage, context: HtmlContext): string => {
  const { t } = context
  const text = [
    sectionTitle(id, summary, context),
    html`<p class="endpoint"><span class="chip method event">${t('Event')}</span> <code id="${event}">${event}</code></p>`,
    `<div class="prose">${markdownHtml(description, context)}</div>`,
    ...groups.map((group) => attributeGroup(group, context)),
    markdownLink(id, context),
  ]
  const code = { language: undefined, label: t('Payload'), syntax: 'json', source: payload }
  return html`<section class="operation webhook" data-page="${id}"><div class="text">!${text}</div><aside class="panel" aria-label="${t('Payload of {event}', { event })}"><div class="sticky">!${codeBlock(code, context)}</div></aside></section>`
}

/** An object that operations return. */
export const objectSection = ({ name, title, description, attributes, usedBy }: ObjectPage, context: HtmlContext): string => {
  const { t } = context
  const users = usedBy.map(({ title, anchor }) => html`<li><a href="#${anchor}">${title}</a></li>`)
  const list = users.length > 0 ? html`<h3>${t('Used by')}</h3><ul class="used-by">!${users}</ul>` : ''
  return html`<section class="guide object" data-page="${name}">!${sectionTitle(name, title, context)}<div class="prose"><p>!${inlineHtml(description, context)}</p></div><h3>${t('Properties')}</h3>!${attributeList(attributes, context)}!${list}!${markdownLink(name, context)}</section>`
}
